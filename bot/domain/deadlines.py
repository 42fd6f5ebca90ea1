"""By when somebody must have done something about a tip, and who is reminded at which moment. Calendar time.

Look: from the report until an officer acts. Transfer: from the acceptance until it is passed on or answered. Decision:
from the hand-over to the investigators until they have decided. Only one of them runs at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.tips import Status

URGENT = "urgent"


class Clock(StrEnum):
    """What is waited for."""

    LOOK = "look"
    TRANSFER = "transfer"
    DECISION = "decision"


class Rung(StrEnum):
    """Who is told when nothing happens: one after the other."""

    HANDLER = "handler"  # when a share of the time has gone by
    DEPUTY = "deputy"  # at the end of it
    CHIEF = "chief"  # as long after the end as the reminder was before it


@dataclass(frozen=True, slots=True)
class Limits:
    """A ward's rules, in seconds: by urgency; `remind_at` is the share of the time after which somebody is reminded."""

    look: Mapping[str, float]
    transfer: Mapping[str, float]
    decision: float
    remind_at: float


@dataclass(frozen=True, slots=True)
class Case:
    """What a clock needs to know of a tip. `reported_at`: when the desk could first see it."""

    status: Status
    urgency: str
    reported_at: float
    accepted_at: float | None = None
    acted_at: float | None = None
    passed_at: float | None = None
    investigated: bool = False  # passed on to the investigators, who have not decided


@dataclass(frozen=True, slots=True)
class Deadline:
    """A running clock."""

    clock: Clock
    began_at: float
    due_at: float
    remind_at: float

    @property
    def moments(self) -> dict[Rung, float]:
        """When each rung of the ladder is told."""
        return {
            Rung.HANDLER: self.remind_at,
            Rung.DEPUTY: self.due_at,
            Rung.CHIEF: self.due_at + self.patience,
        }

    @property
    def patience(self) -> float:
        """From one rung to the next; whoever acted so short a time ago is left in peace."""
        return self.due_at - self.remind_at

    def told_at(self, now: float) -> Rung | None:
        """The highest rung that has come."""
        return next((rung for rung, at in reversed(self.moments.items()) if at <= now), None)

    def is_quiet(self, rung: Rung, acted_at: float | None) -> bool:
        """Whether somebody has acted since the rung before this one."""
        return acted_at is not None and acted_at > self.moments[rung] - self.patience


def running(case: Case, limits: Limits) -> Deadline | None:
    """The clock that runs for a tip, if any."""
    if case.status.is_over:
        return None
    if case.status is Status.PASSED:
        passed = case.passed_at if case.investigated else None
        return None if passed is None else deadline(Clock.DECISION, passed, limits.decision, limits.remind_at)
    if case.status in (Status.DRAFT, Status.NEW) and case.acted_at is None:
        return deadline(Clock.LOOK, case.reported_at, of(limits.look, case.urgency), limits.remind_at)
    begun = case.accepted_at or case.reported_at
    return deadline(Clock.TRANSFER, begun, of(limits.transfer, case.urgency), limits.remind_at)


def deadline(clock: Clock, began_at: float, lasts: float, share: float) -> Deadline:
    """A clock that began then and lasts so long."""
    return Deadline(clock, began_at, began_at + lasts, began_at + lasts * share)


def of(spans: Mapping[str, float], urgency: str) -> float:
    """The span for an urgency; an unknown one has the most time."""
    return spans[urgency] if urgency in spans else max(spans.values())
