"""`/canbo`: three intents, an answer that comes back, no name at the desk."""

import pytest

from bot.sandbox import sample_photo
from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.conversations.after import newest, rows_of
from tests.conversations.reporting import drafted, forges, told, with_button


async def asked(stage: Stage, words: str, intent: str = "Hỏi cán bộ") -> None:
    stage.an.says("gặp cán bộ")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), intent)
    await told(stage, stage.an, "trong một tin")
    stage.an.says(words)


async def test_a_question_goes_to_the_desk_without_a_name_and_the_answer_comes_back(stage: Stage) -> None:
    await asked(stage, "Tạm trú cần giấy gì? Gọi tôi 0912 345 678")
    await told(stage, stage.an, "tới nhóm trực ban Phường Hoa Sữa. Lúc này chưa có cán bộ nhận ca")
    card = await with_button(stage, stage.desk, "Trả lời", "Tạm trú cần giấy gì?")
    assert "Chưa có ai nhận ca trực" in text_of(card)
    assert "345" not in text_of(card)
    assert "An" not in text_of(card).replace("ANTT", "")
    stage.dung.presses(card, "Trả lời")
    stage.dung.says("Mang căn cước gốc, 8h sáng mai.", stage.desk, reply_to=await stage.sees(stage.desk, "xin trả lời"))
    back = await told(stage, stage.an, "Mang căn cước gốc")
    assert "Dũng" not in text_of(back)
    assert "Phường Hoa Sữa" in text_of(back)
    await with_button(stage, stage.desk, "Thành hướng dẫn", "Đã trả lời (Dũng)")
    stage.an.presses(back, "Hỏi thêm")
    await told(stage, stage.an, "cần gì ạ", after=back)


async def test_what_staff_say_under_the_card_stays_inside(stage: Stage) -> None:
    await asked(stage, "Mấy giờ mở cửa?")
    card = await with_button(stage, stage.desk, "Trả lời", "Mấy giờ mở cửa?")
    stage.dung.says("ai trả lời giúp nhé", stage.desk, reply_to=card)
    await stage.rests()
    await stage.sees_nothing(stage.an.chat_with(), "ai trả lời giúp", within=0.1)


async def test_feedback_is_read_and_its_sender_hears_it(stage: Stage) -> None:
    await asked(stage, "Nên có lịch trực ở cửa", "Góp ý, phản ánh")
    await told(stage, stage.an, "Em đã chuyển góp ý")
    card = await with_button(stage, stage.desk, "Đã xem", "lịch trực")
    stage.dung.presses(card, "Đã xem")
    await told(stage, stage.an, "đã đọc góp ý")
    assert await stage.sandbox.until(lambda: "Đã xem (Dũng)" in text_of(stage.desk.history[card["message_id"]]))


async def test_a_report_takes_a_tips_way(stage: Stage) -> None:
    stage.an.says("/canbo đêm nào cũng hát ầm ĩ ở ngõ 12")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), "Báo tin")
    await with_button(stage, stage.an.chat_with(), "Ẩn danh", "hát ầm ĩ")


async def test_the_words_always_work_also_in_the_middle_of_something(stage: Stage) -> None:
    await drafted(stage, stage.an, "mất xe đạp")
    stage.an.says("Gap can bo!")
    await told(stage, stage.an, "cần gì ạ")
    assert len(await rows_of(stage, t.tips.c.id)) == 1


async def test_words_before_the_choice_are_not_lost(stage: Stage) -> None:
    stage.an.says("gặp cán bộ")
    asks = await told(stage, stage.an, "cần gì ạ")
    stage.an.says("mấy giờ mở cửa vậy")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ", after=asks), "Hỏi cán bộ")
    await with_button(stage, stage.desk, "Trả lời", "mấy giờ mở cửa vậy")


async def test_a_picture_with_words_is_not_half_passed_on(stage: Stage) -> None:
    stage.an.says("gặp cán bộ")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), "Hỏi cán bộ")
    await told(stage, stage.an, "trong một tin")
    stage.an.sends_photo(sample_photo(), caption="giấy này là gì")
    await told(stage, stage.an, "chỉ chuyển được chữ")
    await stage.sees_nothing(stage.desk, "giấy này là gì", within=0.1)


async def test_danger_is_answered_with_the_numbers_first(stage: Stage) -> None:
    await asked(stage, "có người đang đánh nhau trước nhà thì làm gì")
    await told(stage, stage.an, "113 công an")


async def test_what_is_too_long_is_refused_before_anything_is_said(stage: Stage) -> None:
    await asked(stage, "có cháy nhà, " + "rất lớn, " * 200)
    await told(stage, stage.an, "nhiều nhất 1500 ký tự")
    stage.an.says("có cháy nhà hàng xóm")
    await told(stage, stage.an, "xin gọi ngay")
    await stage.sees(stage.desk, "có cháy nhà hàng xóm")


