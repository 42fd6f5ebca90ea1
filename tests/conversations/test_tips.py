"""What a resident writes in private becomes a draft, then a tip with a receipt."""

import pytest

from bot.sandbox import sample_photo
from tests.cast import Stage, text_of
from tests.conversations.reporting import drafted, forges, labels, passes, reported, told, topic_of, with_button


async def test_a_draft_offers_to_send_hide_change_and_drop(stage: Stage) -> None:
    card = await drafted(stage, stage.an, "nhà số 5 đánh bạc")
    for word in ("Gửi", "Ẩn danh", "Sửa", "Huỷ"):
        assert word in labels(card)


async def test_an_anonymous_tip_reaches_the_desk_without_a_name(stage: Stage) -> None:
    _code, card = await reported(stage, stage.an, "nhà số 5 đánh bạc mỗi tối", "Ẩn danh")
    assert "Người báo ẩn danh" in text_of(card)
    assert "An" not in text_of(card).split()
    assert topic_of(stage, card) == "Tiếp nhận"


async def test_a_named_tip_shows_who_reported(stage: Stage) -> None:
    _code, card = await reported(stage, stage.binh, "xe đậu chắn lối đi")
    assert "Người báo: Bình" in text_of(card)


async def test_the_receipt_says_that_it_is_neither_113_nor_the_legal_acceptance(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    receipt = text_of(await told(stage, stage.an, "Tin đã được ghi nhận"))
    assert "không thay cho 113" in receipt
    assert "biên bản" in receipt


async def test_choices_answer_to_numbers_and_to_typed_words(stage: Stage) -> None:
    await drafted(stage, stage.an, "mất xe đạp")
    stage.an.says("2")
    assert "không thấy tên" in text_of(await told(stage, stage.an, "Tin đã được ghi nhận"))
    await drafted(stage, stage.binh, "hỏng đèn đường")
    stage.binh.says("gui")
    assert "không thấy tên" not in text_of(await told(stage, stage.binh, "Tin đã được ghi nhận"))


@pytest.mark.telegram_only("Zalo hands no location over")
async def test_what_follows_at_once_joins_the_same_draft_without_another_question(stage: Stage) -> None:
    card = await drafted(stage, stage.an, "mất xe đạp")
    stage.an.says("màu xanh, để ở ngõ 12")
    stage.an.sends_location(21.1, 105.9)
    assert await stage.sandbox.until(lambda: "ngõ 12" in text_of(stage.an.chat_with().history[card["message_id"]]))
    await stage.rests()
    assert "1 tệp hoặc vị trí" in text_of(stage.an.chat_with().history[card["message_id"]])
    assert len([m for m in stage.an.chat_with().messages if m["from"]["is_bot"]]) == 1


async def test_a_photo_alone_begins_a_draft_and_arrives_with_the_card(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(note="nhà An"))
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "1 tệp"), "Gửi")
    shown = await stage.sandbox.wait_for(stage.desk, lambda m: "photo" in m)
    assert topic_of(stage, shown) == "Tiếp nhận"


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edited_message_changes_the_draft(stage: Stage) -> None:
    said = stage.an.says("mất xe đạp")
    card = await with_button(stage, stage.an.chat_with(), "Gửi", "mất xe đạp")
    stage.an.edits(said, "mất xe máy")
    assert await stage.sandbox.until(lambda: "mất xe máy" in text_of(stage.an.chat_with().history[card["message_id"]]))


async def test_a_draft_can_be_written_anew(stage: Stage) -> None:
    stage.an.presses(await drafted(stage, stage.an, "mất xe đạp"), "Sửa")
    await told(stage, stage.an, "nhắn lại nội dung")
    stage.an.says("mất xe máy")
    card = await with_button(stage, stage.an.chat_with(), "Gửi", "mất xe máy")
    assert "xe đạp" not in text_of(card)


