"""Pictures, films, voices, places and albums go both ways between a group and its desk."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox import sample_photo
from bot.sandbox.contents import media_content
from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage, is_picture, text_of
from tests.media_samples import PLACE, movie, photo, song, voice

FILES = {
    "photo": sample_photo(),
    "video": movie(),
    "animation": movie(),
    "voice": voice(),
    "audio": song(),
    "document": b"%PDF-1.4 " + bytes(20),
}
BIG = 21 * 1024 * 1024


def of_kind(chat: Any, kind: str) -> list[dict[str, Any]]:
    return [message for message in chat.messages if kind in message]


def album(chat: Any, bot: Any) -> list[dict[str, Any]]:
    """The items of the albums that the bot sent to this chat."""
    return [m for m in chat.messages if "media_group_id" in m and m["from"]["id"] == bot.id]


async def arrives(stage: Stage, chat: Any, kind: str, after: int = 0) -> dict[str, Any]:
    return await stage.sandbox.wait_for(
        chat, lambda m: kind in m and m["from"]["id"] == stage.bot.id and m["message_id"] > after
    )


async def asked(stage: Stage) -> dict[str, Any]:
    """Something that An said, as the desk sees it."""
    stage.an.says("/gui nước ngập", stage.group5)
    return await stage.sees(stage.desk, "nước ngập")


# --- one thing


@pytest.mark.telegram_only("kinds of files that Zalo has not")
async def test_every_kind_of_file_reaches_the_desk_and_comes_back_as_an_answer(stage: Stage) -> None:
    for kind, content in FILES.items():
        stage.an.sends(kind, content, stage.group5, name="tep", caption=f"@binhyen_bot xem {kind}")
        seen = await stage.sees(stage.desk, f"An: xem {kind}")
        assert kind in seen
        assert stage.desk.topics[seen["message_thread_id"]].name == "Tổ 5"
        stage.dung.sends(kind, content, stage.desk, name="tep", caption=f"đã nhận {kind}", reply_to=seen)
        told = await stage.sees(stage.group5, f"Công an · Phường Hoa Sữa: đã nhận {kind}")
        assert kind in told
        assert told["reply_to_message"]["from"]["id"] == stage.an.id


async def test_gui_as_a_caption_leaves_the_desk_to_the_topics_group(stage: Stage) -> None:
    topic = (await asked(stage))["message_thread_id"]
    stage.dung.sends_photo(FILES["photo"], stage.desk, caption="/gui sơ đồ chốt trực", topic=topic)
    told = await stage.sandbox.wait_for(stage.group5, is_picture)
    assert text_of(told) == "Công an · Phường Hoa Sữa: sơ đồ chốt trực"
    stage.dung.sends_photo(FILES["photo"], stage.desk, caption="ảnh nội bộ", topic=topic)
    await stage.rests()
    assert sum(is_picture(message) for message in stage.group5.messages) == 1


@pytest.mark.telegram_only("Zalo hands no location over")
async def test_things_without_a_caption_follow_their_words_both_ways(stage: Stage) -> None:
    seen = await asked(stage)
    answer = stage.dung.says("Ở đâu ạ?", stage.desk, reply_to=seen)
    told = await stage.sees(stage.group5, "Ở đâu ạ?")
    stage.an.sends_location(21.5, 105.5, stage.group5, reply_to=told)
    stage.an.sends_contact("0912345678", "Tổ trưởng", stage.group5, reply_to=told)
    stage.an.sends_sticker(b"WEBP", stage.group5, reply_to=told)
    for kind in ("location", "contact", "sticker"):
        copy = await arrives(stage, stage.desk, kind)
        words = stage.desk.history[copy["reply_to_message"]["message_id"]]
        assert text_of(words).startswith("An:")
        assert words["reply_to_message"]["message_id"] == answer["message_id"]
    stage.dung.sends_location(21.6, 105.6, stage.desk, reply_to=seen)
    back = await arrives(stage, stage.group5, "location")
    assert back["location"]["latitude"] == 21.6


@pytest.mark.telegram_only("Zalo hands no documents over")
async def test_a_pictures_place_never_reaches_the_desk(stage: Stage) -> None:
    original = photo(size=(400, 200))
    assert PLACE in original
    stage.an.sends_document(original, "anh.jpg", "image/jpeg", stage.group5, caption="/gui ảnh xe")
    seen = await arrives(stage, stage.desk, "document")
    kept = stage.sandbox.files.find(seen["document"]["file_id"]).content
    assert PLACE not in kept
    assert b"Exif" not in kept
    assert seen["document"]["file_name"] == "anh.jpg"


@pytest.mark.telegram_only("its limit is tested in tests/platforms")
async def test_a_file_beyond_twenty_megabytes_is_told_to_its_sender_with_what_to_do(stage: Stage) -> None:
    stored = stage.sandbox.files.add("document", b"big", "phim.mkv", "video/x-matroska")
    content = media_content(stored, "/gui xem phim này")
    content["document"]["file_size"] = BIG
    said = stage.an.post(stage.group5, content)
    told = await stage.sees(stage.group5, "lớn hơn 20 MB")
    assert told["reply_to_message"]["message_id"] == said["message_id"]
    assert "gửi bản ngắn hơn" in text_of(told)
    seen = await stage.sees(stage.desk, "xem phim này")  # the words go on without the file
    stage.dung.post(stage.desk, content | {"caption": "phim"}, reply_to=seen)
    await stage.sees(stage.desk, "lớn hơn 20 MB")
    assert not of_kind(stage.desk, "document")[1:]


@pytest.mark.telegram_only("nobody edits a message on Zalo")
async def test_an_edited_caption_follows(stage: Stage) -> None:
    said = stage.an.sends_photo(FILES["photo"], stage.group5, caption="@binhyen_bot xe 29A")
    seen = await stage.sees(stage.desk, "29A")
    stage.an.edits(said, "@binhyen_bot xe 30H")
    assert (await stage.sees(stage.desk, "30H"))["message_id"] == seen["message_id"]
    answer = stage.dung.sends_photo(FILES["photo"], stage.desk, caption="xe này?", reply_to=seen)
    told = await stage.sees(stage.group5, "xe này?")
    stage.dung.edits(answer, "xe kia?")
    assert (await stage.sees(stage.group5, "xe kia?"))["message_id"] == told["message_id"]


# --- albums


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_an_album_is_one_album_at_the_desk_and_back(stage: Stage) -> None:
    stage.group5.promote(stage.bot)
    items = [FILES["photo"], ("video", FILES["video"]), FILES["photo"]]
    stage.an.sends_album(items, stage.group5, caption="@binhyen_bot hiện trường")
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 3)
    seen = album(stage.desk, stage.bot)
    assert len({message["media_group_id"] for message in seen}) == 1
    assert [text_of(message) for message in seen] == ["An: hiện trường", "", ""]
    stage.dung.sends_album(items, stage.desk, caption="đúng chỗ này không?", reply_to=seen[1])
    assert await stage.sandbox.until(lambda: len(album(stage.group5, stage.bot)) == 3)
    told = album(stage.group5, stage.bot)
    assert len({message["media_group_id"] for message in told}) == 1
    assert "đúng chỗ này không?" in text_of(told[0])


@pytest.mark.telegram_only("no albums")
async def test_under_privacy_mode_only_the_item_with_the_mention_is_heard(stage: Stage) -> None:
    stage.an.sends_album([FILES["photo"]] * 3, stage.group5, caption="@binhyen_bot hiện trường")
    seen = await arrives(stage, stage.desk, "photo")
    await stage.rests()
    assert "media_group_id" not in seen
    assert len(of_kind(stage.desk, "photo")) == 1


@pytest.mark.telegram_only("no albums")
async def test_an_album_that_answers_the_bot_is_heard_whole(stage: Stage) -> None:
    stage.dung.says("Có ảnh không?", stage.desk, reply_to=await asked(stage))
    told = await stage.sees(stage.group5, "Có ảnh không?")
    stage.an.sends_album([FILES["photo"]] * 2, stage.group5, reply_to=told)
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 2)
    assert len({message["media_group_id"] for message in album(stage.desk, stage.bot)}) == 1


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_an_album_of_files_is_cleaned_and_stays_one(stage: Stage) -> None:
    stage.group5.promote(stage.bot)
    files = [("document", photo()), ("document", b"text"), ("document", photo("PNG"))]
    stage.an.sends_album(files, stage.group5, caption="/gui giấy tờ nhà")
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 3)
    contents = [stage.sandbox.files.find(m["document"]["file_id"]).content for m in album(stage.desk, stage.bot)]
    assert not any(PLACE in content for content in contents)


@pytest.mark.telegram_only("no albums")
async def test_an_edited_album_caption_follows_and_a_withdrawn_album_goes_whole(stage: Stage) -> None:
    stage.group5.promote(stage.bot)
    said = stage.an.sends_album([FILES["photo"]] * 3, stage.group5, caption="@binhyen_bot trước")
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 3)
    stage.an.edits(said[0], "@binhyen_bot sau")
    await stage.sees(stage.desk, "An: sau")
    stage.binh.says("/rut", stage.group5, reply_to=said[0])
    await stage.sees(stage.group5, "Chỉ người viết tin")
    stage.an.says("/rut", stage.group5, reply_to=said[0])
    assert await stage.sandbox.until(lambda: not album(stage.desk, stage.bot))
    assert not album(stage.desk, stage.bot)


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_a_second_captions_edit_leaves_the_first_caption_alone(stage: Stage) -> None:
    stage.group5.promote(stage.bot)
    items = [("photo", FILES["photo"], "@binhyen_bot một"), ("photo", FILES["photo"], "hai")]
    said = stage.an.sends_album(items, stage.group5)
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 2)
    stage.an.edits(said[1], "@binhyen_bot hai rưỡi")
    await stage.rests()
    assert "một" in text_of(album(stage.desk, stage.bot)[0])


@pytest.mark.telegram_only("no admins that a bot hears of")
async def test_of_a_withdrawn_album_no_source_is_kept(stage: Stage) -> None:
    stage.group5.promote(stage.bot)
    said = stage.an.sends_album([FILES["photo"]] * 2, stage.group5, caption="/gui nhầm")
    assert await stage.sandbox.until(lambda: len(album(stage.desk, stage.bot)) == 2)
    stage.an.says("/rut", stage.group5, reply_to=said[1])
    assert await stage.sandbox.until(lambda: not album(stage.desk, stage.bot))
    await stage.rests()
    assert stage.app is not None
    assert await stage.app.database.write(kept_sources) == 0


def kept_sources(work: Work) -> int:
    return len(work.all(select(t.relays.c.id).where(t.relays.c.sealed.is_not(None))))
