"""One schedule of `/lich`: its next times, paused, skipped, silent on holidays, moved; nothing of the past is sent."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.broadcasting import Manner
from bot.domain.calendar import Every, Rule
from data import tables as t
from data.broadcasts import encode_manner, encode_rule
from tests.cast import Stage, text_of
from tests.conversations.broadcasting import acts, count, result, strikes, told
from tests.conversations.test_schedule import due, planned

pytestmark = pytest.mark.telegram_only("it happens at the desk")
WORDS = "phòng cháy"


async def opened(stage: Stage) -> dict[str, Any]:
    """The only schedule's card."""
    stage.em.says("/lich", stage.desk)
    stage.em.presses(await stage.sees(stage.desk, "Lịch phát"), "Lịch 1")
    return await stage.sees(stage.desk, "Các lần tới")


async def kept(stage: Stage) -> Any:
    """The only schedule's row."""
    assert stage.app is not None
    return await stage.app.database.write(lambda work: work.one(select(t.schedules)))


async def test_the_next_five_times_are_shown(stage: Stage) -> None:
    await planned(stage)
    words = text_of(await opened(stage))
    assert words.count("• Thứ Năm") == 5
    assert "giờ Việt Nam" in words
    first = datetime.now(stage.app.settings.zone).date()  # type: ignore[union-attr]
    days = [first + timedelta(days=ahead) for ahead in range(1, 40)]
    thursdays = [day for day in days if day.weekday() == 3][1:5]
    assert all(f"{day:%d/%m/%Y}" in words for day in thursdays[:3])


async def test_paused_nothing_is_sent_and_resumed_nothing_is_made_up_for(stage: Stage) -> None:
    await planned(stage)
    stage.em.presses(await opened(stage), "Tạm dừng")
    card = await stage.sees(stage.desk, "Đã tạm dừng lịch")
    await due(stage, minutes=1)
    await strikes(stage, "schedule:1:0")
    assert count(stage.group5, WORDS) == 0
    stage.em.presses(card, "Chạy tiếp")
    await stage.sees(stage.desk, "chạy tiếp từ bây giờ")
    await strikes(stage, "schedule:1:0")
    await stage.sees_nothing(stage.group5, WORDS, within=2.2)
    assert {"schedule.paused", "schedule.resumed"} <= set(await acts(stage))


async def test_the_next_time_is_skipped_and_only_that(stage: Stage) -> None:
    await planned(stage)
    card = await opened(stage)
    second = text_of(card).split("• ")[2].split("\n")[0]
    stage.em.presses(card, "Bỏ lần tới")
    after = text_of(await stage.sees(stage.desk, "Đã bỏ lần 08:00"))
    assert after.split("• ")[1].startswith(second)
    assert "đã được bỏ" in await told(stage, stage.em, card, "Bỏ lần tới")  # the second of two presses
    assert (await kept(stage)).checked_at > (await kept(stage)).created_at


async def test_what_comes_once_is_stopped_and_not_skipped(stage: Stage) -> None:
    await planned(stage, "mai 7h")
    assert "chỉ còn một lần" in await told(stage, stage.em, await opened(stage), "Bỏ lần tới")


async def test_on_a_holiday_it_is_silent_if_asked_and_the_desk_is_told(stage: Stage) -> None:
    await planned(stage)
    stage.em.presses(await opened(stage), "Không gửi ngày lễ")
    await stage.sees(stage.desk, "Ngày nghỉ lễ: không gửi")
    assert stage.app is not None
    zone = stage.app.settings.zone
    new_year = datetime(2026, 1, 1, 8, tzinfo=zone).timestamp()
    rule = encode_rule(Rule(Every.ONCE, 8, on=date(2026, 1, 1)))
    back = {"rule": rule, "checked_at": new_year - 60, "late_hours": 1e5}
    await stage.app.database.write(lambda work: work.run(t.schedules.update().values(back)))
    await stage.sees(stage.desk, "nghỉ Tết Dương lịch", timeout=8)
    assert count(stage.group5, WORDS) == 0


