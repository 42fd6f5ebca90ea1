"""Whatever staff do while a broadcast spreads, whenever it fails or dies: each group ends with the newest words, once.

A platform that keeps messages by chat; the real tables, feed, pacer and rules of drafting; steps from Hypothesis.
"""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.delivery.drafting import Gone, NotYet, addressed, look_up
from bot.delivery.feed import Feed
from bot.delivery.pacer import Limits, Pacer
from bot.domain.broadcasting import Status
from bot.errors import Why
from bot.messages import Action, Outgoing, Person
from bot.platforms.base import Capabilities
from bot.platforms.telegram.adapter import CAPABILITIES
from bot.platforms.zalo_bot.adapter import capabilities as zalo_capabilities
from bot.sealing import Seal
from bot.services import broadcasts, correcting, editions
from data import tables as t
from data.broadcasts import Broadcast, add_broadcast, find_broadcast
from data.engine import Database
from data.migrate import migrate
from data.outbox import Done, drop_rows, park_row, record_sent
from data.people import RoleHolder
from data.unit_of_work import Work

GROUPS = 7
SMALL_PART = 3
DUNG, EM = Person("telegram", "4", "Dũng"), Person("telegram", "5", "Em")
STEPS = st.lists(
    st.sampled_from(
        ["spread", "send", "send", "fly", "land", "fail", "pause", "resume", "correct", "resend", "crash", "lose"]
    ),
    max_size=25,
)


class World:
    """A broadcast to seven groups, and a sender whose steps are told one by one."""

    def __init__(self, folder: Path, can: Capabilities) -> None:
        self.database = Database(f"sqlite+aiosqlite:///{folder}/test.db", Seal([b"k" * 32]))
        self.can = can
        self.numbers = count(1)
        self.chats: dict[str, dict[str, str]] = {f"-{number}": {} for number in range(1, GROUPS + 1)}
        self.lost: Counter[str] = Counter()  # by chat: copies of which nobody was told before the process died
        self.now = 0.0
        self.begin_life()

    def begin_life(self) -> None:
        """A process starts: it knows nothing but the tables."""
        self.flying: dict[int, Any] = {}
        self.pacer = Pacer(Limits(0, 0, 0))
        self.feed = Feed(self.database, "telegram", self.pacer, lambda _: 1, lambda: self.now)
        self.database.posted = self.feed.hand

    async def write(self, act: Any) -> Any:
        return await self.database.write(act)

    # --- the broadcast

    async def begins(self) -> None:
        """Approved and on its way."""

        def act(work: Work) -> None:
            work.run(t.wards.insert().values(id=1, name="Hoa Sữa", desk="telegram:-99", created_at=0))
            work.run(t.topics.insert().values(id=1, ward_id=1, name="x", kind="group"))
            for chat in self.chats:
                row = {"ward_id": 1, "address": f"telegram:{chat}", "name": chat, "topic_id": 1, "linked_at": 0}
                work.run(t.groups.insert().values(row))
            draft = add_broadcast(work, 1, "key", RoleHolder("", ""), Outgoing(html="0"))
            broadcasts.send(work, draft, Outgoing(html="0"))

        await self.write(act)

    async def changes(self, name: str) -> None:
        """Staff or the clock do this, where it can be done."""

        def act(work: Work) -> None:
            found = find_broadcast(work, 1)
            assert found is not None
            if changed := getattr(self, f"_{name}")(work, found):
                broadcasts.spread(work, changed, words_of(changed))

        await self.write(act)

    def _spread(self, _work: Work, found: Broadcast) -> Broadcast | None:
        return found if found.is_moving else None

    def _pause(self, work: Work, found: Broadcast) -> None:
        if found.status == Status.SENDING:
            editions.pause(work, found, DUNG)

    def _resume(self, work: Work, found: Broadcast) -> Broadcast | None:
        return editions.resume(work, found, DUNG) if found.status == Status.PAUSED else None

    def _correct(self, work: Work, found: Broadcast) -> Broadcast:
        message = replace(found.message, html=str(found.edition + 1))
        return correcting.correct(work, correcting.propose(work, found, DUNG, message), EM)

    def _resend(self, work: Work, found: Broadcast) -> Broadcast | None:
        moving = found.status in (Status.SENDING, Status.WITHDRAWN)
        return editions.resend(work, found, DUNG) if moving and broadcasts.tally(work, found).failed else None

    def _withdraw(self, work: Work, found: Broadcast) -> Broadcast:
        return editions.withdraw(work, found, DUNG)

    # --- the sender

    async def fly(self) -> None:
        """One more message leaves."""
        self.now += 2
        while await self.feed.load():
            pass
        if rows := self.pacer.take(self.now):
            lead = self.feed.ready[rows[0].id]
            if self.feed.lets_go(lead.id):
                self._forget(lead)
            else:
                await self._leave(lead)

    async def _leave(self, lead: Any) -> None:
        try:
            found = await self.write(lambda work: look_up(work, lead, self.can))
            message = addressed(found.message or lead.message, found)
        except NotYet:
            self.pacer.later(lead.chat_key, self.now, self.now, sent=False)
        except Gone:
            await self.write(lambda work: drop_rows(work, [lead.id]))
            self._forget(lead)
        else:
            self.flying[lead.id] = (lead, message)

    def _arrive(self, lead: Any, message: Outgoing) -> tuple[str, ...]:
        """It is there. Where nothing can be edited the new words are a message of their own."""
        chat = self.chats[lead.chat]
        if message.action is Action.EDIT and Action.EDIT in self.can.actions:
            chat[message.message_id] = message.html
            return ()
        if message.action is Action.EDIT:
            chat.pop(message.message_id, None)
        number = str(next(self.numbers))
        chat[number] = message.html
        return (number,)

    async def land(self) -> None:
        """What left first arrives and is recorded."""
        if self.flying:
            lead, message = self.flying.pop(min(self.flying))
            ids = self._arrive(lead, message)
            await self.write(lambda work: record_sent(work, [Done(lead, ids, work.now)]))
            self._forget(lead)

    async def fail(self) -> None:
        """It is refused for good."""
        if self.flying:
            lead, _ = self.flying.pop(min(self.flying))
            await self.write(lambda work: park_row(work, lead.id, Why.KICKED))
            self._forget(lead)

    def _forget(self, lead: Any) -> None:
        self.feed.forget(lead.id)
        self.pacer.done(lead.chat_key, self.now)

    async def send(self) -> None:
        await self.fly()
        await self.land()

    async def crash(self) -> None:
        """The process dies; what was on the wire never arrives."""
        self.begin_life()

    async def lose(self) -> None:
        """It dies; what was on the wire arrives, and nobody is told."""
        for lead, message in self.flying.values():
            if self._arrive(lead, message):
                self.lost[lead.chat] += 1
        self.begin_life()

    async def steps(self, name: str) -> None:
        if name in ("spread", "pause", "resume", "correct", "resend", "withdraw"):
            await self.changes(name)
        else:
            await getattr(self, name)()

    async def ends(self) -> None:
        """Staff resume it and send it again where it failed, until all of it has come."""
        await self.changes("resume")
        for _ in range(6):
            for _ in range(GROUPS):
                await self.changes("spread")
            while self.flying:
                await self.land()
            for _ in range(10 * GROUPS):
                await self.send()
                if not self.feed.ready:
                    break
            await self.changes("resend")


