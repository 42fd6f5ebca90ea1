"""Somebody doubts a message: how dangerous it is, why, what to do now, and one tap to report it."""

from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from bot.sandbox import sample_photo
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.after import rows_of
from tests.conversations.reporting import drafted, labels, reported, told, with_button
from tests.domain.vietqr import vietqr

FAKE = "VNeID cần cập nhật gấp, vào https://vneid-capnhat.top/app để cài"
HARMLESS = "chiều nay 5h họp tổ ở nhà văn hoá"
LISTED = "0912 345 678"


def code_picture(text: str) -> bytes:
    """A picture of a QR code."""
    view = memoryview(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
    canvas = Image.new("RGB", (view.shape[1] + 80, view.shape[0] + 80), (250, 250, 250))
    canvas.paste(Image.frombytes("L", (view.shape[1], view.shape[0]), bytes(view)), (40, 40))
    out = BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


async def listed(stage: Stage, words: str = f"{LISTED} giả shipper") -> dict[str, Any]:
    """An officer puts something on the list."""
    stage.dung.says(f"/luadao {words}", stage.desk)
    return await stage.sees(stage.desk, "Đã đưa vào danh sách")


# --- the three answers


async def test_a_fake_state_page_is_dangerous_and_the_link_cannot_be_pressed(stage: Stage) -> None:
    stage.an.says(f"/kiemtra {FAKE}")
    answer = text_of(await told(stage, stage.an, "NGUY HIỂM"))
    assert "vneid-capnhat[.]top" in answer
    assert "vneid-capnhat.top" not in answer
    assert "VNeID" in answer
    assert "Đừng bấm" in answer


async def test_what_nobody_knows_is_not_called_safe(stage: Stage) -> None:
    stage.an.says(f"/kiemtra {HARMLESS}")
    assert "Không có nghĩa là an toàn" in text_of(await told(stage, stage.an, "CHƯA CÓ THÔNG TIN"))


async def test_a_shortened_link_is_suspicious(stage: Stage) -> None:
    stage.an.says("/kiemtra xem nè https://bit.ly/3abcd")
    assert "rút gọn" in text_of(await told(stage, stage.an, "ĐÁNG NGỜ"))


async def test_a_number_that_an_officer_confirmed_is_dangerous_however_it_is_written(stage: Stage) -> None:
    await listed(stage)
    stage.an.says("/kiemtra số +84 912.345.678 gọi em")
    answer = text_of(await told(stage, stage.an, "NGUY HIỂM"))
    assert "Phường Hoa Sữa" in answer
    assert "shipper" not in answer


async def test_without_words_it_asks_and_the_next_message_is_checked(stage: Stage) -> None:
    stage.an.says("/kiemtra")
    await told(stage, stage.an, "cần kiểm tra")
    stage.an.says(FAKE)
    await told(stage, stage.an, "NGUY HIỂM")
    assert not await rows_of(stage, t.tips.c.id)


async def test_the_wish_alone_typed_in_words_asks_too(stage: Stage) -> None:
    stage.an.says("kiểm tra")
    await told(stage, stage.an, "cần kiểm tra")


@pytest.mark.telegram_only("a reply in private carries what it answers")
async def test_a_reply_is_about_what_it_answers(stage: Stage) -> None:
    first = stage.an.says(FAKE)
    await with_button(stage, stage.an.chat_with(), "Gửi", "cập nhật gấp")
    stage.an.says("/kiemtra", reply_to=first)
    await told(stage, stage.an, "NGUY HIỂM")


async def test_english_is_answered_in_english(stage: Stage) -> None:
    stage.an.says("/ngonngu en")
    await told(stage, stage.an, "English")
    stage.an.says(f"/check {FAKE}")
    await told(stage, stage.an, "DANGEROUS")


# --- pictures


async def test_the_code_in_a_picture_says_where_the_money_goes(stage: Stage) -> None:
    stage.an.sends_photo(code_picture(vietqr(amount=2_000_000)), caption="/kiemtra")
    answer = text_of(await told(stage, stage.an, "Mã QR"))
    assert "2.000.000đ" in answer
    assert "Vietcombank" in answer
    assert "0123456789" in answer


async def test_a_listed_account_is_found_in_the_code_of_a_picture(stage: Stage) -> None:
    await listed(stage, "stk 0123456789 Vietcombank nhận tiền lừa")
    stage.an.sends_photo(code_picture(vietqr()), caption="/kiemtra")
    await told(stage, stage.an, "NGUY HIỂM")


async def test_a_page_in_the_code_of_a_picture_is_looked_at_too(stage: Stage) -> None:
    stage.an.sends_photo(code_picture("https://vietcombank.com.vn.dangnhap.top/x"), caption="/kiemtra")
    assert "Vietcombank" in text_of(await told(stage, stage.an, "NGUY HIỂM"))


async def test_a_picture_without_words_or_code_asks_for_the_words(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(), caption="/kiemtra")
    await told(stage, stage.an, "chưa đọc được")


async def test_a_picture_that_is_reported_is_asked_for_again_and_joins_the_draft(stage: Stage) -> None:
    stage.an.sends_photo(code_picture(vietqr()), caption="/kiemtra chuyển vào đây là trúng thưởng")
    stage.an.presses(await told(stage, stage.an, "Mã QR"), "Báo công an")
    await told(stage, stage.an, "gửi lại ảnh")
    draft = await with_button(stage, stage.an.chat_with(), "Gửi", "trúng thưởng")
    assert "Vietcombank" in text_of(draft)
    stage.an.sends_photo(code_picture(vietqr()))
    assert await stage.sandbox.until(lambda: any("Kèm 1 tệp" in text_of(m) for m in stage.an.chat_with().messages))


# --- what comes after


async def test_one_tap_makes_a_draft_of_what_was_checked(stage: Stage) -> None:
    stage.an.says(f"/kiemtra {FAKE}")
    stage.an.presses(await told(stage, stage.an, "NGUY HIỂM"), "Báo công an")
    draft = await with_button(stage, stage.an.chat_with(), "Gửi", "cập nhật gấp")
    stage.an.presses(draft, "Ẩn danh")
    await told(stage, stage.an, "Tin đã được ghi nhận")


async def test_what_was_checked_is_forgotten_once_something_else_is_said(stage: Stage) -> None:
    stage.an.says(f"/kiemtra {FAKE}")
    answer = await told(stage, stage.an, "NGUY HIỂM")
    await drafted(stage, stage.an, "mất xe đạp ở ngõ 12")
    stage.an.presses(answer, "Báo công an")
    await stage.rests()
    assert "cập nhật gấp" not in " ".join(text_of(m) for m in stage.an.chat_with().messages if "Gửi" in labels(m))


async def test_whoever_has_paid_is_told_what_the_first_hours_decide(stage: Stage) -> None:
    stage.an.says(f"/kiemtra {FAKE}")
    stage.an.presses(await told(stage, stage.an, "NGUY HIỂM"), "Đã lỡ chuyển tiền")
    steps = await told(stage, stage.an, "từng phút")
    assert "ngân hàng" in text_of(steps)
    stage.an.presses(steps, "Báo công an")
    await with_button(stage, stage.an.chat_with(), "Gửi", "cập nhật gấp")


async def test_an_officers_open_question_is_still_answered_after_a_check(stage: Stage) -> None:
    _, card = await reported(stage, stage.an, "mất xe đạp ở ngõ 12")
    stage.dung.presses(card, "Hỏi thêm")
    asked = await stage.sees(stage.desk, "hỏi người báo tin")
    stage.dung.says("Xe màu gì ạ?", stage.desk, reply_to=asked)
    await told(stage, stage.an, "Xe màu gì")
    stage.an.says(f"/kiemtra {FAKE}")
    answer = await told(stage, stage.an, "NGUY HIỂM")
    assert "Báo công an" not in labels(answer)
    stage.an.says("xe màu đỏ")
    await stage.sees(stage.desk, "xe màu đỏ")


# --- a draft


async def test_a_draft_that_sounds_like_a_scam_can_be_checked_and_then_sent(stage: Stage) -> None:
    draft = await drafted(stage, stage.an, FAKE)
    stage.an.presses(draft, "Kiểm tra lừa đảo")
    answer = await told(stage, stage.an, "NGUY HIỂM")
    stage.an.presses(answer, "Gửi")
    await told(stage, stage.an, "Tin đã được ghi nhận")


async def test_the_wish_in_words_checks_the_draft(stage: Stage) -> None:
    await drafted(stage, stage.an, FAKE)
    stage.an.says("kiểm tra")
    await told(stage, stage.an, "NGUY HIỂM")


async def test_a_draft_that_does_not_has_no_such_button(stage: Stage) -> None:
    assert "Kiểm tra" not in labels(await drafted(stage, stage.an, "mất xe đạp ở ngõ 12"))


@pytest.mark.telegram_only("Zalo does not say that something was forwarded")
async def test_a_forward_asks_as_ever_where_it_is_from_and_can_be_checked(stage: Stage) -> None:
    stage.an.forwards(stage.binh.says(FAKE, stage.group5))
    draft = await with_button(stage, stage.an.chat_with(), "Kiểm tra lừa đảo", "cập nhật gấp")
    assert "Gửi" in labels(draft)


# --- in a group


async def test_in_a_group_the_answer_is_brief_and_repeats_nobodys_number(stage: Stage) -> None:
    await listed(stage)
    stage.an.says("/kiemtra số 0912345678 gọi đòi tiền", stage.group5)
    answer = text_of(await stage.sees(stage.group5, "NGUY HIỂM"))
    assert "345" not in answer
    assert "678" in answer
    assert "gọi đòi tiền" not in answer


@pytest.mark.telegram_only("Zalo's groups tell what is answered only of the bot's messages")
async def test_in_a_group_a_reply_is_about_what_it_answers(stage: Stage) -> None:
    said = stage.binh.says(FAKE, stage.group5)
    stage.an.says("/kiemtra", stage.group5, reply_to=said)
    await stage.sees(stage.group5, "vneid-capnhat[.]top")


async def test_in_a_group_without_anything_it_says_how(stage: Stage) -> None:
    stage.an.says("/kiemtra", stage.group5)
    await stage.sees(stage.group5, "/kiemtra nội dung")
