"""A person with a phone: says, sends, edits, presses, blocks."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from bot.sandbox.accounts import BotAccount
from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Chat
from bot.sandbox.contents import AlbumItem, Content, caption_content, forwarded, media_content, text_content, unpacked
from bot.sandbox.world import find_message

if TYPE_CHECKING:
    from bot.sandbox.groups import Group
    from bot.sandbox.world import World

__all__ = ["ANONYMOUS", "CHANNEL_BOT", "Person"]

# The accounts Telegram shows instead of an anonymous admin and of a channel (PTB constants.ChatID).
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
LINK = re.compile(r"https://t\.me/(?P<bot>\w+)\?(?P<kind>start|startgroup)=(?P<code>[\w-]+)$")

Message = dict[str, Any]


class How(TypedDict, total=False):
    """Where and how something is said.

    reply_to: a message or its id. topic: a thread id. anonymous: None is as the group has set it. as_channel: the title
    of the channel that is shown as the sender. to: which bot's private chat, where no chat is given.
    """

    reply_to: Message | int | None
    topic: int | None
    anonymous: bool | None
    as_channel: str | None
    to: BotAccount | None


class Person:
    """What one person does. Every act takes `chat` (None: the private chat with a bot) and the keywords of How.

    toasts: answers to pressed buttons, oldest first. blocked, started: ids of bots.
    """

    def __init__(self, world: "World", person_id: int, name: str, username: str | None, language: str) -> None:
        self.world = world
        self.id = person_id
        self.name = name
        self.username = username
        self.face: dict[str, Any] = {"id": person_id, "is_bot": False, "first_name": name}
        if username:
            self.face["username"] = username
        self.face["language_code"] = language
        self.toasts: list[dict[str, Any]] = []
        self.started: set[int] = set()
        self.blocked: set[int] = set()

    def __repr__(self) -> str:
        return f"Person({self.id})"

    # Words

    def says(
        self, text: str, chat: Chat | None = None, *, entities: list[dict[str, Any]] | None = None, **how: Unpack[How]
    ) -> Message:
        """A text message; commands, mentions and links are marked as a real phone marks them."""
        return self.post(chat, text_content(text, entities), **how)

    def edits(self, message: Message, text: str, *, to: BotAccount | None = None) -> Message:
        """The person's own text or caption, changed."""
        chat = self.chat_of(message, to)
        old = chat.history[message["message_id"]]
        changed = {key: value for key, value in old.items() if key not in {"entities", "caption_entities"}}
        changed |= text_content(text) if "text" in old else caption_content(text)
        return self.world.replace(chat, changed, told=True)

    def deletes(self, message: Message, *, to: BotAccount | None = None) -> None:
        self.world.delete(self.chat_of(message, to), message["message_id"])

    def forwards(self, message: Message, chat: Chat | None = None, **how: Unpack[How]) -> Message:
        """Somebody's message, forwarded; `message` may come from any chat."""
        return self.post(chat, forwarded(message), **how)

    # Files: content is bytes, given how it is to be sent

    def sends_photo(
        self, content: bytes, chat: Chat | None = None, *, caption: str = "", **how: Unpack[How]
    ) -> Message:
        return self.sends("photo", content, chat, caption=caption, **how)

    def sends_document(
        self,
        content: bytes,
        name: str = "tep.bin",
        mime: str = "application/octet-stream",
        chat: Chat | None = None,
        *,
        caption: str = "",
        **how: Unpack[How],
    ) -> Message:
        return self.sends("document", content, chat, name=name, mime=mime, caption=caption, **how)

    def sends_video(
        self, content: bytes, chat: Chat | None = None, *, caption: str = "", **how: Unpack[How]
    ) -> Message:
        return self.sends("video", content, chat, name="video.mp4", caption=caption, **how)

    def sends_voice(
        self, content: bytes, chat: Chat | None = None, *, caption: str = "", **how: Unpack[How]
    ) -> Message:
        return self.sends("voice", content, chat, caption=caption, **how)

    def sends_audio(
        self, content: bytes, chat: Chat | None = None, *, caption: str = "", **how: Unpack[How]
    ) -> Message:
        return self.sends("audio", content, chat, name="audio.mp3", caption=caption, **how)

    def sends_sticker(self, content: bytes = b"WEBP", chat: Chat | None = None, **how: Unpack[How]) -> Message:
        return self.sends("sticker", content, chat, **how)

    def sends(
        self,
        kind: str,
        content: bytes,
        chat: Chat | None = None,
        *,
        name: str = "",
        mime: str = "",
        caption: str = "",
        **how: Unpack[How],
    ) -> Message:
        """Any kind of media: photo, video, animation, voice, video_note, audio, document, sticker."""
        stored = self.world.files.add(kind, content, name, mime)
        return self.post(chat, media_content(stored, caption), **how)

    def sends_album(
        self, items: Sequence[AlbumItem], chat: Chat | None = None, *, caption: str = "", **how: Unpack[How]
    ) -> list[Message]:
        """2 to 10 items, each bytes (a photo), (kind, bytes) or (kind, bytes, caption); `caption` goes to the first."""
        group = str(next(self.world.album_ids))
        sent = []
        for number, item in enumerate(items):
            kind, content, words = unpacked(item)
            stored = self.world.files.add(kind, content)
            words = words or (caption if number == 0 else "")
            sent.append(self.post(chat, {"media_group_id": group, **media_content(stored, words)}, **how))
        return sent

    def sends_location(
        self, latitude: float = 21.0285, longitude: float = 105.8542, chat: Chat | None = None, **how: Unpack[How]
    ) -> Message:
        return self.post(chat, {"location": {"latitude": latitude, "longitude": longitude}}, **how)

    def sends_contact(
        self, phone: str, name: str | None = None, chat: Chat | None = None, **how: Unpack[How]
    ) -> Message:
        """A contact card; the person's own where no name is given."""
        card = {"phone_number": phone, "first_name": name or self.name}
        return self.post(chat, {"contact": card if name else card | {"user_id": self.id}}, **how)

    # Bots

    def starts(self, bot: BotAccount | None = None, payload: str | None = None) -> Message:
        """Presses Start, plain or by a deep link."""
        return self.says(f"/start {payload}" if payload else "/start", to=bot)

    def opens(self, link: str, group: "Group | None" = None) -> Message:
        """Follows a t.me link of a bot: ?start= starts it, ?startgroup= adds it to `group`."""
        match = LINK.match(link)
        bot = next((bot for bot in self.world.bots.values() if match and bot.username == match["bot"]), None)
        if match is None or bot is None:
            raise ValueError(f"not a link to a bot here: {link}")
        if match["kind"] == "start":
            return self.starts(bot, match["code"])
        if group is None:
            raise ValueError("a startgroup link needs group=")
        return group.add_bot(bot, by=self, startgroup=match["code"])

    def presses(self, message: Message, label: str) -> Press:
        """The first button whose words contain `label`, as the message stands now; see Press."""
        chat, current = self.current(message)
        for row in current.get("reply_markup", {}).get("inline_keyboard", ()):
            for button in row:
                if label in button["text"]:
                    return self.press(chat, current, button)
        raise AssertionError(f"no button {label!r} under message {message['message_id']}")

    def press(self, chat: Chat, message: Message, button: dict[str, Any]) -> Press:
        bot = self.world.bot_by_id(message["from"]["id"])
        if bot is None:
            raise AssertionError("only bots' messages have buttons")
        return self.world.callbacks.press(self, chat, bot, message, button)

    def votes(self, message: Message, choice: int) -> None:
        """Answers a quiz, from 0, once; its bot hears how often each answer was chosen, not by whom."""
        chat, current = self.current(message)
        self.world.vote(self.id, chat, current, choice)

    def blocks(self, bot: BotAccount | None = None) -> None:
        self.set_blocked(bot or self.world.only_bot(), True)

    def unblocks(self, bot: BotAccount | None = None) -> None:
        self.set_blocked(bot or self.world.only_bot(), False)

    def chat_with(self, bot: BotAccount | None = None) -> Chat:
        """The private chat with a bot; its id is the person's."""
        return self.world.private_chat(bot or self.world.only_bot(), self)

    # How it is done

    def post(self, chat: Chat | None, content: Content, **how: Unpack[How]) -> Message:
        chat = chat or self.chat_with(how.get("to"))
        if chat.type == "private":
            bot_id = next(iter(chat.bots))
            if bot_id in self.blocked:
                raise ValueError("the person has blocked this bot")
            self.started.add(bot_id)
        reply = find_message(chat, how.get("reply_to"))
        author = self.author(chat, how.get("anonymous"), how.get("as_channel"))
        self.check_topic(chat, how.get("topic"), reply)
        return self.world.post(chat, author, content, reply_to=reply, thread=how.get("topic"))

    def author(self, chat: Chat, anonymous: bool | None, as_channel: str | None) -> Content:
        member = chat.members.get(self.id)
        if member is None or not member.inside:
            raise ValueError(f"{self.name} is not in {chat.title}")
        if member.status == "restricted":
            raise ValueError(f"{self.name} is muted in {chat.title}")
        if as_channel:
            return {
                "from": CHANNEL_BOT,
                "sender_chat": {"id": -1001 * 10**9 - self.id, "type": "channel", "title": as_channel},
            }
        if anonymous is None:
            anonymous = member.anonymous
        if not anonymous:
            return {"from": self.face}
        if not member.is_admin:
            raise ValueError("only admins can be anonymous")
        signature = {"author_signature": member.title} if member.title else {}
        return {"from": ANONYMOUS, "sender_chat": chat.face, **signature}

    def check_topic(self, chat: Chat, topic_id: int | None, reply: Message | None) -> None:
        if topic_id is None and reply is not None and reply.get("is_topic_message"):
            topic_id = reply["message_thread_id"]
        if topic_id is not None and chat.topic(topic_id).closed and not chat.members[self.id].may("can_manage_topics"):
            raise ValueError("the topic is closed")

    def chat_of(self, message: Message, to: BotAccount | None) -> Chat:
        chat_id = message["chat"]["id"]
        return self.world.groups[chat_id] if chat_id < 0 else self.chat_with(to)

    def current(self, message: Message) -> tuple[Chat, Message]:
        chat = self.chat_of(message, self.world.bot_by_id(message["from"]["id"]))
        found = chat.history.get(message["message_id"])
        if found is None:
            raise AssertionError(f"message {message['message_id']} is gone")
        return chat, found

    def set_blocked(self, bot: BotAccount, blocked: bool) -> None:
        """The bot hears of it as my_chat_member in the private chat."""
        if blocked == (bot.id in self.blocked):
            return
        chat = self.chat_with(bot)
        member = chat.members[bot.id]
        before = member.shown()
        member.status = "kicked" if blocked else "member"
        (self.blocked.add if blocked else self.blocked.discard)(bot.id)
        self.world.member_changed(chat, bot.id, before, self.face)
