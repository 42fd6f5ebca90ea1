"""`/lichtruc`: a chief plans the week by a line or by buttons; whose hour it is, is called."""

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.after import rows_of
from tests.conversations.broadcasting import acts, strikes
from tests.conversations.reporting import answer, labels, told, with_button
from tests.conversations.test_duty import asked, mentioned, on_duty

desk_only = pytest.mark.telegram_only("a desk is on Telegram")
ALWAYS = "hằng ngày cả ngày"


async def planned(stage: Stage, line: str, officer: Any = None) -> dict[str, Any]:
    """A chief types a line, as an answer to what the officer wrote where one is meant; the week."""
    wrote = officer.says("có mặt", stage.desk) if officer else None
    said = stage.em.says(f"/lichtruc {line}", stage.desk, reply_to=wrote)
    return await stage.sees(stage.desk, "Lịch trực hằng tuần", after=said["message_id"])


async def test_a_question_calls_whose_hour_it_is_and_who_took_a_shift_before_them(stage: Stage) -> None:
    week = await planned(stage, ALWAYS, stage.dung)
    assert "✅ Hằng ngày, 00:00–24:00: Dũng. Người xếp: Em." in text_of(week)
    assert mentioned(await asked(stage, "Tạm trú cần giấy gì?")) == [stage.dung.id]
    await told(stage, stage.an, "Em đã chuyển câu hỏi tới cán bộ trực Phường Hoa Sữa")
    taken = await on_duty(stage, stage.giang, "/truc 2")
    assert "(Thay Dũng.)" in text_of(taken)
    assert mentioned(await asked(stage, "Mấy giờ mở cửa?")) == [stage.giang.id]
    stage.giang.presses(taken, "Hết ca")
    await stage.sees(stage.desk, "Theo lịch, Dũng trực tới")
    assert "Không có ca trực" in await answer(stage, stage.giang, taken, "Hết ca")
    assert mentioned(await asked(stage, "Còn làm việc không?")) == [stage.dung.id]


@desk_only
async def test_days_hours_and_officer_are_chosen_by_buttons(stage: Stage) -> None:
    await on_duty(stage, stage.dung, "/truc 1")
    stage.em.says("/lichtruc", stage.desk)
    card = await with_button(stage, stage.desk, "Xếp ca", "Chưa có lịch trực hằng tuần")
    for label, next_words in (
        ("Xếp ca", "ngày nào"),
        ("Thứ Hai đến Thứ Sáu", "từ mấy giờ"),
        ("19:00–07:00", "ai trực ạ"),
        ("Dũng", "Lịch trực hằng tuần"),
    ):
        stage.em.presses(card, label)
        await stage.sandbox.until(lambda words=next_words: words in text_of(stage.desk.history[card["message_id"]]))
    week = text_of(stage.desk.history[card["message_id"]])
    assert week.count("19:00–07:00 Dũng") >= 5
    assert "• Chủ Nhật: để trống" in week
    assert "Dũng nhắn riêng cho em /start" in week
    assert "roster.set" in await acts(stage)


