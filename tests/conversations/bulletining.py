"""What the tests of bulletins do again and again."""

import time
from typing import Any

from sqlalchemy import insert

from bot.domain.bulletins import month_due
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import labels, with_button


async def verified(stage: Stage, kind: str, count: int, text: str = "việc đã xong", **columns: Any) -> None:
    """So many tips of a kind were found to be so, in the month that a bulletin is due for."""
    assert stage.app is not None
    zone = stage.app.settings.zone
    at = month_due(time.time(), zone).start(zone) + 60.0

    def write(work: Any) -> None:
        numbers = iter(range(work.run(t.tips.select()).fetchall().__len__(), 9999))
        for _ in range(count):
            values = {
                "ward_id": 1,
                "code": f"TB-261126-{next(numbers):04}",
                "status": "answered",
                "kind": kind,
                "text": text,
                "source": "private",
                "outcome": "solved",
                "created_at": at,
                "touched_at": at,
                "confirmed_at": at,
                "answered_at": at,
            }
            work.run(insert(t.tips).values(values | columns))

    await stage.app.database.write(write)


async def opened(stage: Stage, by: Any, words: str = "/bantin") -> dict[str, Any]:
    """The card of the month's bulletin."""
    by.says(words, stage.desk)
    return await with_button(stage, stage.desk, "Sửa mục 1", "nháp")


async def previewed(stage: Stage, by: Any, card: dict[str, Any]) -> dict[str, Any]:
    """The card of the broadcast that would carry it."""
    by.presses(card, "Xem và gửi")
    return await stage.sees(stage.desk, "Xem trước", timeout=10)


async def issued(stage: Stage, by: Any, chief: Any, words: str = "/bantin") -> dict[str, Any]:
    """A bulletin that went to every group; its card."""
    card = await opened(stage, by, words)
    by.presses(await previewed(stage, by, card), "Gửi ngay")
    chief.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    return card


def now_says(stage: Stage, message: dict[str, Any]) -> str:
    """What a message at the desk says by now, with its buttons."""
    current = stage.desk.history[message["message_id"]]
    return f"{text_of(current)}\n{labels(current)}"
