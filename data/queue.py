"""The tips of a ward in pages: the urgent first, then the newest. Each page is read off an index, however many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.domain.deadlines import Limits
from bot.domain.tips import INVESTIGATORS, Status
from data import tables as t
from data.tips import TIP, Tip, tips_in
from data.unit_of_work import Work

PAGE = 8
RANKS = ("urgent", "high", "normal")
FARTHEST = 2**62
SHOWN = (t.tips.c.aside.is_(False), t.tips.c.lead_id.is_(None), t.tips.c.card_row.is_not(None))


class Shelf(StrEnum):
    """Which tips a page is of."""

    OPEN = "open"
    NEW = "new"
    MINE = "mine"
    WORKED = "worked"
    WAITING = "waiting"
    PASSED = "passed"
    URGENT = "urgent"
    OVERDUE = "overdue"
    OVER = "over"


OPEN = (Status.DRAFT, Status.NEW, Status.ACCEPTED, Status.WAITING, Status.VERIFYING, Status.PASSED)
STATUSES = {
    Shelf.NEW: (Status.DRAFT, Status.NEW),
    Shelf.WORKED: (Status.ACCEPTED, Status.VERIFYING),
    Shelf.WAITING: (Status.WAITING,),
    Shelf.PASSED: (Status.PASSED,),
    Shelf.OVER: (Status.ANSWERED, Status.CLOSED),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; by the ward's times and the moment `now` (s) it is told what is overdue."""

    ward_id: int
    limits: Limits
    now: float
    shelf: Shelf = Shelf.OPEN
    kind: str = ""
    group_id: int = 0
    handler: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Where a tip stands in the order: its urgency (0 is urgent), then its number, high before low."""

    rank: int
    number: int


FIRST = Key(0, FARTHEST)


def page(work: Work, wish: Wish, after: Key = FIRST, size: int = PAGE) -> list[Tip]:
    """The tips after a place, in order; one more than `size` where there are more."""
    return list(islice(_onwards(work, wish, after, size + 1), size + 1))


def page_before(work: Work, wish: Wish, before: Key, size: int = PAGE) -> list[Tip]:
    """The tips just before a place, in order; one more than `size`, the first, where there are more."""
    found = list(islice(_backwards(work, wish, before, size + 1), size + 1))
    return found[::-1]


def key_of(tip: Tip) -> Key:
    """The place of a tip."""
    return Key(RANKS.index(tip.urgency), tip.id)


def _onwards(work: Work, wish: Wish, after: Key, limit: int) -> Iterator[Tip]:
    for rank in _ranks(wish)[after.rank :]:
        bound = after.number if rank == after.rank else FARTHEST
        parts = [tips_in(work, query.where(t.tips.c.id < bound).order_by(t.tips.c.id.desc()).limit(limit))
                 for query in _queries(wish, rank)]  # fmt: skip
        yield from merge(*parts, key=lambda tip: -tip.id)


def _backwards(work: Work, wish: Wish, before: Key, limit: int) -> Iterator[Tip]:
    for rank in reversed(_ranks(wish)[: before.rank + 1]):
        bound = before.number if rank == before.rank else 0
        parts = [tips_in(work, query.where(t.tips.c.id > bound).order_by(t.tips.c.id).limit(limit))
                 for query in _queries(wish, rank)]  # fmt: skip
        yield from merge(*parts, key=lambda tip: tip.id)


def _ranks(wish: Wish) -> Sequence[int]:
    return (0,) if wish.shelf is Shelf.URGENT else range(len(RANKS))


def _queries(wish: Wish, rank: int) -> Iterator[Select]:  # type: ignore[type-arg]
    """One query for each status, so that each reads its own stretch of an index in order."""
    c = t.tips.c
    for status in STATUSES.get(wish.shelf, OPEN):
        query = TIP.where(c.ward_id == wish.ward_id, c.status == status, c.urgency == RANKS[rank], *SHOWN)
        if wish.kind:
            query = query.where(c.kind == wish.kind)
        if wish.group_id:
            query = query.where(c.group_id == wish.group_id)
        if wish.shelf is Shelf.MINE:
            query = query.where(c.handler_key == wish.handler)
        if wish.shelf is Shelf.OVERDUE:
            query = query.where(_overdue(wish, status, RANKS[rank]))
        yield query


def _overdue(wish: Wish, status: Status, urgency: str) -> ColumnElement[bool]:
    """That the clock of such a tip has run out: the same rule as `bot.domain.deadlines.running`."""
    c, limits = t.tips.c, wish.limits
    reported = func.coalesce(c.confirmed_at, c.created_at)
    if status in (Status.DRAFT, Status.NEW):
        awaited = or_(c.withdrawn_at.is_(None), c.handler_key.is_not(None))
        return and_(awaited, reported < wish.now - limits.look[urgency])
    if status is Status.PASSED:
        undecided = and_(c.passed_to == INVESTIGATORS, c.decision.is_(None))
        return and_(undecided, c.passed_at < wish.now - limits.decision)
    return func.coalesce(c.accepted_at, reported) < wish.now - limits.transfer[urgency]


def count_open(work: Work, ward_id: int, column: str) -> list[tuple[Any, int]]:
    """How many tips of a desk are open for each value of a column, the most first."""
    by, tips = t.tips.c[column], func.count()
    query = select(by.label("value"), tips.label("tips")).where(
        t.tips.c.ward_id == ward_id, t.tips.c.status.in_(OPEN), by.is_not(None), *SHOWN
    )
    return [(row.value, row.tips) for row in work.run(query.group_by(by).order_by(tips.desc(), by))]


def tips_numbered(work: Work, ward_id: int, numbers: Sequence[int]) -> list[Tip]:
    """These tips of a ward, newest first, but for those that a desk does not see."""
    c = t.tips.c
    query = TIP.where(c.id.in_(numbers), c.ward_id == ward_id, c.aside.is_(False)).order_by(c.id.desc())
    return tips_in(work, query)
