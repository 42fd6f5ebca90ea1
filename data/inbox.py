"""The inbox: events that are stored and wait to be handled."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import func, select, update

from bot.messages import Incoming
from bot.sealing import Unsealable
from data import tables as t
from data.unit_of_work import Work

log = logging.getLogger(__name__)
decode = msgspec.json.Decoder(Incoming).decode


@dataclass(frozen=True, slots=True)
class Waiting:
    """One stored event."""

    id: int
    chat_key: str
    attempts: int
    received_at: float
    event: Incoming = field(repr=False)


def oldest_waiting(work: Work, limit: int, blocked: Collection[str]) -> list[Waiting]:
    """The oldest due events, in order, but for chats that must wait: `blocked`, and those whose head is put off."""
    table = t.inbox
    postponed = select(table.c.chat_key).where(
        table.c.state == "waiting", table.c.due_at > work.now, table.c.attempts > 0
    )
    query = (
        select(table.c.id, table.c.chat_key, table.c.attempts, table.c.received_at, table.c.sealed)
        .where(table.c.state == "waiting", table.c.due_at <= work.now, table.c.chat_key.not_in(postponed))
        .order_by(table.c.id)
        .limit(limit)
    )
    if blocked:
        query = query.where(table.c.chat_key.not_in(blocked))
    opened = [(row, open_event(work, row.sealed)) for row in work.all(query)]
    park(work, [row.id for row, event in opened if event is None])
    return [
        Waiting(row.id, row.chat_key, row.attempts, row.received_at, event)
        for row, event in opened
        if event is not None
    ]


def open_event(work: Work, sealed: bytes) -> Incoming | None:
    """A stored event; none where it cannot be opened: sealed with a key that is gone, or damaged."""
    try:
        return decode(work.seal.unseal(sealed, "inbox"))
    except (Unsealable, msgspec.DecodeError):
        return None


def next_due(work: Work) -> float | None:
    """When the next postponed event is due."""
    return work.run(select(func.min(t.inbox.c.due_at)).where(t.inbox.c.state == "waiting")).scalar()


def postpone(work: Work, waiting: Waiting, until: float) -> None:
    """Try this event again later; the rest of its chat waits behind it."""
    values = {"attempts": waiting.attempts + 1, "due_at": until}
    work.run(update(t.inbox).where(t.inbox.c.id == waiting.id).values(values))


def park(work: Work, events: Sequence[int]) -> None:
    """Give up on these events; they stay, sealed, for the operator."""
    if not events:
        return
    log.error("events %s are parked", list(events))
    work.run(update(t.inbox).where(t.inbox.c.id.in_(events)).values(state="parked"))


def count_states(work: Work) -> list[tuple[str, int]]:
    """How many events are in which state."""
    rows = work.all(select(t.inbox.c.state, func.count()).group_by(t.inbox.c.state))
    return [(row[0], row[1]) for row in rows]
