import pytest

from bot.sandbox import sample_photo
from tests.sandbox.client import RefusedError

HOURS = 3600


@pytest.fixture
async def sent(cast):
    cast.an.starts()
    return await cast.api("sendMessage", chat_id=cast.an.id, text="một")


def naming(message):
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_an_edit_is_shown_and_not_told_to_the_bot(cast, sent):
    await cast.api.news()
    edited = await cast.api("editMessageText", **naming(sent), text="<b>hai</b>", parse_mode="HTML")
    assert edited["edit_date"] >= edited["date"]
    assert cast.an.chat_with().texts()[-1] == "hai"
    assert await cast.api.news() == []


async def test_an_edit_that_changes_nothing_is_refused(cast, sent):
    with pytest.raises(RefusedError, match="message is not modified: specified new message content"):
        await cast.api("editMessageText", **naming(sent), text="một")


async def test_what_is_gone_or_not_its_own_cannot_be_edited(cast, sent):
    other = cast.an.says("của tôi")
    with pytest.raises(RefusedError, match="message can't be edited"):
        await cast.api("editMessageText", **naming(other), text="x")
    await cast.api("deleteMessage", **naming(sent))
    with pytest.raises(RefusedError, match="message to edit not found"):
        await cast.api("editMessageText", **naming(sent), text="x")
    with pytest.raises(RefusedError, match="message to delete not found"):
        await cast.api("deleteMessage", **naming(sent))


async def test_text_caption_media_and_keyboard_have_their_own_edits(cast, sent):
    photo = await cast.api("sendPhoto", {"photo": sample_photo()}, chat_id=cast.an.id, caption="một")
    with pytest.raises(RefusedError, match="no text in the message"):
        await cast.api("editMessageText", **naming(photo), text="x")
    with pytest.raises(RefusedError, match="no caption in the message"):
        await cast.api("editMessageCaption", **naming(sent), caption="x")
    assert (await cast.api("editMessageCaption", **naming(photo), caption="hai"))["caption"] == "hai"
    other = cast.an.sends_document(b"x")["document"]["file_id"]
    changed = await cast.api("editMessageMedia", **naming(photo), media={"type": "document", "media": other})
    assert "document" in changed
    assert "photo" not in changed
    shown = await cast.api("editMessageMedia", **naming(sent), media={"type": "document", "media": other})
    assert "text" not in shown  # text messages may be given media
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "x"}]]}
    assert (await cast.api("editMessageReplyMarkup", **naming(sent), reply_markup=keyboard))["reply_markup"] == keyboard
    assert "reply_markup" not in await cast.api("editMessageReplyMarkup", **naming(sent))


async def test_after_48_hours_a_bot_cannot_delete_its_message_unless_it_may_delete_all(cast, sent):
    at_desk = await cast.api("sendMessage", chat_id=cast.desk.id, text="x")
    cast.sandbox.advance(48 * HOURS + 1)
    with pytest.raises(RefusedError, match="message can't be deleted for everyone"):
        await cast.api("deleteMessage", **naming(sent))
    await cast.api("editMessageText", **naming(sent), text="(đã rút)")
    await cast.api("deleteMessage", **naming(at_desk))


async def test_others_messages_in_a_group_need_the_right(cast):
    said = cast.binh.says("x", cast.group)
    with pytest.raises(RefusedError, match="message can't be deleted"):
        await cast.api("deleteMessage", **naming(said))
    said = cast.binh.says("x", cast.desk)
    await cast.api("deleteMessages", chat_id=cast.desk.id, message_ids=[said["message_id"], 9999])
    assert said["message_id"] not in cast.desk.history


async def test_a_reply_needs_its_message_unless_it_may_go_without(cast, sent):
    to = {"chat_id": cast.an.id, "text": "đáp"}
    answer = await cast.api("sendMessage", **to, reply_parameters={"message_id": sent["message_id"]})
    assert answer["reply_to_message"]["text"] == "một"
    with pytest.raises(RefusedError, match="message to be replied not found"):
        await cast.api("sendMessage", **to, reply_to_message_id=9999)
    lenient = {"message_id": 9999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await cast.api("sendMessage", **to, reply_parameters=lenient)


async def test_pins_need_the_right_and_are_announced(cast):
    said = cast.binh.says("quan trọng", cast.group)
    with pytest.raises(RefusedError, match="not enough rights"):
        await cast.api("pinChatMessage", **naming(said))
    said = cast.binh.says("quan trọng", cast.desk)
    await cast.api.news()
    await cast.api("pinChatMessage", **naming(said))
    [update] = await cast.api.news()
    assert update["message"]["pinned_message"]["text"] == "quan trọng"
    assert (await cast.api("getChat", chat_id=cast.desk.id))["pinned_message"]["text"] == "quan trọng"
    await cast.api("unpinChatMessage", **naming(said))
    assert cast.desk.pinned == []


async def test_reactions_are_kept_with_the_message(cast):
    said = cast.binh.says("đã rõ", cast.desk)
    await cast.api("setMessageReaction", **naming(said), reaction=[{"type": "emoji", "emoji": "👍"}])
    assert cast.desk.reactions[said["message_id"]][cast.bot.id] == [{"type": "emoji", "emoji": "👍"}]
    with pytest.raises(RefusedError, match="REACTION_INVALID"):
        await cast.api("setMessageReaction", **naming(said), reaction=[{"type": "emoji", "emoji": "🚓"}])
    await cast.api("setMessageReaction", **naming(said), reaction=[])
    assert cast.desk.reactions[said["message_id"]] == {}


async def test_copies_carry_no_sender_and_forwards_do(cast):
    said = cast.an.sends_document(b"x", "a.txt", "text/plain", caption="gốc")
    where = {"chat_id": cast.group.id, "from_chat_id": cast.an.id, "message_id": said["message_id"]}
    copy = await cast.api("copyMessage", **where, caption="<b>mới</b>", parse_mode="HTML")
    assert cast.group.history[copy["message_id"]]["caption"] == "mới"
    forward = await cast.api("forwardMessage", **where)
    assert forward["forward_origin"]["sender_user"]["id"] == cast.an.id
    again = cast.an.forwards(forward)
    assert again["forward_origin"]["sender_user"]["id"] == cast.an.id
    with pytest.raises(RefusedError, match="message to copy not found"):
        await cast.api("copyMessage", **where | {"message_id": 999})
