"""Messages go out: paced, in order per chat, retried, and marked sent only after they were."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from random import uniform

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.drafting import Draft, Drafter, Gone, NotYet, TopicNeeded
from bot.delivery.feed import IDLE, Feed
from bot.delivery.metering import Meter
from bot.delivery.outcomes import Outcomes, insist
from bot.delivery.pacer import Pacer
from bot.errors import AlreadyDone, ChatMoved, DeliveryError, Slowed, TopicGone, TryLater, Undeliverable, Why
from bot.platforms.base import Platform, Sent
from data.engine import Database
from data.moves import move_chat
from data.outbox import Done, Ready, retry_row, sent_since
from data.topics import no_forum, set_thread
from data.unit_of_work import Posted

log = logging.getLogger(__name__)
MINUTE = 60.0
ANSWER_TIME = 1.0  # s; from a message's leaving, which is written down, to its answer, from which the limits count
LONGEST_PAUSE = 60.0
TRIES = 12  # of a platform that answers others; an outage is no fault of a message
DEPENDS_PAUSE = 0.5


class Sender:
    """One per platform. `noted` is called when something was stored that the worker should see."""

    def __init__(
        self,
        database: Database,
        platform: Platform,
        pacer: Pacer,
        meter: Meter,
        drafter: Drafter,
        noted: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._platform = platform
        self._pacer = pacer
        self._meter = meter
        self._drafter = drafter
        self._outcomes = Outcomes(database, meter, noted)
        self._clock = clock
        self.feed = Feed(database, platform.name, pacer, drafter.cost, clock)
        self._arrived: dict[int, list[Sent]] = {}
        self._wake = asyncio.Event()
        self._flights: set[asyncio.Task[None]] = set()
        self._answered_at = float("-inf")
        self.counts = self._outcomes.counts
        self.turned_at = clock()

    @property
    def waiting(self) -> int:
        """How many rows wait or are on their way."""
        return len(self.feed.ready)

    def wake(self) -> None:
        """There may be new rows."""
        self._wake.set()

    def hand(self, posted: Posted) -> None:
        """What was just committed."""
        self.feed.hand(posted)
        self._wake.set()

    async def run(self) -> None:
        """Send for ever. When cancelled, what is on its way gets its answer first (`drain`)."""
        await insist(self._remember)
        while True:
            self._wake.clear()
            self.turned_at = self._clock()
            try:
                full = await self.feed.load()
                await self.feed.tidy()
            except SQLAlchemyError as error:
                log.error("the outbox cannot be read (%s); trying again", type(error).__name__)  # noqa: TRY400
                full = False
            self._dispatch()
            await self._rest(0.0 if full else IDLE)

    async def drain(self, within: float) -> None:
        """Wait for what is on its way."""
        if self._flights:
            await asyncio.wait(self._flights, timeout=within)

    async def _remember(self) -> None:
        """Fill the limits' windows with what was sent just before this start, and the month with what was counted."""
        await self._meter.load()
        now, wall = self._clock(), time.time()
        recent = await self._database.write(lambda work: sent_since(work, self._platform.name, wall - MINUTE))
        for chat, private, at in recent:
            self._pacer.remember(chat, not private, now - max(wall - at - ANSWER_TIME, 0.0))

    def _dispatch(self) -> None:
        now = self._clock()
        while rows := self._pacer.take(now):
            flight = asyncio.create_task(self._deliver([self.feed.ready[row.id] for row in rows]))
            self._flights.add(flight)
            flight.add_done_callback(self._flights.discard)

    async def _rest(self, longest: float) -> None:
        at = self._pacer.wake_at(self._clock())
        pause = longest if at is None else min(longest, max(at - self._clock(), 0.0))
        try:
            async with asyncio.timeout(pause):  # not wait_for: before Python 3.12 it can swallow a cancellation
                await self._wake.wait()
        except TimeoutError:
            pass

    # --- one message

    async def _deliver(self, rows: Sequence[Ready]) -> None:
        """Send rows as one message, and see to what comes of it. Never raises."""
        lead = rows[0]
        try:
            await self._attempt(rows)
        except DeliveryError as error:
            await insist(partial(self._failed, rows, error))
        except SQLAlchemyError as error:
            log.error("row %s waits for the database (%s)", lead.id, type(error).__name__)  # noqa: TRY400
            self._pacer.later(lead.chat_key, self._clock() + IDLE, self._clock(), sent=False)
        except Exception as error:  # noqa: BLE001 - a row that breaks the sender must not stop its neighbours
            log.error("row %s cannot be sent (%s)", lead.id, type(error).__name__)  # noqa: TRY400
            await insist(lambda: self._give_up(rows, Why.BAD_CONTENT))
        self._wake.set()

    async def _attempt(self, rows: Sequence[Ready]) -> None:
        lead = rows[0]
        if self.feed.lets_go(lead.id):
            self._release(rows, self._clock(), sent=False)
            return
        try:
            draft = await self._drafter.draft(rows, self._pacer.backlog(lead.chat_key))
        except NotYet:
            self._pacer.later(lead.chat_key, self._clock() + DEPENDS_PAUSE, self._clock(), sent=False)
            return
        except Gone:
            await insist(lambda: self._finish_dropped(rows, sent=False))
            return
        except TopicNeeded as needed:
            await self._make_topic(rows, needed)
            return
        if not self._meter.opens(lead, draft.pages):
            await insist(lambda: self._give_up(rows, Why.QUOTA, sent=False))
            return
        left = time.time()
        arrived = await self._send(lead, draft)
        ids = tuple(number for sent in arrived for number in sent.message_ids)
        poll = next((sent.poll for sent in arrived if sent.poll), "")
        self._answered_at = answered = self._clock()
        self.counts.sent += len(rows)
        done = Done(lead, ids, left, tuple(row.id for row in rows[1:]), poll)
        await insist(lambda: self._outcomes.sent(done))
        self._release(rows, answered)

    async def _send(self, lead: Ready, draft: Draft) -> Sequence[Sent]:
        """Send what has not arrived yet of a message's pages; after an error the next try goes on from there."""
        arrived = self._arrived.setdefault(lead.id, [])
        for page in draft.pages[len(arrived) :]:
            try:
                sent = await self._platform.send(lead.chat, draft.topic, page, draft.files)
            except AlreadyDone:
                sent = Sent()
            arrived.append(sent)
            self._meter.arrived(lead, page)
        return arrived

    async def _make_topic(self, rows: Sequence[Ready], needed: TopicNeeded) -> None:
        try:
            thread = await self._platform.create_topic(rows[0].chat, needed.name)
        except Undeliverable:  # no right to, or no forum any more: its name goes before the text instead
            await self._database.write(lambda work: no_forum(work, f"{self._platform.name}:{rows[0].chat}"))
        else:
            await self._database.write(lambda work: set_thread(work, needed.topic_id, thread))
        self._drafter.forget_topic(needed.topic_id)
        self._pacer.later(rows[0].chat_key, self._clock(), self._clock(), sent=False)

    # --- what went wrong

    async def _failed(self, rows: Sequence[Ready], error: DeliveryError) -> None:
        lead, now = rows[0], self._clock()
        self._meter.pause(lead)
        match error:
            case Slowed():
                await self._slowed(rows, error.after)
            case ChatMoved():
                await self._follow(lead, error.to)
            case TopicGone() if lead.topic_id is not None:
                topic = lead.topic_id
                await self._database.write(lambda work: set_thread(work, topic, ""))
                self._drafter.forget_topic(topic)
                self._pacer.later(lead.chat_key, now, now)
            case TryLater():
                await self._again(rows, error.after)
            case Undeliverable():
                await self._give_up(rows, error.why)
            case _:
                await self._give_up(rows, Why.BAD_CONTENT)

    async def _slowed(self, rows: Sequence[Ready], after: float) -> None:
        lead = rows[0]
        spent = self._meter.refused(lead)
        if spent:
            await self._outcomes.write_off(rows, Why.QUOTA)
        self.counts.slowed += 1
        self._pacer.refused(lead.chat_key, after, self._clock())
        if spent:
            self._forget(rows)
            for row in rows:
                self._pacer.drop(row.id)

    async def _again(self, rows: Sequence[Ready], after: float) -> None:
        lead, now = rows[0], self._clock()
        self.counts.retried += 1
        alive = now - self._answered_at < MINUTE
        attempts = lead.attempts + 1 if alive else lead.attempts
        if attempts >= TRIES:
            await self._give_up(rows, Why.GAVE_UP)
            return
        pause = min(max(after, 2.0 ** min(attempts, 6)), LONGEST_PAUSE) * uniform(0.8, 1.2)  # noqa: S311 - spread
        self.feed.ready[lead.id] = replace(lead, attempts=attempts)
        await self._database.write(lambda work: retry_row(work, lead.id, attempts, work.now + pause))
        self._pacer.later(lead.chat_key, now + pause, now)

    async def _follow(self, lead: Ready, to: str) -> None:
        name, now = self._platform.name, self._clock()
        old, new = f"{name}:{lead.chat}", f"{name}:{to}"
        await self._database.write(lambda work: move_chat(work, old, new))
        self._drafter.forget_topics()
        self._pacer.later(lead.chat_key, now, now)
        self._pacer.moved(old, new)
        for row_id, ready in self.feed.ready.items():
            if ready.chat_key == old:
                self.feed.ready[row_id] = replace(ready, chat=to, chat_key=new)

    async def _give_up(self, rows: Sequence[Ready], why: Why, *, sent: bool = True) -> None:
        await self._outcomes.write_off(rows, why)
        self._release(rows, self._clock(), sent=sent)

    async def _finish_dropped(self, rows: Sequence[Ready], *, sent: bool) -> None:
        await self._outcomes.drop(rows)
        self._release(rows, self._clock(), sent=sent)

    def _release(self, rows: Sequence[Ready], answered: float, *, sent: bool = True) -> None:
        self._forget(rows)
        self._pacer.done(rows[0].chat_key, answered, sent=sent)

    def _forget(self, rows: Sequence[Ready]) -> None:
        self._meter.close(rows[0])
        for row in rows:
            self.feed.forget(row.id)
            self._arrived.pop(row.id, None)