async def test_moved_it_never_sends_the_past(stage: Stage) -> None:
    await planned(stage)
    stage.em.presses(await opened(stage), "Đổi giờ")
    stage.em.says("ngày cuối tháng 17h", stage.desk, reply_to=await stage.sees(stage.desk, "Đổi sang lúc nào"))
    assert "Ngày cuối hằng tháng lúc 17:00" in text_of(await stage.sees(stage.desk, "Đã đổi lịch"))
    row = await kept(stage)
    assert row.checked_at >= row.created_at
    await strikes(stage, "schedule:1:0")
    assert count(stage.group5, WORDS) == 0
    assert "schedule.moved" in await acts(stage)


async def test_an_unclear_or_past_hour_is_asked_again(stage: Stage) -> None:
    await planned(stage)
    before = (await kept(stage)).rule
    stage.em.presses(await opened(stage), "Đổi giờ")
    stage.em.says("lúc nào cũng được", stage.desk, reply_to=await stage.sees(stage.desk, "Đổi sang lúc nào"))
    question = await stage.sees(stage.desk, "chưa hiểu giờ")
    stage.em.says("20h 1/1/2020", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "đã qua")
    stage.em.says("hủy", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "Lịch giữ như cũ")
    assert (await kept(stage)).rule == before


async def test_only_its_author_or_a_chief_changes_it(stage: Stage) -> None:
    await planned(stage)
    card = await opened(stage)
    for button in ("Tạm dừng", "Bỏ lần tới", "Đổi giờ", "Không gửi ngày lễ"):
        assert "người soạn" in await told(stage, stage.giang, card, button)
    stage.giang.says("/lich", stage.desk)
    listed = await stage.sees(stage.desk, "Lịch phát", after=card["message_id"])
    stage.giang.presses(listed, "Lịch 1")
    await stage.sees(stage.desk, "Các lần tới", after=listed["message_id"])  # whoever may not change it may look


async def test_pressed_twice_holidays_are_switched_once(stage: Stage) -> None:
    await planned(stage)
    card = await opened(stage)
    stage.em.presses(card, "Không gửi ngày lễ")
    after = await stage.sees(stage.desk, "nay không gửi", after=card["message_id"])
    stage.em.presses(card, "Không gửi ngày lễ")
    await stage.sees(stage.desk, "nay không gửi", after=after["message_id"])
    assert (await kept(stage)).skips_holidays


async def test_groups_that_are_gone_by_then_get_nothing_and_the_desk_hears(stage: Stage) -> None:
    await planned(stage)
    assert stage.app is not None
    nowhere = encode_manner(Manner(areas=("Chợ",)))
    await stage.app.database.write(lambda work: work.run(t.schedules.update().values(manner=nowhere)))
    await due(stage, minutes=1)
    await stage.sees(stage.desk, "không có nhóm nào nhận", timeout=8)
    assert count(stage.group5, WORDS) == 0


async def test_a_schedule_goes_to_the_groups_that_were_chosen(stage: Stage) -> None:
    stage.dung.says("/phat Tối nay kiểm tra phòng cháy", stage.desk)
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Nơi nhận")
    stage.dung.presses(await stage.sees(stage.desk, "Tin này tới đâu"), "Tổ 7")
    stage.dung.presses(await stage.sees(stage.desk, "1 nhóm"), "Xong")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Hẹn giờ")
    stage.dung.says("thứ 5 hàng tuần 8h", stage.desk, reply_to=await stage.sees(stage.desk, "Gửi lúc nào"))
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    await stage.sees(stage.desk, "Đã duyệt")
    await due(stage, minutes=1)
    await result(stage, "Đã gửi 1/1 nhóm", timeout=12)
    assert (count(stage.group5, WORDS), count(stage.group7, WORDS)) == (0, 1)
