"""When the desk's minute is nearly used up, waiting relays of one group go as one message, and stay separable."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.app import App
from bot.sandbox import Sandbox
from data import tables as t
from data.retention import HOUR, purge
from data.unit_of_work import Work
from tests.cast import Stage, settings_for, text_of

pytestmark = pytest.mark.telegram_only("it happens at the desk")

A_MINUTE = 120  # messages; half a second from one to the next while the minute is short


@pytest.fixture
async def busy(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose desk has used more than a third of its minute."""
    app = App(settings_for(sandbox, tmp_path, rate_group_per_minute=A_MINUTE))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    await stage.rests()
    pacer = app.delivery.senders[0]._pacer
    for _ in range(A_MINUTE // 2):
        pacer.remember(f"telegram:{stage.desk.id}", True, time.monotonic() - 30)
    yield stage
    await app.stop()


async def three_in_one(stage: Stage) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """One message that goes at once, and three that wait and go as one: it, and what was said."""
    stage.an.says("/gui không", stage.group5)
    await stage.sees(stage.desk, "An: không")
    said = [stage.an.says("/gui một", stage.group5), stage.binh.says("/gui hai", stage.group5)]
    said.append(stage.an.says("/gui ba", stage.group5))
    seen = await stage.sees(stage.desk, "An: ba")
    assert text_of(seen) == "An: một\n\nBình: hai\n\nAn: ba"
    return seen, said


async def comes_to_say(stage: Stage, seen: dict[str, Any], text: str) -> None:
    def now() -> str:
        return text_of(stage.desk.history.get(seen["message_id"], {}))

    assert await stage.sandbox.until(lambda: now() == text)
    assert now() == text


async def test_an_edit_changes_its_part_only(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    busy.binh.edits(said[1], "@binhyen_bot hai rưỡi")
    await comes_to_say(busy, seen, "An: một\n\nBình: hai rưỡi\n\nAn: ba")
    busy.an.edits(said[2], "@binhyen_bot ba rưỡi")
    await comes_to_say(busy, seen, "An: một\n\nBình: hai rưỡi\n\nAn: ba rưỡi")


async def test_a_withdrawal_takes_its_part_only_and_the_last_one_the_message(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    busy.an.says("/rut", busy.group5, reply_to=said[0])
    await comes_to_say(busy, seen, "Bình: hai\n\nAn: ba")
    busy.binh.says("/rut", busy.group5, reply_to=said[1])
    await comes_to_say(busy, seen, "An: ba")
    busy.an.says("/rut", busy.group5, reply_to=said[2])
    assert await busy.sandbox.until(lambda: seen["message_id"] not in busy.desk.history)
    assert seen["message_id"] not in busy.desk.history


async def test_what_is_left_of_a_shared_message_keeps_its_button(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    busy.an.says("/rut", busy.group5, reply_to=said[0])
    await comes_to_say(busy, seen, "Bình: hai\n\nAn: ba")
    assert "Lập tin" in str(busy.desk.history[seen["message_id"]].get("reply_markup"))


async def test_an_edit_and_a_withdrawal_at_once_both_hold(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    busy.an.edits(said[0], "@binhyen_bot một rưỡi")
    busy.binh.says("/rut", busy.group5, reply_to=said[1])
    await comes_to_say(busy, seen, "An: một rưỡi\n\nAn: ba")


async def test_a_reply_to_a_merged_message_answers_its_last_part(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    busy.dung.says("đã rõ", busy.desk, reply_to=seen)
    told = await busy.sees(busy.group5, "đã rõ")
    assert told["reply_to_message"]["message_id"] == said[2]["message_id"]


async def test_what_still_waits_is_said_under_a_merged_message(busy: Stage) -> None:
    busy.an.says("/gui không", busy.group5)
    await busy.sees(busy.desk, "An: không")
    for number in range(3):
        busy.an.says(f"/gui tổ năm {number}", busy.group5)
        busy.chi.says(f"/gui tổ bảy {number}", busy.group7)
    first = await busy.sees(busy.desk, "tổ năm 2")
    second = await busy.sees(busy.desk, "tổ bảy 2")
    texts = [text_of(message) for message in (first, second)]
    assert "⏳ Còn 3 tin đang chờ" in texts[0]
    assert "⏳" not in texts[1]
    assert first["message_thread_id"] != second["message_thread_id"]
    assert not any("tổ bảy" in texts[0] or "tổ năm" in text for text in texts[1:])


async def test_after_two_days_a_withdrawal_leaves_the_others_words_alone(busy: Stage) -> None:
    seen, said = await three_in_one(busy)
    await busy.rests()
    assert busy.app is not None
    await busy.app.database.write(lambda work: age(work, 49 * HOUR))
    await busy.app.database.write(purge)
    busy.sandbox.advance(49 * HOUR)
    busy.an.says("/rut", busy.group5, reply_to=said[0])
    await busy.rests()
    assert "hai" in text_of(busy.desk.history.get(seen["message_id"], {}))


def age(work: Work, by: float) -> None:
    work.run(update(t.outbox).values(sent_at=t.outbox.c.sent_at - by))
