"""A storm: a thousand neighbours report one fire within five minutes, under Telegram's limits."""

import asyncio
import time
from typing import Any

from bot.sandbox import Limits, Person
from tests.bench.casting import JITTER, LATENCY, caster
from tests.bench.stand import Stand, raised, until

WORDS = (
    "Cháy nhà ngõ 12 Láng Hạ rồi, khói đen mù mịt",
    "chay nha o ngo 12 lang ha, goi cuu hoa giup",
    "cháy to lắm, số 5 ngõ 12 Láng Hạ ạ",
    "co chay o ngo 12 lang ha khoi boc len ngun ngut",
    "cháy nhà, cứu với",
)
PATIENCE = 120.0  # s after the last report
RECEIPT = "Tin đã được ghi nhận"


async def storm(bot: str, people: int = 1000, seconds: float = 300.0) -> dict[str, Any]:
    """Each writes once and presses `Gửi` when the draft is there: seconds until all have their receipt."""
    async with raised(Limits(), LATENCY, JITTER) as stand:
        stand.build(1, 1)
        child = caster(stand, bot)
        try:
            await stand.begin(child)
            reporters = [stand.sandbox.add_person(f"Dân {number}") for number in range(people)]
            reporting = [
                asyncio.create_task(report(stand, person, number, number * seconds / people))
                for number, person in enumerate(reporters)
            ]
            done = await asyncio.gather(*reporting)
            ended = time.monotonic()
            await until(lambda: outcome(stand, done)["counted"] == people, PATIENCE, every=0.2)
            counted = {"counted_after_s": round(time.monotonic() - ended, 1)}
            memory = child.memory()
        finally:
            await child.stop()
        return {**outcome(stand, done), **counted, **memory}


async def report(stand: Stand, person: Person, number: int, at: float) -> tuple[float, float]:
    """One neighbour: when they pressed `Gửi`, and when their receipt came; 0 where it never did."""
    await asyncio.sleep(at)
    person.starts(stand.bot)
    await asyncio.sleep(1.0)
    chat = person.chat_with(stand.bot)
    person.says(WORDS[number % len(WORDS)], to=stand.bot)
    draft: dict[str, Any] = {}

    def shown() -> bool:
        draft.update(next((m for m in reversed(chat.messages) if has_button(m, "Gửi")), {}))
        return bool(draft)

    await until(shown, PATIENCE, every=0.2)
    if not draft:
        return time.monotonic(), 0.0
    person.presses(draft, "Gửi")
    pressed = time.monotonic()
    received = await until(lambda: any(RECEIPT in str(m.get("text", "")) for m in chat.messages), PATIENCE, every=0.2)
    return pressed, time.monotonic() if received else 0.0


def has_button(message: dict[str, Any], label: str) -> bool:
    """Whether a message has a button that says so."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return any(label in button["text"] for row in rows for button in row)


def outcome(stand: Stand, done: list[tuple[float, float]]) -> dict[str, Any]:
    """How long it took, and what the desk saw."""
    last = max(pressed for pressed, _ in done)
    cards = [m for m in stand.desks[0].messages if has_button(m, "Tiếp nhận") and has_button(m, "Đóng")]  # no pages
    return {
        "people": len(done),
        "answered": sum(received > 0 for _, received in done),
        "after_last_s": round(max(received for _, received in done) - last, 1),
        "slowest_s": round(max(received - pressed for pressed, received in done), 1),
        "cards": len(cards),
        "counted": max((count_in(str(card.get("text", ""))) for card in cards), default=0),
        "refused": sum(status == 429 for _, _, _, status in stand.sandbox.sent),
    }


def count_in(text: str) -> int:
    """The number before "người báo" on a card."""
    before, found, _ = text.partition(" người báo")
    return int(before.rpartition(" ")[2]) if found else 1
