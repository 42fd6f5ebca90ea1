"""Bot API methods that send something new."""

import itertools
from collections.abc import Callable
from typing import Any

from bot.sandbox.calls import Call, Method
from bot.sandbox.chats import Chat
from bot.sandbox.contents import copied, forwarded
from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.files import media_of
from bot.sandbox.markup import read_keyboard

__all__ = ["SENDING", "caption_of", "read_media"]

Message = dict[str, Any]


def post(call: Call, chat: Chat, content: Message) -> Message:
    """Check the place and the pace, then post."""
    if chat.members[call.bot.id].status == "restricted":
        kind = "text messages" if "text" in content else "media messages"
        raise bad_request(f"not enough rights to send {kind} to the chat")
    reply, thread = call.reply(chat), call.thread(chat)
    call.world.limits.check(call.bot.id, chat.id)
    markup = read_keyboard(call, chat) if "reply_markup" in call.params else None
    if markup:
        content["reply_markup"] = markup
    if call.flag("protect_content"):
        content["has_protected_content"] = True
    message = call.world.post(chat, {"from": call.bot.face}, content, reply_to=reply, thread=thread)
    call.world.limits.record(call.bot.id, chat.id)
    return message


def send_message(call: Call) -> Message:
    chat = call.chat()
    text, marks = formatted(call.text("text"), call.text("parse_mode"), call.structure("entities"), TEXT_LIMIT)
    if not text:
        raise bad_request("message text is empty")
    content: Message = {"text": text}
    if marks:
        content["entities"] = marks
    return post(call, chat, content)


def caption_of(given: dict[str, Any]) -> Message:
    """Caption fields from parameters or from an InputMedia object."""
    text, marks = formatted(
        str(given.get("caption") or ""), given.get("parse_mode"), given.get("caption_entities"), CAPTION_LIMIT
    )
    content: Message = {"caption": text} if text else {}
    if text and marks:
        content["caption_entities"] = marks
    return content


def send_file(kind: str) -> Method:
    """The method that sends one kind of file."""

    def send(call: Call) -> Message:
        chat = call.chat()
        given = call.params | {"caption_entities": call.structure("caption_entities")}
        content = {} if kind in {"sticker", "video_note"} else caption_of(given)
        shown = media_of(call.upload(kind, kind), call.params) | content
        if call.flag("has_spoiler"):
            shown["has_media_spoiler"] = True
        return post(call, chat, shown)

    return send


def place_of(call: Call) -> dict[str, float]:
    latitude, longitude = call.number("latitude"), call.number("longitude")
    if latitude is None or longitude is None:
        raise bad_request("latitude and longitude must be given")
    return {"latitude": latitude, "longitude": longitude}


def send_location(call: Call) -> Message:
    return post(call, call.chat(), {"location": place_of(call)})


def send_venue(call: Call) -> Message:
    place = place_of(call)
    venue = {"location": place, "title": call.text("title"), "address": call.text("address")}
    return post(call, call.chat(), {"location": place, "venue": venue})


def send_contact(call: Call) -> Message:
    contact = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    if not all(contact.values()):
        raise bad_request("phone_number and first_name must be non-empty")
    if call.text("last_name"):
        contact["last_name"] = call.text("last_name")
    return post(call, call.chat(), {"contact": contact})


def read_media(call: Call, item: dict[str, Any]) -> Message:
    """An InputMedia object as message content."""
    kind = str(item.get("type"))
    if kind not in {"photo", "video", "document", "audio", "animation"}:
        raise bad_request(f'can\'t parse InputMedia: Media type "{kind}" is unsupported')
    inner = Call(call.world, call.bot, {kind: item.get("media")}, call.files)
    shown = media_of(inner.upload(kind, kind), item) | caption_of(item)
    if item.get("has_spoiler"):
        shown["has_media_spoiler"] = True
    return shown


