"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    aside,
    assigning,
    broadcasts,
    casework,
    clocks,
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
    mutes,
    notes,
    own_tips,
    passing,
    privacy,
    proposals,
    questions,
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
    assigning,
    broadcasts,
    clocks,
    digest,
    erasure,
    failures,
    guards,
    handover,
    incidents,
    mutes,
    own_tips,
    moderating,
    moderators,
    notes,
    passing,
    privacy,
    proposals,
    questions,
    queue,
    quotas,
    schedules,
    showing,
    status,
    walk_ins,
    ward_rules,
    later,
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
