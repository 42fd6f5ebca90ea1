"""Killed again and again through relays and a broadcast: all of it arrives, and only what was in flight comes twice."""

import asyncio
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.services.broadcasts import PART
from tests.bench.stand import Arrivals, Stand, disorder, until
from tests.cast import TOKEN
from tests.processes import BotProcess

WORDS = "Tối nay kiểm tra phòng cháy"
SPEAKERS = 10  # groups that write to the desk
LATENCY, JITTER = 60.0, 30.0  # ms; at this distance many kills find something in flight
SETTLED = 0.2  # s after a death until the platform has taken all that was on the wire
FLIGHT = 0.5  # s from a message's arrival until it must be marked as sent: half a round trip, a commit, and patience
WORKING = 0.9  # s from a start until the first event is handled, roughly


@dataclass
class Siege:
    """A bot under fire, and what the tables of the dead said at each kill."""

    stand: Stand
    bot: BotProcess
    card: dict[str, Any] = field(default_factory=dict)  # on which the broadcast waits for its approval
    posted: list[int] = field(default_factory=list)
    reached: list[int] = field(default_factory=list)
    caught: Counter[int] = field(default_factory=Counter)  # by group: how often its copy had come and was not marked

    async def strike(self) -> None:
        """SIGKILL, look, start again. Every other time what was still on the wire is lost with the process."""
        began, faults = time.monotonic() - FLIGHT, self.stand.sandbox.faults
        if len(self.posted) % 2:
            faults.drop_before("sendMessage", count=1000)
        await self.bot.kill()
        await asyncio.sleep(SETTLED)
        faults.before.clear()
        states = states_of(self.stand.folder)
        lately = {arrival.chat for arrival in self.stand.arrivals.sent if arrival.at > began and WORDS in arrival.text}
        self.caught.update(chat for chat in lately if states.get(chat) == "waiting")
        self.posted.append(len(states))
        self.reached.append(len(copies(self.stand)))
        await self.bot.start()


Moment = Callable[[Siege], Awaitable[None]]


def states_of(folder: Path) -> dict[int, str]:
    """By group, what became of the row that takes the broadcast there."""
    with closing(sqlite3.connect(f"file:{folder}/test.db?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT chat, state FROM outbox WHERE about = 'broadcast:1'").fetchall()
    assert len({chat for chat, _ in rows}) == len(rows), "two rows take the broadcast to one group"
    return {int(chat): state for chat, state in rows}


def copies(stand: Stand) -> Counter[int]:
    """By group, how often the broadcast came."""
    groups = {group.id for group in stand.groups}
    return Counter(a.chat for a in stand.arrivals.sent if a.chat in groups and WORDS in a.text)


def laid(sandbox: Sandbox, folder: Path, groups: int, rate: int) -> Siege:
    """A ward with so many linked groups, and a bot not yet started that sends so many messages a second."""
    arrivals = Arrivals()
    sandbox.observers.append(arrivals)
    sandbox.faults.latency_ms, sandbox.faults.jitter_ms = LATENCY, JITTER
    stand = Stand(sandbox, folder, sandbox.add_bot(token=TOKEN, username="binhyen_bot", name="Bình Yên"), arrivals)
    stand.build(1, groups)
    stand.found()
    return Siege(stand, BotProcess(sandbox, folder, BINHYEN_TELEGRAM__RATE_GLOBAL=str(rate)))


async def asked(stand: Stand) -> dict[str, Any]:
    """The card on which a second chief may approve the first one's broadcast."""
    desk = stand.desks[0]
    desk.owner.says(f"/phat {WORDS}", desk)
    desk.owner.presses(await stand.sees(desk, "Xem trước"), "Gửi ngay")
    return await stand.sees(desk, "Chờ duyệt")


async def speak(stand: Stand, relays: int, seconds: float) -> None:
    for number in range(relays):
        place = number % SPEAKERS
        stand.residents[place].says(f"/gui việc số {number}", stand.groups[place])
        await asyncio.sleep(seconds / relays)


# --- when a kill comes


def after(seconds: float) -> Moment:
    return lambda _: asyncio.sleep(seconds)


async def between_the_parts(siege: Siege) -> None:
    """The broadcast is approved, and its first part is posted."""
    siege.stand.seconds[0].presses(siege.card, "Duyệt")
    assert await until(lambda: bool(states_of(siege.stand.folder)), 10, every=0.001)


async def while_sending(siege: Siege) -> None:
    """Some groups have it."""
    assert await until(lambda: len(copies(siege.stand)) >= 10, 10)


# --- the run


def check_broadcast(siege: Siege) -> None:
    found = copies(siege.stand)
    assert set(found) == {group.id for group in siege.stand.groups}, "a group was forgotten"
    assert {group: count - 1 for group, count in found.items() if count > 1} == siege.caught, "not what was in flight"


def check_relays(numbers: list[int], relays: int, kills: int) -> None:
    assert set(numbers) == set(range(relays)), "a message was lost"
    assert len(numbers) - relays <= kills, "more repeats than one for each kill"  # the desk has one in flight
    assert disorder(numbers, SPEAKERS) == 0, "order was not kept"


async def endure(siege: Siege, relays: int, seconds: float, moments: list[Moment]) -> None:
    """So many relays in so many seconds, and a kill at each moment; then all is there."""
    try:
        await siege.bot.start()
        siege.card = await asked(siege.stand)
        await asyncio.gather(speak(siege.stand, relays, seconds), strike_at(siege, moments))
        await see_all(siege, relays)
        assert await siege.bot.stop() == 0
    finally:
        await siege.bot.kill()
    check_broadcast(siege)
    check_relays(siege.stand.arrivals.numbers, relays, len(moments))
    groups = len(siege.stand.groups)
    assert any(0 < posted < groups for posted in siege.posted), "no kill came between the parts"


async def strike_at(siege: Siege, moments: list[Moment]) -> None:
    for moment in moments:
        await moment(siege)
        await siege.strike()


async def see_all(siege: Siege, relays: int) -> None:
    """Everything came at least once, and the desk was told so."""
    stand, groups = siege.stand, len(siege.stand.groups)
    assert await until(lambda: len(stand.arrivals.at) == relays and len(copies(stand)) == groups, 60), (
        "something never came"
    )
    await stand.sees(stand.desks[0], f"Đã gửi {groups}/{groups} nhóm")


async def test_killed_between_the_parts_and_while_sending_every_group_gets_it_once(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    siege = laid(
        sandbox, tmp_path, groups=4 * PART, rate=100
    )  # more parts than one, so that a slow kill meets a gap too
    await endure(siege, relays=20, seconds=2.0, moments=[between_the_parts, while_sending])
    assert 0 < siege.reached[-1] < 4 * PART


@pytest.mark.long
async def test_killed_twenty_times_through_300_relays_and_a_broadcast_to_100_groups_nothing_is_lost(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    before = [chance.uniform(0.3, 3.0) for _ in range(3)]
    posting = [chance.uniform(WORKING - 0.4, WORKING + 0.4) for _ in range(2)]
    sending = [chance.uniform(0.3, 3.0) for _ in range(14)]
    moments = [*map(after, before), between_the_parts, *map(after, posting + sending)]
    siege = laid(sandbox, tmp_path, groups=100, rate=20)
    await endure(siege, relays=300, seconds=sum(before + posting + sending), moments=moments)
    assert len(siege.reached) == 20
    assert sum(0 < reached < 100 for reached in siege.reached) >= 5
