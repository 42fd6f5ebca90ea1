"""A tip at the desk: accepted once, asked about, closed with an outcome; its reporter is told each step."""

from typing import Any

import pytest
from sqlalchemy import select

from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import (
    accepted,
    answer,
    case_card,
    drafted,
    forges,
    labels,
    reported,
    told,
    topic_of,
    with_button,
)


async def asked(stage: Stage, card: dict[str, Any], officer: Any) -> dict[str, Any]:
    """An officer presses "ask": the prompt."""
    officer.presses(card, "Hỏi thêm")
    return await stage.sees(stage.desk, "hỏi người báo")


async def closed(stage: Stage, card: dict[str, Any], officer: Any, outcome: str = "Đã xử lý") -> None:
    """An officer closes a tip."""
    officer.presses(card, "Đóng")
    await with_button(stage, stage.desk, outcome)
    officer.presses(card, outcome)


async def test_an_accepted_tip_gets_a_topic_and_its_reporter_is_told(stage: Stage) -> None:
    code, card = await reported(stage, stage.an, "mất xe đạp")
    stage.dung.presses(card, "Tiếp nhận")
    own = await case_card(stage, code)
    assert topic_of(stage, own).startswith(code)
    assert "Dũng đang xử lý" in text_of(own)
    assert await stage.sandbox.until(lambda: "Dũng đang xử lý" in text_of(stage.desk.history[card["message_id"]]))
    assert "Tiếp nhận" not in labels(stage.desk.history[card["message_id"]])
    assert "Đang xử lý" in text_of(await told(stage, stage.an, "Cán bộ đã tiếp nhận"))


