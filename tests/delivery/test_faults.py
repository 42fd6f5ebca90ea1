"""Telegram fails in every way it can: nothing is lost, order is kept, and little is repeated."""

import asyncio
import re
from collections import Counter
from pathlib import Path

import pytest

from bot.app import App
from bot.messages import Outgoing
from bot.sandbox import Sandbox
from data.places import ward_at
from data.unit_of_work import Work
from tests.cast import Stage, settings_for, text_of

NUMBERED = re.compile(r"việc số (\d+)")


def numbers_at(stage: Stage) -> list[int]:
    return [int(found[1]) for message in stage.desk.messages if (found := NUMBERED.search(text_of(message)))]


async def speak(stage: Stage, relays: int, seconds: float) -> None:
    for number in range(relays):
        stage.an.says(f"/gui việc số {number}", stage.group5)
        await asyncio.sleep(seconds / relays)


async def arrive(stage: Stage, relays: int, timeout: float = 20.0) -> list[int]:
    """The numbers at the desk, once all are there and nothing more is on its way."""
    assert await stage.sandbox.until(lambda: len(set(numbers_at(stage))) == relays, timeout)
    await stage.rests(timeout)
    return numbers_at(stage)


def in_order(seen: list[int]) -> bool:
    first = list(dict.fromkeys(seen))
    return first == sorted(first)


# --- outages


async def outage(stage: Stage, seconds: float, relays: int) -> None:
    speaking = asyncio.create_task(speak(stage, relays, seconds * 1.5))
    await asyncio.sleep(seconds * 0.25)
    stage.sandbox.faults.down(seconds)
    await speaking
    seen = await arrive(stage, relays, timeout=40)
    assert in_order(seen)
    assert set(seen) == set(range(relays))
    assert len(seen) <= relays + 1  # one may have been on its way when the line was cut


async def test_an_outage_of_a_second_loses_nothing(stage: Stage) -> None:
    await outage(stage, 1.2, relays=30)


@pytest.mark.long
async def test_an_outage_of_a_minute_loses_nothing(stage: Stage) -> None:
    await outage(stage, 60.0, relays=200)


async def test_a_start_during_an_outage_waits_for_its_end(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.faults.down(1.0)
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    stage.em.says("/trogiup")
    await stage.sees(stage.em.chat_with(), "Cứ nhắn việc cần báo")
    await app.stop()


# --- single calls


async def test_a_line_cut_before_a_message_was_taken_loses_and_repeats_nothing(stage: Stage) -> None:
    stage.sandbox.faults.drop_before("sendMessage", 2)
    await speak(stage, 5, 0)
    assert await arrive(stage, 5) == [0, 1, 2, 3, 4]


async def test_a_line_cut_after_a_message_was_taken_repeats_that_one_at_most(stage: Stage) -> None:
    stage.an.says("/gui mở chủ đề", stage.group5)
    await stage.sees(stage.desk, "mở chủ đề")
    await stage.rests()
    stage.sandbox.faults.drop_after("sendMessage", 1)
    await speak(stage, 5, 0)
    seen = await arrive(stage, 5)
    assert in_order(seen)
    assert set(seen) == set(range(5))
    assert max(Counter(seen).values()) <= 2
    assert len(seen) <= 6


async def test_updates_whose_answer_was_lost_come_again_and_count_once(stage: Stage) -> None:
    stage.sandbox.faults.drop_after("getUpdates", 2)
    await speak(stage, 5, 0.3)
    assert await arrive(stage, 5) == [0, 1, 2, 3, 4]


async def test_a_failing_server_is_asked_again(stage: Stage) -> None:
    for status in (500, 502):
        stage.sandbox.faults.answer("sendMessage", status)
        stage.sandbox.faults.answer("getUpdates", status)
    await speak(stage, 3, 0)
    assert await arrive(stage, 3) == [0, 1, 2]


async def test_while_everything_is_refused_the_bot_is_patient_and_then_nothing_is_missing(stage: Stage) -> None:
    stage.sandbox.limits.close(2.0)
    before = stage.sandbox.limits.refused
    await speak(stage, 10, 0.5)
    stage.binh.says("/gui", stage.group5)
    stage.em.says("/trogiup")
    assert await arrive(stage, 10) == list(range(10))
    await stage.sees(stage.group5, "Xin gõ nội dung sau /gui")
    await stage.sees(stage.em.chat_with(), "Cứ nhắn việc cần báo")
    assert stage.sandbox.limits.refused - before <= 8


async def test_a_lost_photo_upload_is_sent_again(stage: Stage) -> None:
    from tests.media_samples import photo

    stage.sandbox.faults.drop_before("sendDocument", 1)
    stage.sandbox.faults.answer("getFile", 502)
    stage.an.sends_document(photo(), "anh.jpg", "image/jpeg", stage.group5, caption="/gui việc số 0")
    assert await arrive(stage, 1) == [0]
    assert sum("document" in message for message in stage.desk.messages) == 1


# --- words that Telegram does not take


BROKEN = ["<b>hở", "mở </i>", "<blink>lạ</blink>", "5 < 6 & 7", "<b><i>chéo</b></i>"]


async def test_unparsable_html_arrives_without_its_formatting(stage: Stage) -> None:
    def post(work: Work) -> None:
        ward = ward_at(work, f"telegram:{stage.desk.id}")
        assert ward is not None
        for number, html in enumerate(BROKEN):
            work.post(Outgoing(html=f"việc số {number} {html}"), ward.place)

    assert stage.app is not None
    await stage.app.database.write(post)
    stage.app.delivery.senders[0].wake()
    assert await arrive(stage, len(BROKEN)) == list(range(len(BROKEN)))
    assert not [text for text in stage.desk.texts() if "<b>" in text or "</i>" in text]


async def test_a_long_answer_whose_second_page_failed_goes_on_with_that_page(stage: Stage) -> None:
    stage.an.says("/gui việc số 0", stage.group5)
    topic = (await stage.sees(stage.desk, "việc số 0"))["message_thread_id"]
    await stage.rests()
    pages = iter([None, 502])
    stage.sandbox.faults.error_for = lambda method: next(pages, None) if method == "sendmessage" else None  # type: ignore[method-assign]
    stage.dung.says("/gui " + "nước ngập " * 409, stage.desk, topic=topic)  # with the ward's name before it: two pages
    await stage.rests(10)
    assert next(pages, None) is None
    assert "".join(stage.group5.texts()).count("nước ngập") == 409


async def test_what_cannot_be_delivered_is_told_to_the_desk_and_stops_nobody(stage: Stage) -> None:
    stage.an.says("/gui việc số 0", stage.group5)
    seen = await stage.sees(stage.desk, "việc số 0")
    stage.group5.mute(stage.bot)
    await stage.sees(stage.desk, "bị hạn chế trong nhóm Tổ 5")
    stage.dung.says("đang tới", stage.desk, reply_to=seen)
    told = await stage.sees(stage.desk, "Không gửi được tới Tổ 5")
    assert "thiếu quyền" in text_of(told)
    stage.chi.says("/gui việc số 1", stage.group7)
    assert await arrive(stage, 2) == [0, 1]