async def test_what_may_be_about_an_officer_is_asked_before_the_desk_sees_it(stage: Stage) -> None:
    await asked(stage, "anh công an phường nhận tiền của quán", "Góp ý, phản ánh")
    ask = await told(stage, stage.an, "cán bộ cụ thể")
    await stage.sees_nothing(stage.desk, "nhận tiền", within=0.1)
    stage.an.presses(ask, "Có, giữ kín giúp")
    await with_button(stage, stage.an.chat_with(), "Ẩn danh", "nhận tiền")
    await stage.sees_nothing(stage.desk, "nhận tiền", within=0.1)


async def test_in_a_group_it_is_only_said_how(stage: Stage) -> None:
    stage.an.says("/canbo", stage.group5)
    await stage.sees(stage.group5, "nhắn riêng cho em")


async def second_ward(stage: Stage) -> None:
    """There is another ward, with a guide of its own."""

    def add(work: Work) -> None:
        work.run(t.wards.insert().values(name="Phường Hoa Mai", desk="telegram:-1", created_at=work.now))
        guide = {"title": "Lịch tiếp dân thứ bảy", "body": "Chỉ buổi sáng.", "status": "live", "author_key": "x"}
        work.run(t.ward_guides.insert().values(ward_id=2, approved_at=work.now, created_at=work.now, **guide))

    assert stage.app is not None
    await stage.app.database.write(add)


async def test_which_ward_is_asked_where_it_is_not_known(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.says("/canbo mấy giờ mở cửa")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), "Hỏi cán bộ")
    stage.an.presses(await told(stage, stage.an, "hỏi phường nào"), "Phường Hoa Sữa")
    await with_button(stage, stage.desk, "Trả lời", "mấy giờ mở cửa")


@pytest.mark.telegram_only("no deep links")
async def test_another_wards_guide_and_question_do_not_exist_here(stage: Stage) -> None:
    await second_ward(stage)
    stage.an.starts(stage.bot, "g1")
    await told(stage, stage.an, "bot tự động của Phường Hoa Sữa")
    stage.an.says("/huongdan lịch tiếp dân thứ bảy")
    await told(stage, stage.an, "chưa có hướng dẫn")
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(t.people.update().values(ward_id=2, group_id=None)))
    stage.an.says("/huongdan lịch tiếp dân thứ bảy nhé")
    await told(stage, stage.an, "Chỉ buổi sáng.")
    await asked(stage, "câu hỏi cho Hoa Mai")
    await told(stage, stage.an, "nhóm trực ban Phường Hoa Mai")
    stage.binh.starts(stage.bot, "g1")
    await told(stage, stage.binh, "Phường Hoa Sữa")
    stage.binh.says("/canbo câu hỏi cho Hoa Sữa")
    stage.binh.presses(await told(stage, stage.binh, "cần gì ạ"), "Hỏi cán bộ")
    card = await with_button(stage, stage.desk, "Trả lời", "câu hỏi cho Hoa Sữa")
    assert "cũ" in await forges(stage, stage.dung, card, "inquiry-answer:1")


async def test_five_an_hour_are_enough(stage: Stage) -> None:
    for number in range(6):
        before = newest(stage.an)
        stage.an.says(f"/canbo câu hỏi {number}")
        asks = await stage.sandbox.wait_for(
            stage.an.chat_with(), lambda m, before=before: m["message_id"] > before and "cần gì ạ" in text_of(m)
        )
        stage.an.presses(asks, "Hỏi cán bộ")
        await stage.rests()
    await stage.sees(stage.desk, "câu hỏi 4")
    await stage.sees_nothing(stage.desk, "câu hỏi 5", within=0)


async def test_who_asks_is_not_readable_from_the_tables(stage: Stage) -> None:
    await asked(stage, "Mấy giờ mở cửa?")
    await stage.sees(stage.desk, "Mấy giờ mở cửa?")
    (row,) = await rows_of(stage, t.inquiries)
    kept = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    assert "Mấy giờ".encode() not in kept
    assert str(stage.an.id).encode() not in kept


async def test_an_erasure_takes_them_along(stage: Stage) -> None:
    await asked(stage, "Mấy giờ mở cửa?")
    await stage.sees(stage.desk, "Mấy giờ mở cửa?")
    await told(stage, stage.an, "Em đã chuyển câu hỏi")
    stage.an.says("/xoadulieu")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Xoá", "câu hỏi, góp ý"), "Xoá")
    await told(stage, stage.an, "Đã xoá")
    assert not await rows_of(stage, t.inquiries.c.id)


async def test_a_forged_button_opens_no_other_wards_question(stage: Stage) -> None:
    await asked(stage, "Mấy giờ mở cửa?")
    card = await with_button(stage, stage.desk, "Trả lời", "Mấy giờ mở cửa?")
    assert "cũ" in await forges(stage, stage.dung, card, "inquiry-answer:999")
