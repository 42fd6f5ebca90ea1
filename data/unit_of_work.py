"""One transaction: what a handler changes and what it says are committed together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, CursorResult, Executable, Row, bindparam, func, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from bot.messages import Action, Chat, ChatKind, EventKind, Incoming, Outgoing, Priority
from bot.sealing import Seal
from data import tables as t


@dataclass(frozen=True, slots=True)
class Place:
    """A chat that a message is for. `private` chats are sealed in the outbox."""

    platform: str
    chat: str
    ward: int = 0
    private: bool = False

    @property
    def address(self) -> str:
        """`platform:chat`."""
        return f"{self.platform}:{self.chat}"

    @classmethod
    def of(cls, address: str, ward: int = 0) -> "Place":
        """A group or desk by its address."""
        platform, _, chat = address.partition(":")
        return cls(platform, chat, ward)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A row that this transaction puts into the outbox: its columns, and what is sealed in them."""

    columns: dict[str, Any] = field(repr=False)
    message: Outgoing = field(repr=False)
    to: "Place | Reporter" = field(repr=False)


@dataclass(frozen=True, slots=True)
class Posted:
    """What one transaction put into the outbox; `after` was the newest row before it.

    `stopped` are waiting rows that must not leave any more, `released` those that may again.
    """

    after: int
    rows: Sequence[Fresh]
    stopped: Sequence[int] = ()
    released: Sequence[int] = ()

    def __bool__(self) -> bool:
        """Whether the senders must hear of it."""
        return bool(self.rows or self.stopped or self.released)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whoever reported this tip: the outbox names the tip, and only the sender unseals the chat."""

    platform: str
    tip: int
    ward: int


ALONE = 1_000_000  # characters: no message has room for so many, so the row keeps its place among its group's, unmerged
NEWEST = select(func.max(t.outbox.c.id))
HANDLED = update(t.inbox).where(t.inbox.c.id == bindparam("event")).values(state="done", sealed=None)
PLACES = frozenset({t.wards, t.groups})
FREE = frozenset({Action.DELETE, Action.REACT, Action.PIN, Action.UNPIN, Action.LEAVE, Action.CLOSE_TOPIC})


class Work:
    """A transaction with the outbox, the clock and the seal at hand. Made by `Database.write`.

    `memo` is what this process's transactions remember of places: all writing is theirs while they hold the lease.
    """

    def __init__(self, connection: Connection, seal: Seal, now: float, memo: dict[object, Any]) -> None:
        self.connection = connection
        self.seal = seal
        self.now = now
        self._rows: list[dict[str, Any]] = []
        self._relays: list[dict[str, object]] = []
        self._newest: int | None = None
        self._fresh: list[Fresh] = []
        self._stopped: list[int] = []
        self._released: list[int] = []
        self.memo = memo

    # --- plain statements

    def run(
        self, statement: Executable, values: Sequence[dict[str, Any]] | dict[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Execute one statement, after what was only noted down so far."""
        self.flush()
        if isinstance(statement, UpdateBase) and statement.table in PLACES:
            self.memo.clear()
        return self.connection.execute(statement, values or None)

    def one(self, statement: Executable) -> Row[*tuple[Any, ...]] | None:
        """The first row, or none."""
        return self.run(statement).first()

    def all(self, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        """Every row."""
        return self.run(statement).all()

    def peek(self, statement: Executable, **values: object) -> Row[*tuple[Any, ...]] | None:
        """The first row of a prepared statement on tables that are not the outbox: nothing is written down for it."""
        return self.connection.execute(statement, values).first()

    def add(self, statement: Executable) -> int:
        """Insert one row; its key."""
        key = self.run(statement).inserted_primary_key
        assert key is not None  # noqa: S101 - every table here has one
        return int(key[0])

    # --- the outbox

    @property
    def posted(self) -> Posted:
        """What this transaction has put into the outbox so far."""
        return Posted((self._newest or 0) - len(self._fresh), self._fresh, self._stopped, self._released)

    def post(
        self,
        message: Outgoing,
        to: Place | Reporter,
        priority: Priority = Priority.ANSWER,
        *,
        topic: int | None = None,
        reply_row: int | None = None,
        target_row: int | None = None,
        merge: str | None = None,
        alone: bool = False,
        coalesce: str | None = None,
        about: str | None = None,
        due_at: float = 0.0,
    ) -> int:
        """Put a message into the outbox; the row's id, by which later rows may edit or answer it.

        Rows of one `merge` key stay in order and may be sent as one message, but for those that must go `alone`.
        `about` ("tip:12", no secret) is what replies to this message are routed by.
        """
        columns: dict[str, Any] = {
            "id": self._next_row(),
            "platform": to.platform,
            "ward_id": to.ward,
            "chat": to.chat if isinstance(to, Place) and not to.private else None,
            "sealed_chat": self._seal_chat(to),
            "tip_id": to.tip if isinstance(to, Reporter) else None,
            "priority": int(priority),
            "free": message.action in FREE,
            "sealed": self.seal.seal(msgspec.json.encode(message), "outbox"),
            "topic_id": topic,
            "reply_row": reply_row,
            "target_row": target_row,
            "merge_key": merge,
            "coalesce_key": coalesce,
            "about": about,
            "size": ALONE if alone else len(message.html),
            "due_at": due_at,
            "created_at": self.now,
        }
        self._rows.append(columns)
        self._fresh.append(Fresh(columns, message, to))
        return int(columns["id"])

    def _seal_chat(self, to: Place | Reporter) -> bytes | None:
        if isinstance(to, Place) and to.private:
            return self.seal.seal(to.chat.encode(), "chat")
        return None

    def _next_row(self) -> int:
        if self._newest is None:
            self._newest = self.connection.execute(NEWEST).scalar() or 0
        self._newest += 1
        return self._newest

    def note_stopped(self, rows: Sequence[int]) -> None:
        """The senders let go of these rows: their state no longer says that they wait."""
        self._stopped += rows

    def note_released(self, rows: Sequence[int]) -> None:
        """The senders take these rows up again: they wait once more."""
        self._released += rows

    def note_relay(self, **values: object) -> None:
        """Remember where a relayed message came from (columns of `relays`)."""
        self._relays.append(values)

    # --- the inbox

    def receive(self, events: Sequence[Incoming], due_at: float | None = None) -> int:
        """Store events; repeats are ignored. How many were new."""
        rows = [
            {
                "platform": event.platform,
                "event_id": event.event_id,
                "chat_key": self.seal.lookup("inbox", event.chat.address),
                "sealed": self.seal.seal(msgspec.json.encode(event), "inbox"),
                "due_at": due_at if due_at is not None else self.now,
                "received_at": self.now,
            }
            for event in events
        ]
        return ignore_repeats(self, rows)

    def remind(self, subject: str, at: float, data: str = "") -> None:
        """Have the clock say `subject` at a time; once, however often this is asked (the subject is the key)."""
        chat = Chat("clock", subject, ChatKind.GROUP)
        event = Incoming("clock", f"{subject}@{at:.0f}", EventKind.CLOCK, chat, data=data or subject, at=at)
        self.receive([event], due_at=at)

    def flush(self) -> None:
        """Write what was noted down; done before any other statement and at the commit."""
        rows, self._rows = self._rows, []
        notes, self._relays = self._relays, []
        if rows:
            self.connection.execute(insert(t.outbox), rows)
        if notes:
            self.connection.execute(insert(t.relays), notes)

    def handled(self, events: Sequence[int]) -> None:
        """These inbox rows are done: their bodies are erased, their ids stay so that repeats are known."""
        if events:
            self.run(HANDLED, [{"event": event} for event in events])


def ignore_repeats(work: Work, rows: list[dict[str, Any]]) -> int:
    """Insert inbox rows whose (platform, event_id) is new."""
    if not rows:
        return 0
    result = work.run(insert(t.inbox).prefix_with("OR IGNORE", dialect="sqlite"), rows)
    return int(result.rowcount)
