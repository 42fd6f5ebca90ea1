"""What a bot is told: the event of a message, in the shape that was chosen, and whether it is told at all."""

from typing import Any

from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloChat
from bot.sandbox.zalo.variations import Variations

__all__ = ["event_of", "hears"]

Message = dict[str, Any]
NAMES = {"text": "text", "photo": "image", "voice": "voice", "sticker": "sticker", "unsupported": "unsupported"}
STICKER_PAGE = "https://stickers.zaloapp.com/"


def hears(bot: ZaloBot, chat: ZaloChat, message: Message) -> bool:
    """Everything in a private chat; in a group what begins with the bot's mention or answers the bot (A)."""
    if chat.type == "PRIVATE":
        return True
    words = message.get("text") or message.get("caption") or ""
    answered = chat.history.get(message.get("reply_to", 0))
    return words.startswith(bot.mention) or (answered is not None and answered["from"]["id"] == bot.id)


def event_of(chat: ZaloChat, message: Message, variations: Variations) -> dict[str, Any]:
    """{"event_name", "message"}. Neither a mention nor what was replied to is marked in it."""
    kind = "unsupported" if message.get("withheld") else message["kind"]
    author = message["from"]
    told = {
        "from": {"id": author["id"], "display_name": author["name"], "is_bot": False},
        "chat": {"id": chat.id, "chat_type": chat.type},
        **content_of(kind, message, variations),
        "message_id": message["zalo_id"],
        "date": message["date"],
    }
    return {"event_name": f"message.{NAMES[kind]}.received", "message": told}


def content_of(kind: str, message: Message, variations: Variations) -> dict[str, Any]:
    if kind == "text":
        return {"text": message["text"]}
    if kind == "sticker":
        return {"sticker": message["sticker"], "url": f"{STICKER_PAGE}{message['sticker']}"}
    if kind == "voice":
        return {"voice_url": message["voice_url"]} | typed("CHAT_VOICE", variations)
    if kind == "photo":
        words = {"caption": message["caption"]} if message["caption"] else {}
        return {variations.photo_key: message["photo_url"]} | words | typed("CHAT_PHOTO", variations)
    return {}


def typed(name: str, variations: Variations) -> dict[str, str]:
    return {"message_type": name} if variations.message_type else {}