@desk_only
async def test_a_name_is_enough_where_it_is_one_officers_and_is_asked_for_elsewhere(stage: Stage) -> None:
    await on_duty(stage, stage.dung, "/truc 1")
    assert "07:00–19:00 Dũng" in text_of(await planned(stage, "t2-t6 7h-19h dung"))
    assert "07:00–19:00 Dũng" in text_of(
        await planned(stage, "t7 7h-19h Dũng", stage.giang)
    )  # a name goes before a reply
    stage.em.says("/lịchtrực cn 7h–19h Hùng", stage.desk)
    choice = await with_button(stage, stage.desk, "👮 Em", "Em chưa rõ tên đó là cán bộ nào")
    assert "Chủ Nhật, 07:00–19:00: ai trực ạ?" in text_of(choice)
    stage.em.presses(choice, "Để trống")
    assert await stage.sandbox.until(lambda: "để trống" in text_of(stage.desk.history[choice["message_id"]]))
    assert {row.start // 1440 for row in await rows_of(stage, t.rosters.c.start)} == set(range(6))


@desk_only
async def test_shifts_are_left_empty_and_the_newest_line_counts(stage: Stage) -> None:
    await planned(stage, ALWAYS, stage.dung)
    assert "• Thứ Hai: 00:00–07:00 Dũng · 07:00–19:00 Giang · 19:00–24:00 Dũng" in text_of(
        await planned(stage, "t2 7h-19h", stage.giang)
    )
    assert "• Thứ Hai: 00:00–07:00 Dũng · 19:00–24:00 Dũng" in text_of(await planned(stage, "bỏ t2 7h-19h"))
    stage.em.says("/lichtruc bỏ hết", stage.desk)
    await stage.sees(stage.desk, "Chưa có lịch trực hằng tuần")
    assert not await rows_of(stage, t.rosters.c.start)


@desk_only
@pytest.mark.parametrize("typed", ["t2", "7h-19h", "mai 7h", "bỏ", "t2 7h-19h, t3"])
async def test_what_is_unclear_changes_nothing(stage: Stage, typed: str) -> None:
    stage.em.says(f"/lichtruc {typed}", stage.desk)
    await stage.sees(stage.desk, "Em chưa rõ ngày giờ đó" if "t3" not in typed else "ai trực ạ")
    assert not await rows_of(stage, t.rosters.c.start)


@desk_only
async def test_officers_look_and_only_chiefs_plan(stage: Stage) -> None:
    week = await planned(stage, "t2 7h-19h", stage.dung)
    stage.dung.says("/roster", stage.desk)
    shown = await stage.sees(stage.desk, "Lịch trực hằng tuần", after=week["message_id"])
    assert "Ca tới: Thứ Hai 07:00–19:00 Dũng" in text_of(shown)
    assert "dành cho chỉ huy" in await answer(stage, stage.dung, shown, "Xếp ca")
    stage.dung.says("/lichtruc bỏ hết", stage.desk)
    await stage.sees(stage.desk, "dành cho chỉ huy")
    assert await rows_of(stage, t.rosters.c.start)


@desk_only
@pytest.mark.parametrize("goes", ["leaves", "is barred"])
async def test_whoever_goes_drops_out_of_the_week(stage: Stage, goes: str) -> None:
    await planned(stage, ALWAYS, stage.dung)
    if goes == "leaves":
        stage.desk.remove(stage.dung)
    else:
        stage.em.says("/chihuy", stage.desk, reply_to=stage.dung.says("em đây", stage.desk))
        stage.em.presses(await with_button(stage, stage.desk, "Bỏ quyền", "nay là chỉ huy"), "Bỏ quyền")
    await stage.sees(stage.desk, "Dũng còn 7 ca trong lịch trực hằng tuần; em đã để trống")
    assert not await rows_of(stage, t.rosters.c.start)
    assert "Chưa có ai nhận ca trực" in text_of(await asked(stage, "Mấy giờ mở cửa?"))


@desk_only
async def test_they_are_told_in_private_once_they_wrote_privately(stage: Stage) -> None:
    await planned(stage, ALWAYS, stage.dung)
    stage.dung.starts(stage.bot, "truc")
    await told(stage, stage.dung, "trong ca trực của anh/chị")
    await asked(stage, "Tạm trú cần giấy gì?")
    assert "Tạm trú" not in text_of(await told(stage, stage.dung, "vừa gửi câu hỏi 1"))


@desk_only
async def test_a_shift_that_runs_out_says_who_is_on_by_the_roster(stage: Stage) -> None:
    await planned(stage, ALWAYS, stage.dung)
    assert stage.app is not None
    await on_duty(stage, stage.giang, "/truc 1")
    await stage.app.database.write(lambda work: work.run(t.duties.update().values(until=work.now - 1)).rowcount)
    (row,) = await rows_of(stage, t.duties.c.until)
    await strikes(stage, f"duty-over:1:{int(row.until)}")
    await stage.sees(stage.desk, "Ca trực của Giang đã hết giờ. Theo lịch, Dũng trực tới 00:00")
    stage.dung.says("/truc", stage.desk)
    on = await stage.sees(stage.desk, "Đang trực theo lịch: Dũng")
    assert "Hết ca" not in labels(on)
    today = datetime.fromtimestamp(time.time(), ZoneInfo("Asia/Ho_Chi_Minh"))
    assert f"từ 00:00 {today:%d/%m}" in text_of(on)
