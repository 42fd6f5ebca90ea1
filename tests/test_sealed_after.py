"""What is kept after a tip was sent tells nobody its passphrase, nor who is muted or came in to report."""

import logging
from pathlib import Path

import pytest

from bot.app import App
from bot.domain.codes import tidy
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for
from tests.conversations.after import phrase_of
from tests.conversations.reporting import reported, told, with_button
from tests.test_sealed import kept

NAME, CALLER, WHY = "Nguyễn Thị Sương", "Trần Văn Khuất", "quấy rối trực ban"


@pytest.fixture
async def secrets(sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    """A tip, its words used from another account, its sender muted, and a caller recorded: what must not be found."""
    caplog.set_level(logging.DEBUG)
    stage = Stage(sandbox, App(settings_for(sandbox, tmp_path)))
    stage.suong = sandbox.add_person(NAME, "suong_bi_mat")
    assert stage.app is not None
    await stage.app.start()
    await stage.set_up_ward()
    code, _card = await reported(stage, stage.suong, "nhà số 5 đánh bạc", "Ẩn danh")
    old = await phrase_of(stage, stage.suong)
    stage.binh.says(f"/noitiep {code} {old}")
    new = await phrase_of(stage, stage.binh, "Từ nay tin")
    stage.dung.says(f"/tamlang {code} {WHY}", stage.desk)
    await stage.sees(stage.desk, "không kêu chuông")
    stage.dung.says(f"/ghitin tên: {CALLER}, gọi 0912 345 678. Mất xe đạp", stage.desk)
    await with_button(stage, stage.desk, "Tiếp nhận", "Ghi hộ")
    stage.suong.says("/noitiep TB-260101-0000 sen11 tre22 lua33 cau44")
    await told(stage, stage.suong, "không khớp")
    await stage.rests()
    await stage.app.stop()
    people = [str(person.id) for person in (stage.suong, stage.binh)]
    return [old, new, old.split()[0], tidy(old), tidy(new), NAME, CALLER, WHY, "912345678", "345 678", *people]


async def test_no_file_that_the_bot_leaves_holds_any_of_it(secrets: list[str], tmp_path: Path) -> None:
    files = kept(tmp_path)
    assert any(path.name.startswith("test.db") for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path.name


async def test_nor_does_any_log(secrets: list[str], caplog: pytest.LogCaptureFixture) -> None:
    played = caplog.get_records("setup")
    rooms = ("bot", "data", "handlers")  # libraries are heard from WARNING only (bot.logs)
    ours = [record for record in played if record.name.startswith(rooms) or record.levelno >= logging.WARNING]
    assert played
    text = "\n".join(record.getMessage() + (record.exc_text or "") for record in ours)
    assert not [secret for secret in secrets if secret in text]
