"""Pictures that the desk must not see: identity cards, children, families."""

from typing import Any

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
