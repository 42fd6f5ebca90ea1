"""`Hẹn giờ`: asked, understood, approved, listed, stopped; the clock sends it, late or not at all."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Every, Rule
from bot.messages import Chat, ChatKind, EventKind, Incoming
from bot.services.schedules import seed_scam_schedule
from data import tables as t
from data.broadcasts import encode_rule
from tests.cast import Stage, text_of
from tests.conversations.broadcasting import count, drafted, forges, told

pytestmark = pytest.mark.telegram_only("it happens at the desk")


async def asked_when(stage: Stage, by: Any) -> dict[str, Any]:
    """The question that follows `Hẹn giờ`."""
    by.presses(await drafted(stage, by), "Hẹn giờ")
    return await stage.sees(stage.desk, "Gửi lúc nào")


async def planned(stage: Stage, typed: str = "thứ 5 hàng tuần 8h") -> dict[str, Any]:
    """An approved schedule's card."""
    stage.dung.says(typed, stage.desk, reply_to=await asked_when(stage, stage.dung))
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    return await stage.sees(stage.desk, "Đã duyệt")


async def due(stage: Stage, minutes: float, late_hours: float = 2.0, weeks: int = 0) -> None:
    """Let the only schedule be a weekly one whose moment was so long ago, not looked at for so many weeks before."""
    assert stage.app is not None
    zone = stage.app.settings.zone

    def set_back(work: Any) -> None:
        at = datetime.fromtimestamp(work.now, zone) - timedelta(minutes=minutes)
        rule = Rule(Every.WEEK, at.hour, at.minute, weekday=at.weekday())
        checked = work.now - minutes * 60 - 3600 - weeks * 7 * 86400
        work.run(t.schedules.update().values(rule=encode_rule(rule), late_hours=late_hours, checked_at=checked))

    await stage.app.database.write(set_back)


async def test_a_time_is_asked_understood_and_approved(stage: Stage) -> None:
    stage.dung.says("thu 5 hang tuan 8h", stage.desk, reply_to=await asked_when(stage, stage.dung))
    assert "Thứ Năm hằng tuần lúc 08:00, bắt đầu" in text_of(await stage.sees(stage.desk, "Em hiểu là"))
    card = await stage.sees(stage.desk, "Chờ duyệt")
    assert "chỉ huy" in await told(stage, stage.dung, card, "Duyệt")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã duyệt")
    stage.giang.says("/lich", stage.desk)
    assert "kiểm tra phòng cháy" in text_of(await stage.sees(stage.desk, "Lịch phát"))
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.1)


async def test_a_suggestion_is_a_press(stage: Stage) -> None:
    stage.dung.presses(await asked_when(stage, stage.dung), "Mai 7h")
    assert "07:00" in text_of(await stage.sees(stage.desk, "Em hiểu là"))


async def test_asked_or_planned_it_says_so_instead_of_being_stale(stage: Stage) -> None:
    draft = await drafted(stage, stage.dung)
    stage.dung.presses(draft, "Hẹn giờ")
    question = await stage.sees(stage.desk, "Gửi lúc nào")
    stage.dung.presses(question, "Mai 7h")
    card = await stage.sees(stage.desk, "Chờ duyệt")
    assert "đang chờ chỉ huy duyệt" in await told(stage, stage.dung, question, "Mai 7h")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã duyệt")
    assert "đã có lịch" in await forges(stage, stage.dung, draft, "send-later:1")
    stage.dung.says("20h 25/12", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "đã có lịch")


async def test_an_hour_of_the_night_is_said_to_wait(stage: Stage) -> None:
    for name, value in (("quiet_from", 22), ("quiet_until", 6)):
        stage.em.says(f"/caidat {name} {value}", stage.desk)
        await stage.sees(stage.desk, f"{value} giờ")
    stage.dung.says("mai 23h", stage.desk, reply_to=await asked_when(stage, stage.dung))
    assert "tin sẽ đợi tới 06:00" in text_of(await stage.sees(stage.desk, "Em hiểu là"))


async def test_what_is_unclear_is_asked_again(stage: Stage) -> None:
    stage.dung.says("lúc nào cũng được", stage.desk, reply_to=await asked_when(stage, stage.dung))
    again = await stage.sees(stage.desk, "chưa hiểu giờ")
    stage.dung.says("20h 1/1/2020", stage.desk, reply_to=again)
    past = await stage.sees(stage.desk, "đã qua")
    stage.dung.says("mai 7h", stage.desk, reply_to=past)
    await stage.sees(stage.desk, "Chờ duyệt")


async def test_the_draft_stays_when_the_hour_is_given_up(stage: Stage) -> None:
    question = await asked_when(stage, stage.dung)
    stage.dung.says("hủy", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "không hẹn giờ nữa")
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    await stage.sees(stage.desk, "Chờ duyệt")


async def test_only_the_author_says_when(stage: Stage) -> None:
    question = await asked_when(stage, stage.dung)
    stage.giang.says("mai 7h", stage.desk, reply_to=question)
    await stage.sees(stage.desk, "Chỉ người soạn")
    assert "người soạn" in await told(stage, stage.em, question, "Mai 7h")


