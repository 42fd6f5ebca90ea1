"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    aside,
    asking,
    assigning,
    broadcasts,
    casework,
    clocks,
    corrections,
    digest,
    erasure,
    failures,
    guards,
    handover,
    incidents,
    later,
    letters,
    moderating,
    moderators,
    notes,
    passing,
    privacy,
    proposals,
    questions,
    queue,
    quotas,
    relay,
    reports,
    reveals,
    schedules,
    setup,
    showing,
    start,
    status,
    tips,
    ward_rules,
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
    asking,
    assigning,
    broadcasts,
    clocks,
    corrections,
    digest,
    erasure,
    failures,
    guards,
    handover,
    incidents,
    moderating,
    moderators,
    notes,
    passing,
    privacy,
    proposals,
    questions,
    queue,
    quotas,
    reveals,
    schedules,
    showing,
    status,
    ward_rules,
    later,
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
