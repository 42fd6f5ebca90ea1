"""Events are handled: in order per chat, one transaction each, or several sharing one while nothing goes wrong."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import OperationalError

from bot.context import Context, Facts, Need, Surroundings
from bot.delivery.facts import FactFinder
from bot.logs import error_place
from bot.messages import Incoming
from bot.routing import Router
from data.engine import Database
from data.inbox import Waiting, oldest_waiting, park, postpone
from data.unit_of_work import Work

log = logging.getLogger(__name__)
BATCH = 64
IDLE = 0.5
ALBUM_QUIET = 1.0
TRIES = 5
FIRST_PAUSE = 2.0
NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Task:
    """One event to handle: an album is one, made of several rows."""

    rows: tuple[Waiting, ...]

    @property
    def head(self) -> Waiting:
        """The row whose turn it is."""
        return self.rows[0]

    @property
    def event(self) -> Incoming:
        """The event; an album's items are together in it, with the text that any of them had."""
        first = self.rows[0].event
        if len(self.rows) == 1:
            return first
        worded = next((row.event for row in self.rows if row.event.text), first)
        attachments = tuple(item for row in self.rows for item in row.event.attachments)
        return replace(first, text=worded.text, html=worded.html, reply_to=worded.reply_to, attachments=attachments)


@dataclass(slots=True)
class Turn:
    """What one round of the worker did and what it left."""

    handled: list[Task] = field(default_factory=list)
    to_prepare: list[tuple[Task, Need]] = field(default_factory=list)
    answered: list[tuple[str, str, str]] = field(default_factory=list)  # platform, callback id, notice
    blocked: set[str] = field(default_factory=set)


