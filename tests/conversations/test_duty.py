"""`/truc`: who is on duty; a question calls them by name, at the desk and in private; what still waits."""

from typing import Any

import pytest
from sqlalchemy import update

from data import tables as t
from data.duties import last_duty
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.conversations.after import newest, rows_of
from tests.conversations.broadcasting import strikes
from tests.conversations.reporting import answer, passes, reported, told, with_button


async def on_duty(stage: Stage, officer: Any, words: str = "/truc") -> dict[str, Any]:
    """This officer takes the shift; what the desk reads."""
    said = officer.says(words, stage.desk)
    if words == "/truc":
        officer.presses(await with_button(stage, stage.desk, "Tôi trực"), "Tôi trực")
    return await stage.sees(stage.desk, f"{officer.name} nhận ca trực", after=said["message_id"])


async def asked(stage: Stage, words: str, intent: str = "Hỏi cán bộ") -> dict[str, Any]:
    """An asks; the card at the desk."""
    before = newest(stage.an)
    stage.an.says(f"/canbo {words}")
    which = await stage.sandbox.wait_for(
        stage.an.chat_with(), lambda m: m["message_id"] > before and "cần gì ạ" in text_of(m)
    )
    stage.an.presses(which, intent)
    return await with_button(stage, stage.desk, "Trả lời", words)


def mentioned(message: dict[str, Any]) -> list[int]:
    """Whose telephones a message rings."""
    return [mark["user"]["id"] for mark in message.get("entities", []) if mark["type"] == "text_mention"]


async def test_a_question_calls_whoever_is_on_duty_by_name(stage: Stage) -> None:
    await on_duty(stage, stage.dung)
    card = await asked(stage, "Tạm trú cần giấy gì?")
    assert "Người trực: Dũng" in text_of(card)
    assert mentioned(card) == [stage.dung.id]
    await told(stage, stage.an, "Em đã chuyển câu hỏi tới cán bộ trực Phường Hoa Sữa")
    stage.dung.presses(card, "Trả lời")
    stage.dung.says("Mang căn cước.", stage.desk, reply_to=await stage.sees(stage.desk, "xin trả lời"))
    await told(stage, stage.an, "Mang căn cước.")
    assert await stage.sandbox.until(lambda: "Đã trả lời (Dũng)" in text_of(stage.desk.history[card["message_id"]]))
    assert mentioned(stage.desk.history[card["message_id"]]) == []


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_they_are_told_in_private_once_they_wrote_privately_and_never_what_was_asked(stage: Stage) -> None:
    taken = await on_duty(stage, stage.dung)
    assert "nhắn riêng cho em /start" in text_of(taken)
    stage.dung.starts(stage.bot, "truc")
    await told(stage, stage.dung, "trong ca trực của anh/chị")
    await asked(stage, "Tạm trú cần giấy gì?")
    page = await told(stage, stage.dung, "vừa gửi câu hỏi 1")
    assert "Tạm trú" not in text_of(page)
    assert "nhắn riêng cho em /start" not in text_of(await on_duty(stage, stage.dung, "/truc 12"))


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_the_newest_shift_relieves_the_one_before_and_only_its_officer_or_a_chief_ends_it(stage: Stage) -> None:
    await on_duty(stage, stage.dung)
    taken = await on_duty(stage, stage.giang, "/truc 8 tiếng")
    assert "(Thay Dũng.)" in text_of(taken)
    assert "Người đang trực hoặc chỉ huy" in await answer(stage, stage.dung, taken, "Hết ca")
    stage.dung.says("/trực", stage.desk)
    await stage.sees(stage.desk, "Đang trực: Giang")
    stage.em.presses(taken, "Hết ca")
    await stage.sees(stage.desk, "Em kết thúc ca trực của Giang")
    assert "Không có ca trực" in await answer(stage, stage.em, taken, "Hết ca")
    stage.dung.says("/truc", stage.desk)
    await stage.sees(stage.desk, "Chưa có ai nhận ca trực")


@pytest.mark.telegram_only("a desk is on Telegram")
@pytest.mark.parametrize("typed", ["/truc 0", "/truc 49", "/truc mai", "/truc -3"])
async def test_a_shift_has_a_length_that_makes_sense(stage: Stage, typed: str) -> None:
    stage.dung.says(typed, stage.desk)
    await stage.sees(stage.desk, "từ 1 tới 48 giờ")
    assert not await rows_of(stage, t.duties.c.until)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_whoever_is_no_member_takes_no_shift(stage: Stage) -> None:
    stage.dung.says("/truc", stage.desk)
    offered = await with_button(stage, stage.desk, "Tôi trực")
    stage.desk.remove(stage.dung)
    assert "dành cho cán bộ" in await answer(stage, stage.dung, offered, "Tôi trực")
    assert not await rows_of(stage, t.duties.c.until)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_whoever_leaves_the_desk_is_on_duty_no_more(stage: Stage) -> None:
    await on_duty(stage, stage.dung)
    stage.desk.remove(stage.dung)
    await stage.sees(stage.desk, "Người đang trực không còn ở nhóm này")
    assert "Chưa có ai nhận ca trực" in text_of(await asked(stage, "Mấy giờ mở cửa?"))


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_the_desk_hears_when_a_shift_runs_out_and_not_of_one_that_was_relieved(stage: Stage) -> None:
    await on_duty(stage, stage.dung, "/truc 1")
    (first,) = await rows_of(stage, t.duties.c.until)
    await on_duty(stage, stage.giang, "/truc 2")
    await strikes(stage, f"duty-over:1:{int(first.until)}")
    await stage.rests()
    await stage.sees_nothing(stage.desk, "đã hết giờ", within=0.1)
    assert stage.app is not None

    def runs_out(work: Work) -> int:
        work.run(update(t.duties).values(until=t.duties.c.until - 86400))
        return int(last_duty(work, 1).until)  # type: ignore[union-attr]

    until = await stage.app.database.write(runs_out)
    await strikes(stage, f"duty-over:1:{until}")
    await stage.sees(stage.desk, "Ca trực của Giang đã hết giờ")


