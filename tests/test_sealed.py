"""Who reports is readable nowhere: not in the database, in files, in logs, nor in what is printed of a message."""

import logging
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.messages import Attachment, Chat, ChatKind, EventKind, Incoming, MediaKind, Person
from bot.sandbox import Sandbox, sample_photo
from data import tables as t
from data.tips import Informant, tip_by_id
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


async def test_the_same_person_has_another_key_in_every_table(played: Stage, tmp_path: Path) -> None:
    app = App(settings_for(played.sandbox, tmp_path))
    address = f"telegram:{played.suong.id}"

    def keys(work: Any) -> list[str]:
        columns = (t.reporters.c.person_key, t.people.c.person_key, t.relays.c.author_key, t.conversations.c.chat_key)
        return [row[0] for column in columns for row in work.all(select(column).distinct())]

    found = await app.database.write(keys)
    purposes = (
        "reporter",
        "person",
        "author",
        "conversation",
        "delivery",
        "actor",
        "handler",
        "inbox",
        "role",
        "tries",
    )
    hashed = [app.seal.lookup(purpose, address) for purpose in purposes]
    assert len(set(hashed)) == len(purposes)
    assert app.seal.lookup("reporter", address) in found
    assert app.seal.lookup("author", address) in found
    await app.stop()


async def test_what_is_printed_of_things_says_nothing(played: Stage, tmp_path: Path) -> None:
    app = App(settings_for(played.sandbox, tmp_path))
    tip = await app.database.write(lambda work: tip_by_id(work, 1))
    person = Person("telegram", str(played.suong.id), NAME)
    chat = Chat("telegram", person.id, ChatKind.PRIVATE)
    place = Attachment(MediaKind.LOCATION, latitude=PLACE[0], longitude=PLACE[1], name="anh_nha_suong")
    event = Incoming("telegram", "1", EventKind.MESSAGE, chat, person, text="ma tuý", attachments=(place,))
    printed = repr([tip, person, chat, place, event, Informant(person.address, NAME, ("+84912345678",))])
    for secret in (person.id, NAME, "ma tuý", "21.03", "anh_nha_suong", "+84912345678"):
        assert secret not in printed
    await app.stop()
