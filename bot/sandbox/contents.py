"""What a message carries: words, files, what a copy or a forward keeps of it."""

from typing import Any

from bot.sandbox.entities import CAPTION_LIMIT, TEXT_LIMIT, formatted
from bot.sandbox.files import StoredFile, media_of

__all__ = [
    "AlbumItem",
    "Content",
    "caption_content",
    "copied",
    "forwarded",
    "media_content",
    "text_content",
    "unpacked",
]

Message = dict[str, Any]
Content = dict[str, Any]
AlbumItem = bytes | tuple[str, bytes] | tuple[str, bytes, str]


def text_content(text: str, entities: list[dict[str, Any]] | None = None) -> Content:
    text, marks = formatted(text, None, entities, TEXT_LIMIT)
    if not text:
        raise ValueError("nobody can send an empty text")
    return {"text": text, "entities": marks} if marks else {"text": text}


def caption_content(caption: str) -> Content:
    if not caption:
        return {}
    caption, marks = formatted(caption, None, None, CAPTION_LIMIT)
    return {"caption": caption, "caption_entities": marks} if marks else {"caption": caption}


def media_content(stored: StoredFile, caption: str) -> Content:
    return media_of(stored, {}) | caption_content(caption)


def unpacked(item: AlbumItem) -> tuple[str, bytes, str]:
    if isinstance(item, bytes):
        return "photo", item, ""
    return (item[0], item[1], item[2]) if len(item) == 3 else (item[0], item[1], "")


CARRIED = {
    "text", "entities", "caption", "caption_entities", "photo", "video", "animation", "voice", "video_note", "audio",
    "document", "sticker", "location", "venue", "contact",
}  # fmt: skip


def copied(message: Message) -> Content:
    """What of a message a copy or a forward shows."""
    return {key: value for key, value in message.items() if key in CARRIED}


def forwarded(message: Message) -> Content:
    origin: dict[str, Any] = {"type": "user", "sender_user": message["from"], "date": message["date"]}
    if "sender_chat" in message:
        origin = {"type": "chat", "sender_chat": message["sender_chat"], "date": message["date"]}
    return {"forward_origin": message.get("forward_origin", origin), **copied(message)}
