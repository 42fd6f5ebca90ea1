import io

import pytest
from PIL import Image

from bot.sandbox import sample_photo
from tests.sandbox.client import RefusedError


async def test_a_photo_loses_its_metadata_and_a_document_keeps_every_byte(cast):
    taken = sample_photo(900, 700, note="nha ong Tu")
    assert b"nha ong Tu" in taken
    photo = cast.an.sends_photo(taken)["photo"][-1]
    document = cast.an.sends_document(taken, "anh.jpg", "image/jpeg")["document"]
    shown = await cast.api.download(photo["file_id"])
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert b"Exif" not in shown
    assert len(shown) == photo["file_size"]
    assert await cast.api.download(document["file_id"]) == taken
    assert document["mime_type"] == "image/jpeg"


async def test_a_photo_comes_in_sizes_smallest_first(cast):
    sizes = cast.an.sends_photo(sample_photo(2000, 1000))["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 45), (1280, 640)]


async def test_what_a_bot_uploads_it_can_send_again_by_its_id(cast):
    cast.an.starts()
    sent = await cast.api("sendDocument", {"document": b"\x00\xffbytes"}, chat_id=cast.an.id, caption="tệp")
    again = await cast.api("sendDocument", chat_id=cast.group.id, document=sent["document"]["file_id"])
    assert await cast.api.download(again["document"]["file_id"]) == b"\x00\xffbytes"


@pytest.mark.parametrize(
    ("method", "kind"),
    [("sendVideo", "video"), ("sendAnimation", "animation"), ("sendVoice", "voice"), ("sendVideoNote", "video_note"),
     ("sendAudio", "audio"), ("sendDocument", "document"), ("sendSticker", "sticker"), ("sendPhoto", "photo")],
)  # fmt: skip
async def test_every_kind_is_sent_and_received(cast, method, kind):
    content = sample_photo() if kind == "photo" else b"content"
    cast.an.sends(kind, content)
    assert kind in (await cast.api.news())[-1]["message"]
    assert kind in await cast.api(method, {kind: content}, chat_id=cast.an.id)


async def test_a_file_cannot_change_its_kind(cast):
    photo = cast.an.sends_photo(sample_photo())["photo"][-1]["file_id"]
    with pytest.raises(RefusedError, match="can't use file of type Photo as Document"):
        await cast.api("sendDocument", chat_id=cast.an.id, document=photo)
    with pytest.raises(RefusedError, match="wrong file identifier"):
        await cast.api("sendPhoto", chat_id=cast.an.id, photo="https://example.org/a.jpg")


async def test_more_than_twenty_megabytes_cannot_be_downloaded(cast):
    big = cast.an.sends_document(bytes(20 * 1024 * 1024 + 1))["document"]
    with pytest.raises(RefusedError, match="file is too big"):
        await cast.api("getFile", file_id=big["file_id"])


async def test_photos_above_ten_and_uploads_above_fifty_megabytes_are_refused(cast):
    cast.an.starts()
    with pytest.raises(RefusedError, match="too big"):
        await cast.api("sendPhoto", {"photo": bytes(10 * 1024 * 1024 + 1)}, chat_id=cast.an.id)
    for size in (51, 61):
        with pytest.raises(RefusedError, match="Too Large") as refused:
            await cast.api("sendDocument", {"document": bytes(size * 1024 * 1024)}, chat_id=cast.an.id)
        assert refused.value.status == 413
    cast.witness.violations = [line for line in cast.witness.violations if "sendDocument" not in line]


async def test_what_is_no_picture_is_no_photo(cast):
    cast.an.starts()
    with pytest.raises(RefusedError, match="IMAGE_PROCESS_FAILED"):
        await cast.api("sendPhoto", {"photo": b"not a picture"}, chat_id=cast.an.id)


async def test_places_and_contacts_travel(cast):
    cast.an.sends_location(21.0, 105.8)
    cast.an.sends_contact("+84900000000")
    place, contact = [update["message"] for update in await cast.api.news()]
    assert place["location"] == {"latitude": 21.0, "longitude": 105.8}
    assert contact["contact"]["user_id"] == cast.an.id
    sent = await cast.api("sendVenue", chat_id=cast.an.id, latitude=21, longitude=105.8, title="Trụ sở", address="Số 1")
    assert sent["venue"]["title"] == "Trụ sở"
    await cast.api("sendContact", chat_id=cast.an.id, phone_number="113", first_name="Công an")
    await cast.api("sendLocation", chat_id=cast.an.id, latitude=21, longitude=105.8)
