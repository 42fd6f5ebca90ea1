"""`/huongdan`: found as it is typed, a menu, an honest "no", a person near; a ward's own guide from an answer."""

from typing import Any

import pytest

from tests.cast import Stage, text_of
from tests.conversations.broadcasting import named
from tests.conversations.reporting import answer, labels, told, with_button


async def test_a_guide_is_found_with_typos_and_teencode_and_names_source_and_date(stage: Stage) -> None:
    stage.an.says("/huongdan mat cccd thi lm sao")
    said = text_of(await told(stage, stage.an, "Mất giấy tờ"))
    assert "Kiểm tra ngày 26/11/2026" in said
    assert "Nguồn:" in said
    assert "Nói chuyện với cán bộ" in labels(await told(stage, stage.an, "Mất giấy tờ"))


async def test_without_words_there_is_a_menu_that_goes_on(stage: Stage) -> None:
    stage.an.says("/huongdan")
    menu = await told(stage, stage.an, "cần hướng dẫn việc gì")
    assert "Phòng cháy trong nhà" in labels(menu)
    stage.an.presses(menu, "Xem thêm")
    second = await with_button(stage, stage.an.chat_with(), "Các số cần nhớ")
    stage.an.presses(second, "Các số cần nhớ")
    await told(stage, stage.an, "bảo vệ trẻ em")


async def test_a_number_chooses_from_the_menu(stage: Stage) -> None:
    stage.an.says("/huongdan")
    await told(stage, stage.an, "cần hướng dẫn việc gì")
    stage.an.says("1")
    await told(stage, stage.an, "Nhà có ít nhất hai lối ra")


async def test_what_is_not_there_is_said_with_the_nearest_and_the_person(stage: Stage) -> None:
    stage.an.says("/huongdan mất xe máy")
    near = await told(stage, stage.an, "chưa có hướng dẫn đúng việc này")
    assert "Mất giấy tờ" in labels(near)
    assert "cán bộ" in labels(near)
    stage.an.says("/huongdan nấu phở bò")
    assert "cán bộ" in labels(await told(stage, stage.an, "chưa có hướng dẫn về việc này"))


async def test_danger_comes_first(stage: Stage) -> None:
    stage.an.says("/huongdan cháy nhà")
    numbers = await told(stage, stage.an, "xin gọi ngay")
    guide = await told(stage, stage.an, "Phòng cháy trong nhà")
    assert numbers["message_id"] < guide["message_id"]


async def test_in_a_group_a_guide_is_an_answer_but_not_about_what_is_private(stage: Stage) -> None:
    stage.an.says("/huongdan phạt nguội", stage.group5)
    await stage.sees(stage.group5, "Tin nhắn báo phạt nguội")
    stage.an.says("/huongdan chồng đánh", stage.group5)
    await stage.sees(stage.group5, "nên hỏi riêng")
    await stage.sees_nothing(stage.group5, "tạm lánh", within=0.1)


async def test_officers_look_them_up_at_the_desk(stage: Stage) -> None:
    stage.dung.says("/huongdan cong an goi dien", stage.desk)
    card = await with_button(stage, stage.desk, "Hướng dẫn khác")
    assert "Nói chuyện với cán bộ" not in labels(card)


async def test_english_frames_the_card(stage: Stage) -> None:
    stage.an.says("/language en")
    await told(stage, stage.an, "From now on")
    stage.an.says("/guide camera")
    card = await told(stage, stage.an, "Checked on 26/11/2026")
    assert "Talk to an officer" in labels(card)


# --- from an answer to a guide


async def answered(stage: Stage, question: str, words: str) -> dict[str, Any]:
    """An asks, Dũng answers: the card at the desk."""
    stage.an.says(f"/canbo {question}")
    stage.an.presses(await told(stage, stage.an, "cần gì ạ"), "Hỏi cán bộ")
    stage.dung.presses(await with_button(stage, stage.desk, "Trả lời", question), "Trả lời")
    stage.dung.says(words, stage.desk, reply_to=await stage.sees(stage.desk, "để gửi câu trả lời"))
    return await with_button(stage, stage.desk, "Thành hướng dẫn", words)


async def test_a_question_answered_once_becomes_a_guide_after_a_chiefs_approval(stage: Stage) -> None:
    card = await answered(stage, "Thứ bảy phường có tiếp dân không?", "Có, từ 8 giờ đến 11 giờ 30.")
    stage.dung.presses(card, "Thành hướng dẫn")
    proposal = await with_button(stage, stage.desk, "Duyệt", "Đề nghị làm hướng dẫn")
    stage.binh.says("/huongdan thu bay co tiep dan ko")
    await told(stage, stage.binh, "chưa có hướng dẫn")
    assert "dành cho chỉ huy" in await answer(stage, stage.dung, proposal, "Duyệt")
    stage.em.presses(proposal, "Duyệt")
    await with_button(stage, stage.desk, "Gỡ", "đã duyệt (Em)")
    stage.binh.says("/huongdan thu bay phuong co tiep dan ko")
    said = text_of(await told(stage, stage.binh, "8 giờ đến 11 giờ 30"))
    assert "Phường Hoa Sữa trả lời, chỉ huy duyệt" in said
    stage.em.presses(await with_button(stage, stage.desk, "Gỡ"), "Gỡ")
    await stage.sees(stage.desk, "không dùng làm hướng dẫn (Em)")
    stage.binh.says("/huongdan thu bay phuong co tiep dan khong nhi")
    await told(stage, stage.binh, "chưa có hướng dẫn")


async def test_whoever_worded_it_does_not_approve_it(stage: Stage) -> None:
    card = await answered(stage, "Thứ bảy phường có tiếp dân không?", "Có ạ.")
    stage.em.presses(card, "Thành hướng dẫn")
    proposal = await with_button(stage, stage.desk, "Duyệt", "Đề nghị làm hướng dẫn")
    assert "chỉ huy khác" in await answer(stage, stage.em, proposal, "Duyệt")
    assert "đã được đề nghị" in await answer(stage, stage.dung, card, "Thành hướng dẫn")
    await named(stage)
    stage.giang.presses(proposal, "Duyệt")
    await stage.sees(stage.desk, "đã duyệt (Giang)")


async def test_it_is_edited_by_a_reply_and_names_nobodys_number(stage: Stage) -> None:
    card = await answered(stage, "Thứ bảy phường có tiếp dân không?", "Có ạ.")
    stage.dung.presses(card, "Thành hướng dẫn")
    proposal = await with_button(stage, stage.desk, "Duyệt", "Đề nghị làm hướng dẫn")
    stage.dung.says("Tiếp dân thứ bảy\nGọi anh Nam 0912 345 678", stage.desk, reply_to=proposal)
    await stage.sees(stage.desk, "số điện thoại hoặc số giấy tờ")
    stage.dung.says("Tiếp dân thứ bảy\nCó, buổi sáng.", stage.desk, reply_to=proposal)
    edited = await with_button(stage, stage.desk, "Duyệt", "Có, buổi sáng.")
    stage.em.presses(edited, "Duyệt")
    await stage.sees(stage.desk, "đã duyệt (Em)")
    stage.an.says("/huongdan tiep dan thu bay")
    await told(stage, stage.an, "Có, buổi sáng.")


@pytest.mark.telegram_only("the desk is on Telegram")
async def test_an_answer_with_a_number_is_not_offered_to_all(stage: Stage) -> None:
    card = await answered(stage, "Hỏi chị Lan ở đâu?", "Gọi 0912 345 678 nhé")
    assert "số điện thoại" in await answer(stage, stage.dung, card, "Thành hướng dẫn")
