"""Schedules: what is sent again and again, or once later."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.domain.broadcasting import Manner
from bot.domain.calendar import Rule
from bot.messages import Outgoing
from data import tables as t
from data.broadcasts import (
    decode_manner,
    decode_rule,
    encode_manner,
    encode_rule,
    seal_author,
    seal_message,
    unseal_author,
    unseal_message,
)
from data.people import RoleHolder
from data.unit_of_work import Work

ACTIVE = t.schedules.c.active.is_(True)
PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is sent when. `content` is text or scams; moments up to `checked_at` have been dealt with."""

    id: int
    ward_id: int
    content: str
    message: Outgoing = field(repr=False)
    rule: Rule
    late_hours: float
    active: bool
    author_key: str
    author: RoleHolder
    approved_key: str | None
    checked_at: float
    manner: Manner = PLAIN
    paused: bool = False
    skips_holidays: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What the clock must know of a schedule."""

    id: int
    rule: Rule
    checked_at: float


def add_schedule(
    work: Work,
    ward_id: int,
    content: str,
    message: Outgoing,
    rule: Rule,
    late_hours: float,
    author_key: str,
    author: RoleHolder,
    approved_key: str | None,
    manner: Manner = PLAIN,
) -> int:
    """Keep an approved schedule; it counts from now on."""
    return work.add(
        insert(t.schedules).values(
            ward_id=ward_id,
            content=content,
            sealed=seal_message(work, message),
            rule=encode_rule(rule),
            late_hours=late_hours,
            author_key=author_key,
            sealed_author=seal_author(work, author),
            approved_key=approved_key,
            manner=encode_manner(manner),
            created_at=work.now,
            checked_at=work.now,
        )
    )


def find_schedule(work: Work, number: int) -> Schedule | None:
    """A schedule by its number."""
    row = work.one(select(t.schedules).where(t.schedules.c.id == number))
    return _schedule(work, row) if row else None


def schedules_of(work: Work, ward_id: int) -> list[Schedule]:
    """A ward's active schedules, oldest first."""
    query = select(t.schedules).where(t.schedules.c.ward_id == ward_id, ACTIVE).order_by(t.schedules.c.id)
    return [_schedule(work, row) for row in work.all(query)]


def wards_with(work: Work, content: str) -> list[int]:
    """The wards that have a schedule of this content."""
    query = select(t.schedules.c.ward_id).where(t.schedules.c.content == content, ACTIVE).distinct()
    return list(work.run(query).scalars())


def change_schedule(work: Work, number: int, **columns: object) -> None:
    """Change columns."""
    kept = {name: encode_rule(value) if isinstance(value, Rule) else value for name, value in columns.items()}
    work.run(update(t.schedules).where(t.schedules.c.id == number).values(kept))


def active_plans(work: Work) -> Sequence[Plan]:
    """Every schedule of every ward that runs, for the clock."""
    table = t.schedules
    rows = work.all(
        select(table.c.id, table.c.rule, table.c.checked_at).where(ACTIVE, ~table.c.paused).order_by(table.c.id)
    )
    return [Plan(row.id, decode_rule(row.rule), row.checked_at) for row in rows]


def _schedule(work: Work, row: Row[Any]) -> Schedule:
    return Schedule(
        row.id,
        row.ward_id,
        row.content,
        unseal_message(work, row.sealed),
        decode_rule(row.rule),
        row.late_hours,
        row.active,
        row.author_key,
        unseal_author(work, row.sealed_author),
        row.approved_key,
        row.checked_at,
        decode_manner(row.manner),
        row.paused,
        row.skips_holidays,
    )
