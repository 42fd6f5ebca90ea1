"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    broadcasts,
    casework,
    erasure,
    failures,
    guards,
    incidents,
    later,
    letters,
    mutes,
    own_tips,
    queue,
    quotas,
    relay,
    reports,
    schedules,
    setup,
    showing,
    start,
    status,
    tips,
    walk_ins,
)

CONVERSATIONS = (
    start,
    setup,
    relay,
    tips,
    letters,
    reports,
    casework,
    broadcasts,
    erasure,
    failures,
    guards,
    incidents,
    mutes,
    own_tips,
    queue,
    quotas,
    schedules,
    showing,
    status,
    walk_ins,
    later,
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
