"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    broadcasts,
    casework,
    failures,
    later,
    letters,
    mutes,
    own_tips,
    quotas,
    relay,
    reports,
    schedules,
    setup,
    start,
    status,
    tips,
)

CONVERSATIONS = (
    *(start, setup, relay, tips, letters, reports, casework, status, broadcasts, schedules, later),
    *(failures, quotas),
    *(own_tips, mutes),
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
