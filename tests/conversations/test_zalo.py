"""What is different on Zalo, as residents there and the Telegram desk meet it."""

import re

import pytest

from bot.sandbox import sample_photo
from tests.cast import Stage, is_picture, text_of
from tests.conversations.reporting import accepted, drafted, labels, told, with_button
from tests.media_aac import voice

HERE = pytest.mark.parametrize("residents_on", ["zalo_bot"], indirect=True)
pytestmark = [HERE, pytest.mark.telegram_only("asked for here by name: only Zalo")]


async def group_code(stage: Stage) -> str:
    """The five digits that the welcome of Tổ 5 tells."""
    welcome = await stage.sees(stage.group5, "Chào bà con")
    found = re.search(r"mã nhóm (\d{5})", text_of(welcome))
    assert found
    return found[1]


async def test_the_desk_is_told_the_groups_code_and_can_undo_the_link(stage: Stage) -> None:
    linked = await stage.sees(stage.desk, "Nhóm Tổ 5 đã liên kết (Zalo)")
    assert await group_code(stage) in text_of(linked)
    stage.dung.presses(linked, "Huỷ liên kết")
    await stage.sees(stage.group5, "không còn liên kết")


async def test_the_welcome_says_how_to_call_the_bot(stage: Stage) -> None:
    assert "@Bot Bình Yên đèn đường hỏng" in text_of(await stage.sees(stage.group5, "Chào bà con"))


