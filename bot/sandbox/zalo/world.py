"""The small Zalo behind the API: people, bots, chats, and which message becomes whose event."""

import itertools
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloChat, ZaloGroup
from bot.sandbox.zalo.events import event_of, hears
from bot.sandbox.zalo.http import ZaloServer
from bot.sandbox.zalo.ids import opaque_id
from bot.sandbox.zalo.media import MediaStore
from bot.sandbox.zalo.people import ZaloPerson
from bot.sandbox.zalo.phone import ZaloPhone
from bot.sandbox.zalo.variations import Variations

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

__all__ = ["Zalo"]

Message = dict[str, Any]
FIRST_BOT = "900:ZALOTEST"


class Zalo:
    """Joins `sandbox`, whose `wait_for`, `until`, `now` and `advance` work for its chats too.

    calls: how often each method was called. sent: (time.monotonic at arrival, chat id or None, method, 200 or the error
    code in the body) of every call but getUpdates. lost: events that nobody heard. `faults` are for this API alone.
    """

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.variations = Variations()
        self.faults = Faults(on_down=self.end_polls)
        self.bots: dict[str, ZaloBot] = {}
        self.people: dict[str, ZaloPerson] = {}
        self.chats: dict[str, ZaloChat] = {}
        self.media = MediaStore(self)
        self.calls: Counter[str] = Counter()
        self.sent: list[tuple[float, str | None, str, int]] = []
        self.lost: list[dict[str, Any]] = []
        self.numbers = itertools.count(1)
        self.group_numbers = itertools.count(1)
        self.http = ZaloServer(self)
        self.phone = ZaloPhone(self)
        sandbox.guests["zalo"] = self

    @property
    def url(self) -> str:
        """The API's base address, once the sandbox has started."""
        return f"{self.sandbox.url}/zalo"

    # Who is in it

    def add_bot(self, token: str = FIRST_BOT, name: str = "Bot Bình Yên") -> ZaloBot:
        """`name` begins with "Bot"."""
        bot = ZaloBot(self, token, name)
        self.bots[token] = bot
        self.tell("chat", None, {})
        return bot

    def add_person(self, name: str, *, protected: bool = False) -> ZaloPerson:
        """Of a protected person the bot gets only message.unsupported.received."""
        person = ZaloPerson(self, opaque_id("person", len(self.people) + 1), name, protected=protected)
        self.people[person.id] = person
        self.tell("chat", None, {})
        return person

    def add_group(self, title: str, owner: ZaloPerson, members: Iterable[ZaloPerson] = ()) -> ZaloGroup:
        group = ZaloGroup(next(self.group_numbers), title, owner, members)
        self.chats[group.key] = group
        self.tell("chat", group, {})
        return group

    def only_bot(self) -> ZaloBot:
        if len(self.bots) != 1:
            raise ValueError("say which bot: to=")
        return next(iter(self.bots.values()))

    def private_chat(self, person: ZaloPerson, bot: ZaloBot) -> ZaloChat:
        key = f"{person.id}:{bot.id}"
        if key not in self.chats:
            chat = ZaloChat(person.id, person.name, [person])
            chat.bots[bot.id] = bot
            self.chats[key] = chat
        return self.chats[key]

    def chat_by_key(self, key: str) -> ZaloChat:
        """The chat a phone names; a private one is there before its first word."""
        person, _, bot_id = key.partition(":")
        if not bot_id:
            return self.chats[key]
        bots = {bot.id: bot for bot in self.bots.values()}
        return self.private_chat(self.people[person], bots[bot_id])

    def chat_of(self, message: Message) -> ZaloChat:
        return self.chats[message["chat"]["key"]]

    # What happens in chats

    def post(
        self, chat: ZaloChat, author: dict[str, Any], content: dict[str, Any], reply_to: Message | None = None
    ) -> Message:
        """A new message by a person or a bot ({"id", "name", "is_bot"}); returns it."""
        number = next(self.numbers)
        message = {
            "message_id": number,
            "zalo_id": opaque_id("message", number),
            "from": author,
            "chat": chat.face,
            "date": int(self.sandbox.now() * 1000),
            **content,
        }
        if reply_to is not None:
            message["reply_to"] = reply_to["message_id"]
        hearers = [] if author["is_bot"] else [bot for bot in chat.bots.values() if hears(bot, chat, message)]
        message["told"] = bool(hearers)
        chat.history[number] = message
        self.tell("message", chat, message)
        for bot in hearers:
            self.deliver(bot, chat, message)
        return message

    def deliver(self, bot: ZaloBot, chat: ZaloChat, message: Message) -> None:
        bot.contacts[chat.id] = chat
        event = event_of(chat, message, self.variations)
        if bot.hook:
            bot.pusher.push(chat.id, event)
        elif not bot.mailbox.offer(event, self.variations.poll_memory):
            self.lose(event)

    def lose(self, event: dict[str, Any]) -> None:
        self.lost.append(event)
        self.sandbox.wake()

    def tell(self, kind: str, chat: ZaloChat | None, body: dict[str, Any]) -> None:
        """Let the page and waiting tests know: a sandbox event of kind "zalo" with {"kind", "chat", "body"} inside."""
        self.sandbox.tell("zalo", None, {"kind": kind, "chat": chat.key if chat else None, "body": body})

    def log_call(self, when: float, chat_id: str | None, method: str, code: int) -> None:
        self.calls[method] += 1
        if method != "getUpdates":
            self.sent.append((when, chat_id, method, code))
        self.sandbox.wake()

    # What the sandbox leans on

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        return await self.http.handle(request, path)

    def state(self) -> dict[str, Any]:
        return self.phone.state()

    def end_polls(self) -> None:
        for bot in self.bots.values():
            bot.mailbox.end()

    async def close(self) -> None:
        self.end_polls()
        for bot in self.bots.values():
            await bot.pusher.close()