async def test_an_hour_that_passed_before_the_approval_is_asked_again(stage: Stage) -> None:
    stage.dung.says("mai 7h", stage.desk, reply_to=await asked_when(stage, stage.dung))
    card = await stage.sees(stage.desk, "Chờ duyệt")
    assert stage.app is not None
    gone = encode_rule(Rule(Every.ONCE, 7, on=datetime(2020, 1, 1).date()))  # noqa: DTZ001
    await stage.app.database.write(lambda work: work.run(t.broadcasts.update().values(rule=gone)))
    stage.em.presses(card, "Duyệt")
    card = await stage.sees(stage.desk, "đã qua trong lúc chờ")
    stage.dung.presses(card, "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    await stage.sees(stage.group5, "phòng cháy")


async def test_the_clock_sends_it_to_every_group_once(stage: Stage) -> None:
    await planned(stage)
    await due(stage, minutes=1)
    await stage.sees(stage.group5, "phòng cháy", timeout=8)
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert count(stage.group5, "phòng cháy") == count(stage.group7, "phòng cháy") == 1
    assert count(stage.desk, "Gửi muộn") <= 1


async def test_what_was_missed_goes_late_and_once(stage: Stage) -> None:
    await planned(stage)
    await due(stage, minutes=70, weeks=2)
    await stage.sees(stage.group5, "phòng cháy", timeout=8)
    await stage.sees(stage.desk, "Gửi muộn 7")  # 70 minutes, or 71 where the minute turns meanwhile
    await stage.sees(stage.desk, "lỡ thêm 2 lần")
    await stage.rests()
    assert count(stage.group5, "phòng cháy") == 1


async def test_what_comes_too_late_is_skipped_and_told(stage: Stage) -> None:
    await planned(stage)
    await due(stage, minutes=70, late_hours=1.0)
    await stage.sees(stage.desk, "em bỏ lần đó", timeout=8)
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.1)


async def test_a_repeated_clock_event_sends_once(stage: Stage) -> None:
    await planned(stage)
    await due(stage, minutes=1)
    await stage.sees(stage.group5, "phòng cháy", timeout=8)
    assert stage.app is not None
    chat = Chat("clock", "again", ChatKind.GROUP)
    again = Incoming("clock", "again", EventKind.CLOCK, chat, data="schedule:1:0")
    await stage.app.delivery.intake.store([again])
    await stage.rests()
    assert count(stage.group5, "phòng cháy") == 1


async def test_the_list_is_empty_at_first_and_says_how(stage: Stage) -> None:
    stage.dung.says("/lịch", stage.desk)
    answer = await stage.sees(stage.desk, "Chưa có lịch")
    assert "Hẹn giờ" in text_of(answer)


async def test_a_chief_or_its_author_stops_a_schedule(stage: Stage) -> None:
    await planned(stage)
    stage.giang.says("/lich", stage.desk)
    listed = await stage.sees(stage.desk, "Lịch phát")
    assert "người soạn" in await told(stage, stage.giang, listed, "Dừng")
    stage.em.presses(listed, "Dừng")
    await stage.sees(stage.desk, "Đã dừng lịch")
    assert "đã dừng" in await told(stage, stage.em, listed, "Dừng")
    assert "đã dừng" in await forges(stage, stage.em, listed, "schedule-stop:77")
    stage.giang.says("/lich", stage.desk)
    await stage.sees(stage.desk, "Chưa có lịch")


async def test_the_weekly_scam_warning_is_approved_and_sent(stage: Stage) -> None:
    stage.dung.says("/lich", stage.desk)
    listed = await stage.sees(stage.desk, "Chưa có lịch")
    stage.dung.presses(listed, "Cảnh báo lừa đảo")
    card = await stage.sees(stage.desk, "Chờ duyệt")
    assert "Thứ Sáu hằng tuần lúc 19:00" in text_of(card)
    assert "Nhận biết" in text_of(card["reply_to_message"])
    assert "chờ duyệt" in await told(stage, stage.dung, listed, "Cảnh báo lừa đảo")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã duyệt")
    await due(stage, minutes=1)
    warning = text_of(await stage.sees(stage.group7, "Cảnh báo lừa đảo tuần này", timeout=8))
    assert "156" in warning
    assert warning.endswith("Bot không bao giờ xin OTP, mật khẩu, tiền.")


async def test_the_seeded_warning_runs_without_a_press(stage: Stage) -> None:
    assert stage.app is not None
    first = await stage.app.database.write(lambda work: seed_scam_schedule(work, 1))
    assert await stage.app.database.write(lambda work: seed_scam_schedule(work, 1)) == first
    await due(stage, minutes=1)
    await stage.sees(stage.group5, "Cảnh báo lừa đảo tuần này", timeout=8)


@pytest.mark.parametrize("command", ["/lich", "/phat Họp"])
async def test_residents_are_told_where_it_belongs(stage: Stage, command: str) -> None:
    stage.an.says(command, stage.group5)
    await stage.sees(stage.group5, "trong nhóm trực ban")


async def test_an_emergency_has_no_hour(stage: Stage) -> None:
    card = await drafted(stage, stage.dung)
    stage.dung.presses(card, "Khẩn cấp")
    card = await stage.sees(stage.desk, "Tin khẩn cấp")
    assert "Hẹn giờ" not in str(card["reply_markup"])
    assert await forges(stage, stage.dung, card, "send-later:1")
    stage.dung.presses(card, "Bỏ khẩn cấp")
    await stage.sees(stage.desk, "tin trên sẽ tới")
