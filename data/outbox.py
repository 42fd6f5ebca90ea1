"""The outbox: messages that wait to be sent, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, insert, select, update

from bot.errors import Why
from bot.messages import Action, Chat, ChatKind, EventKind, Incoming, Outgoing, Priority
from bot.sealing import Seal, Unsealable
from data import tables as t
from data.unit_of_work import NEWEST, Fresh, Reporter, Work

decode = msgspec.json.Decoder(Outgoing).decode
COLUMNS = [
    column
    for column in t.outbox.c
    if column.name not in ("state", "error", "message_ids", "merged_into", "sent_at", "about")
]


@dataclass(frozen=True, slots=True)
class Ready:
    """A row of the outbox with everything unsealed that the sender needs. `chat_key` keeps order and pace."""

    id: int
    chat: str = field(repr=False)
    chat_key: str
    private: bool
    ward_id: int
    priority: Priority
    free: bool
    topic_id: int | None
    reply_row: int | None
    target_row: int | None
    merge_key: str | None
    coalesce_key: str | None
    size: int
    attempts: int
    due_at: float
    created_at: float
    message: Outgoing = field(repr=False)


WAITING = (
    select(*COLUMNS, t.reporters.c.sealed.label("reporter"))
    .outerjoin(t.reporters, t.reporters.c.tip_id == t.outbox.c.tip_id)
    .where(t.outbox.c.state == "waiting", t.outbox.c.platform == bindparam("platform"))
    .where(t.outbox.c.id > bindparam("after"))
    .order_by(t.outbox.c.id)
    .limit(bindparam("limit"))
)


def waiting_after(work: Work, platform: str, row_id: int, limit: int) -> tuple[list[Ready], int, bool]:
    """Waiting rows of a platform with a higher id, oldest first; up to which row that is all; whether there are more.

    Rows to a reporter who was erased and rows that cannot be read are parked. They count towards the limit.
    """
    found = work.run(WAITING, {"platform": platform, "after": row_id, "limit": limit}).all()
    ready = []
    for row in found:
        try:
            chat = chat_of(work, row)
            if chat is None:
                park_row(work, row.id, Why.ERASED)
            else:
                ready.append(unsealed(work, row, chat))
        except (Unsealable, msgspec.DecodeError):  # sealed with a key that is gone, or damaged
            park_row(work, row.id, Why.BAD_CONTENT)
    full = len(found) == limit
    return ready, found[-1].id if full else work.run(NEWEST).scalar() or 0, full


def ready_of(seal: Seal, fresh: Fresh) -> Ready:
    """A row just committed, without reading it back; not for one to a reporter, whose chat only the tables know."""
    if isinstance(fresh.to, Reporter):
        raise TypeError("a reporter's chat is sealed")
    row, place = fresh.columns, fresh.to
    return Ready(
        row["id"],
        place.chat,
        seal.lookup("delivery", place.address) if place.private else place.address,
        place.private,
        place.ward,
        Priority(row["priority"]),
        row["free"],
        row["topic_id"],
        row["reply_row"],
        row["target_row"],
        row["merge_key"],
        row["coalesce_key"],
        row["size"],
        0,
        row["due_at"],
        row["created_at"],
        fresh.message,
    )


def chat_of(work: Work, row: Row[*tuple[Any, ...]]) -> str | None:
    """The platform's id of the chat a row is for; none when its reporter was erased."""
    if row.chat is not None:
        return str(row.chat)
    if row.sealed_chat is not None:
        return work.seal.unseal(row.sealed_chat, "chat").decode()
    if row.reporter is None:
        return None
    address: str = msgspec.json.decode(work.seal.unseal(row.reporter, "reporter"))["address"]
    return address.partition(":")[2]


def unsealed(work: Work, row: Row[*tuple[Any, ...]], chat: str) -> Ready:
    """A row ready to be sent."""
    private = row.chat is None
    return Ready(
        row.id,
        chat,
        key_of(work, row.platform, chat, private),
        private,
        row.ward_id,
        Priority(row.priority),
        row.free,
        row.topic_id,
        row.reply_row,
        row.target_row,
        row.merge_key,
        row.coalesce_key,
        row.size,
        row.attempts,
        row.due_at,
        row.created_at,
        decode(work.seal.unseal(row.sealed, "outbox")),
    )


def key_of(work: Work, platform: str, chat: str, private: bool) -> str:
    """The name of a chat in `deliveries`: clear for groups, a keyed hash for private chats."""
    address = f"{platform}:{chat}"
    return work.seal.lookup("delivery", address) if private else address


# --- what became of rows


