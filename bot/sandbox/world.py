"""The small Telegram behind the API: people, bots, chats, and which event becomes whose update.

A message is the plain dict that the Bot API sends. It is never changed once it is posted: an edit puts a new dict in
its place, so whoever holds the old one still sees what was said then.
"""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from bot.sandbox.accounts import BotAccount
from bot.sandbox.callbacks import CallbackDesk
from bot.sandbox.chats import Chat
from bot.sandbox.errors import bad_request
from bot.sandbox.files import FileStore
from bot.sandbox.members import Member
from bot.sandbox.privacy import sees

if TYPE_CHECKING:
    from bot.sandbox.people import Person

__all__ = ["Observer", "World"]


Json = Any


class Observer(Protocol):
    """Whoever wants to see the wire: every update as it is queued, every call as it arrives, every result."""

    def update(self, bot: BotAccount, update: dict[str, Any]) -> None: ...

    def call(self, bot: BotAccount, method: str, params: dict[str, Any], files: Iterable[str]) -> None: ...

    def result(self, bot: BotAccount, method: str, result: Json) -> None: ...


class World:
    """`keep`: how many messages each chat remembers (None: all)."""

    def __init__(self, keep: int | None = None) -> None:
        self.keep = keep
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.files = FileStore()
        self.callbacks = CallbackDesk(self)
        self.observers: list[Observer] = []
        self.phones: list[Callable[[dict[str, Any]], None]] = []
        self.waiters: list[asyncio.Future[None]] = []
        self.person_ids = itertools.count(700_000_001)
        self.group_ids = itertools.count(4_000_000_001)
        self.album_ids = itertools.count(13_000_000_001)
        self.poll_ids = itertools.count(5_000_000_000_000_000_001)
        self.voted: set[tuple[int, str]] = set()
        self.shift = 0.0

    def now(self) -> float:
        """Unix seconds on the world clock."""
        return time.time() + self.shift

    def advance(self, seconds: float) -> None:
        """Let time pass in the world; limits, latency and polls go on in real time."""
        self.shift += seconds

    def bot_by_id(self, bot_id: int) -> BotAccount | None:
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    def only_bot(self) -> BotAccount:
        if len(self.bots) != 1:
            raise ValueError("say which bot: to=")
        return next(iter(self.bots.values()))

    def private_chat(self, bot: BotAccount, person: "Person") -> Chat:
        chat = self.private.get((bot.id, person.id))
        if chat is None:
            face = {key: value for key, value in person.face.items() if key in {"id", "first_name", "username"}}
            chat = Chat(person.id, "private", face | {"type": "private"}, self.keep)
            chat.person = person
            chat.bots[bot.id] = bot
            chat.members = {person.id: Member(person.face), bot.id: Member(bot.face)}
            self.private[bot.id, person.id] = chat
        return chat

    def chat_by_key(self, key: str) -> Chat:
        """The chat a phone names; see Chat.key."""
        first, _, bot_id = str(key).partition(":")
        if not bot_id:
            return self.groups[int(first)]
        bot = self.bot_by_id(int(bot_id))
        if bot is None:
            raise KeyError(key)
        return self.private_chat(bot, self.people[int(first)])

    # What happens in chats

    def post(
        self,
        chat: Chat,
        author: dict[str, Any],
        content: dict[str, Any],
        *,
        reply_to: dict[str, Any] | None = None,
        thread: int | None = None,
    ) -> dict[str, Any]:
        """A new message by `author` ({"from": ..., "sender_chat": ...}); returns it."""
        message = {"message_id": chat.take_id(), **author, "chat": chat.face, "date": int(self.now())}
        if reply_to is not None or thread is not None:
            message |= placement(chat, reply_to, thread)
        message |= content
        chat.keep(message)
        self.tell("message", chat, message)
        self.deliver("message", chat, message, reply_to is not None)
        return message

    def replace(self, chat: Chat, message: dict[str, Any], *, told: bool) -> dict[str, Any]:
        """An edited message takes the old one's place; `told`: bots get edited_message."""
        message["edit_date"] = int(self.now())
        chat.history[message["message_id"]] = message
        self.tell("edited", chat, message)
        if told:
            reply = message.get("reply_to_message")
            self.deliver("edited_message", chat, message, reply is not None and "forum_topic_created" not in reply)
        return message

    def delete(self, chat: Chat, message_id: int) -> bool:
        """Bots are never told of deletions."""
        message = chat.forget(message_id)
        if message is None:
            return False
        self.tell("deleted", chat, {"message_id": message_id})
        return True

    def deliver(self, kind: str, chat: Chat, message: dict[str, Any], explicit_reply: bool) -> None:
        for bot in chat.bots.values():
            if bot.queue.wants(kind) and sees(bot, chat.members[bot.id], message, explicit_reply):
                self.send_update(bot, kind, str(chat.id), message)

    def send_update(self, bot: BotAccount, kind: str, lane: str, body: dict[str, Any]) -> None:
        if not bot.queue.wants(kind):
            return
        update = bot.queue.put(kind, lane, body)
        for observer in self.observers:
            observer.update(bot, update)

    def member_changed(self, chat: Chat, user_id: int, before: dict[str, Any], by: dict[str, Any]) -> None:
        """my_chat_member to the bot concerned, chat_member to admin bots that asked for it."""
        member = chat.members[user_id]
        change = {
            "chat": chat.face,
            "from": by,
            "date": int(self.now()),
            "old_chat_member": before,
            "new_chat_member": member.shown(),
        }
        concerned = self.bot_by_id(user_id)
        if concerned is not None:
            self.send_update(concerned, "my_chat_member", f"member:{chat.id}", change)
        for bot in chat.bots.values():
            if bot is not concerned and chat.members[bot.id].is_admin:
                self.send_update(bot, "chat_member", f"member:{chat.id}", change)
        self.tell("chat", chat, {})

    def vote(self, person: int, chat: Chat, message: dict[str, Any], choice: int) -> None:
        """Count an answer to a quiz, one for each person; the bot that asked gets `poll`."""
        poll = message["poll"]
        if (person, poll["id"]) in self.voted:
            return
        self.voted.add((person, poll["id"]))
        poll["options"][choice]["voter_count"] += 1
        poll["total_voter_count"] += 1
        self.tell("edited", chat, message)
        bot = self.bot_by_id(message["from"]["id"])
        if bot is not None:
            self.send_update(bot, "poll", f"poll:{poll['id']}", poll)

    # Who watches

    def tell(self, kind: str, chat: Chat | None, body: dict[str, Any]) -> None:
        """Let phones and waiting tests know; costs nothing where nobody watches."""
        if self.phones:
            event = {"kind": kind, "chat": chat.key if chat else None, "body": body}
            for phone in self.phones:
                phone(event)
        self.wake()

    def wake(self) -> None:
        """Let whoever waits look again."""
        if self.waiters:
            waiters, self.waiters = self.waiters, []
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)

    async def change(self) -> None:
        """Until anything happens in the world."""
        waiter = asyncio.get_running_loop().create_future()
        self.waiters.append(waiter)
        await waiter


