"""What may be done with a tip, by whom, and where it stands afterwards: one table (domain facts 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.tips import Status

DRAFT, NEW, ACCEPTED = Status.DRAFT, Status.NEW, Status.ACCEPTED
WAITING, VERIFYING, PASSED = Status.WAITING, Status.VERIFYING, Status.PASSED
ANSWERED, CLOSED = Status.ANSWERED, Status.CLOSED


class Role(StrEnum):
    """What somebody is to one tip. Nobody is several at once but a chief who also handles it."""

    REPORTER = "reporter"
    MODERATOR = "moderator"
    OFFICER = "officer"  # of the desk, while nobody handles the tip
    OTHER = "other"  # of the desk, while a colleague handles it
    HANDLER = "handler"
    CHIEF = "chief"
    CLOCK = "clock"


class Move(StrEnum):
    """What can be done with a tip."""

    CONFIRM = "confirm"
    ADD = "add"  # its reporter says more
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    ASSIGN = "assign"
    ASK = "ask"
    VERIFY = "verify"
    WRITE = "write"
    NOTE = "note"
    SORT = "sort"  # another kind or urgency
    LINK = "link"  # the same thing as another tip
    PASS = "pass"  # noqa: S105 - to another authority
    DECIDE = "decide"  # what that authority decided
    ANSWER = "answer"  # the outcome
    PROPOSE = "propose"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    LAPSE = "lapse"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may make a move, and from which status to which."""

    move: Move
    roles: frozenset[Role]
    path: Mapping[Status, Status]


def rule(move: Move, roles: Iterable[Role], path: Mapping[Status, Status]) -> Rule:
    """One line of the table."""
    return Rule(move, frozenset(roles), MappingProxyType(dict(path)))


def stays(*statuses: Status) -> dict[Status, Status]:
    """A move that changes no status."""
    return {status: status for status in statuses}


def to(after: Status, *before: Status) -> dict[Status, Status]:
    """A move that leads to one status."""
    return dict.fromkeys(before, after)


REPORTER, MODERATOR, CLOCK = (Role.REPORTER,), (Role.MODERATOR,), (Role.CLOCK,)
FREE = (Role.OFFICER, Role.CHIEF)
MINE = (Role.HANDLER, Role.CHIEF)
STAFF = (Role.OFFICER, Role.OTHER, Role.HANDLER, Role.CHIEF)
WORKED = (ACCEPTED, WAITING, VERIFYING)
OPEN = (NEW, *WORKED, PASSED)

TABLE = (
    rule(Move.CONFIRM, REPORTER, to(NEW, DRAFT) | stays(*OPEN)),  # a draft about danger may be in work already
    rule(Move.ADD, REPORTER, stays(DRAFT, NEW, ACCEPTED, VERIFYING, PASSED, ANSWERED, CLOSED) | to(VERIFYING, WAITING)),
    rule(Move.WITHDRAW, REPORTER, stays(DRAFT, *OPEN)),  # marked: what was seen may still need a look
    rule(Move.ACCEPT, FREE, to(ACCEPTED, DRAFT, NEW)),
    rule(Move.ASSIGN, FREE, to(ACCEPTED, DRAFT, NEW)),
    rule(Move.ASSIGN, MINE, stays(*WORKED, PASSED)),
    rule(Move.ASK, FREE, to(WAITING, DRAFT, NEW)),
    rule(Move.ASK, MINE, to(WAITING, *WORKED) | stays(PASSED)),
    rule(Move.VERIFY, MINE, to(VERIFYING, ACCEPTED, WAITING)),
    rule(Move.WRITE, FREE, stays(DRAFT, NEW)),
    rule(Move.WRITE, MINE, stays(*WORKED, PASSED, ANSWERED)),
    rule(Move.NOTE, STAFF, stays(DRAFT, *OPEN, ANSWERED, CLOSED)),
    rule(Move.SORT, STAFF, stays(DRAFT, *OPEN)),
    rule(Move.LINK, STAFF, stays(*OPEN)),
    rule(Move.PASS, FREE, to(PASSED, NEW)),
    rule(Move.PASS, MINE, to(PASSED, *WORKED) | stays(PASSED)),
    rule(Move.DECIDE, MINE, stays(PASSED)),
    rule(Move.ANSWER, FREE, to(ANSWERED, DRAFT, NEW)),
    rule(Move.ANSWER, MINE, to(ANSWERED, *WORKED, PASSED)),
    rule(Move.PROPOSE, MODERATOR, stays(NEW, *WORKED)),
    rule(Move.SOLVED, REPORTER, to(CLOSED, ANSWERED)),
    rule(Move.UNSOLVED, REPORTER, to(ACCEPTED, ANSWERED, CLOSED)),
    rule(Move.LAPSE, CLOCK, to(CLOSED, ANSWERED)),
)


class Verdict(StrEnum):
    """Why a move is impossible."""

    NOT_NOW = "not_now"  # for anybody, in this status
    NOT_YOU = "not_you"


def after(move: Move, status: Status, roles: Iterable[Role]) -> Status | Verdict:
    """The status after a move by somebody with these roles, or why it cannot be made."""
    possible = [one for one in TABLE if one.move is move and status in one.path]
    if not possible:
        return Verdict.NOT_NOW
    allowed = next((one for one in possible if not one.roles.isdisjoint(roles)), None)
    return allowed.path[status] if allowed else Verdict.NOT_YOU