def words_of(broadcast: Broadcast) -> Outgoing:
    return Outgoing(html="thu hồi" if broadcast.status == Status.WITHDRAWN else broadcast.message.html)


@cache
def empty_tables() -> bytes:
    """A database as it is made; made once."""
    with TemporaryDirectory() as folder:
        migrate(f"sqlite+aiosqlite:///{folder}/test.db", Path(folder))
        with closing(sqlite3.connect(f"{folder}/test.db")) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (Path(folder) / "test.db").read_bytes()


async def live(steps: list[str], can: Capabilities, last: str = "") -> tuple[World, Broadcast]:
    """A whole life of a broadcast."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "test.db").write_bytes(empty_tables())
        world = World(Path(folder), can)
        try:
            await world.begins()
            for step in [*steps, *([last] if last else [])]:
                await world.steps(step)
            await world.ends()
            found = await world.write(lambda work: find_broadcast(work, 1))
            return world, found
        finally:
            await world.database.close()


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several parts even of seven groups."""
    monkeypatch.setattr(broadcasts, "PART", SMALL_PART)


PLATFORMS = pytest.mark.parametrize("can", [CAPABILITIES, zalo_capabilities(10**6)], ids=["edits", "does not edit"])
QUIETLY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PLATFORMS
@QUIETLY
@given(STEPS)
@example(["fly", "pause", "resume", "land"])
@example(["fly", "correct", "land"])
@example(["fly", "correct", "fly", "correct", "land"])
@example(["fail", "correct", "resend"])
@example(["fly", "pause", "correct", "crash"])
@example(["send", "correct", "fly", "lose"])
def test_every_group_ends_with_the_newest_words_once(can: Capabilities, steps: list[str]) -> None:
    world, broadcast = asyncio.run(live(steps, can))
    for chat, messages in world.chats.items():
        said = list(messages.values())
        assert broadcast.message.html in said
        assert len(said) <= 1 + world.lost[chat]


@PLATFORMS
@QUIETLY
@given(STEPS)
@example(["fly", "fly"])
@example(["spread", "correct", "resend"])
@example(["send", "fly", "correct", "fly"])
def test_withdrawn_no_group_keeps_it_and_none_gets_it_any_more(can: Capabilities, steps: list[str]) -> None:
    world, _ = asyncio.run(live(steps, can, last="withdraw"))
    for chat, messages in world.chats.items():
        kept = [words for words in messages.values() if words != "thu hồi"]
        assert len(kept) <= world.lost[chat]
        assert len(messages) <= 1 + world.lost[chat]
