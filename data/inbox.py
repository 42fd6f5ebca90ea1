"""The inbox: events that are stored and wait to be handled."""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import bindparam, select, update

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


WAITING = t.inbox.c.state == "waiting"
POSTPONED = select(t.inbox.c.chat_key).where(WAITING, t.inbox.c.due_at > bindparam("now"), t.inbox.c.attempts > 0)
OLDEST = (
    select(t.inbox.c.id, t.inbox.c.chat_key, t.inbox.c.attempts, t.inbox.c.received_at, t.inbox.c.sealed)
    .where(WAITING, t.inbox.c.due_at <= bindparam("now"), t.inbox.c.chat_key.not_in(POSTPONED))
    .where(t.inbox.c.chat_key.not_in(bindparam("blocked", expanding=True)))
    .order_by(t.inbox.c.id)
    .limit(bindparam("limit"))
)


def oldest_waiting(work: Work, limit: int, blocked: Collection[str]) -> list[Waiting]:
    """The oldest due events, in order, but for chats that must wait: `blocked`, and those whose head is put off."""
    asked = {"now": work.now, "limit": limit, "blocked": list(blocked)}
    opened = [(row, open_event(work, row.sealed)) for row in work.run(OLDEST, asked)]
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
