"""Where relayed messages came from and what they became."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import Row, select, update

from bot.messages import Attachment, Person
from data import tables as t
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Relay:
    """One relayed message: written at `source` as `message_id`, sent on by the outbox row `row_id`."""

    id: int
    ward_id: int
    group_id: int
    inward: bool
    source: str
    message_id: str
    part: int
    row_id: int
    author_key: str
    tip_id: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Who wrote a relayed message and what it said: kept sealed for 48 h, so that a tip can be made from it."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    text: str = field(repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)


COLUMNS = select(*[t.relays.c[name] for name in Relay.__slots__]).where(t.relays.c.withdrawn_at.is_(None))


def relays_of_message(work: Work, source: str, message_id: str) -> list[Relay]:
    """What a message that somebody wrote was relayed as."""
    table = t.relays
    return _relays(work.all(COLUMNS.where(table.c.source == source, table.c.message_id == message_id)))


def relays_of_row(work: Work, row_id: int) -> list[Relay]:
    """What was relayed by this row, and by rows merged into it, oldest first."""
    merged = select(t.outbox.c.id).where(t.outbox.c.merged_into == row_id)
    table = t.relays
    return _relays(
        work.all(COLUMNS.where((table.c.row_id == row_id) | table.c.row_id.in_(merged)).order_by(table.c.id))
    )


def relay_by_id(work: Work, relay_id: int) -> Relay | None:
    """A relay by its number."""
    found = _relays(work.all(COLUMNS.where(t.relays.c.id == relay_id)))
    return found[0] if found else None


def mark_withdrawn(work: Work, rows: Sequence[int]) -> None:
    """Everything that these rows relayed is taken back, every item of an album."""
    work.run(update(t.relays).where(t.relays.c.row_id.in_(rows)).values(withdrawn_at=work.now, sealed=None))


def sealed_source(work: Work, source: Source) -> bytes:
    """A source as it is kept."""
    return work.seal.seal(msgspec.json.encode(source), "relay")


def source_of(work: Work, relay: Relay) -> Source | None:
    """What was relayed; none after 48 h."""
    sealed = work.run(select(t.relays.c.sealed).where(t.relays.c.id == relay.id)).scalar()
    return msgspec.json.decode(work.seal.unseal(sealed, "relay"), type=Source) if sealed else None


def change_source(work: Work, relay: Relay, text: str) -> None:
    """It was edited: a tip is made from what it says now."""
    if source := source_of(work, relay):
        sealed = sealed_source(work, replace(source, text=text))
        work.run(update(t.relays).where(t.relays.c.id == relay.id).values(sealed=sealed))


def forget_sources(work: Work, before: float) -> None:
    """Erase what was relayed before a time."""
    table = t.relays
    work.run(update(table).where(table.c.at < before, table.c.sealed.is_not(None)).values(sealed=None))


def author_key(work: Work, person: Person) -> str:
    """Who wrote a relayed message, in this room only."""
    return work.seal.lookup("author", person.address)


def _relays(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Relay]:
    return [Relay(*row) for row in rows]