async def test_a_tip_that_nobody_accepted_has_no_topic(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    assert not [topic for topic in stage.desk.topics.values() if code in topic.name]


async def test_nobody_handles_a_tip_twice(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "mất xe đạp")
    current = dict(card)
    await answer(stage, stage.dung, card, "Tiếp nhận")
    assert "Dũng đang xử lý" in await forges(stage, stage.giang, current, "case-accept:1")
    assert "Dũng đang xử lý" in await forges(stage, stage.giang, current, "case-end:1:solved")
    assert "Dũng đang xử lý" in await forges(stage, stage.giang, current, "case-ask:1")


async def test_a_chief_may_go_on_with_an_officers_tip(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.em)
    await told(stage, stage.an, "Có kết quả")


async def test_an_answer_to_the_prompt_reaches_the_reporter_and_back(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    prompt = await asked(stage, card, stage.dung)
    question = stage.dung.says("Xe màu gì ạ?", stage.desk, reply_to=prompt)
    heard = await told(stage, stage.an, "Xe màu gì")
    assert "Công an · Phường Hoa Sữa" in text_of(heard)
    assert await stage.sandbox.until(lambda: stage.desk.reactions.get(question["message_id"]))
    stage.an.says("màu xanh")
    passed = await stage.sees(stage.desk, "màu xanh")
    assert code in topic_of(stage, passed)
    await told(stage, stage.an, "Em đã chuyển lời")
    stage.giang.says("cảm ơn", stage.desk, reply_to=passed)
    await stage.sees_nothing(stage.an.chat_with(), "cảm ơn", within=0.3)
    stage.dung.says("Cảm ơn bác", stage.desk, reply_to=passed)
    await told(stage, stage.an, "Cảm ơn bác")


async def test_asking_about_a_new_tip_accepts_it(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "mất xe đạp")
    await asked(stage, card, stage.dung)
    await told(stage, stage.an, "Cán bộ đã tiếp nhận")
    assert "Dũng" in await answer(stage, stage.giang, await case_card(stage, _code), "Đóng")


async def test_staff_talk_in_a_tips_topic_stays_inside(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("nhà này quen lắm", stage.desk, topic=card["message_thread_id"])
    stage.dung.says("xem lại hồ sơ", stage.desk, reply_to=card)
    await stage.sees_nothing(stage.an.chat_with(), "quen lắm", within=0.3)
    await stage.sees_nothing(stage.an.chat_with(), "hồ sơ", within=0)
    await stage.sees_nothing(stage.group5, "quen lắm", within=0)


async def test_gui_in_a_tips_topic_writes_to_its_reporter(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/gui Chúng tôi đang tìm", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "đang tìm")


@pytest.mark.telegram_only("no replies that a bot could see")
async def test_a_reply_to_what_the_bot_said_about_a_tip_goes_to_that_tip(stage: Stage) -> None:
    code, _card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.an.says("nhớ ra: có cả giỏ", reply_to=await told(stage, stage.an, "Cán bộ đã tiếp nhận"))
    assert code in topic_of(stage, await stage.sees(stage.desk, "có cả giỏ"))
    await drafted(stage, stage.an, "việc khác hẳn")
    await stage.sees_nothing(stage.desk, "việc khác hẳn", within=0.1)


async def test_a_question_does_not_swallow_what_somebody_is_writing(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await drafted(stage, stage.an, "tin kín khác")
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    stage.an.says("nhà số 9 ngõ 3")
    await stage.rests()
    await stage.sees_nothing(stage.desk, "nhà số 9", within=0.1)


async def test_a_tip_does_not_close_without_an_outcome(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.presses(card, "Đóng")
    choosing = await with_button(stage, stage.desk, "Chưa đủ cơ sở")
    for outcome in ("Đã xử lý", "Đã chuyển", "Chưa đủ cơ sở", "Đã hướng dẫn"):
        assert outcome in labels(choosing)
    await stage.sees_nothing(stage.an.chat_with(), "Có kết quả", within=0.2)
    assert "cũ" in await forges(stage, stage.dung, card, "case-end:1:rejected")
    stage.dung.presses(card, "Quay lại")
    assert await stage.sandbox.until(lambda: "Hỏi thêm" in labels(stage.desk.history[card["message_id"]]))


async def test_a_closed_tip_closes_its_topic_and_its_reporter_can_say_not_solved(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    heard = await told(stage, stage.an, "Đã xử lý")
    assert "Có kết quả" in text_of(heard)
    assert await stage.sandbox.until(lambda: stage.desk.topics[card["message_thread_id"]].closed)
    stage.an.presses(heard, "Chưa giải quyết")
    again = await stage.sees(stage.desk, "chưa giải quyết")
    assert code in topic_of(stage, again)
    assert "Dũng xử lý tiếp" in text_of(again)
    assert "Đang xử lý" in text_of(await told(stage, stage.an, "báo lại trực ban"))
    assert not stage.desk.topics[again["message_thread_id"]].closed
    await stage.sandbox.wait_for(stage.desk, lambda m: code in topic_of(stage, m) and "Dũng đang xử lý" in text_of(m))


async def test_a_reporter_can_say_solved(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung, "Đã chuyển")
    heard = await told(stage, stage.an, "Đã chuyển")
    stage.an.presses(heard, "Đã giải quyết")
    await told(stage, stage.an, "khép lại")
    await stage.sees(stage.desk, "đã giải quyết")


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_only_the_reporter_has_the_last_word(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    await told(stage, stage.an, "Có kết quả")
    mine = await drafted(stage, stage.binh, "đèn hỏng")
    assert "cũ" in await forges(stage, stage.binh, mine, "tip-unsolved:1")


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_a_stranger_with_a_changed_client_cannot_touch_a_tip(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "mất xe đạp")
    welcome = await stage.sees(stage.group5, "Chào bà con")
    for data in ("case-accept:1", "case-ask:1", "case-close:1", "case-end:1:solved", "tip-from"):
        await forges(stage, stage.binh, welcome, data)
    stage.desk.remove(stage.giang)
    assert "cán bộ" in await forges(stage, stage.giang, card, "case-accept:1")
    for data in ("case-accept:99", "case-accept:x", "case-accept", "case-end:1", "case-end:1:solved:x", "case-back:1"):
        await forges(stage, stage.dung, card, data)
    await stage.rests()
    assert "Chưa ai nhận" in text_of(stage.desk.history[card["message_id"]])


async def test_every_act_is_audited_and_in_the_tips_history(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/gui Xe màu gì?", stage.desk, topic=card["message_thread_id"])
    await told(stage, stage.an, "Xe màu gì")
    await closed(stage, card, stage.dung)
    await told(stage, stage.an, "Có kết quả")
    assert stage.app is not None

    def read(work: Any) -> tuple[list[str], list[str]]:
        acts = work.all(select(t.audit.c.act).where(t.audit.c.subject == code).order_by(t.audit.c.id))
        history = work.all(select(t.tip_events.c.what).order_by(t.tip_events.c.id))
        return [row.act for row in acts], [row.what for row in history]

    acts, history = await stage.app.database.write(read)
    assert acts == ["tip.accepted", "tip.wrote", "tip.closed.solved"]
    assert history == ["named", "accepted", "wrote", "closed.solved"]