async def test_what_waits_too_long_calls_the_officer_again_and_what_was_answered_does_not(stage: Stage) -> None:
    card = await asked(stage, "Mấy giờ mở cửa?")
    await on_duty(stage, stage.dung)
    await strikes(stage, "inquiry-waits:1")
    again = await stage.sees(stage.desk, "Câu hỏi 1 của bà con đã chờ")
    assert mentioned(again) == [stage.dung.id]
    stage.dung.presses(card, "Trả lời")
    stage.dung.says("8 giờ.", stage.desk, reply_to=await stage.sees(stage.desk, "xin trả lời"))
    await told(stage, stage.an, "8 giờ.")
    await strikes(stage, "inquiry-waits:1")
    await stage.rests()
    assert sum("đã chờ" in text_of(message) for message in stage.desk.messages) == 1


async def test_the_letterbox_lists_what_waits_and_opens_it(stage: Stage) -> None:
    await asked(stage, "Mấy giờ mở cửa?")
    await asked(stage, "Nên có thêm đèn", "Góp ý, phản ánh")
    stage.dung.says("/hopthu", stage.desk)
    box = await with_button(stage, stage.desk, "Trả lời 1", "Hộp thư: 2 thư chưa ai trả lời")
    assert text_of(box).index("Mấy giờ mở cửa?") < text_of(box).index("Nên có thêm đèn")
    stage.dung.presses(box, "Trả lời 1")
    stage.dung.says("8 giờ.", stage.desk, reply_to=await stage.sees(stage.desk, "người hỏi số 1"))
    await told(stage, stage.an, "8 giờ.")
    stage.dung.says("/hộpthư", stage.desk)
    await stage.sees(stage.desk, "Hộp thư: 1 thư", after=box["message_id"])


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_an_empty_letterbox_says_so(stage: Stage) -> None:
    stage.dung.says("/hopthu", stage.desk)
    await stage.sees(stage.desk, "Hộp thư trống")


async def test_a_desk_that_shows_no_words_shows_none_of_a_question(stage: Stage) -> None:
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(update(t.wards).values(desk_shows="summary")).rowcount)
    stage.an.says("/canbo nhà tôi ở ngõ 12 hay mất điện")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), "Hỏi cán bộ")
    card = await with_button(stage, stage.desk, "Đọc riêng", "nội dung không hiện ở nhóm này")
    stage.dung.starts(stage.bot, "x")
    assert "chat riêng" in await answer(stage, stage.dung, card, "Đọc riêng")
    await told(stage, stage.dung, "ngõ 12 hay mất điện")
    stage.dung.says("/hopthu", stage.desk)
    await stage.sees(stage.desk, "Hộp thư: 1 thư")
    stage.dung.presses(card, "Trả lời")
    stage.dung.says("Đang sửa.", stage.desk, reply_to=await stage.sees(stage.desk, "xin trả lời"))
    stage.dung.presses(await with_button(stage, stage.desk, "Thành hướng dẫn"), "Thành hướng dẫn")
    await stage.sees(stage.desk, "Đề nghị làm hướng dẫn")
    await stage.sees_nothing(stage.desk, "ngõ 12", within=0)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_an_urgent_tip_that_nobody_accepts_calls_whoever_is_on_duty(stage: Stage) -> None:
    await on_duty(stage, stage.dung)
    stage.dung.starts(stage.bot, "truc")
    stage.an.says("cháy nhà số 5 ngõ 12")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    await passes(stage, "page")
    assert mentioned(await stage.sees(stage.desk, "tin khẩn chưa ai tiếp nhận")) == [stage.dung.id]
    page = await told(stage, stage.dung, "tin khẩn chưa ai tiếp nhận")
    assert "ngõ 12" not in text_of(page)


async def test_what_sounds_like_danger_is_marked_at_the_desk(stage: Stage) -> None:
    assert "dấu hiệu nguy hiểm" in text_of(await asked(stage, "có người đang đánh nhau trước nhà thì làm gì"))


async def test_whoever_is_muted_may_ask_and_calls_nobody(stage: Stage) -> None:
    await on_duty(stage, stage.dung)
    code, _ = await reported(stage, stage.an, "hàng xóm hát to quá")
    stage.dung.says(f"/tamlang {code} quấy rối 7 ngày", stage.desk)
    await stage.sees(stage.desk, "không kêu chuông")
    card = await asked(stage, "Mấy giờ mở cửa?")
    assert mentioned(card) == []
    await strikes(stage, "inquiry-waits:1")
    await stage.sees_nothing(stage.desk, "đã chờ", within=0)


async def test_a_picture_as_an_answer_is_not_lost_in_silence(stage: Stage) -> None:
    card = await asked(stage, "Mấy giờ mở cửa?")
    stage.dung.presses(card, "Trả lời")
    question = await stage.sees(stage.desk, "xin trả lời")
    stage.dung.sends_document(b"x", chat=stage.desk, caption="xem ảnh", reply_to=question)
    await stage.sees(stage.desk, "chưa gửi gì")
    await stage.sees_nothing(stage.an.chat_with(), "xem ảnh", within=0)
