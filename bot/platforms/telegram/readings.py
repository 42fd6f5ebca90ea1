"""What one message of Telegram's says: who wrote it, where, its words with their formatting, its files."""

import html
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import telegram
from telegram.constants import ChatType

from bot.messages import Attachment, Chat, ChatKind, MediaKind, Person, Quoted
from bot.platforms.telegram import wire

PLATFORM = "telegram"
LONGEST = 10_000  # letters; Telegram lets nobody write more than 4,096
FORMATS = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
        "code", "pre", "text_link", "text_mention", "custom_emoji",
    }
)  # fmt: skip
FILES = (
    (MediaKind.ANIMATION, "animation"),  # before document: Telegram sets both
    (MediaKind.VIDEO, "video"),
    (MediaKind.VIDEO_NOTE, "video_note"),
    (MediaKind.VOICE, "voice"),
    (MediaKind.AUDIO, "audio"),
    (MediaKind.STICKER, "sticker"),
    (MediaKind.DOCUMENT, "document"),
)


def replied_to(message: wire.Message) -> wire.Message | None:
    """The message this one answers. In a forum every message "answers" the one that made its topic: that is none."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def quoted_in(answered: wire.Message) -> Quoted:
    """What a command replies to; of an album only the one item that Telegram names."""
    words = formatted(answered, text_of(answered))
    return Quoted(sender_of(answered), words, tuple(attachments_of(answered)))


def sender_of(message: wire.Message) -> Person | None:
    """Who speaks. An anonymous admin, or a channel, is the chat it speaks as; other bots are nobody."""
    if speaker := message.sender_chat:
        return Person(PLATFORM, str(speaker.id), message.author_signature or speaker.title or "", anonymous=True)
    user = message.from_user
    return person_of(user) if user and not user.is_bot else None


def person_of(user: wire.User) -> Person:
    """A person, by the name they show."""
    return Person(PLATFORM, str(int(user.id)), user.full_name, language=user.language_code or "vi")


def chat_of(chat: wire.Chat) -> Chat:
    """A chat."""
    kind = ChatKind.PRIVATE if chat.type == ChatType.PRIVATE else ChatKind.GROUP
    return Chat(PLATFORM, str(int(chat.id)), kind, chat.title or "", bool(chat.is_forum))


def text_of(message: wire.Message) -> str:
    """What was written, be it a caption."""
    return message.text or message.caption or ""


def entities_of(message: wire.Message) -> Sequence[wire.Entity]:
    """What stretches of it mean."""
    return message.entities or message.caption_entities


def topic_of(message: wire.Message) -> str:
    """The thread that a message stands in; empty outside a forum's topics."""
    return str(message.message_thread_id or "") if message.is_topic_message else ""


def stretch(text: str, entity: wire.Entity) -> str:
    """The words that an entity is about."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")


def formatted(message: wire.Message, text: str) -> str:
    """What was written as HTML; the plain text where python-telegram-bot cannot read its entities."""
    entities = [one for one in entities_of(message) if one.type in FORMATS]
    if not entities or len(text) == LONGEST:
        return html.escape(text, quote=False)
    try:
        return as_library(text, entities).text_html
    except (ValueError, IndexError, KeyError, UnicodeError, AttributeError):
        return html.escape(text, quote=False)


def as_library(text: str, entities: Sequence[wire.Entity]) -> telegram.Message:
    """The text as python-telegram-bot knows it, which writes the HTML."""
    chat = telegram.Chat(0, ChatType.PRIVATE)
    return telegram.Message(0, datetime.now(UTC), chat, text=text, entities=[library_entity(one) for one in entities])


def library_entity(one: wire.Entity) -> telegram.MessageEntity:
    """An entity of python-telegram-bot."""
    user = telegram.User(one.user.id, one.user.first_name, one.user.is_bot) if one.user else None
    return telegram.MessageEntity(
        one.type,
        one.offset,
        one.length,
        url=one.url,
        user=user,
        language=one.language,
        custom_emoji_id=one.custom_emoji_id,
    )


def attachments_of(message: wire.Message) -> Iterator[Attachment]:
    """What is attached to a message: at most one thing (an album is several messages)."""
    number = str(message.message_id)
    if message.photo:
        largest = message.photo[-1]
        size = largest.file_size or 0
        yield Attachment(MediaKind.PHOTO, largest.file_id, number, mime="image/jpeg", size=size, origin=PLATFORM)
        return
    for kind, name in FILES:
        file: wire.File | None = getattr(message, name)
        if file:
            named, mime = file.file_name or "", file.mime_type or ""
            size, lasts = file.file_size or 0, int(file.duration or 0)
            yield Attachment(kind, file.file_id, number, named, mime, size, origin=PLATFORM, seconds=lasts)
            return
    if place := message.location:
        yield Attachment(MediaKind.LOCATION, "", number, latitude=place.latitude, longitude=place.longitude)
    elif contact := message.contact:
        name = " ".join(filter(None, (contact.first_name, contact.last_name)))
        yield Attachment(MediaKind.CONTACT, "", number, name, phone=contact.phone_number)