async def test_a_dropped_draft_leaves_nothing(stage: Stage) -> None:
    stage.an.presses(await drafted(stage, stage.an, "mất xe đạp"), "Huỷ")
    await told(stage, stage.an, "bỏ tin này")
    await stage.sees_nothing(stage.desk, "xe đạp", within=0.2)
    await drafted(stage, stage.an, "hỏng đèn")
    stage.an.says("/huy")
    await told(stage, stage.an, "bỏ tin này", after=await told(stage, stage.an, "bỏ tin này"))


async def test_numbers_of_phones_and_papers_are_hidden(stage: Stage) -> None:
    stage.an.says("gọi tôi 0912 345 678, cccd 001099123456")
    card = await with_button(stage, stage.an.chat_with(), "Gửi")
    assert "đừng gửi số hay ảnh căn cước" in text_of(card)
    stage.an.presses(card, "Gửi")
    seen = text_of(await stage.sees(stage.desk, "[số điện thoại 1]"))
    assert "678" not in seen
    assert "123456" not in seen


async def test_a_draft_is_recalled_once_and_then_erased(stage: Stage) -> None:
    await drafted(stage, stage.an, "mất xe đạp")
    await passes(stage, "draft-recall")
    recall = await told(stage, stage.an, "chưa gửi. Gửi giúp")
    assert "Ẩn danh" in labels(recall)
    await passes(stage, "draft-erase")
    await told(stage, stage.an, "em đã xoá")
    stage.an.says("1")
    await with_button(stage, stage.an.chat_with(), "Gửi", "1")
    await stage.sees_nothing(stage.desk, "xe đạp", within=0.1)


async def test_a_sent_tip_is_neither_recalled_nor_erased(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    await passes(stage, "draft-recall")
    await passes(stage, "draft-erase")
    await stage.sees_nothing(stage.an.chat_with(), "chưa gửi. Gửi giúp", within=0.1)
    stage.an.says("/trangthai")
    await told(stage, stage.an, "Đã nhận")


@pytest.mark.telegram_only("Zalo hands no documents over")
async def test_a_file_that_cannot_be_cleaned_is_withheld_and_its_sender_told(stage: Stage) -> None:
    stage.an.sends_document(b"%PDF-1.7 nothing", "don.pdf", "application/pdf", caption="đơn của tôi")
    assert "gửi lại dạng ảnh thường" in text_of(await told(stage, stage.an, "cất kín"))
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "đơn của tôi"), "Ẩn danh")
    card = await stage.sees(stage.desk, "đơn của tôi")
    assert "1 tệp cất kín" in text_of(card)
    assert not [m for m in stage.desk.messages if "document" in m]


@pytest.mark.telegram_only("Zalo hands no documents over")
async def test_a_file_that_is_too_big_is_explained(stage: Stage) -> None:
    stage.an.sends_document(bytes(21 * 1024 * 1024), "phim.bin")
    await told(stage, stage.an, "lớn hơn 20 MB")
    await stage.rests()
    assert not [m for m in stage.an.chat_with().messages if "Ẩn danh" in labels(m)]


async def test_a_sticker_or_an_unknown_command_is_answered_kindly(stage: Stage) -> None:
    stage.an.says("/khongco")
    await told(stage, stage.an, "chưa biết lệnh này")
    stage.an.sends_sticker()
    await told(stage, stage.an, "chưa hiểu được")


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_another_persons_draft_cannot_be_sent(stage: Stage) -> None:
    await drafted(stage, stage.an, "mất xe đạp")
    mine = await drafted(stage, stage.binh, "đèn hỏng")
    for data in ("tip-send:1", "tip-hide:1", "tip-drop:1", "tip-send:x", "tip-send:", "tip-ward:1:1"):
        assert "cũ" in await forges(stage, stage.binh, mine, data)
    await stage.sees_nothing(stage.desk, "xe đạp", within=0.1)


async def test_without_any_ward_the_numbers_are_given(bare_stage: Stage) -> None:
    bare_stage.an.says("cháy nhà rồi")
    await told(bare_stage, bare_stage.an, "114")
    await told(bare_stage, bare_stage.an, "chưa được nối với công an")
