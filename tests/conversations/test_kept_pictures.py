"""Pictures that the desk must not see: identity cards, children, families."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox import sample_photo
from data import tables as t
from tests.cast import Stage, is_picture, text_of
from tests.conversations.reporting import told, with_button
from tests.test_papers import CARD, photo


async def sent(stage: Stage, words: str, picture: bytes, how: str = "Ẩn danh") -> dict[str, Any]:
    """An reports with a picture: the card at the desk."""
    stage.an.sends_photo(picture, caption=words)
    draft = await with_button(stage, stage.an.chat_with(), "Gửi", "1 tệp")
    stage.an.presses(draft, how)
    await told(stage, stage.an, "Tin đã được ghi nhận")
    await stage.rests()
    return await with_button(stage, stage.desk, "Tiếp nhận")


async def test_a_picture_of_an_identity_card_is_not_shown_on_and_its_sender_is_told(stage: Stage) -> None:
    card = await sent(stage, "người này lừa tiền em qua mạng", photo(CARD))
    await told(stage, stage.an, "giấy tờ tuỳ thân")
    assert not [m for m in stage.desk.messages if is_picture(m)]
    assert "cất kín" in text_of(card)
    assert stage.app is not None
    held = await stage.app.database.write(lambda work: work.run(select(t.evidence.c.held)).scalar())
    assert held == "paper"


async def test_of_violence_at_home_no_picture_is_shown_and_nobody_calls_back_unasked(stage: Stage) -> None:
    card = await sent(stage, "chồng đánh vợ ở ngõ 3, có cả cháu nhỏ", sample_photo())
    assert not [m for m in stage.desk.messages if is_picture(m)]
    assert "không gọi lại" in text_of(card)
    assert "cất kín" in text_of(card)


async def test_other_pictures_are_shown(stage: Stage) -> None:
    await sent(stage, "rác đổ đầy đường gần chợ", sample_photo())
    assert [m for m in stage.desk.messages if is_picture(m)]


async def test_a_caption_that_says_so_is_believed(stage: Stage) -> None:
    card = await sent(stage, "ảnh căn cước của người lừa tiền em qua mạng", sample_photo())
    await told(stage, stage.an, "giấy tờ tuỳ thân")
    assert not [m for m in stage.desk.messages if is_picture(m)]
    assert "cất kín" in text_of(card)


async def test_in_a_relay_such_a_picture_stays_behind_and_its_words_go_on(stage: Stage) -> None:
    stage.an.sends_photo(sample_photo(), stage.group5, caption="/gui cccd của kẻ lừa đảo đây")
    await stage.sees(stage.group5, "giấy tờ tuỳ thân")
    await stage.sees(stage.desk, "kẻ lừa đảo")
    await stage.rests()
    assert not [m for m in stage.desk.messages if is_picture(m)]


@pytest.mark.telegram_only("no documents")
async def test_a_card_sent_as_a_file_is_no_more_relayed_than_one_that_is_told_of(stage: Stage) -> None:
    stage.an.sends_document(photo(CARD), "anh.jpg", "image/jpeg", stage.group5, caption="/gui kẻ này lừa đảo")
    await stage.sees(stage.group5, "giấy tờ tuỳ thân")
    await stage.rests()
    assert not [m for m in stage.desk.messages if "document" in m or is_picture(m)]
