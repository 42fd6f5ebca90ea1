"""A tip is passed on to another authority, and what that one decides. Nothing crosses to another ward of this house."""

from bot.domain.cases import Move
from bot.domain.tips import INVESTIGATORS, Decision
from bot.messages import Person
from bot.services import casework
from data.places import Ward
from data.tips import Tip, handler_values
from data.unit_of_work import Work

AUTHORITIES = (INVESTIGATORS, "committee")
"""Whom a tip is passed on to by a button; another ward or unit by the name that was typed."""


def pass_on(work: Work, ward: Ward, tip: Tip, by: Person, to: str, topic: str) -> Tip:
    """Another authority has it; whoever passed it on follows it, and what was decided before counts no more."""
    status = casework.check_move(work, tip, Move.PASS, by)
    values: dict[str, object] = {"status": status, "passed_to": to, "passed_at": work.now, "decision": None}
    if tip.handler_key is None:
        values |= casework.first_values(work, ward, topic) | handler_values(work, by)
    casework.record(work, tip, by, "passed", to)
    return casework.act(work, tip, **values)


def decide(work: Work, tip: Tip, by: Person, decision: Decision) -> Tip:
    """What the investigators decided."""
    status = casework.check_move(work, tip, Move.DECIDE, by)
    casework.record(work, tip, by, f"decided.{decision}")
    return casework.act(work, tip, status=status, decision=decision)
