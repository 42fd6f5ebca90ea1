"""Where relayed messages came from and what they became."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, update

from bot.messages import Person
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


def mark_withdrawn(work: Work, relays: Sequence[Relay]) -> None:
    """These are taken back."""
    numbers = [relay.id for relay in relays]
    work.run(update(t.relays).where(t.relays.c.id.in_(numbers)).values(withdrawn_at=work.now))


def author_key(work: Work, person: Person) -> str:
    """Who wrote a relayed message, in this room only."""
    return work.seal.lookup("author", person.address)


def _relays(rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Relay]:
    return [Relay(*row) for row in rows]
