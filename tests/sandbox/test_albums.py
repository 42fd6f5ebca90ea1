import json

import pytest

from bot.sandbox import sample_photo
from tests.sandbox.client import RefusedError


async def test_an_album_comes_as_separate_updates_of_one_group(cast):
    cast.an.sends_album([sample_photo(), ("video", b"film"), sample_photo(40, 40)], caption="ba tấm")
    messages = [update["message"] for update in await cast.api.news()]
    assert len(messages) == 3
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["ba tấm", None, None]


async def test_under_privacy_mode_only_the_item_with_the_mention_arrives(cast):
    cast.binh.sends_album([sample_photo(), ("photo", sample_photo(), "@binhyen_bot xem")], cast.group)
    messages = [update["message"] for update in await cast.api.news()]
    assert [message["caption"] for message in messages] == ["@binhyen_bot xem"]


async def test_a_bot_sends_an_album_with_uploads_and_known_files(cast):
    known = cast.an.sends_photo(sample_photo())["photo"][-1]["file_id"]
    media = [
        {"type": "photo", "media": "attach://one", "caption": "<b>một</b>", "parse_mode": "HTML"},
        {"type": "photo", "media": known},
    ]
    sent = await cast.api("sendMediaGroup", {"one": sample_photo()}, chat_id=cast.an.id, media=json.dumps(media))
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption_entities"] == [{"offset": 0, "length": 3, "type": "bold"}]
    assert [m["message_id"] for m in cast.an.chat_with().messages][-2:] == [m["message_id"] for m in sent]


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_two_to_ten_items(cast, count):
    known = cast.an.sends_photo(sample_photo())["photo"][-1]["file_id"]
    with pytest.raises(RefusedError, match="2 to 10"):
        await cast.api("sendMediaGroup", chat_id=cast.an.id, media=[{"type": "photo", "media": known}] * count)


async def test_a_part_that_was_not_sent_is_missed(cast):
    cast.an.starts()
    media = [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://two"}]
    with pytest.raises(RefusedError, match='"two" not found'):
        await cast.api("sendMediaGroup", {"one": sample_photo()}, chat_id=cast.an.id, media=json.dumps(media))


async def test_copied_messages_stay_an_album(cast):
    ids = [m["message_id"] for m in cast.an.sends_album([sample_photo(), sample_photo()])]
    await cast.api("copyMessages", chat_id=cast.group.id, from_chat_id=cast.an.id, message_ids=ids)
    first, second = cast.group.messages[-2:]
    assert first["media_group_id"] == second["media_group_id"]
    with pytest.raises(RefusedError, match="strictly increasing"):
        await cast.api("copyMessages", chat_id=cast.group.id, from_chat_id=cast.an.id, message_ids=ids[::-1])
