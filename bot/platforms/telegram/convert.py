"""From Telegram's updates to `Incoming`. What is not addressed to the bot ends here: it is never stored."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from telegram.constants import ChatType

from bot.domain.vietnamese import fold
from bot.messages import Chat, ChatKind, EventKind, Incoming, Person
from bot.platforms.telegram import wire
from bot.platforms.telegram.readings import (
    LONGEST,
    PLATFORM,
    attachments_of,
    chat_of,
    entities_of,
    formatted,
    person_of,
    quoted_in,
    replied_to,
    sender_of,
    stretch,
    text_of,
    topic_of,
)
from bot.watching import Watch

ALBUMS_KEPT = 256
IN_CHAT = ("member", "administrator", "creator", "restricted")


@dataclass(slots=True)
class Ears:
    """Who the bot is, and what it listens to in a group."""

    bot_id: int
    username: str
    commands: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    watch: Watch = field(default_factory=Watch)
    _albums: "OrderedDict[str, None]" = field(default_factory=OrderedDict)

    def hears(self, message: wire.Message) -> bool:
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

    def quotes(self, message: wire.Message) -> bool:
        """Whether this is a command that wants to know what it replies to."""
        return self._commanded(message) in self.quoting

    def _command(self, message: wire.Message) -> bool:
        return self._commanded(message) in self.commands

    def _commanded(self, message: wire.Message) -> str:
        word = text_of(message).partition(" ")[0].partition("\n")[0]
        name, _, to = word.removeprefix("/").partition("@")
        for_me = not to or to.lower() == self.username.lower()
        return fold(name) if word.startswith("/") and for_me else ""

    def _mention(self, message: wire.Message) -> bool:
        mine = f"@{self.username}".lower()
        text, entities = text_of(message), entities_of(message)
        return any(one.type == "mention" and stretch(text, one).lower() == mine for one in entities)

    def _reply(self, message: wire.Message) -> bool:
        answered = replied_to(message)
        return bool(answered and answered.from_user and answered.from_user.id == self.bot_id)


def convert(update: wire.Update, ears: Ears) -> list[Incoming]:
    """What this update means to the house: nothing, one event, or several (people who joined together)."""
    if update.callback_query:
        return list(_button(update, update.callback_query))
    if update.my_chat_member:
        return list(_own_standing(update, update.my_chat_member))
    if poll := update.poll:
        chat, counts = Chat(PLATFORM, f"poll:{poll.id}", ChatKind.GROUP), [one.voter_count for one in poll.options]
        data = ":".join([poll.id, *map(str, counts)])
        return [Incoming(PLATFORM, str(update.update_id), EventKind.POLL, chat, data=data)]
    if message := update.message:
        return list(_service(update, message)) or list(_message(update, message, EventKind.MESSAGE, ears))
    if message := update.edited_message:
        return list(_message(update, message, EventKind.EDIT, ears))
    return []


def _message(update: wire.Update, message: wire.Message, kind: EventKind, ears: Ears) -> Iterator[Incoming]:
    sender = sender_of(message)
    if sender is None or message.chat.type == ChatType.CHANNEL or is_service(message):
        return
    chat, text = chat_of(message.chat), text_of(message)[:LONGEST]
    if chat.kind is ChatKind.GROUP:
        if ears.watch.objects(chat.address, text):
            yield _objection(update, message, chat, sender)
        if not ears.hears(message):
            return
    answered = replied_to(message)
    attachments = tuple(attachments_of(message))
    yield Incoming(
        PLATFORM,
        str(update.update_id),
        kind,
        chat,
        sender,
        str(int(message.message_id)),
        text,
        formatted(message, text),
        message.date,
        reply_to=str(answered.message_id) if answered else "",
        topic=topic_of(message),
        album=str(message.media_group_id or ""),
        forwarded=message.forward_origin is not None,
        unsupported=not (text or attachments),
        attachments=attachments,
        quoted=quoted_in(answered) if answered and ears.quotes(message) else None,
    )


def _objection(update: wire.Update, message: wire.Message, chat: Chat, sender: Person) -> Incoming:
    """A post that must not stand here: where it is, and nothing of what it says."""
    number = str(int(message.message_id))
    event_id = f"{update.update_id}:objection"
    return Incoming(
        PLATFORM, event_id, EventKind.OBJECTION, chat, sender, number, at=message.date, topic=topic_of(message)
    )


def _button(update: wire.Update, query: wire.Query) -> Iterator[Incoming]:
    if query.message is None or query.data is None:
        return
    message = query.message
    yield Incoming(
        PLATFORM,
        str(update.update_id),
        EventKind.BUTTON,
        chat_of(message.chat),
        person_of(query.from_user),
        str(message.message_id),
        data=query.data,
        callback_id=query.id,
        topic=topic_of(message),
    )


def _own_standing(update: wire.Update, change: wire.MemberChange) -> Iterator[Incoming]:
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
        at=change.date,
    )


def _service(update: wire.Update, message: wire.Message) -> Iterator[Incoming]:
    chat, at, event = chat_of(message.chat), message.date, str(update.update_id)
    if message.migrate_to_chat_id:
        yield Incoming(PLATFORM, event, EventKind.CHAT_MOVED, chat, at=at, data=str(int(message.migrate_to_chat_id)))
    elif message.migrate_from_chat_id:  # told in the new chat too: what is said there may overtake the old one's news
        data = f"from:{int(message.migrate_from_chat_id)}"
        yield Incoming(PLATFORM, event, EventKind.CHAT_MOVED, chat, at=at, data=data)
    elif message.forum_topic_closed and message.message_thread_id:
        topic = str(message.message_thread_id)
        yield Incoming(PLATFORM, event, EventKind.TOPIC_CLOSED, chat, sender_of(message), at=at, topic=topic)
    elif message.left_chat_member and not message.left_chat_member.is_bot:
        yield Incoming(PLATFORM, event, EventKind.MEMBER_LEFT, chat, person_of(message.left_chat_member), at=at)
    for number, user in enumerate(message.new_chat_members or ()):
        if not user.is_bot:
            yield Incoming(PLATFORM, f"{event}:{number}", EventKind.MEMBER_JOINED, chat, person_of(user), at=at)


def is_service(message: wire.Message) -> bool:
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
