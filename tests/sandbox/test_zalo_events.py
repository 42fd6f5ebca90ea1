import asyncio

import pytest

from tests.sandbox.zalo import ZaloClient


async def test_a_poll_gets_one_object_with_opaque_ids_and_milliseconds(hood):
    event = await hood.api.hears(lambda: hood.lan.says("chào"))
    said = hood.lan.chat_with().messages[-1]
    assert event == {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": hood.lan.id, "display_name": "Lan", "is_bot": False},
            "chat": {"id": hood.lan.id, "chat_type": "PRIVATE"},
            "text": "chào",
            "message_id": said["zalo_id"],
            "date": said["date"],
        },
    }
    assert int(said["zalo_id"], 16) > 0
    assert said["date"] > 1_000_000_000_000


async def test_what_is_said_while_nobody_polls_is_lost(hood):
    hood.lan.says("không ai nghe")
    assert await hood.api.refused("getUpdates", timeout="0.05") == (408, "Request timeout")
    assert [event["message"]["text"] for event in hood.zalo.lost] == ["không ai nghe"]


async def test_a_poll_hands_out_one_of_two_and_the_other_is_lost(hood):
    def both():
        hood.lan.says("một")
        hood.lan.says("hai")

    assert (await hood.api.hears(both))["message"]["text"] == "một"
    assert [event["message"]["text"] for event in hood.zalo.lost] == ["hai"]


async def test_with_a_memory_the_next_poll_finds_it(hood):
    hood.zalo.variations.poll_memory = 5
    hood.lan.says("một")
    hood.lan.says("hai")
    texts = [(await hood.api("getUpdates", timeout=1))["message"]["text"] for _ in range(2)]
    assert (texts, hood.zalo.lost) == (["một", "hai"], [])


@pytest.mark.parametrize(("chosen", "status"), [(False, 200), (True, 408)])
async def test_an_idle_poll_is_408_in_the_body(hood, chosen, status):
    hood.zalo.variations.idle_status = chosen
    given, body = await hood.api.raw("getUpdates", timeout=0.01)
    assert (given, body["error_code"], body["ok"]) == (status, 408, False)


async def test_a_second_poll_ends_the_first(hood):
    first = asyncio.create_task(hood.api.raw("getUpdates", timeout=5))
    assert await hood.zalo.sandbox.until(lambda: hood.bot.polling)
    event = asyncio.create_task(hood.api("getUpdates", timeout=5))
    assert (await first)[1]["error_code"] == 408
    hood.lan.says("chào")
    assert (await event)["message"]["text"] == "chào"


async def test_in_a_group_only_a_leading_mention_or_an_answer_to_the_bot_arrives(hood):
    heard = hood.api.hears
    assert await heard(lambda: hood.binh.says("chiều nay họp tổ", hood.group)) is None
    assert await heard(lambda: hood.binh.says("nhờ @Bot Bình Yên xem", hood.group)) is None
    event = await heard(lambda: hood.binh.says("đèn hỏng", hood.group, mention=True))
    assert event["message"]["text"] == "@Bot Bình Yên đèn hỏng"
    assert event["message"]["chat"] == {"id": hood.group.id, "chat_type": "GROUP"}
    assert hood.group.id.startswith("zgr-")
    await hood.api("sendMessage", chat_id=hood.group.id, text="Ở đâu ạ?")
    answered = await heard(lambda: hood.binh.replies(hood.group.messages[-1], "ngõ 12"))
    assert answered["message"]["text"] == "ngõ 12"
    assert set(answered["message"]) == {"from", "chat", "text", "message_id", "date"}


async def test_an_answer_to_a_neighbour_does_not_arrive(hood):
    said = hood.lan.says("ai có thang không", hood.group)
    assert await hood.api.hears(lambda: hood.binh.replies(said, "tôi có")) is None


async def test_a_mention_of_another_bot_is_not_for_this_one(hood):
    other = hood.zalo.add_bot("901:OTHER", "Bot Khác")
    hood.group.add_bot(other)
    assert await hood.api.hears(lambda: hood.binh.says("@Bot Khác ơi", hood.group)) is None
    theirs = ZaloClient(hood.api.session, hood.zalo, other.token)
    assert (await theirs.hears(lambda: hood.binh.says("@Bot Khác ơi", hood.group)))["message"]["text"] == "@Bot Khác ơi"


async def test_a_bot_is_told_nothing_of_its_own_words_or_of_who_comes_and_goes(hood):
    hood.lan.says("chào", hood.group, mention=True)
    hood.zalo.lost.clear()
    hood.group.join(hood.chi)
    hood.group.lets_go(hood.chi)
    await hood.api("sendMessage", chat_id=hood.group.id, text="Chào bà con")
    assert hood.zalo.lost == []


@pytest.mark.parametrize(
    ("photo_key", "typed", "fields"),
    [("photo_url", True, {"photo_url", "caption", "message_type"}), ("photo", False, {"photo", "caption"})],
)
async def test_a_picture_comes_in_either_shape(hood, photo_key, typed, fields):
    hood.zalo.variations.photo_key, hood.zalo.variations.message_type = photo_key, typed
    event = await hood.api.hears(lambda: hood.binh.sends_photo(b"JPEG", hood.group, caption="đây", mention=True))
    message = event["message"]
    assert event["event_name"] == "message.image.received"
    assert message["caption"] == "@Bot Bình Yên đây"
    assert set(message) - {"from", "chat", "message_id", "date"} == fields
    async with hood.api.session.get(message[photo_key]) as answer:
        assert (answer.status, await answer.read()) == (200, b"JPEG")


async def test_voice_and_stickers_have_their_own_events(hood):
    voice = await hood.api.hears(lambda: hood.lan.sends_voice(b"AAC"))
    assert (voice["event_name"], voice["message"]["message_type"]) == ("message.voice.received", "CHAT_VOICE")
    assert hood.zalo.media.read(voice["message"]["voice_url"]) == b"AAC"
    sticker = await hood.api.hears(lambda: hood.lan.sends_sticker("46960"))
    assert (sticker["event_name"], sticker["message"]["sticker"]) == ("message.sticker.received", "46960")


async def test_what_is_unsupported_or_of_a_protected_person_arrives_empty(hood):
    event = await hood.api.hears(lambda: hood.lan.sends_unsupported())
    assert event["event_name"] == "message.unsupported.received"
    assert set(event["message"]) == {"from", "chat", "message_id", "date"}
    child = hood.zalo.add_person("Bé Na", protected=True)
    event = await hood.api.hears(lambda: child.says("cứu con"))
    assert "cứu" not in str(event)
    assert child.chat_with().texts() == ["cứu con"]