def placement(chat: Chat, reply_to: dict[str, Any] | None, thread: int | None) -> dict[str, Any]:
    """message_thread_id, is_topic_message and reply_to_message.

    Two habits of Telegram that surprise bots: in a topic a message without a reply names the topic's root as the
    message it replies to, and in a supergroup outside topics a reply carries message_thread_id without
    is_topic_message (tdlib/telegram-bot-api#356, #447).
    """
    found: dict[str, Any] = {}
    if thread is None and reply_to is not None and reply_to.get("is_topic_message"):
        thread = reply_to["message_thread_id"]
    if thread is not None:
        chat.topic(thread)
        found = {"message_thread_id": thread, "is_topic_message": True}
        root = reply_to or chat.history.get(thread)
    else:
        root = reply_to
        if reply_to is not None and chat.type == "supergroup":
            found["message_thread_id"] = reply_to.get("message_thread_id") or reply_to["message_id"]
    if root is not None:
        found["reply_to_message"] = {key: value for key, value in root.items() if key != "reply_to_message"}
    return found


def find_message(chat: Chat, wanted: dict[str, Any] | int | None) -> dict[str, Any] | None:
    """The message as it stands now; 400 if it is gone."""
    if wanted is None:
        return None
    if not isinstance(wanted, int):
        if wanted["chat"]["id"] != chat.id:
            raise ValueError("a reply stays in the chat of its message")
        wanted = int(wanted["message_id"])
    found = chat.history.get(wanted)
    if found is None:
        raise bad_request("message to be replied not found")
    return found
