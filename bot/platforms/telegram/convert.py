"""From Telegram's updates to `Incoming`. What is not addressed to the bot ends here: it is never stored."""

import html
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

import telegram
from telegram.constants import ChatType

from bot.domain.vietnamese import fold
from bot.messages import Attachment, Chat, ChatKind, EventKind, Incoming, MediaKind, Person, Quoted

PLATFORM = "telegram"
ALBUMS_KEPT = 256
LONGEST = 10_000  # letters; Telegram lets nobody write more than 4,096
IN_CHAT = ("member", "administrator", "creator", "restricted")
FILES = (
    (MediaKind.ANIMATION, "animation"),  # before document: Telegram sets both
    (MediaKind.VIDEO, "video"),
    (MediaKind.VIDEO_NOTE, "video_note"),
    (MediaKind.VOICE, "voice"),
    (MediaKind.AUDIO, "audio"),
    (MediaKind.STICKER, "sticker"),
    (MediaKind.DOCUMENT, "document"),
)


@dataclass(slots=True)
class Ears:
    """Who the bot is, and what it listens to in a group."""

    bot_id: int
    username: str
    commands: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    _albums: "OrderedDict[str, None]" = field(default_factory=OrderedDict)

    def hears(self, message: telegram.Message) -> bool:
        """Whether a group message is for the bot: a known command, a mention, a reply, or more of such an album."""
        album = message.media_group_id
        if self._command(message) or self._mention(message) or self._reply(message):
            if album:
                self._keep(album)
            return True
        return album is not None and album in self._albums

    def _keep(self, album: str) -> None:
        self._albums[album] = None
        if len(self._albums) > ALBUMS_KEPT:
            self._albums.popitem(last=False)

    def quotes(self, message: telegram.Message) -> bool:
        """Whether this is a command that wants to know what it replies to."""
        return self._commanded(message) in self.quoting

    def _command(self, message: telegram.Message) -> bool:
        return self._commanded(message) in self.commands

    def _commanded(self, message: telegram.Message) -> str:
        word = (message.text or message.caption or "").partition(" ")[0].partition("\n")[0]
        name, _, to = word.removeprefix("/").partition("@")
        for_me = not to or to.lower() == self.username.lower()
        return fold(name) if word.startswith("/") and for_me else ""

    def _mention(self, message: telegram.Message) -> bool:
        mine = f"@{self.username}".lower()
        found = message.parse_entities(["mention"]) | message.parse_caption_entities(["mention"])
        return any(mention.lower() == mine for mention in found.values())

    def _reply(self, message: telegram.Message) -> bool:
        answered = replied_to(message)
        return bool(answered and answered.from_user and answered.from_user.id == self.bot_id)


def convert(update: telegram.Update, ears: Ears) -> list[Incoming]:
    """What this update means to the house: nothing, one event, or several (people who joined together)."""
    if update.callback_query:
        return list(_button(update, update.callback_query))
    if update.my_chat_member:
        return list(_own_standing(update, update.my_chat_member))
    if message := update.message:
        return list(_service(update, message)) or list(_message(update, message, EventKind.MESSAGE, ears))
    if message := update.edited_message:
        return list(_message(update, message, EventKind.EDIT, ears))
    return []


def _message(update: telegram.Update, message: telegram.Message, kind: EventKind, ears: Ears) -> Iterator[Incoming]:
    sender = sender_of(message)
    if sender is None or message.chat.type == ChatType.CHANNEL or is_service(message):
        return
    chat = chat_of(message.chat)
    if chat.kind is ChatKind.GROUP and not ears.hears(message):
        return
    answered = replied_to(message)
    attachments = tuple(attachments_of(message))
    text = (message.text or message.caption or "")[:LONGEST]
    yield Incoming(
        PLATFORM,
        str(update.update_id),
        kind,
        chat,
        sender,
        str(int(message.message_id)),
        text,
        formatted(message, text),
        message.date.timestamp(),
        reply_to=str(answered.message_id) if answered else "",
        topic=str(message.message_thread_id) if message.is_topic_message else "",
        album=str(message.media_group_id or ""),
        forwarded=message.forward_origin is not None,
        unsupported=not (text or attachments),
        attachments=attachments,
        quoted=quoted_in(answered) if answered and ears.quotes(message) else None,
    )


def _button(update: telegram.Update, query: telegram.CallbackQuery) -> Iterator[Incoming]:
    if query.message is None or query.data is None:
        return
    message = query.message
    topic = message.message_thread_id if isinstance(message, telegram.Message) and message.is_topic_message else None
    yield Incoming(
        PLATFORM,
        str(update.update_id),
        EventKind.BUTTON,
        chat_of(message.chat),
        person_of(query.from_user),
        str(message.message_id),
        data=query.data,
        callback_id=query.id,
        topic=str(topic or ""),
    )