class Worker:
    """One for all platforms."""

    def __init__(
        self,
        database: Database,
        router: Router,
        around: Surroundings,
        facts: FactFinder,
    ) -> None:
        self._database = database
        self._router = router
        self._around = around
        self._finder = facts
        self._wake = asyncio.Event()
        self._facts: dict[int, Facts] = {}
        self._preparing: dict[str, asyncio.Task[None]] = {}
        self._turn = Turn()
        self._errands: set[asyncio.Task[None]] = set()
        self.turned_at = time.monotonic()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def run(self) -> None:
        """Handle events for ever. When cancelled, the transaction under way is finished first."""
        while True:
            self._wake.clear()
            self.turned_at = time.monotonic()
            if not await asyncio.shield(self.turn()):
                await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(IDLE):  # not wait_for: before Python 3.12 it can swallow a cancellation
                await self._wake.wait()
        except TimeoutError:
            pass

    async def turn(self) -> bool:
        """One round; whether anything was done."""
        self._turn = Turn()
        try:
            return await self._together()
        except OperationalError as error:
            log.error("the database takes nothing (%s); trying again", type(error.orig).__name__)  # noqa: TRY400
            await asyncio.sleep(1.0)
            return False

    async def _together(self) -> bool:
        try:
            await self._database.write(self._handle_waiting)
        except Exception as error:
            if refuses(error):
                raise
            log.warning("a shared transaction failed (%s); its events are tried one by one", type(error).__name__)
            await self._one_by_one(self._turn.handled)
        else:
            self._finish(self._turn)
        return bool(self._turn.handled)

    # --- on the database's thread

    def _handle_waiting(self, work: Work) -> None:
        self._turn = turn = Turn(blocked=set(self._preparing))
        waiting = oldest_waiting(work, BATCH, turn.blocked)
        for task in tasks_of(waiting, full=len(waiting) == BATCH, now=work.now, turn=turn):
            needs = self._router.needs(task.event, work)
            facts = self._facts.get(task.head.id)
            if needs and facts is None:
                turn.blocked.add(task.head.chat_key)
                turn.to_prepare.append((task, needs))
                continue
            turn.handled.append(task)
            self._handle(work, task, turn)
        work.handled([row.id for task in turn.handled for row in task.rows])

    def _handle(self, work: Work, task: Task, turn: Turn) -> None:
        event = task.event
        facts = self._facts.get(task.head.id, NO_FACTS)
        context = Context(event, work, facts, self._around, task.head.received_at)
        self._router.route(context)
        if event.callback_id:
            turn.answered.append((event.platform, event.callback_id, context.notice))

    def _handle_alone(self, work: Work, task: Task) -> Turn:
        turn = Turn(handled=[task])
        self._handle(work, task, turn)
        work.handled([row.id for row in task.rows])
        return turn

    # --- around it

    async def _one_by_one(self, tasks: Sequence[Task]) -> None:
        failed: set[str] = set()
        for task in tasks:
            if task.head.chat_key not in failed and not await self._alone(task):
                failed.add(task.head.chat_key)

    async def _alone(self, task: Task) -> bool:
        try:
            turn = await self._database.write(lambda work: self._handle_alone(work, task))
        except Exception as error:
            if refuses(error):
                raise
            await self._put_off(task, error)  # a broken handler must not stop its neighbours
            return False
        self._finish(turn)
        return True

    async def _put_off(self, task: Task, error: Exception) -> None:
        waiting = task.head
        where = error_place(error)
        self._facts.pop(waiting.id, None)
        if waiting.attempts + 1 >= TRIES:
            log.error("event %s is parked after %s tries (%s at %s)", waiting.id, TRIES, type(error).__name__, where)
            rows = [row.id for row in task.rows]
            await self._database.write(lambda work: park(work, rows))
            return
        log.warning("event %s failed (%s at %s) and is tried again", waiting.id, type(error).__name__, where)
        pause = FIRST_PAUSE * 2**waiting.attempts
        await self._database.write(lambda work: postpone(work, waiting, work.now + pause))

    def _finish(self, turn: Turn) -> None:
        for task in turn.handled:
            self._facts.pop(task.head.id, None)
        for platform, callback_id, notice in turn.answered:
            self._start(self._around.platforms[platform].acknowledge(callback_id, notice))
        for task, needs in turn.to_prepare:
            self._preparing[task.head.chat_key] = asyncio.create_task(self._prepare(task, needs))

    def _start(self, errand: Coroutine[None, None, None]) -> None:
        running = asyncio.create_task(errand)
        self._errands.add(running)
        running.add_done_callback(self._errands.discard)

    async def _prepare(self, task: Task, needs: Need) -> None:
        try:
            self._facts[task.head.id] = await self._finder.find(task.event, needs)
        except Exception as error:  # noqa: BLE001 - without facts the decision refuses politely
            log.warning("facts for event %s failed (%s)", task.head.id, type(error).__name__)
            self._facts[task.head.id] = NO_FACTS
        finally:
            self._preparing.pop(task.head.chat_key, None)
            self.wake()


def tasks_of(waiting: Sequence[Waiting], *, full: bool, now: float, turn: Turn) -> Iterator[Task]:
    """Group stored events into tasks, leaving those of blocked chats and albums that may still grow."""
    taken: set[int] = set()
    for row in waiting:
        if row.id in taken or row.chat_key in turn.blocked:
            continue
        album = row.event.album
        same = [other for other in waiting if album and other.event.album == album and other.chat_key == row.chat_key]
        rows = tuple(same) or (row,)
        if album and row.event.kind.value == "message":
            cut = full and rows[-1] is waiting[-1] and len(rows) < BATCH
            if cut or now - max(item.received_at for item in rows) < ALBUM_QUIET:
                turn.blocked.add(row.chat_key)
                continue
        taken.update(item.id for item in rows)
        yield Task(rows)


def refuses(error: Exception) -> bool:
    """Whether the database takes nothing (full, locked, read-only), and not just this statement."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0) & 0xFF
    return isinstance(error, OperationalError) and code != sqlite3.SQLITE_ERROR
