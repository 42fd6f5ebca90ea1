"""Nobody forgets a tip: whoever has it is reminded, then the chiefs; whoever acts is left in peace."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import accepted, case_card, reported, told, topic_of
from tests.conversations.timing import ages, later, said, strikes

HOUR, DAY = 3600.0, 86400.0


async def urgent(stage: Stage, words: str = "cháy nhà số 12 rồi", person: Any = None) -> dict[str, Any]:
    (person or stage.an).says(words)
    return await stage.sees(stage.desk, words)


async def test_the_card_says_until_when(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "mất xe đạp")
    assert "⏰ hạn " in text_of(card)
    assert "(xem tin)" in text_of(card)
    await ages(stage, DAY + 2 * HOUR)
    stage.dung.presses(card, "Tiếp nhận")
    own = await case_card(stage, _code)
    assert "(xử lý hoặc chuyển tin)" in text_of(own)
    await ages(stage, 7 * DAY + 2 * HOUR + 60)
    stage.dung.presses(own, "Xác minh")
    assert await stage.sandbox.until(lambda: "quá hạn 2 giờ" in text_of(stage.desk.history[own["message_id"]]))


async def test_a_tip_nobody_looks_at_is_told_to_the_desk_then_to_the_chiefs(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "karaoke ồn quá")
    await later(stage, 0.5 * DAY, "look")
    assert not said(stage, "⏰ Nhắc")
    await later(stage, 0.3 * DAY, "look")
    assert code in text_of(await stage.sees(stage.desk, "Nhắc trực ban"))
    await strikes(stage, 0, "look")
    assert len(said(stage, "Nhắc trực ban")) == 1
    await strikes(stage, 0.25 * DAY, "look")
    assert "Em" in text_of(await stage.sees(stage.desk, "Quá hạn xem"))


async def test_one_message_for_all_tips_that_wait(stage: Stage) -> None:
    first, _card = await reported(stage, stage.an, "karaoke ồn quá")
    second, _card = await reported(stage, stage.binh, "chó thả rông")
    await later(stage, 0.8 * DAY, "look")
    reminder = text_of(await stage.sees(stage.desk, "Nhắc trực ban: 2 tin"))
    assert first in reminder
    assert second in reminder
    assert len(said(stage, "Nhắc trực ban")) == 1


async def test_the_handler_is_reminded_by_name_in_the_tips_topic_then_the_chiefs(stage: Stage) -> None:
    code, _card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await later(stage, 5.5 * DAY, "tip-clock")
    reminder = await stage.sees(stage.desk, "Nhắc Dũng")
    assert code in topic_of(stage, reminder)
    await strikes(stage, 1.6 * DAY, "tip-clock")
    overdue = text_of(await stage.sees(stage.desk, "Quá hạn"))
    assert "Báo chỉ huy Em" in overdue
    await strikes(stage, 2 * DAY, "tip-clock")
    await stage.sees(stage.desk, "Vẫn quá hạn")
    await stage.sees_nothing(stage.an.chat_with(), "hạn", within=0.1)


async def test_deputies_are_told_before_the_chief_of_the_unit(stage: Stage) -> None:
    quoted = stage.giang.says("tôi đây", stage.desk)
    stage.em.says("/chihuy", stage.desk, reply_to=quoted)
    await stage.sees(stage.desk, "Giang nay là chỉ huy")
    await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await later(stage, 7.1 * DAY, "tip-clock")
    assert "Báo chỉ huy Giang" in text_of(await stage.sees(stage.desk, "Quá hạn"))


async def test_whoever_acted_since_is_left_in_peace(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await ages(stage, 5.3 * DAY)
    stage.dung.presses(card, "Xác minh")
    assert await stage.sandbox.until(lambda: "xác minh" in text_of(stage.desk.history[card["message_id"]]))
    await strikes(stage, 0, "tip-clock")
    assert not said(stage, "⏰ Nhắc")


async def test_nothing_is_said_once_it_is_answered(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.presses(card, "Đóng")
    await stage.sandbox.until(lambda: "Đã xử lý" in str(stage.desk.history[card["message_id"]].get("reply_markup")))
    stage.dung.presses(card, "Đã xử lý")
    await told(stage, stage.an, "Có kết quả")
    await later(stage, 9 * DAY, "tip-clock")
    assert not said(stage, "hạn 2")


# --- urgent ones


async def test_an_urgent_tip_pages_the_desk_until_somebody_accepts(stage: Stage) -> None:
    card = await urgent(stage)
    await later(stage, 181.0, "page")
    for number in (1, 2):
        await strikes(stage, 181.0 * (number - 1), "page")
        assert len(said(stage, "tin khẩn chưa ai tiếp nhận")) == number
    stage.dung.presses(card, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    await strikes(stage, 181.0, "page")
    assert len(said(stage, "tin khẩn chưa ai tiếp nhận")) == 2


async def test_whoever_only_writes_has_not_accepted(stage: Stage) -> None:
    card = await urgent(stage)
    stage.dung.says("/gui Có ai bị thương không?", stage.desk, reply_to=card)
    await told(stage, stage.an, "Có ai bị thương")
    await later(stage, 181.0, "page")
    await stage.sees(stage.desk, "1 tin khẩn chưa ai tiếp nhận")


async def test_a_page_accepts_with_one_tap(stage: Stage) -> None:
    await urgent(stage)
    await later(stage, 181.0, "page")
    page = await stage.sees(stage.desk, "1 tin khẩn chưa ai tiếp nhận")
    stage.dung.presses(page, "Tiếp nhận")
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")


async def test_many_urgent_tips_share_a_page(stage: Stage) -> None:
    await urgent(stage)
    await urgent(stage, "có người cầm dao đuổi nhau", stage.binh)
    await urgent(stage, "có cướp ở cổng chợ", stage.chi)
    await later(stage, 181.0, "page")
    assert len(said(stage, "3 tin khẩn chưa ai tiếp nhận")) == 1
    assert len(said(stage, "khẩn chưa ai tiếp nhận")) == 1


async def test_reports_of_one_fire_are_paged_as_one(stage: Stage) -> None:
    await urgent(stage)
    await urgent(stage, "nhà số 12 cháy lớn", stage.binh)
    await later(stage, 181.0, "page")
    await stage.sees(stage.desk, "1 tin khẩn chưa ai tiếp nhận")


async def test_from_the_third_page_on_chiefs_hear_it_in_private(stage: Stage) -> None:
    stage.em.says("/start")
    await stage.sees(stage.em.chat_with(), "bot tự động")
    await urgent(stage)
    for _ in range(2):
        await strikes(stage, 181.0, "page")
    await stage.sees_nothing(stage.em.chat_with(), "chưa ai tiếp nhận", within=0.1)
    await strikes(stage, 181.0, "page")
    assert "Báo chỉ huy Em" in text_of(await stage.sees(stage.desk, "Báo chỉ huy"))
    private = text_of(await stage.sees(stage.em.chat_with(), "chưa ai tiếp nhận"))
    assert "cháy" not in private
    assert "An" not in private.split()


async def test_after_ten_pages_only_once_an_hour(stage: Stage) -> None:
    await urgent(stage)
    await later(stage, 11 * 180.0, "page")
    assert stage.app is not None

    def pause(work: Any) -> float:
        row = work.one(
            select(t.inbox.c.due_at).where(t.inbox.c.event_id.startswith("page:"), t.inbox.c.state == "waiting")
        )
        return float(row.due_at) - work.now

    assert 3500 < await stage.app.database.write(pause) <= 3600


async def test_a_rule_of_the_ward_counts_at_once(stage: Stage) -> None:
    await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    assert stage.app is not None
    await stage.app.database.write(
        lambda work: work.run(t.ward_rules.insert().values(ward_id=1, name="transfer", value="14"))
    )
    await later(stage, 7.1 * DAY, "tip-clock")
    assert not said(stage, "Quá hạn")
    await later(stage, 4 * DAY, "tip-clock")
    await stage.sees(stage.desk, "Nhắc Dũng")


@pytest.mark.telegram_only("one platform is enough")
async def test_a_shorter_time_counts_for_open_tips_too(stage: Stage) -> None:
    await reported(stage, stage.an, "karaoke ồn quá")
    await ages(stage, 3 * HOUR)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(delete(t.inbox).where(t.inbox.c.event_id.startswith("look:"))))
    stage.em.says("/caidat look_normal 240", stage.desk)
    await stage.sees(stage.desk, "nay là 240 phút")
    await later(stage, 60.0, "look")
    await stage.sees(stage.desk, "Nhắc trực ban")


@pytest.mark.telegram_only("one platform is enough")
async def test_what_was_taken_back_pages_nobody(stage: Stage) -> None:
    await urgent(stage)
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.tips).values(withdrawn_at=work.now)))
    await later(stage, 181.0, "page")
    assert not said(stage, "khẩn chưa ai tiếp nhận")
