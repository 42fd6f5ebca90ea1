"""Messages that have left, or never will: what a row became, and what a message of ours was about."""

from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import select, update

from bot.errors import Why
from bot.messages import Action, Chat, ChatKind, Outgoing
from data import tables as t
from data.outbox import decode, key_of
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Target:
    """What a row became, for a later row that edits, deletes or pins it."""

    state: str
    message_ids: tuple[str, ...]
    sent_at: float
    merged: bool


def find_target(work: Work, row_id: int) -> Target:
    """What a row became; a row that is no more counts as dropped. An edit that made no message stands for its own."""
    table = t.outbox
    query = select(table.c.state, table.c.message_ids, table.c.sent_at, table.c.merged_into, table.c.target_row)
    row = work.one(query.where(table.c.id == row_id))
    while row is not None and row.target_row is not None and row.state != "waiting" and not row.message_ids:
        row = work.one(query.where(table.c.id == row.target_row))
    if row is None:
        return Target("dropped", (), 0.0, merged=False)
    ids = tuple(row.message_ids.split(",")) if row.message_ids else ()
    return Target(row.state, ids, row.sent_at or 0.0, merged=row.merged_into is not None)


def recompose(work: Work, row_id: int, html: str) -> Outgoing | None:
    """A shared message after one of the rows merged into it came to say `html` (nothing: taken out).

    None once the bodies have been erased: then nobody can say what the others' words were.
    """
    table = t.outbox
    lead = work.run(select(table.c.merged_into).where(table.c.id == row_id)).scalar()
    query = select(table.c.id, table.c.sealed).where(table.c.merged_into == lead).order_by(table.c.id)
    rows = {row.id: row.sealed for row in work.all(query)}
    if None in rows.values():
        return None
    parts = {row: decode(work.seal.unseal(sealed, "outbox")) for row, sealed in rows.items()}
    parts[row_id] = replace(parts[row_id], html=html)
    sealed = work.seal.seal(msgspec.json.encode(parts[row_id]), "outbox")
    work.run(update(table).where(table.c.id == row_id).values(sealed=sealed))
    words = "\n\n".join(part.html for part in parts.values() if part.html)
    return Outgoing(Action.EDIT, words, buttons=next(iter(parts.values())).buttons)


def message_ids(work: Work, row_id: int) -> tuple[str, ...]:
    """The platform's ids of what a row became; empty while it was not sent."""
    ids = work.run(select(t.outbox.c.message_ids).where(t.outbox.c.id == row_id)).scalar()
    return tuple(ids.split(",")) if ids else ()


def row_of_message(work: Work, address: str, message_id: str) -> tuple[int, int] | None:
    """(row, part) that a message of ours in a group or desk was sent for."""
    table = t.deliveries
    row = work.one(
        select(table.c.row_id, table.c.part).where(table.c.chat_key == address, table.c.message_id == message_id)
    )
    return (row.row_id, row.part) if row else None


def is_ours(work: Work, chat: Chat, message_id: str) -> bool:
    """Whether a message in this chat is one of ours, as far as that is still known."""
    table, key = t.deliveries, key_of(work, chat.platform, chat.id, chat.kind is ChatKind.PRIVATE)
    return work.one(select(table.c.row_id).where(table.c.chat_key == key, table.c.message_id == message_id)) is not None


def subject_of_message(work: Work, chat: Chat, message_id: str) -> str:
    """What a message of ours in this chat is about ("tip:12"); empty for any other message."""
    private = chat.kind is ChatKind.PRIVATE
    table = t.deliveries
    query = select(t.outbox.c.about).join(table, table.c.row_id == t.outbox.c.id)
    key = key_of(work, chat.platform, chat.id, private)
    return work.run(query.where(table.c.chat_key == key, table.c.message_id == message_id)).scalar() or ""


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that was given up; `address` is empty for a private chat."""

    ward_id: int
    address: str
    why: Why
    about: str


def rows_about(work: Work, *about: str) -> list[int]:
    """Every message that was posted about these and was not given up."""
    table = t.outbox
    query = select(table.c.id).where(table.c.about.in_(about), table.c.state.in_(("waiting", "sent")))
    return [row.id for row in work.all(query)]


def find_parked(work: Work, row_id: int) -> Parked | None:
    """What is known of a row that was given up."""
    table = t.outbox
    query = select(table.c.ward_id, table.c.platform, table.c.chat, table.c.error, table.c.about)
    row = work.one(query.where(table.c.id == row_id, table.c.state == "parked"))
    if row is None:
        return None
    return Parked(row.ward_id, f"{row.platform}:{row.chat}" if row.chat else "", Why(row.error), row.about or "")
