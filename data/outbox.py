"""The outbox: messages that wait to be sent, and how each of them ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, insert, select, update

from bot.errors import Why
from bot.messages import Chat, ChatKind, EventKind, Incoming, Outgoing, Priority
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
