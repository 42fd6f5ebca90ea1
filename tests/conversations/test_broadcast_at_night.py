"""In a ward's quiet hours an alert is sent; the rest waits for the morning, and everybody is told until when."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.broadcasting import TEXT, acts, asked, count, drafted, named, result, strikes, told
from tests.conversations.reporting import labels
from tests.conversations.test_broadcast_corrected import RIGHT, proposed
from tests.conversations.test_weekly_lessons import planned, thursday_comes

pytestmark = pytest.mark.telegram_only("it happens at the desk")


async def quiet_now(stage: Stage) -> None:
    """The ward's quiet hours are all day but for the hour before this one."""
    assert stage.app is not None
    hour = datetime.now(stage.app.settings.zone).hour
    for name, value in (("quiet_from", hour), ("quiet_until", (hour - 1) % 24)):
        stage.em.says(f"/caidat {name} {value}", stage.desk)
        await stage.sees(stage.desk, f"{value} giờ")
    await stage.rests()


async def test_at_night_what_is_no_alert_waits_for_the_morning(stage: Stage) -> None:
    await quiet_now(stage)
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    card = await stage.sees(stage.desk, "Đang giờ yên tĩnh")
    await stage.sees_nothing(stage.group5, TEXT, within=0.3)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(t.ward_rules.delete()))
    await strikes(stage, "broadcast-launch:1")
    await result(stage, "Đã gửi 2/2 nhóm")
    assert count(stage.group5, TEXT) == 1
    await strikes(stage, "broadcast-launch:1")
    assert count(stage.group5, TEXT) == 1
    assert card


async def test_what_waits_for_the_morning_can_be_cancelled(stage: Stage) -> None:
    await quiet_now(stage)
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    stage.dung.presses(await stage.sees(stage.desk, "Đang giờ yên tĩnh"), "Huỷ")
    await stage.sees(stage.desk, "Đã huỷ tin này")
    await strikes(stage, "broadcast-launch:1")
    assert count(stage.group5, TEXT) == 0


async def test_an_alert_does_not_wait(stage: Stage) -> None:
    await quiet_now(stage)
    card = await drafted(stage, stage.em, "Cháy chợ Hoa Sữa")
    stage.em.presses(card, "Khẩn cấp")
    stage.em.presses(await stage.sees(stage.desk, "Tin khẩn cấp"), "Gửi ngay")
    await stage.sees(stage.group5, "Cháy chợ")


async def test_a_correction_wakes_nobody_who_has_not_got_the_first_words(stage: Stage) -> None:
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    card = await result(stage)
    await quiet_now(stage)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(t.broadcasts.update().values(status="paused")))
    question = await proposed(stage, stage.dung, card)
    assert "giờ yên tĩnh" in await told(stage, stage.em, question, "Duyệt")
    await stage.app.database.write(lambda work: work.run(t.broadcasts.update().values(status="sent")))
    stage.em.presses(question, "Duyệt")  # of what everybody has the wrong words do not stand until the morning
    await stage.sees(stage.group5, RIGHT)


# --- without a word from the ward


async def shipped(stage: Stage, folder: Path, hour: int) -> None:
    """The installation is started anew with our content alone, tomorrow at this hour."""
    assert stage.app is not None
    await stage.app.stop()
    stage.app = app = App(stage.settings(folder).model_copy(update={"content_dir": None}))
    then = datetime.now(app.settings.zone).replace(hour=hour, minute=30) + timedelta(days=1)
    ahead = then.timestamp() - time.time()
    app.database.clock = lambda: time.time() + ahead
    await app.start()


async def waiting(stage: Stage) -> dict[str, Any]:
    """The card of what Dũng wrote and Em approved at night."""
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    return await stage.sees(stage.desk, "em sẽ gửi lúc")


async def test_a_ward_that_set_nothing_is_not_woken_after_ten(stage: Stage, tmp_path: Path) -> None:
    await shipped(stage, tmp_path, 22)
    card = await drafted(stage, stage.dung)
    assert "tin thường đợi tới 06:00" in text_of(card)
    stage.dung.presses(card, "Gửi ngay")
    card = await stage.sees(stage.desk, "Chờ duyệt")
    assert "Gửi: 06:00" in text_of(card)
    stage.em.presses(card, "Duyệt")
    card = await stage.sees(stage.desk, "em sẽ gửi lúc 06:00")
    assert "chỉ huy không phải người soạn bấm 🚨" in text_of(card)
    await stage.sees_nothing(stage.group5, TEXT, within=0.3)


@pytest.mark.parametrize("hour", [6, 21])
async def test_by_day_it_goes_at_once(stage: Stage, tmp_path: Path, hour: int) -> None:
    await shipped(stage, tmp_path, hour)
    card = await drafted(stage, stage.dung)
    assert "yên tĩnh" not in text_of(card)
    stage.dung.presses(card, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Gửi: ngay khi duyệt"), "Duyệt")
    await stage.sees(stage.group5, TEXT)


# --- an alert after all


async def test_a_chief_sends_at_once_what_cannot_wait(stage: Stage) -> None:
    await quiet_now(stage)
    card = await waiting(stage)
    stage.em.presses(card, "Gửi ngay, tin khẩn cấp")
    assert "Gọi 113" in text_of(await stage.sees(stage.group5, TEXT))
    await result(stage, "Đã gửi 2/2 nhóm")
    assert "broadcast.woken" in await acts(stage)
    await strikes(stage, "broadcast-launch:1")
    assert count(stage.group5, TEXT) == 1


async def test_whoever_wrote_it_does_not_wake_the_ward_alone(stage: Stage) -> None:
    await quiet_now(stage)
    stage.em.presses(await drafted(stage, stage.em), "Gửi ngay")
    await named(stage)
    stage.giang.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    card = await stage.sees(stage.desk, "em sẽ gửi lúc")
    assert "chỉ huy khác" in await told(stage, stage.em, card, "Gửi ngay, tin khẩn cấp")
    assert "chỉ huy" in await told(stage, stage.dung, card, "Gửi ngay, tin khẩn cấp")
    await stage.sees_nothing(stage.group5, TEXT, within=0.2)


async def test_the_lesson_of_the_week_is_never_an_alert(stage: Stage) -> None:
    await quiet_now(stage)
    await planned(stage)
    await thursday_comes(stage)
    card = await stage.sees(stage.desk, "em sẽ gửi lúc")
    assert "Huỷ" in labels(card)
    assert "khẩn cấp" not in labels(card)