def _own_standing(update: telegram.Update, change: telegram.ChatMemberUpdated) -> Iterator[Incoming]:
    if change.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return
    before, after = change.old_chat_member.status in IN_CHAT, change.new_chat_member.status in IN_CHAT
    kind = EventKind.BOT_RIGHTS if before and after else EventKind.BOT_JOINED if after else EventKind.BOT_LEFT
    yield Incoming(
        PLATFORM,
        str(update.update_id),
        kind,
        chat_of(change.chat),
        person_of(change.from_user),
        data=change.new_chat_member.status,
        at=change.date.timestamp(),
    )


def _service(update: telegram.Update, message: telegram.Message) -> Iterator[Incoming]:
    chat, at, event = chat_of(message.chat), message.date.timestamp(), str(update.update_id)
    if message.migrate_to_chat_id:
        yield Incoming(PLATFORM, event, EventKind.CHAT_MOVED, chat, at=at, data=str(int(message.migrate_to_chat_id)))
    elif message.migrate_from_chat_id:  # told in the new chat too: what is said there may overtake the old one's news
        data = f"from:{int(message.migrate_from_chat_id)}"
        yield Incoming(PLATFORM, event, EventKind.CHAT_MOVED, chat, at=at, data=data)
    elif message.forum_topic_closed and message.message_thread_id:
        topic = str(message.message_thread_id)
        yield Incoming(PLATFORM, event, EventKind.TOPIC_CLOSED, chat, sender_of(message), at=at, topic=topic)
    for number, user in enumerate(message.new_chat_members or ()):
        if not user.is_bot:
            yield Incoming(PLATFORM, f"{event}:{number}", EventKind.MEMBER_JOINED, chat, person_of(user), at=at)


def is_service(message: telegram.Message) -> bool:
    """Whether Telegram says this itself ("X joined", "topic created"), and nobody wrote it."""
    return bool(
        message.new_chat_members
        or message.left_chat_member
        or message.migrate_from_chat_id
        or message.migrate_to_chat_id
        or message.pinned_message
        or message.forum_topic_created
        or message.forum_topic_edited
        or message.forum_topic_closed
        or message.forum_topic_reopened
        or message.group_chat_created
        or message.supergroup_chat_created
        or message.new_chat_title
        or message.new_chat_photo
        or message.delete_chat_photo
    )


def replied_to(message: telegram.Message) -> telegram.Message | None:
    """The message this one answers. In a forum every message "answers" the one that made its topic: that is none."""
    answered = message.reply_to_message
    return None if answered is None or answered.forum_topic_created else answered


def quoted_in(answered: telegram.Message) -> Quoted:
    """What a command replies to; of an album only the one item that Telegram names."""
    words = formatted(answered, answered.text or answered.caption or "")
    return Quoted(sender_of(answered), words, tuple(attachments_of(answered)))


def sender_of(message: telegram.Message) -> Person | None:
    """Who speaks. An anonymous admin, or a channel, is the chat it speaks as; other bots are nobody."""
    if speaker := message.sender_chat:
        return Person(PLATFORM, str(speaker.id), message.author_signature or speaker.title or "", anonymous=True)
    user = message.from_user
    return person_of(user) if user and not user.is_bot else None


def person_of(user: telegram.User) -> Person:
    """A person, by the name they show."""
    return Person(PLATFORM, str(int(user.id)), user.full_name, language=user.language_code or "vi")


def chat_of(chat: telegram.Chat) -> Chat:
    """A chat."""
    kind = ChatKind.PRIVATE if chat.type == ChatType.PRIVATE else ChatKind.GROUP
    return Chat(PLATFORM, str(int(chat.id)), kind, chat.title or "", bool(chat.is_forum))


def formatted(message: telegram.Message, text: str) -> str:
    """What was written as HTML; the plain text where python-telegram-bot cannot read its entities."""
    if not (message.entities or message.caption_entities) or len(text) == LONGEST:
        return html.escape(text, quote=False)
    try:
        return message.text_html or message.caption_html
    except (ValueError, IndexError, KeyError, UnicodeError):
        return html.escape(text, quote=False)


def attachments_of(message: telegram.Message) -> Iterator[Attachment]:
    """What is attached to a message: at most one thing (an album is several messages)."""
    number = str(message.message_id)
    if message.photo:
        largest = message.photo[-1]
        size = largest.file_size or 0
        yield Attachment(MediaKind.PHOTO, largest.file_id, number, mime="image/jpeg", size=size, origin=PLATFORM)
        return
    for kind, name in FILES:
        if file := getattr(message, name):
            named, mime = getattr(file, "file_name", None) or "", getattr(file, "mime_type", None) or ""
            yield Attachment(kind, file.file_id, number, named, mime, file.file_size or 0, origin=PLATFORM)
            return
    if place := message.location:
        yield Attachment(MediaKind.LOCATION, "", number, latitude=place.latitude, longitude=place.longitude)
    elif contact := message.contact:
        name = " ".join(filter(None, (contact.first_name, contact.last_name)))
        yield Attachment(MediaKind.CONTACT, "", number, name, phone=contact.phone_number)
