"""Broadcasts: drafts and what became of them. What they are in each group is in data.copies."""

from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from bot.domain.broadcasting import Manner, Status
from bot.domain.calendar import Rule
from bot.messages import Outgoing, Person
from data import tables as t
from data.people import RoleHolder
from data.unit_of_work import Work

OPEN = ("draft", "asked")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One text to groups of a ward. `status`: bot.domain.broadcasting.Status.

    `correction`, which `corrector` wrote, waits for its approval.

    `edition` counts what every copy is to be: first the text, then each correction, its withdrawal, its end. With
    `new_files` a correction has replaced its files: some copies may still show the first ones.
    """

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
    finished_at: float | None
    manner: Manner
    edition: int
    correction: Outgoing | None = field(repr=False)
    corrected_at: float | None
    stopped_at: float | None
    corrector: RoleHolder | None
    new_files: bool

    @property
    def is_fresh(self) -> bool:
        """Whether a group that has no copy yet is to get one."""
        return self.stopped_at is None and self.status not in (Status.WITHDRAWN, Status.OVER)

    @property
    def is_moving(self) -> bool:
        """Whether an edition is on its way to the groups."""
        return self.finished_at is None and self.status in (Status.SENDING, Status.WITHDRAWN, Status.OVER)


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


def encode_manner(manner: Manner) -> str:
    """A manner as JSON."""
    return msgspec.json.encode(manner).decode()


def decode_manner(text: str | None) -> Manner:
    """A manner from JSON; the plain one where nothing was said of it."""
    return msgspec.json.decode(text, type=Manner) if text else Manner()


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
        row.finished_at,
        decode_manner(row.manner),
        row.edition,
        unseal_message(work, row.sealed_next) if row.sealed_next else None,
        row.corrected_at,
        row.stopped_at,
        unseal_author(work, row.sealed_corrector) if row.sealed_corrector else None,
        row.new_files,
    )


def change(work: Work, broadcast: Broadcast, **values: Any) -> Broadcast:  # noqa: ANN401 - they have many types
    """Change it, by the names of its fields; the broadcast as it is then."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns |= as_kept(work, name, value)
    work.run(update(t.broadcasts).where(t.broadcasts.c.id == broadcast.id).values(columns))
    return replace(broadcast, **values)


def as_kept(work: Work, name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - they have many types
    """A field as its column."""
    match name:
        case "rule" | "manner":
            return {name: None if value is None else msgspec.json.encode(value).decode()}
        case "message":
            return {"sealed": seal_message(work, value)}
        case "correction":
            return {"sealed_next": None if value is None else seal_message(work, value)}
        case "corrector":
            return {"sealed_corrector": None if value is None else seal_author(work, value)}
    return {name: value}


def open_with_content(work: Work, ward_id: int, content: str) -> bool:
    """Whether a draft with this content waits in a ward."""
    table = t.broadcasts
    query = select(table.c.id).where(table.c.ward_id == ward_id, table.c.content == content, table.c.status.in_(OPEN))
    return work.one(query) is not None