async def test_what_does_not_call_the_bot_never_reaches_it(stage: Stage) -> None:
    stage.an.person.says("chiều nay họp nhé", stage.group5)
    stage.an.person.says("/gui chiều nay họp nhé", stage.group5)
    stage.an.says("nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await stage.sees_nothing(stage.desk, "chiều nay", within=0.1)


async def test_the_bot_called_alone_says_how_it_is_used(stage: Stage) -> None:
    stage.an.person.says("@Bot Bình Yên", stage.group5)
    await stage.sees(stage.group5, "Dạ em nghe")
    await stage.sees_nothing(stage.desk, "An:", within=0.1)


async def test_a_code_typed_once_says_whose_neighbour_somebody_is(stage: Stage) -> None:
    stage.an.says(await group_code(stage))
    await told(stage, stage.an, "bot tự động của Phường Hoa Sữa")
    stage.an.says("00000")
    await with_button(stage, stage.an.chat_with(), "Gửi", "00000")


async def test_an_answer_names_whom_it_answers(stage: Stage) -> None:
    stage.an.says("nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.dung.says("Chúng tôi xuống ngay", stage.desk, reply_to=seen)
    assert "trả lời An: Chúng tôi" in text_of(await stage.sees(stage.group5, "xuống ngay"))


async def test_an_edited_and_a_deleted_answer_become_new_messages_that_name_the_hour(stage: Stage) -> None:
    stage.an.says("nước ngập", stage.group5)
    answer = stage.dung.says("Xuống lúc 8h", stage.desk, reply_to=await stage.sees(stage.desk, "nước ngập"))
    await stage.sees(stage.group5, "Xuống lúc 8h")
    stage.dung.edits(answer, "Xuống lúc 9h")
    assert re.search(r"Sửa lại tin lúc \d\d:\d\d", text_of(await stage.sees(stage.group5, "Xuống lúc 9h")))
    stage.dung.says("/xoa", stage.desk, reply_to=answer)
    assert re.search(r"Tin lúc \d\d:\d\d đã được rút lại", text_of(await stage.sees(stage.group5, "đã được rút lại")))


async def test_a_resident_takes_their_last_message_back_without_a_reply(stage: Stage) -> None:
    stage.binh.says("việc của Bình", stage.group5)
    await stage.sees(stage.desk, "việc của Bình")
    stage.an.says("nhầm nhóm", stage.group5)
    seen = await stage.sees(stage.desk, "nhầm nhóm")
    stage.an.says("/rut", stage.group5)
    await stage.sees(stage.group5, "Em đã rút tin gần nhất")
    assert await stage.sandbox.until(lambda: seen["message_id"] not in stage.desk.history)
    stage.an.says("/rut", stage.group5)
    await stage.sees(stage.group5, "không thấy tin nào")
    await stage.sees(stage.desk, "việc của Bình")


async def test_pictures_cross_both_ways(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(64, 48), stage.group5, caption="xe này")
    seen = await stage.sees(stage.desk, "xe này")
    assert is_picture(seen)
    stage.dung.sends_photo(sample_photo(48, 64), stage.desk, caption="có phải xe này?", reply_to=seen)
    assert is_picture(await stage.sees(stage.group5, "có phải xe này"))


async def test_what_cannot_be_shown_is_a_link_or_words(stage: Stage) -> None:
    stage.an.says("nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.dung.sends_document(b"%PDF-1.7 nothing", "cong-van.pdf", "application/pdf", stage.desk, reply_to=seen)
    assert re.search(r"cong-van.pdf: http://\S+/media/\S+\.pdf", text_of(await stage.sees(stage.group5, "cong-van")))
    stage.dung.sends_location(21.02, 105.83, stage.desk, reply_to=seen)
    assert "maps?q=21.020000,105.830000" in text_of(await stage.sees(stage.group5, "Vị trí"))


async def test_a_voice_is_a_tip_whose_card_the_desk_can_hear(stage: Stage) -> None:
    stage.an.sends_voice(voice())
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "đoạn ghi âm"), "Ẩn danh")
    heard = await stage.sandbox.wait_for(stage.desk, lambda m: "document" in m or "voice" in m)
    assert "An" not in str(heard.get("document", heard))


@pytest.mark.parametrize("private", [True, False])
async def test_what_zalo_withholds_is_answered_with_the_numbers_and_told_to_the_desk(
    stage: Stage, private: bool
) -> None:
    stage.an.person.protected = True
    if private:
        stage.an.says("có chú lạ theo cháu")
        answer = await told(stage, stage.an, "Zalo không cho em xem")
    else:
        stage.an.says("có chú lạ theo cháu", stage.group5)
        answer = await stage.sees(stage.group5, "Zalo không cho em xem")
    assert all(number in text_of(answer) for number in ("113", "114", "115", "111"))
    where = "nhắn riêng" if private else "Tổ 5"
    assert where in text_of(await stage.sees(stage.desk, "có thể là trẻ em"))


async def test_a_long_answer_is_cut_and_its_parts_are_numbered(stage: Stage) -> None:
    stage.an.says("nước ngập", stage.group5)
    seen = await stage.sees(stage.desk, "nước ngập")
    stage.dung.says("hướng dẫn " * 250, stage.desk, reply_to=seen)
    await stage.sees(stage.group5, "(2/2)")
    assert any(text.startswith("(1/2) ") for text in stage.group5.texts())


async def test_a_number_said_before_the_choices_changed_is_never_matched(stage: Stage) -> None:
    code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await drafted(stage, stage.an, "hỏng đèn")
    stage.dung.presses(card, "Đóng")
    choice = await with_button(stage, stage.desk, "Đã xử lý", code)
    stage.zalo.faults.latency_ms = 1500.0  # "is it settled?" is still on its way when An says 1 and means: send
    stage.dung.presses(choice, "Đã xử lý")
    assert await stage.sandbox.until(lambda: "Đã xử lý" in text_of(stage.desk.history[card["message_id"]]))
    stage.an.says("1")
    again = await told(stage, stage.an, "lựa chọn đã đổi")
    assert "Đã giải quyết" in labels(again)
    await stage.sees_nothing(stage.desk, "đã giải quyết", within=0.1)


async def test_a_chat_that_nobody_linked_is_told_once(stage: Stage) -> None:
    market = stage.zalo.add_group("Chợ", stage.hoa.person, [stage.an.person])
    market.add_bot(stage.zalo_bot)
    for _ in range(2):
        stage.an.says("có ai không", market)
        await stage.sees(market, "chưa liên kết")
    await stage.rests()
    assert sum("chưa liên kết" in text for text in market.texts()) == 1
    await stage.sees_nothing(stage.desk, "có ai không", within=0)


async def test_a_desk_is_politely_refused(stage: Stage) -> None:
    market = stage.zalo.add_group("Chợ", stage.hoa.person, [])
    market.add_bot(stage.zalo_bot)
    stage.hoa.says("/thietlap ABCD-EFGH-JKMN Phường Hai", market)
    await stage.sees(market, "Nhóm trực ban cần ở Telegram")


async def test_a_broadcast_reaches_both_platforms_each_in_its_own_form(stage: Stage) -> None:
    lane = stage.sandbox.add_group("Ngõ 12", stage.giang, [])
    stage.em.says("/nhom Ngõ 12", stage.desk)
    offer = await stage.sees(stage.desk, "Liên kết cho nhóm Ngõ 12")
    assert "Nhóm Zalo: thêm bot vào nhóm" in text_of(offer)
    lane.add_bot(stage.bot, by=stage.giang, startgroup=text_of(offer).rpartition("/lienket ")[2].strip())
    await stage.sees(stage.desk, "Nhóm Ngõ 12 đã liên kết")
    said = stage.giang.says("tôi trực", stage.desk)
    stage.em.says("/chihuy", stage.desk, reply_to=said)
    await stage.sees(stage.desk, "nay là chỉ huy")
    stage.em.says("/phat Tối nay <b>kiểm tra</b> phòng cháy", stage.desk)
    stage.em.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.giang.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    for group in (lane, stage.group5, stage.group7):
        await stage.sees(group, "phòng cháy")


async def test_a_withheld_answer_to_an_officer_is_not_passed_on_empty(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    stage.dung.says("/gui Ở đâu ạ?", stage.desk, reply_to=card)
    await told(stage, stage.an, "Ở đâu ạ?")
    stage.an.sends_unsupported()
    await told(stage, stage.an, "Zalo không cho em xem")
    await stage.sees(stage.desk, "nhắn riêng")
    await stage.sees_nothing(stage.desk, "💬", within=0.1)
