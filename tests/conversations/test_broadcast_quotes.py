"""What a command replies to is known to that command only; files lose their metadata before they go to every group."""

import json
from typing import Any

import pytest

from bot.platforms.telegram.convert import Ears, convert
from bot.platforms.telegram.wire import Update, read_update
from bot.sandbox import sample_photo
from tests.cast import Stage, is_picture

EARS = Ears(1, "binhyen_bot", frozenset({"phat", "gui"}), frozenset({"phat"}))
CHAT = {"id": -5, "type": "supergroup", "title": "Trực ban"}
DUNG = {"id": 7, "first_name": "Dũng", "is_bot": False}


def update(text: str, **answered: Any) -> Update:
    """Somebody replies to a message with a command."""
    old = {"message_id": 8, "date": 1, "chat": CHAT, "from": DUNG, "text": "nhà số 5"} | answered
    new = {"message_id": 9, "date": 2, "chat": CHAT, "from": DUNG, "text": text, "reply_to_message": old}
    return read_update(json.dumps({"update_id": 1, "message": new}))


def test_only_a_command_that_quotes_keeps_what_it_replies_to() -> None:
    (sent,) = convert(update("/phat"), EARS)
    assert sent.quoted is not None
    assert sent.quoted.html == "nhà số 5"
    for text in ("/gui", "/phat@other_bot", "@binhyen_bot phat", "x /phat"):
        assert all(event.quoted is None for event in convert(update(text), EARS))


def test_what_a_bot_said_has_no_sender() -> None:
    (sent,) = convert(update("/phat", **{"from": {"id": 1, "first_name": "Bình Yên", "is_bot": True}}), EARS)
    assert sent.quoted is not None
    assert sent.quoted.sender is None


async def test_a_quoted_picture_goes_with_words_of_ones_own(stage: Stage) -> None:
    shown = stage.dung.sends_photo(sample_photo(64, 48), stage.desk)
    stage.dung.says("/phat Xe này vừa mất", stage.desk, reply_to=shown)
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    assert is_picture(await stage.sees(stage.group5, "Xe này vừa mất"))


@pytest.mark.telegram_only("a file arrives as a link")
async def test_a_quoted_file_goes_without_its_metadata(stage: Stage) -> None:
    picture = sample_photo(64, 48, note="10.77,106.70")
    shown = stage.dung.sends_document(picture, "xe.jpg", "image/jpeg", stage.desk)
    stage.dung.says("/phat", stage.desk, reply_to=shown)
    stage.dung.presses(await stage.sees(stage.desk, "Xem trước"), "Gửi ngay")
    stage.em.presses(await stage.sees(stage.desk, "Chờ duyệt"), "Duyệt")
    sent = await stage.sees(stage.group5, "🔒 Bot")
    assert sent["document"]["file_name"] == "xe.jpg"
    assert b"10.77" in picture
    assert b"10.77" not in stage.dung.world.files.find(sent["document"]["file_id"]).content


async def test_a_sticker_is_no_broadcast(stage: Stage) -> None:
    place = stage.dung.sends_location(10.77, 106.7, stage.desk)
    stage.dung.says("/phat", stage.desk, reply_to=place)
    await stage.sees(stage.desk, "Em phát được chữ")
