"""Nothing is lost when the process is killed, and at most the one message in flight in a chat is repeated."""

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.cast import Stage, text_of
from tests.processes import BotProcess

NUMBERED = re.compile(r"việc số (\d+)")


async def relay_under_fire(sandbox: Sandbox, folder: Path, relays: int, kills: int) -> None:
    stage = Stage(sandbox, None)
    bot = BotProcess(sandbox, folder)
    await bot.start()
    await stage.set_up_ward()
    chance = random.Random(20261123)
    speaking = asyncio.create_task(speak(stage, relays, seconds=kills * 1.2))
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.4, 1.6))
        await bot.kill()
        await bot.start()
    await speaking
    assert await sandbox.until(lambda: len(set(numbers_at(stage))) == relays, timeout=40)
    await asyncio.sleep(0.5)
    check_numbers(numbers_at(stage), relays, kills)
    assert await bot.stop() == 0


async def speak(stage: Stage, relays: int, seconds: float) -> None:
    for number in range(relays):
        speaker, group = ((stage.an, stage.group5), (stage.chi, stage.group7))[number % 2]
        speaker.says(f"/gui việc số {number}", group)
        await asyncio.sleep(seconds / relays)


def numbers_at(stage: Stage) -> list[int]:
    return [int(found[1]) for message in stage.desk.messages if (found := NUMBERED.search(text_of(message)))]


def check_numbers(seen: list[int], relays: int, kills: int) -> None:
    assert set(seen) == set(range(relays)), "a message was lost"
    repeats = sum(count - 1 for count in Counter(seen).values())
    assert repeats <= kills, f"{repeats} repeats for {kills} kills of one chat"
    for parity in (0, 1):
        first = list(dict.fromkeys(number for number in seen if number % 2 == parity))
        assert first == sorted(first), "order was not kept"


async def test_killed_in_the_middle_of_relays_nothing_is_lost(sandbox: Sandbox, tmp_path: Path) -> None:
    await relay_under_fire(sandbox, tmp_path, relays=60, kills=4)


@pytest.mark.long
async def test_killed_twenty_times_through_three_hundred_relays_nothing_is_lost(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    await relay_under_fire(sandbox, tmp_path, relays=300, kills=20)


async def test_sigterm_stops_within_five_seconds_and_the_next_start_goes_on(sandbox: Sandbox, tmp_path: Path) -> None:
    stage = Stage(sandbox, None)
    bot = BotProcess(sandbox, tmp_path)
    await bot.start()
    await stage.set_up_ward()
    for number in range(20):
        stage.an.says(f"/gui việc số {number}", stage.group5)
    assert await bot.stop(within=5.0) == 0
    await bot.start()
    assert await sandbox.until(lambda: len(numbers_at(stage)) >= 20, timeout=10)
    assert sorted(numbers_at(stage)) == list(range(20))
    assert await bot.stop() == 0
