"""Tips that begin in a group, or at the desk from what was relayed."""

import pytest

from bot.domain.codes import find_code
from bot.sandbox import sample_photo
from tests.cast import Stage, text_of
from tests.conversations.reporting import answer, labels, told, topic_of, with_button
from tests.conversations.test_relay_merged import busy, three_in_one  # noqa: F401 - a fixture


@pytest.mark.telegram_only("no replies")
async def test_tinbao_in_a_group_makes_a_tip_with_a_receipt_in_reply(stage: Stage) -> None:
    said = stage.an.says("/tinbao xe đậu chắn ngõ 12", stage.group5)
    receipt = await stage.sees(stage.group5, "Tin đã được ghi nhận")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    code = find_code(text_of(receipt))
    card = await with_button(stage, stage.desk, "Tiếp nhận", "chắn ngõ 12")
    assert code
    assert code in text_of(card)
    assert "Người báo: An" in text_of(card)
    stage.dung.presses(card, "Tiếp nhận")
    stage.an.starts(stage.bot)
    await stage.rests()


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_bare_tinbao_is_taken_down_and_goes_on_in_private(stage: Stage) -> None:
    stage.group5.promote(stage.bot, can_delete_messages=True)
    said = stage.an.says("/tinbao", stage.group5)
    offer = await stage.sees(stage.group5, "nhắn riêng cho em")
    await stage.rests()
    assert said["message_id"] not in stage.group5.history
    press = stage.an.presses(offer, "riêng")
    assert press.url
    stage.an.opens(press.url)
    assert "Phường Hoa Sữa" in text_of(await told(stage, stage.an, "Chào bác"))


@pytest.mark.telegram_only("no replies")
async def test_a_relayed_message_becomes_a_tip_once(stage: Stage) -> None:
    said = stage.an.says("/gui mất xe đạp ở ngõ 12", stage.group5)
    relayed = await with_button(stage, stage.desk, "Lập tin", "mất xe đạp")
    assert "Đã lập tin TB-" in await answer(stage, stage.dung, relayed, "Lập tin")
    card = await with_button(stage, stage.desk, "Tiếp nhận", "mất xe đạp")
    assert topic_of(stage, card) == "Tiếp nhận"
    assert "Người báo: An" in text_of(card)
    assert "/gui" not in text_of(card)
    receipt = await stage.sees(stage.group5, "Tin đã được ghi nhận")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    assert "đã được lập" in await answer(stage, stage.giang, relayed, "Lập tin")


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edited_relay_keeps_its_button(stage: Stage) -> None:
    said = stage.an.says("/gui mất xe đạp", stage.group5)
    relayed = await with_button(stage, stage.desk, "Lập tin", "mất xe đạp")
    stage.an.edits(said, "/gui mất xe máy")
    assert await stage.sandbox.until(lambda: "xe máy" in text_of(stage.desk.history[relayed["message_id"]]))
    assert "Lập tin" in labels(stage.desk.history[relayed["message_id"]])


async def test_a_tip_from_a_withdrawn_message_is_refused(stage: Stage) -> None:
    said = stage.an.says("/gui mất xe đạp", stage.group5)
    relayed = await with_button(stage, stage.desk, "Lập tin", "mất xe đạp")
    current = dict(relayed)
    stage.an.says("/rut", stage.group5, reply_to=said)
    await stage.rests()
    press = stage.dung.press(stage.desk, current, {"text": "x", "callback_data": "tip-from"})
    assert await stage.sandbox.until(lambda: press.answer is not None)
    await stage.sees_nothing(stage.desk, "KHẨN", within=0)
    assert not [m for m in stage.desk.messages if "Tiếp nhận" in labels(m)]


@pytest.mark.telegram_only("no anonymous admins")
async def test_a_chat_that_speaks_is_sent_to_the_private_chat(stage: Stage) -> None:
    stage.hoa.says("/tinbao mất xe", stage.group5, anonymous=True)
    await stage.sees(stage.group5, "nói thay cả nhóm")


async def test_a_photo_with_tinbao_in_a_group_is_sealed_as_evidence(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(), stage.group5, caption="/tinbao rác đổ trộm")
    await with_button(stage, stage.desk, "Tiếp nhận", "rác đổ trộm")
    shown = await stage.sandbox.wait_for(stage.desk, lambda m: "photo" in m)
    assert topic_of(stage, shown) == "Tiếp nhận"


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edited_message_makes_a_tip_of_its_new_words(stage: Stage) -> None:
    said = stage.an.says("/gui mất xe đạp", stage.group5)
    relayed = await with_button(stage, stage.desk, "Lập tin", "mất xe đạp")
    stage.an.edits(said, "/gui mất xe máy")
    assert await stage.sandbox.until(lambda: "xe máy" in text_of(stage.desk.history[relayed["message_id"]]))
    stage.dung.presses(relayed, "Lập tin")
    assert "xe máy" in text_of(await with_button(stage, stage.desk, "Tiếp nhận"))


async def test_of_several_peoples_messages_in_one_staff_choose(busy: Stage) -> None:  # noqa: F811
    seen, _said = await three_in_one(busy)
    busy.dung.presses(seen, "Lập tin")
    choice = await busy.sees(busy.desk, "Lập tin từ tin nào")
    busy.dung.presses(choice, "Bình: ")
    card = await with_button(busy, busy.desk, "Tiếp nhận", "hai")
    assert "Người báo: Bình" in text_of(card)
    assert "ba" not in text_of(card).split()
