"""Who reports on Zalo is readable nowhere either, nor is the link by which their picture came or a link's token."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.sandbox import Sandbox, sample_photo
from tests.conversations.reporting import told, with_button
from tests.media_aac import voice
from tests.test_sealed import GPS, kept
from tests.zalo_cast import Neighbour, ZaloStage, zalo_settings

NAME = "Nguyễn Thị Sương"


@pytest.fixture
async def played(sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Any:
    """An anonymous tip with words, a picture and a voice; a relay by the same person, and a picture that answers it."""
    caplog.set_level(logging.DEBUG)
    stage = ZaloStage(sandbox, None)
    stage.suong = Neighbour(stage.zalo.add_person(NAME))
    stage.app = App(zalo_settings(sandbox, tmp_path, stage.zalo.url))
    await stage.app.start()
    await stage.set_up_ward()
    stage.group5.join(stage.suong.person)
    await act(stage)
    await stage.app.stop()
    return stage


async def act(stage: ZaloStage) -> None:
    stage.suong.says("đèn đường trước chợ hỏng", stage.group5)
    seen = await stage.sees(stage.desk, "trước chợ")
    stage.dung.sends_photo(sample_photo(), stage.desk, caption="có phải cột này?", reply_to=seen)
    await stage.sees(stage.group5, "cột này")
    stage.suong.says("nhà đối diện chợ bán ma tuý")
    await with_button(stage, stage.suong.chat_with(), "Ẩn danh", "ma tuý")
    stage.suong.sends_photo(sample_photo(note="nha toi"))
    stage.suong.sends_voice(voice())
    card = await with_button(stage, stage.suong.chat_with(), "Ẩn danh", "2 tệp")
    stage.suong.presses(card, "Ẩn danh")
    await told(stage, stage.suong, "Tin đã được ghi nhận")
    stage.dung.presses(await with_button(stage, stage.desk, "Tiếp nhận", "ma tuý"), "Tiếp nhận")
    await told(stage, stage.suong, "Cán bộ đã tiếp nhận")
    await stage.rests()


def secrets_of(stage: ZaloStage) -> list[str]:
    """Who it was, where their files lay, and what a lent file was called."""
    mine = [m for chat in (stage.suong.chat_with(), stage.group5) for m in chat.messages]
    links = [str(m[key]) for m in mine for key in ("photo_url", "voice_url") if m.get(key)]
    return [stage.suong.id, NAME, "Sương", *links]


async def test_nothing_kept_says_who_reported(played: Any, tmp_path: Path) -> None:
    files = kept(tmp_path)
    assert sum("vault" in path.parts for path in files) >= 4
    for path in files:
        content = path.read_bytes()
        for secret in [*(word.encode() for word in secrets_of(played)), *GPS]:
            assert secret not in content, (path.name, secret)


async def test_logs_say_nothing_of_people_words_or_links(played: Any, caplog: pytest.LogCaptureFixture) -> None:
    ours = [r for r in caplog.records if r.name.startswith(("bot", "data", "handlers")) or r.levelno >= logging.WARNING]
    text = "\n".join(record.getMessage() + (record.exc_text or "") for record in ours)
    for secret in (*secrets_of(played), "ma tuý", "/media/", "900:ZALOTEST"):
        assert secret not in text


async def test_staff_never_see_who(played: Any) -> None:
    assert not any("Sương" in str(message) for message in played.desk.messages if "ma tuý" in str(message))
