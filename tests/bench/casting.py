"""Broadcasts under Telegram's limits, exactly counted."""

import asyncio
import json
import time
from typing import Any

from bot.sandbox import Limits
from tests.bench.children import Child, peer, product
from tests.bench.stand import Stand, raised, share, until

LATENCY, JITTER = 80.0, 20.0  # ms
TRIP = (LATENCY + JITTER / 2) / 1000  # s, on average
PER_SECOND = 30
PATIENCE = 9.0  # s without any message: what did not come by now does not come
WORDS = "Cảnh báo: mất xe máy ở chợ, việc số 0"
TITLE = "Cảnh báo"


async def broadcast(bot: str, groups: int = 300, closed: float = 0.0) -> dict[str, Any]:
    """One text to every group of a ward, two residents' questions a second; `closed`: so many seconds of only 429."""
    async with raised(Limits(), LATENCY, JITTER) as stand:
        stand.build(1, groups)
        child = caster(stand, bot)
        try:
            await stand.begin(child)
            press = await ask_to_send(stand, bot)
            asking = asyncio.create_task(ask_questions(stand, bot, seconds=groups / PER_SECOND + 6 * bool(closed) + 1))
            began = press()
            if closed:
                await asyncio.sleep(0.3 * groups / PER_SECOND)
                stand.sandbox.limits.close(closed)
            reached = await wait_for_all(stand, groups)
            asked = await asking
            await asyncio.sleep(2.0)  # the last answers
            memory = child.memory()
        finally:
            await child.stop()
        return {**outcome(stand, began, reached, groups), **answers(stand, asked, began, reached), **memory}


def caster(stand: Stand, bot: str) -> Child:
    """The product under limits, or a peer that broadcasts."""
    if bot == "product":
        stand.found()
        return product(stand.sandbox, stand.folder, limits=True)
    chats = stand.folder / "chats.json"
    chats.write_text(json.dumps([group.id for group in stand.groups]))
    return peer(stand.sandbox, stand.folder, "ptb_broadcast", str(chats), bot)


async def ask_to_send(stand: Stand, bot: str, *, urgent: bool = False) -> Any:
    """Everything up to the last word; the callable says it and returns when."""
    desk, chief, second = stand.desks[0], stand.desks[0].owner, stand.seconds[0]
    if bot != "product":
        return lambda: timed(lambda: chief.says("/phat"))
    command = chief.says(f"/phat {WORDS}", desk)
    card = await stand.sees(desk, "Xem trước", after=command)
    if urgent:
        chief.presses(card, "Khẩn cấp")
        card = await stand.sees(desk, "Tin khẩn cấp", after=command)
    chief.presses(card, "Gửi ngay")
    asked = await stand.sees(desk, "Chờ duyệt tin khẩn cấp" if urgent else "Chờ duyệt", after=command)
    return lambda: timed(lambda: second.presses(asked, "Duyệt"))


def timed(act: Any) -> float:
    """Do it; when it was done."""
    act()
    return time.monotonic()


async def ask_questions(stand: Stand, bot: str, seconds: float) -> dict[int, float]:
    """`/trogiup` twice a second from private chats in turn, at uneven moments; by whom, and when each was available."""
    asked: dict[int, float] = {}
    began = time.monotonic()
    for number in range(int(seconds * 2)):
        at = began + number / 2 + (number * 7 % 10) / 25  # 0.1 to 0.9 s apart
        await asyncio.sleep(max(0.0, at - time.monotonic()))
        resident = stand.residents[number % len(stand.residents)]
        resident.says("/trogiup", to=stand.bot)
        asked[resident.id] = time.monotonic()
    return asked


async def wait_for_all(stand: Stand, groups: int) -> dict[int, float]:
    """Each group and when the text reached it, once all have it or nothing comes any more."""
    wanted = {group.id for group in stand.groups}
    reached: dict[int, float] = {}

    def look() -> bool:
        for arrival in stand.arrivals.sent:
            if arrival.chat in wanted and TITLE in arrival.text:
                reached.setdefault(arrival.chat, arrival.at)
        quiet = time.monotonic() - stand.arrivals.sent[-1].at if stand.arrivals.sent else 0.0
        return len(reached) >= groups or quiet > PATIENCE

    await until(look, groups / PER_SECOND + 60, every=0.1)
    return reached


def outcome(stand: Stand, began: float, reached: dict[int, float], groups: int) -> dict[str, Any]:
    """How long it took; the ideal is everything that was sent meanwhile, at 30 a second."""
    end = max(reached.values(), default=began)
    meanwhile = sum(began < arrival.at <= end for arrival in stand.arrivals.sent)
    refused = [at for at, _, _, status in stand.sandbox.sent if status == 429]
    return {
        "total_s": round(end - began, 2),
        "ideal_s": round(meanwhile / PER_SECOND, 2),
        "of_ideal": round((end - began) * PER_SECOND / max(meanwhile, 1), 3),
        "refused": len(refused),
        "lost": groups - len(reached),
    }


def answers(stand: Stand, asked: dict[int, float], began: float, reached: dict[int, float]) -> dict[str, Any]:
    """Milliseconds over one round trip (half for the update, half for the answer) of what was asked meanwhile."""
    taken = []
    end = max(reached.values(), default=began)
    for chat, at in asked.items():
        found = (arrival.at for arrival in stand.arrivals.sent if arrival.chat == chat and arrival.at > at)
        if began <= at < end:
            taken.append(1000 * (next(found, at + 60.0) - at - TRIP))
    return {"answer_p50_ms": round(share(taken, 50)), "answer_p95_ms": round(share(taken, 95)), "asked": len(taken)}


async def alert(bot: str, groups: int = 1000, latency: float = 0.0) -> dict[str, Any]:
    """A broadcast to many groups runs; a chief approves an alert: milliseconds to its first delivery."""
    async with raised(Limits(), latency, latency / 4) as stand:
        stand.build(1, groups)
        child = caster(stand, bot)
        try:
            await stand.begin(child)
            urgent = await ask_to_send(stand, bot, urgent=True)
            ordinary = await ask_to_send(stand, bot)
            ordinary()
            await asyncio.sleep(4.0)
            running = len(stand.arrivals.sent)
            pressed = urgent()
            await until(lambda: alerted(stand, pressed) > 0, 10, every=0.005)
            await asyncio.sleep(4.0)
            memory = child.memory()
        finally:
            await child.stop()
        refused = sum(status == 429 for _, _, _, status in stand.sandbox.sent)
        return {
            "first_ms": round(1000 * alerted(stand, pressed), 1),
            "before": running,
            "refused": refused,
            **memory,
        }


def alerted(stand: Stand, pressed: float) -> float:
    """Seconds until the alert's own words reached a group; 0 while they did not."""
    groups = {group.id for group in stand.groups}
    for arrival in stand.arrivals.sent:
        if arrival.at > pressed and arrival.chat in groups and "113" in arrival.text:
            return arrival.at - pressed
    return 0.0