@dataclass(frozen=True, slots=True)
class Done:
    """A row that was sent, and what went into the same message."""

    ready: Ready
    message_ids: tuple[str, ...]
    sent_at: float  # when it left, UTC: whoever spoke before cannot have meant its choices
    merged: tuple[int, ...] = ()
    poll: str = ""


SENT = (
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"))
    .values(state="sent", sealed=None, sealed_chat=None, message_ids=bindparam("ids"), sent_at=bindparam("at"))
)
MERGED = (
    update(t.outbox)
    .where(t.outbox.c.id == bindparam("row"))
    .values(state="sent", merged_into=bindparam("into"), message_ids=bindparam("ids"), sent_at=bindparam("at"))
)


def record_sent(work: Work, done: Sequence[Done]) -> None:
    """Mark rows sent and remember the platform's ids of their messages.

    Merged rows keep their sealed bodies, so that one of them can still be taken out of the shared message.
    """
    alone = [d for d in done if not d.merged]
    if alone:
        work.run(SENT, [{"row": d.ready.id, "ids": ",".join(d.message_ids), "at": d.sent_at} for d in alone])
    merged = [
        {"row": row, "into": d.ready.id, "ids": ",".join(d.message_ids), "at": d.sent_at}
        for d in done
        if d.merged
        for row in (d.ready.id, *d.merged)
    ]
    if merged:
        work.run(MERGED, merged)
    if messages := [message for d in done for message in deliveries_of(d)]:
        work.run(insert(t.deliveries).prefix_with("OR REPLACE", dialect="sqlite"), messages)


def deliveries_of(done: Done) -> list[dict[str, object]]:
    """Rows of `deliveries`: one for each message that the platform made."""
    return [
        {
            "chat_key": done.ready.chat_key,
            "message_id": number,
            "row_id": done.ready.id,
            "part": part,
            "sent_at": done.sent_at,
        }
        for part, number in enumerate(done.message_ids)
    ]


def park_rows(work: Work, rows: Sequence[int], why: Why) -> None:
    """Give up on rows, and let the clock tell staff."""
    for row_id in rows:
        park_row(work, row_id, why)


def park_row(work: Work, row_id: int, why: Why) -> None:
    """Give up on one row."""
    work.run(update(t.outbox).where(t.outbox.c.id == row_id).values(state="parked", error=why.value))
    subject = f"failed:{row_id}"
    chat = Chat("clock", subject, ChatKind.GROUP)
    work.receive([Incoming("clock", subject, EventKind.CLOCK, chat, data=subject, at=work.now)])


def drop_rows(work: Work, rows: Sequence[int]) -> None:
    """A newer edit took their place, or what they were about is gone."""
    work.run(update(t.outbox).where(t.outbox.c.id.in_(rows)).values(state="dropped", sealed=None, sealed_chat=None))


def hold_rows(work: Work, rows: Sequence[int]) -> None:
    """Those of these rows that wait stay where they are until they are released."""
    _stop(work, rows, ("waiting",), {"state": "held"})


def recall_rows(work: Work, rows: Sequence[int]) -> None:
    """Those of these rows that wait or are held never leave. One that is leaving just now is recorded as sent yet."""
    _stop(work, rows, ("waiting", "held"), {"state": "dropped", "sealed": None, "sealed_chat": None})


def _stop(work: Work, rows: Sequence[int], states: Sequence[str], values: dict[str, object]) -> None:
    table = t.outbox
    query = select(table.c.id).where(table.c.id.in_(rows), table.c.state.in_(states))
    found = list(work.run(query).scalars())
    work.run(update(table).where(table.c.id.in_(found)).values(values))
    work.note_stopped(found)


def release_rows(work: Work, rows: Sequence[int]) -> None:
    """Those of these rows that were held wait again, in their old order."""
    table = t.outbox
    found = list(work.run(select(table.c.id).where(table.c.id.in_(rows), table.c.state == "held")).scalars())
    work.run(update(table).where(table.c.id.in_(found)).values(state="waiting"))
    work.note_released(found)


def retry_row(work: Work, row_id: int, attempts: int, due_at: float) -> None:
    """Note that a row was tried, for the next start."""
    work.run(update(t.outbox).where(t.outbox.c.id == row_id).values(attempts=attempts, due_at=due_at))


def sent_since(work: Work, platform: str, since: float) -> list[tuple[str, bool, float]]:
    """(chat_key, private, sent_at) of messages that count against limits."""
    table = t.deliveries
    return [
        (row.chat_key, not row.chat_key.startswith(f"{platform}:"), row.sent_at)
        for row in work.all(select(table.c.chat_key, table.c.sent_at).where(table.c.sent_at >= since))
    ]


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
