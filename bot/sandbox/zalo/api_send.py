"""The methods by which a bot says something. Each returns {"message_id", "date" (ms)}."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.zalo.calls import ZaloCall
from bot.sandbox.zalo.ids import opaque_id

__all__ = ["SENDING"]

Json = dict[str, Any]
PARSE_MODES = {None, "markdown", "html"}


async def send_message(call: ZaloCall) -> Json:
    """Markup is accepted, and shown as it was typed."""
    if call.params.get("parse_mode") not in PARSE_MODES:
        raise bad_request('parse_mode must be "markdown" or "html"')
    return say(call, {"kind": "text", "text": call.words("text")})


async def send_photo(call: ZaloCall) -> Json:
    """The picture is fetched from its URL before anything is said."""
    call.chat()
    url = call.text("photo")
    caption = call.words("caption") if call.params.get("caption") else ""
    content, mime = await call.zalo.media.fetch(url)
    return say(call, {"kind": "photo", "photo_url": call.zalo.media.add(content, mime), "caption": caption})


async def send_sticker(call: ZaloCall) -> Json:
    return say(call, {"kind": "sticker", "sticker": call.text("sticker")})


async def send_voice(call: ZaloCall) -> Json:
    """In a group it is answered like any other and arrives nowhere (seen by one operator)."""
    chat, url = call.chat(), call.text("voice_url")
    if not url.endswith(".aac"):
        raise bad_request("voice_url must end in .aac")
    if chat.type == "GROUP":
        call.spend()
        return {"message_id": opaque_id("silent", call.bot.outbound), "date": int(call.zalo.sandbox.now() * 1000)}
    return say(call, {"kind": "voice", "voice_url": url})


async def send_chat_action(call: ZaloCall) -> Json:
    """Only "typing"; {"ok": true} is all that comes back."""
    if call.text("action") != "typing":
        raise bad_request("action must be typing")
    call.zalo.tell("action", call.chat(), {})
    return {}


def say(call: ZaloCall, content: Json) -> Json:
    chat = call.chat()
    call.spend()
    message = call.zalo.post(chat, call.bot.face, content)
    return {"message_id": message["zalo_id"], "date": message["date"]}


SENDING: dict[str, Callable[[ZaloCall], Awaitable[Json]]] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendSticker": send_sticker,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
}
