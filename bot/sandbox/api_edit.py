"""Bot API methods that change or remove what was sent, pin it or react to it."""

from typing import Any

from bot.sandbox.api_send import caption_of, read_media
from bot.sandbox.calls import Call
from bot.sandbox.chats import Chat
from bot.sandbox.entities import TEXT_LIMIT, formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.groups import Group
from bot.sandbox.markup import read_keyboard

__all__ = ["EDITING"]

Message = dict[str, Any]
DELETE_WINDOW = 48 * 3600  # seconds (Bot API: deleteMessage)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
MEDIA_KEYS = {"photo", "video", "animation", "audio", "document", "has_media_spoiler"}


def own_message(call: Call) -> tuple[Chat, Message]:
    """The bot's own message that an edit names."""
    chat = call.chat()
    found = chat.history.get(call.integer("message_id") or 0)
    if found is None:
        raise bad_request("message to edit not found")
    if found["from"]["id"] != call.bot.id:
        raise bad_request("message can't be edited")
    return chat, found


def change(call: Call, chat: Chat, old: Message, dropped: set[str], content: Message) -> Message:
    """An edit without reply_markup removes the keyboard, as in Telegram."""
    limits = call.world.limits
    if limits.edits_count:
        limits.check(call.bot.id, chat.id)
    markup = read_keyboard(call, chat)
    kept = {key: value for key, value in old.items() if key not in dropped | {"reply_markup"}}
    new = kept | content | ({"reply_markup": markup} if markup else {})
    if {k: v for k, v in new.items() if k != "edit_date"} == {k: v for k, v in old.items() if k != "edit_date"}:
        raise bad_request(NOT_MODIFIED)
    if limits.edits_count:
        limits.record(call.bot.id, chat.id)
    return call.world.replace(chat, new, told=False)


def edit_text(call: Call) -> Message:
    chat, old = own_message(call)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    text, marks = formatted(call.text("text"), call.text("parse_mode"), call.structure("entities"), TEXT_LIMIT)
    if not text:
        raise bad_request("message text is empty")
    return change(call, chat, old, {"text", "entities"}, {"text": text} | ({"entities": marks} if marks else {}))


def edit_caption(call: Call) -> Message:
    chat, old = own_message(call)
    if MEDIA_KEYS.isdisjoint(old) and "voice" not in old:
        raise bad_request("there is no caption in the message to edit")
    content = caption_of(call.params | {"caption_entities": call.structure("caption_entities")})
    return change(call, chat, old, {"caption", "caption_entities"}, content)


def edit_media(call: Call) -> Message:
    chat, old = own_message(call)
    item = call.structure("media")
    if not isinstance(item, dict):
        raise bad_request("there is no media in the request")
    if "voice" in old:
        raise bad_request("message can't be edited")
    dropped = MEDIA_KEYS | {"text", "entities", "caption", "caption_entities"}  # text messages may be given media
    return change(call, chat, old, dropped, read_media(call, item))


def edit_markup(call: Call) -> Message:
    chat, old = own_message(call)
    return change(call, chat, old, set(), {})


def delete_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.history.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    check_deletable(call, chat, message)
    return call.world.delete(chat, message["message_id"])


def check_deletable(call: Call, chat: Chat, message: Message) -> None:
    """An admin with the right deletes anything; others their own, within 48 h of the world clock."""
    if chat.members[call.bot.id].may("can_delete_messages"):
        return
    own = message["from"]["id"] == call.bot.id
    if not own and chat.type != "private":
        raise bad_request("message can't be deleted")
    if call.world.now() - message["date"] > DELETE_WINDOW:
        raise bad_request("message can't be deleted for everyone")


def delete_messages(call: Call) -> bool:
    """Messages that are gone are skipped."""
    chat = call.chat()
    found = [chat.history[number] for number in call.structure("message_ids") or [] if number in chat.history]
    for message in found:
        check_deletable(call, chat, message)
    for message in found:
        call.world.delete(chat, message["message_id"])
    return True


def pin_message(call: Call) -> bool:
    chat = call.chat()
    message = chat.history.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to pin not found")
    if chat.type == "private":
        chat.pinned.append(message["message_id"])
        call.world.tell("chat", chat, {})
        return True
    call.need(chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    if isinstance(chat, Group):
        chat.pin(message, {"from": call.bot.face})
    return True


def unpin_message(call: Call) -> bool:
    """The named message, or the newest one."""
    chat = call.chat()
    if chat.type != "private":
        call.need(chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    wanted = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    call.world.tell("chat", chat, {})
    return True


def unpin_all(call: Call) -> bool:
    chat = call.chat()
    chat.pinned.clear()
    call.world.tell("chat", chat, {})
    return True


REACTIONS = set(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)


def set_reaction(call: Call) -> bool:
    """At most one emoji a bot; stored with the chat and shown on phones."""
    chat = call.chat()
    message_id = call.integer("message_id") or 0
    if message_id not in chat.history:
        raise bad_request("message to react not found")
    chosen = call.structure("reaction") or []
    for reaction in chosen:
        emoji = str(reaction.get("emoji", "")).replace("\ufe0f", "").split("\u200d")[0]
        if reaction.get("type") != "emoji" or (emoji not in REACTIONS and emoji != "🤷"):
            raise bad_request("REACTION_INVALID")
    if len(chosen) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    given = chat.reactions.setdefault(message_id, {})
    given[call.bot.id] = chosen
    if not chosen:
        del given[call.bot.id]
    call.world.tell("reaction", chat, {"message_id": message_id, "from": call.bot.id, "reaction": chosen})
    return True


EDITING = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_message,
    "unpinChatMessage": unpin_message,
    "unpinAllChatMessages": unpin_all,
    "setMessageReaction": set_reaction,
}