def send_media_group(call: Call) -> list[Message]:
    chat = call.chat()
    items = call.structure("media") or []
    if not 2 <= len(items) <= 10:
        raise bad_request(
            "there must be from 2 to 10 messages in an album" if items else "there is no media in the request"
        )
    kinds = {item.get("type") for item in items}
    if len(kinds & {"document", "audio"}) and len(kinds) > 1:
        raise bad_request("document and audio can't be mixed with other media types")
    if "animation" in kinds:
        raise bad_request("animations can't be sent in an album")
    contents = [read_media(call, item) for item in items]
    group = str(next(call.world.album_ids))
    call.params.pop("reply_markup", None)
    call.reply(chat)
    with call.world.limits.admit(call.bot.id, chat.id, len(contents)):
        return [post(call, chat, {"media_group_id": group, **content}) for content in contents]


def source(call: Call) -> Chat:
    """from_chat_id, as a chat this bot is in."""
    return Call(call.world, call.bot, {"chat_id": call.params.get("from_chat_id")}, {}).chat()


def copy_message(call: Call) -> Message:
    chat = call.chat()
    original = source(call).history.get(call.integer("message_id") or 0)
    if original is None:
        raise bad_request("message to copy not found")
    content = copied(original)
    if not content or original.get("has_protected_content"):
        raise bad_request("message can't be copied")
    if "caption" in call.params:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_of(call.params | {"caption_entities": call.structure("caption_entities")})
    return {"message_id": post(call, chat, content)["message_id"]}


def forward_message(call: Call) -> Message:
    chat = call.chat()
    original = source(call).history.get(call.integer("message_id") or 0)
    if original is None:
        raise bad_request("message to forward not found")
    if not copied(original) or original.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return post(call, chat, forwarded(original))


def many(carry: Callable[[Message], Message]) -> Method:
    """copyMessages and forwardMessages: what cannot be found or carried is left out, albums stay albums."""

    def send(call: Call) -> list[Message]:
        chat, origin = call.chat(), source(call)
        ids = call.structure("message_ids") or []
        if not 1 <= len(ids) <= 100 or any(a >= b for a, b in itertools.pairwise(ids)):
            raise bad_request("message identifiers must be in a strictly increasing order")
        found = [origin.history[number] for number in ids if number in origin.history]
        found = [message for message in found if copied(message) and not message.get("has_protected_content")]
        if not found:
            raise bad_request("there are no messages to send")
        albums = {m["media_group_id"]: str(next(call.world.album_ids)) for m in found if "media_group_id" in m}
        with call.world.limits.admit(call.bot.id, chat.id, len(found)):
            return [{"message_id": post(call, chat, regrouped(carry(m), m, albums))["message_id"]} for m in found]

    return send


def regrouped(content: Message, original: Message, albums: dict[str, str]) -> Message:
    group = albums.get(original.get("media_group_id", ""))
    return content | {"media_group_id": group} if group else content


def send_poll(call: Call) -> Message:
    """Quizzes in which nobody sees who chose what, the only polls that this project sends."""
    question, options = call.text("question"), call.structure("options") or []
    texts = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in options]
    right = call.structure("correct_option_ids") or []
    if not 1 <= len(question) <= 300 or not 2 <= len(texts) <= 12 or not all(0 < len(one) <= 100 for one in texts):
        raise bad_request("poll must have a question and at least 2 options within their limits")
    if call.text("type") != "quiz" or len(right) != 1 or not 0 <= int(right[0]) < len(texts):
        raise bad_request("quiz must have a correct option")
    if len(call.text("explanation")) > 200:
        raise bad_request("quiz explanation is too long")
    number = str(next(call.world.poll_ids))
    poll = {
        "id": number,
        "question": question,
        "options": [{"persistent_id": str(n), "text": one, "voter_count": 0} for n, one in enumerate(texts)],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "correct_option_ids": [int(right[0])],
        "explanation": call.text("explanation"),
    }
    return post(call, call.chat(), {"poll": poll})


def send_chat_action(call: Call) -> bool:
    chat = call.chat()
    call.world.tell("action", chat, {"bot": call.bot.id, "action": call.text("action")})
    return True


FILES = ("Photo", "Video", "Animation", "Voice", "VideoNote", "Audio", "Document", "Sticker")
KIND_OF = {"VideoNote": "video_note"}

SENDING = {
    "sendMessage": send_message,
    **{f"send{name}": send_file(KIND_OF.get(name, name.lower())) for name in FILES},
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "copyMessages": many(copied),
    "forwardMessage": forward_message,
    "forwardMessages": many(forwarded),
    "sendPoll": send_poll,
    "sendChatAction": send_chat_action,
}
