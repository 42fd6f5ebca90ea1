"""Conversations: each module chooses words, and leaves facts and rights to the services."""

from bot.routing import Router
from handlers import (
    assigning,
    broadcasts,
    casework,
    clocks,
    digest,
    failures,
    handover,
    later,
    letters,
    notes,
    passing,
    questions,
    quotas,
    relay,
    reports,
    schedules,
    setup,
    start,
    status,
    tips,
    ward_rules,
)

CONVERSATIONS = (
    *(start, setup, relay, tips, letters, reports, casework, status, broadcasts, schedules, later),
    *(failures, quotas),
    *(assigning, clocks, digest, handover, notes, passing, questions, ward_rules),
)


def build_router() -> Router:
    """Every conversation there is."""
    router = Router()
    for conversation in CONVERSATIONS:
        conversation.register(router)
    return router
