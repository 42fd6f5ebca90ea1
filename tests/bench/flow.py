"""Scenarios without limits: the relay's throughput, its latency, and the start."""

import asyncio
import time
from typing import Any

from tests.bench.children import Child, peer, product
from tests.bench.stand import Stand, disorder, raised, share, until

WARM = 200
PEERS = {
    "ptb": ("ptb_echo",),
    "ptb16": ("ptb_echo", "16"),
    "ptb256": ("ptb_echo", "256"),
    "aiogram": ("aiogram_echo",),
}


def bot_on(stand: Stand, name: str) -> Child:
    """The product with its wards set up, or a peer."""
    if name == "product":
        stand.found()
        return product(stand.sandbox, stand.folder, limits=False)
    return peer(stand.sandbox, stand.folder, *PEERS[name])


async def relay(bot: str, count: int, wards: int = 10, groups: int = 5) -> dict[str, Any]:
    """Everything at once: messages a second from the first answered getUpdates to the last message at the API."""
    async with raised(limits=False) as stand:
        stand.build(wards, groups)
        child = bot_on(stand, bot)
        try:
            await stand.begin(child, WARM)
            for number in range(count):
                stand.says(number)
            began = time.monotonic()  # the waiting poll is answered now
            complete = await stand.arrive(count, 60)
            memory = child.memory()
        finally:
            await child.stop()
        arrived = len(stand.arrivals.at)
        seconds = max(stand.arrivals.at.values(), default=began) - began
        return {
            "per_second": round(arrived / seconds, 1) if arrived else 0.0,
            "lost": count - arrived,
            "complete": complete,
            "repeated": len(stand.arrivals.numbers) - arrived,
            "out_of_order": disorder(stand.arrivals.numbers, wards * groups),
            **memory,
        }


async def latency(bot: str, seconds: float, rate: float = 100.0, wards: int = 10, groups: int = 5) -> dict[str, Any]:
    """Evenly paced messages: milliseconds from an update's being available to the message at the API."""
    async with raised(limits=False) as stand:
        stand.build(wards, groups)
        child = bot_on(stand, bot)
        try:
            await stand.begin(child, WARM)
            made = await feed(stand, int(seconds * rate), rate)
            await stand.arrive(len(made), 10)
            memory = child.memory()
        finally:
            await child.stop()
        came = stand.arrivals.at
        taken = [1000 * (came[number] - at) for number, at in enumerate(made) if number in came]
        return {
            "p50_ms": round(share(taken, 50), 2),
            "p99_ms": round(share(taken, 99), 2),
            "lost": len(made) - len(taken),
            **memory,
        }


async def feed(stand: Stand, count: int, rate: float) -> list[float]:
    """Say so many numbered messages at this rate; when each was available."""
    made, began = [], time.monotonic()
    for number in range(count):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        made.append(stand.says(number))
    return made


async def startup(bot: str = "product") -> dict[str, Any]:
    """Seconds from `python -m bot run` to the first getUpdates: on a new folder, and again on what it made."""
    taken = []
    async with raised(limits=False) as stand:
        for _ in range(2):
            stand.arrivals.first_poll = 0.0
            child = product(stand.sandbox, stand.folder, limits=False)
            began = time.monotonic()
            try:
                await child.start()
                await until(lambda: bool(stand.arrivals.first_poll), 30)
                taken.append(round(stand.arrivals.first_poll - began, 3))
                idle = child.memory()
            finally:
                await child.stop()
    return {"new_s": taken[0], "again_s": taken[1], **idle}
