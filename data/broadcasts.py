"""Broadcasts: drafts, what became of them, and what they became in each group."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import bindparam, case, func, insert, literal, select, update

from bot.domain.calendar import Rule
from bot.messages import Outgoing, Person
from data import tables as t
from data.people import RoleHolder
from data.places import LINKED
from data.unit_of_work import Work

OPEN = ("draft", "asked")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One text to every group of a ward. `status`: draft, asked, scheduled, sending, sent or cancelled."""

    id: int
    ward_id: int
    author_key: str
    author: RoleHolder
    content: str
    message: Outgoing = field(repr=False)
    emergency: bool
    status: str
    rule: Rule | None
    late_hours: float | None
    preview_row: int | None
    card_row: int | None
    shown: int
    schedule_id: int | None
    approved_key: str | None
    started_at: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a broadcast became in one group: its outbox row's state, and why it failed where it did."""

    group: str
    state: str
    error: str | None


def key_of(work: Work, person: Person) -> str:
    """Somebody as the author or approver of a broadcast, in this room only."""
    return work.seal.lookup("broadcast", person.address)


def seal_author(work: Work, author: RoleHolder) -> bytes:
    """Who wrote it, as it is kept."""
    return work.seal.seal(msgspec.json.encode(author), "broadcast-author")


def unseal_author(work: Work, sealed: bytes | None) -> RoleHolder:
    """Who wrote it; nobody where the clock did."""
    if sealed is None:
        return RoleHolder("", "")
    return msgspec.json.decode(work.seal.unseal(sealed, "broadcast-author"), type=RoleHolder)


def seal_message(work: Work, message: Outgoing) -> bytes:
    """The message, as it is kept."""
    return work.seal.seal(msgspec.json.encode(message), "broadcast")


def unseal_message(work: Work, sealed: bytes) -> Outgoing:
    """The message, as it was kept."""
    return msgspec.json.decode(work.seal.unseal(sealed, "broadcast"), type=Outgoing)


def encode_rule(rule: Rule) -> str:
    """A rule as JSON."""
    return msgspec.json.encode(rule).decode()


def decode_rule(text: str) -> Rule:
    """A rule from JSON."""
    return msgspec.json.decode(text, type=Rule)


def add_broadcast(
    work: Work, ward_id: int, author_key: str, author: RoleHolder, message: Outgoing, **more: object
) -> Broadcast:
    """Keep a new one, as a draft unless `more` (columns) says otherwise."""
    values: dict[str, object] = {
        "ward_id": ward_id,
        "author_key": author_key,
        "sealed_author": seal_author(work, author),
        "sealed": seal_message(work, message),
        "status": "draft",
        "created_at": work.now,
    }
    number = work.add(insert(t.broadcasts).values(values | more))
    found = find_broadcast(work, number)
    if found is None:
        raise LookupError("the broadcast just kept")
    return found


def find_broadcast(work: Work, number: int) -> Broadcast | None:
    """A broadcast by its number."""
    row = work.one(select(t.broadcasts).where(t.broadcasts.c.id == number))
    if row is None:
        return None
    return Broadcast(
        row.id,
        row.ward_id,
        row.author_key,
        unseal_author(work, row.sealed_author),
        row.content,
        unseal_message(work, row.sealed),
        row.emergency,
        row.status,
        decode_rule(row.rule) if row.rule else None,
        row.late_hours,
        row.preview_row,
        row.card_row,
        row.shown,
        row.schedule_id,
        row.approved_key,
        row.started_at,
    )


def change(work: Work, broadcast: Broadcast, **columns: Any) -> Broadcast:  # noqa: ANN401 - columns have many types
    """Change columns; the broadcast as it is then."""
    kept = columns | ({"rule": encode_rule(columns["rule"])} if columns.get("rule") else {})
    work.run(update(t.broadcasts).where(t.broadcasts.c.id == broadcast.id).values(kept))
    seen = {name: value for name, value in columns.items() if name in Broadcast.__slots__}
    return replace(broadcast, **seen)


def add_targets(work: Work, number: int, ward_id: int) -> int:
    """The broadcast goes to every group that is linked now; how many. The primary key lets no group have it twice."""
    groups = select(literal(number), t.groups.c.id).where(LINKED, t.groups.c.ward_id == ward_id)
    return work.run(insert(t.broadcast_targets).from_select(["broadcast_id", "group_id"], groups)).rowcount


def unposted(work: Work, number: int, limit: int) -> list[int]:
    """The first groups, by their ids, for which nothing was posted yet."""
    targets = t.broadcast_targets
    query = select(targets.c.group_id).where(targets.c.broadcast_id == number, targets.c.row_id.is_(None))
    return list(work.run(query.order_by(targets.c.group_id).limit(limit)).scalars())


POSTED = (
    update(t.broadcast_targets)
    .where(t.broadcast_targets.c.broadcast_id == bindparam("number"), t.broadcast_targets.c.group_id == bindparam("to"))
    .values(row_id=bindparam("row"))
)


def note_posted(work: Work, number: int, rows: Mapping[int, int]) -> None:
    """These rows take the broadcast to these groups, by their ids; 0 where there is no group any more."""
    if rows:
        work.run(POSTED, [{"number": number, "to": group, "row": row} for group, row in rows.items()])


def results_of(work: Work, number: int) -> list[Result]:
    """What became of a broadcast in each group, oldest group first."""
    targets = t.broadcast_targets
    state = case((targets.c.row_id.is_(None), "waiting"), else_=func.coalesce(t.outbox.c.state, "dropped"))
    query = (
        select(t.groups.c.name, state.label("state"), t.outbox.c.error)
        .join(t.groups, t.groups.c.id == targets.c.group_id)
        .outerjoin(t.outbox, t.outbox.c.id == targets.c.row_id)
        .where(targets.c.broadcast_id == number)
        .order_by(targets.c.group_id)
    )
    return [Result(row.name, row.state, row.error) for row in work.all(query)]


def in_broadcast(work: Work, row_id: int) -> bool:
    """Whether this outbox row takes a broadcast to a group: its failure is told with the others."""
    targets = t.broadcast_targets
    return work.one(select(targets.c.row_id).where(targets.c.row_id == row_id)) is not None


def open_with_content(work: Work, ward_id: int, content: str) -> bool:
    """Whether a draft with this content waits in a ward."""
    table = t.broadcasts
    query = select(table.c.id).where(table.c.ward_id == ward_id, table.c.content == content, table.c.status.in_(OPEN))
    return work.one(query) is not None
