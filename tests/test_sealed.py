"""Who reports is readable nowhere: not in the database, in files, in logs, nor in what is printed of a message."""

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.sandbox import Sandbox, sample_photo
from data import tables as t
from tests.cast import Stage, settings_for
from tests.conversations.reporting import told, with_button

NAME = "Nguyễn Thị Sương"
USERNAME = "suong_bi_mat"
PLACE = (21.034567, 105.838765)
GPS = (b"Exif", b"GPS", b"21.034567", b"105.838765", b"21.0345", b"105.8387", b"nha toi")


@pytest.fixture
async def played(sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Stage:
    """An anonymous tip with text, place and a photo sent as a file; a relay in a group by the same person."""
    caplog.set_level(logging.DEBUG)
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    stage.suong = sandbox.add_person(NAME, USERNAME)
    await app.start()
    await stage.set_up_ward()
    stage.group5.join(stage.suong)
    await act(stage)
    await app.stop()
    return stage


async def act(stage: Stage) -> None:
    """What happens: a draft, its files, sending, acceptance, a question, an answer, a relay, a second draft."""
    stage.suong.says("/gui đèn đường trước chợ hỏng", stage.group5)
    await stage.sees(stage.desk, "trước chợ")
    stage.suong.says("nhà đối diện chợ bán ma tuý")
    await with_button(stage, stage.suong.chat_with(), "Ẩn danh", "ma tuý")
    stage.suong.sends_document(sample_photo(note="nha toi"), "anh_nha_suong.jpg", "image/jpeg")
    stage.suong.sends_location(*PLACE)
    card = await with_button(stage, stage.suong.chat_with(), "Ẩn danh", "2 tệp")
    stage.suong.presses(card, "Ẩn danh")
    await told(stage, stage.suong, "Tin đã được ghi nhận")
    seen = await with_button(stage, stage.desk, "Tiếp nhận", "ma tuý")
    stage.dung.presses(seen, "Tiếp nhận")
    await told(stage, stage.suong, "Cán bộ đã tiếp nhận")
    own = await with_button(stage, stage.desk, "Đóng", "đang xử lý")
    stage.dung.says("/gui Từ mấy giờ ạ?", stage.desk, reply_to=own)
    await told(stage, stage.suong, "Từ mấy giờ")
    stage.suong.says("từ tối qua")
    await stage.sees(stage.desk, "từ tối qua")
    stage.suong.says("/tinbao thêm một việc nữa")
    await with_button(stage, stage.suong.chat_with(), "Ẩn danh", "thêm một việc")
    await stage.rests()


def spellings(person: Any) -> list[bytes]:
    """Every way in which somebody could be recognised."""
    number = str(person.id)
    known = [number, NAME, USERNAME, "Sương", "anh_nha_suong", f"telegram:{number}"]
    binary = [person.id.to_bytes(size, order) for size in (4, 8) for order in ("big", "little")]
    return [word.encode() for word in known] + [word.encode("utf-16-le") for word in known] + binary


def kept(folder: Path) -> list[Path]:
    """Every file that the bot left."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_nothing_kept_says_who_reported_or_from_where(played: Stage, tmp_path: Path) -> None:
    files = kept(tmp_path)
    assert any(path.name.startswith("test.db") for path in files)
    assert sum("vault" in path.parts for path in files) >= 3
    for path in files:
        content = path.read_bytes()
        for secret in [*spellings(played.suong), *GPS]:
            assert secret not in content, (path.name, secret)
            assert secret.decode("latin1") not in path.name


async def test_logs_say_nothing_of_people_or_words(played: Stage, caplog: pytest.LogCaptureFixture) -> None:
    rooms = ("bot", "data", "handlers")  # libraries are heard from WARNING only (bot.logs)
    ours = [record for record in caplog.records if record.name.startswith(rooms) or record.levelno >= logging.WARNING]
    text = "\n".join(record.getMessage() + (record.exc_text or "") for record in ours)
    for secret in (str(played.suong.id), NAME, USERNAME, "ma tuý", "từ tối qua", "21.03"):
        assert secret not in text


async def test_staff_never_see_who_or_the_position_inside_a_picture(played: Stage) -> None:
    assert not any("Sương" in str(m.get("text", "")) for m in played.desk.messages if "ma tuý" in str(m))
    shown = [m for m in played.desk.messages if "document" in m]
    assert shown
    for message in shown:
        stored = played.sandbox.files.find(message["document"]["file_id"])
        assert not any(mark in stored.content for mark in GPS)
        assert "suong" not in message["document"].get("file_name", "")
    assert [m for m in played.desk.messages if "location" in m]


async def test_no_two_tables_and_no_two_tips_can_be_joined_on_a_person(played: Stage, tmp_path: Path) -> None:
    app = App(settings_for(played.sandbox, tmp_path))
    columns = (t.reporters.c.person_key, t.people.c.person_key, t.relays.c.author_key, t.conversations.c.chat_key)

    def keys(work: Any) -> list[str]:
        return [row[0] for column in columns for row in work.all(select(column).distinct())]

    def reporters(work: Any) -> list[str]:
        return [row[0] for row in work.all(select(t.reporters.c.person_key))]

    found = await app.database.write(keys)
    assert len(set(found)) == len(found), "one key stands in two tables"
    by_tip = await app.database.write(reporters)
    assert len(by_tip) > 1, "the play has a named and an anonymous tip"
    assert len(set(by_tip)) == len(by_tip), "two tips of one person share a key"
