"""Chats whose own limits bind: a crowded desk, and groups that are told much."""

import asyncio
import time
from typing import Any

from bot.sandbox import Limits
from tests.bench.casting import JITTER, LATENCY, TRIP, caster, timed
from tests.bench.stand import Stand, disorder, raised, until


async def desk(bot: str, seconds: float = 40.0, groups: int = 27, rate: float = 5.0) -> dict[str, Any]:
    """Many groups write to one desk; every five seconds an urgent card: a tip about danger, from a private chat."""
    async with raised(Limits(), LATENCY, JITTER) as stand:
        stand.build(1, groups)
        child = caster(stand, bot)
        try:
            await stand.begin(child)
            cards = asyncio.create_task(report_danger(stand, int(seconds / 8)))
            count = int(seconds * rate)
            for number in range(count):
                stand.says(number)
                await asyncio.sleep(1 / rate)
            flooded = time.monotonic()
            await stand.arrive(count, 240)
            waited = await cards
            memory = child.memory()
        finally:
            await child.stop()
        return {
            "urgent_max_s": round(max(waited), 2),
            "cards": len(waited),
            "lost": count - len(stand.arrivals.at),
            "backlog_shown": any("đang chờ gửi" in arrival.text for arrival in stand.arrivals.sent),
            "drained_s": round(max(stand.arrivals.at.values()) - flooded, 1),
            "desk_messages": sum(arrival.chat == stand.desks[0].id for arrival in stand.arrivals.sent),
            "out_of_order": disorder(stand.arrivals.numbers, groups),
            "refused": sum(status == 429 for _, _, _, status in stand.sandbox.sent),
            **memory,
        }


async def report_danger(stand: Stand, count: int) -> list[float]:
    """So many residents report danger privately; seconds until each card is at the desk."""
    waited = []
    for number in range(count):
        await asyncio.sleep(8.0)
        resident = stand.residents[number]
        mark = f"nhà {1000 + number}"
        resident.starts(stand.bot, f"g{number + 1}")
        await asyncio.sleep(0.5)
        at = timed(lambda r=resident, m=mark: r.says(f"Cứu với, có người cầm dao đuổi chém ở {m}", to=stand.bot))
        waited.append(await seconds_until(stand, mark, at))
    return waited


async def seconds_until(stand: Stand, mark: str, at: float, within: float = 30.0) -> float:
    """Until words are at the desk; `within` where they never came."""
    place = stand.desks[0].id

    def look() -> bool:
        return any(mark in arrival.text and arrival.chat == place for arrival in stand.arrivals.sent)

    return time.monotonic() - at if await until(look, within) else within


async def minute(bot: str, groups: int = 10, count: int = 25, others: int = 10) -> dict[str, Any]:
    """From the desk so many messages to each of ten groups, whose 20 a minute bind; one more group hears one in 5 s."""
    async with raised(Limits(), LATENCY, JITTER) as stand:
        stand.build(1, groups + 1)
        child = caster(stand, bot)
        try:
            await stand.begin(child)
            began = time.monotonic()
            for number in range(groups * count):
                stand.answers(number % groups, f"việc số {number}")
            said = await other_group(stand, groups, others)
            await stand.arrive(groups * count + len(said), 60)
            memory = child.memory()
        finally:
            await child.stop()
        numbers = [number for number in stand.arrivals.numbers if number < 10_000]
        end = max(at for number, at in stand.arrivals.at.items() if number < 10_000)
        ideal = (
            60.0 + count - 21 if count > 20 else count - 1.0
        )  # 20 in the first 20 s, the rest, one a second, from second 60 on
        waits = [1000 * (stand.arrivals.at.get(number, at + 60) - at - TRIP) for number, at in said.items()]
        return {
            "total_s": round(end - began, 2),
            "ideal_s": ideal,
            "of_ideal": round((end - began) / ideal, 3),
            "lost": groups * count - len(numbers),
            "out_of_order": disorder(numbers, groups),
            "other_max_ms": round(max(waits)),
            "refused": sum(status == 429 for _, _, _, status in stand.sandbox.sent),
            **memory,
        }


async def other_group(stand: Stand, place: int, count: int) -> dict[int, float]:
    """A message to one more group every five seconds; when each was available."""
    said: dict[int, float] = {}
    for number in range(count):
        await asyncio.sleep(5.0)
        stand.answers(place, f"việc số {10_000 + number}")
        said[10_000 + number] = time.monotonic()
    return said
