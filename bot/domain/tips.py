"""What a tip can be: its states, and what is said of them outside."""

from enum import StrEnum

OTHER = "khac"
INVESTIGATORS = "investigators"
"""The authority whose decision the law gives a time for."""


class Status(StrEnum):
    """Where a tip stands. There is no "rejected": the law forbids refusing a report."""

    DRAFT = "draft"  # its reporter has not confirmed it
    NEW = "new"
    ACCEPTED = "accepted"
    WAITING = "waiting"  # for its reporter to say more
    VERIFYING = "verifying"
    PASSED = "passed"  # another authority has it, and has not decided
    ANSWERED = "answered"  # with an outcome that its reporter was told
    CLOSED = "closed"

    @property
    def is_worked(self) -> bool:
        """Whether somebody at the desk has it in hand."""
        return self in WORKED

    @property
    def is_over(self) -> bool:
        """Whether it has its outcome."""
        return self in OVER


WORKED = frozenset({Status.ACCEPTED, Status.WAITING, Status.VERIFYING, Status.PASSED})
OVER = frozenset({Status.ANSWERED, Status.CLOSED})


class Outcome(StrEnum):
    """How a tip ended. None closes without one."""

    SOLVED = "solved"
    PASSED_ON = "passed_on"
    NOT_ENOUGH = "not_enough"
    GUIDED = "guided"
    FINED = "fined"


class Decision(StrEnum):
    """What the investigators decided about a tip that was passed on (BLTTHS art. 147, 148)."""

    PROSECUTED = "prosecuted"
    NOT_PROSECUTED = "not_prosecuted"
    SUSPENDED = "suspended"


class Told(StrEnum):
    """The four words that a reporter, or anybody with the code, may hear; a draft is not sent yet."""

    DRAFT = "draft"
    RECEIVED = "received"
    IN_WORK = "in_work"
    PASSED_ON = "passed_on"
    ENDED = "ended"


SIMPLE = {Status.DRAFT: Told.DRAFT, Status.NEW: Told.RECEIVED, Status.PASSED: Told.PASSED_ON}


def public_status(status: Status, outcome: Outcome | None) -> Told:
    """What may be said of a tip outside the desk."""
    if not status.is_over:
        return SIMPLE.get(status, Told.IN_WORK)
    return Told.PASSED_ON if outcome is Outcome.PASSED_ON else Told.ENDED
