"""The sandbox itself: the world, its HTTP server, and what tests ask of both."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from aiohttp import web

from bot.sandbox.accounts import BotAccount
from bot.sandbox.api import is_loopback
from bot.sandbox.callbacks import Press
from bot.sandbox.chats import Readable
from bot.sandbox.faults import Faults
from bot.sandbox.groups import Group
from bot.sandbox.limits import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Guest, Server, spacious_request
from bot.sandbox.webhooks import WebhookPusher
from bot.sandbox.world import World

__all__ = ["Sandbox"]

Message = dict[str, Any]
Found = TypeVar("Found")
LOG_LIMIT = 1_000_000
FIRST_BOT = "100:TEST"


class Sandbox(World):
    """`limits`: True for Telegram's published ones, False for none, or a Limits of your own.

    calls: how often each method was called. sent: (time.monotonic at arrival, chat id or None, method, HTTP status)
    of every call but getUpdates; `sent_before` entries were dropped from its front.
    """

    def __init__(self, limits: Limits | bool = True, *, keep: int | None = None) -> None:
        super().__init__(keep)
        self.limits = limits if isinstance(limits, Limits) else Limits(enabled=limits)
        self.faults = Faults(on_down=self.abort_all)
        self.calls: Counter[str] = Counter()
        self.sent: list[tuple[float, int | None, str, int]] = []
        self.sent_before = 0
        self.pushers: dict[int, WebhookPusher] = {}
        self.guests: dict[str, Guest] = {}
        self.http = Server(self)
        self.web_server: web.Server | None = None
        self.runner: web.ServerRunner | None = None
        self.url = ""

    # Its life

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> Self:
        """Listen on a loopback address; port 0 takes any free one. `url` then has it."""
        if not is_loopback(host):
            raise ValueError("the sandbox listens on loopback only")
        self.web_server = web.Server(self.http.handle, request_factory=spacious_request, access_log=None)
        self.runner = web.ServerRunner(self.web_server, shutdown_timeout=0.2)
        await self.runner.setup()
        site = web.TCPSite(self.runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self.runner.addresses[0][1]}"
        return self

    async def stop(self) -> None:
        """Polls and event streams end, webhooks are let go, the port is free again."""
        for bot in self.bots.values():
            bot.queue.end_poll()
        self.http.phone.end_streams()
        for pusher in self.pushers.values():
            await pusher.close()
        for guest in self.guests.values():
            await guest.close()
        if self.runner is not None:
            await self.runner.cleanup()
            self.runner = self.web_server = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    # Who is in it

    def add_bot(
        self, token: str = FIRST_BOT, username: str = "binhyen_bot", name: str = "Bình Yên", *, reads_all: bool = False
    ) -> BotAccount:
        """Privacy mode is on unless `reads_all` (can_read_all_group_messages)."""
        bot = BotAccount(token, username, name, self.now, reads_all=reads_all)
        self.bots[token] = bot
        return bot

    def add_person(self, name: str, username: str | None = None, *, language: str = "vi") -> Person:
        person = Person(self, next(self.person_ids), name, username, language)
        self.people[person.id] = person
        return person

    def add_group(
        self,
        title: str,
        owner: Person,
        members: Iterable[Person] = (),
        *,
        kind: str = "supergroup",
        forum: bool = False,
    ) -> Group:
        """kind "group" (basic, may migrate) or "supergroup"; the members are in it without service messages."""
        group = Group(self, kind, title, owner, forum=forum)
        for person in members:
            group.enter(person.face, owner.face)
        self.tell("chat", group, {})
        return group

    def pusher(self, bot: BotAccount) -> WebhookPusher:
        if bot.id not in self.pushers:
            self.pushers[bot.id] = WebhookPusher(bot, self.faults)
        return self.pushers[bot.id]

    # What tests wait for

    async def wait_for(
        self,
        chat: Readable,
        match: Callable[[Message], Any],
        timeout: float = 5.0,  # noqa: ASYNC109
        *,
        after: Message | None = None,
    ) -> Message:
        """The newest message in the chat, there already or to come, that satisfies `match`; newer than `after`."""
        seen = after["message_id"] if after else 0

        def look() -> Message | None:
            found = (message for message in reversed(chat.messages) if message["message_id"] > seen)
            return next((message for message in found if match(message)), None)

        found = await self.until(look, timeout)
        if found is None:
            raise AssertionError(f"no such message in {chat.title}; the last were {chat.texts()[-5:]}")
        return found

    async def wait_answer(self, press: Press, timeout: float = 5.0) -> dict[str, Any]:  # noqa: ASYNC109
        """What answerCallbackQuery showed for a pressed button: {"text", "show_alert", "url"}."""
        found = await self.until(lambda: press.answer, timeout)
        if found is None:
            raise AssertionError(f"nobody answered the button {press.label!r}")
        return found

    async def until(self, look: Callable[[], Found], timeout: float = 5.0) -> Found | None:  # noqa: ASYNC109
        """The first true value of `look`, tried after every change in the world; None when time is up."""
        try:
            async with asyncio.timeout(timeout):
                while not (found := look()):
                    await self.change()
                return found
        except TimeoutError:
            return None

    # What the server leans on

    def log_call(self, when: float, chat_id: int | None, method: str, status: int) -> None:
        self.sent.append((when, chat_id, method, status))
        if len(self.sent) > LOG_LIMIT:
            del self.sent[: LOG_LIMIT // 2]
            self.sent_before += LOG_LIMIT // 2
        self.wake()

    def abort_all(self) -> None:
        """Cut every open connection, as a dead network does."""
        for handler in list(self.web_server.connections) if self.web_server else ():
            if handler.transport is not None:
                handler.transport.abort()
