"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    aside,
    broadcasts,
    casework,
    erasure,
    failures,
    guards,
    incidents,
    later,
    letters,
    privacy,
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
)

CONVERSATIONS = (
    start,
    setup,
    relay,
    tips,
    letters,
    reports,
    casework,
    aside,
    broadcasts,
    erasure,
    failures,
    guards,
    incidents,
    privacy,
    queue,
    quotas,
    schedules,
    showing,
    status,
    later,
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
