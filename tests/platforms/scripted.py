"""A server that says what a test tells it to, and remembers what it was asked."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.config import ZaloBotSettings
from bot.errors import NotStored
from bot.messages import Incoming
from bot.platforms.zalo_bot import ZaloBot

TOKEN = "4821:SECRET-of-the-bot-nobody-may-see"
SECRET = "webhook-secret-nobody-may-see"
NAME = "Bot Bình Yên"
IDLE = {"ok": False, "error_code": 408, "description": "Request timeout"}
GOOD = {"getMe": {"id": "1", "account_name": "bot.x", "display_name": NAME}}
Said = dict[str, Any] | tuple[int, str]


class Scripted:
    """`say` queues answers to a method: a dict goes as JSON with HTTP 200, a tuple as status and body."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.counts: Counter[str] = Counter()
        self.said: dict[str, list[Said]] = {}
        self.always: dict[str, Said] = {}
        self.cut: set[str] = set()
        self.url = ""

    def say(self, method: str, *answers: Said) -> None:
        self.said.setdefault(method, []).extend(answers)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        if request.path != f"/bot{TOKEN}/{method}":
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"})
        self.calls.append((method, await request.json()))
        self.counts[method] += 1
        if method in self.cut:
            assert request.transport is not None
            request.transport.abort()
        return await self.answer(method)

    async def answer(self, method: str) -> web.Response:
        queued = self.said.get(method)
        said = queued.pop(0) if queued else self.always.get(method)
        if isinstance(said, tuple):
            return web.Response(status=said[0], text=said[1])
        if said is None and method == "getUpdates":
            await asyncio.sleep(0.05)
            return web.json_response(IDLE)
        return web.json_response(said or {"ok": True, "result": GOOD.get(method, {"message_id": "sent-1"})})


@asynccontextmanager
async def serving(handle: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    """A loopback server for as long as it is wanted; its address."""
    runner = web.ServerRunner(web.Server(handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


class Kept:
    """A store: `refusals` times it cannot."""

    def __init__(self, refusals: int = 0) -> None:
        self.events: list[Incoming] = []
        self.refusals = refusals
        self.tries = 0
        self._more = asyncio.Event()

    async def __call__(self, events: Any) -> None:
        self.tries += 1
        if events and self.refusals:
            self.refusals -= 1
            raise NotStored("full")
        self.events += events
        self._more.set()

    async def until(self, number: int, timeout: float = 5.0) -> list[Incoming]:
        async with asyncio.timeout(timeout):
            while len(self.events) < number:
                self._more.clear()
                await self._more.wait()
        return self.events


def zalo(url: str, *, webhook: str = "", name: str = NAME, media_bytes: int = 1000) -> ZaloBot:
    """A platform on a server; `webhook` is the public address it is to register."""
    secret = SECRET if webhook else None
    settings = ZaloBotSettings(token=TOKEN, api_url=url, webhook_secret=secret, name=name, media_bytes=media_bytes)
    words = frozenset({"tinbao", "lienket", "trogiup"})
    return ZaloBot(settings, webhook, words | {"gui", "huy"}, words)


def said(text: str = "Chào", *, group: bool = False, number: str = "m1", **more: Any) -> dict[str, Any]:
    """A text message as the webhook brings it, bare."""
    chat = {"id": "zgr-77", "chat_type": "GROUP"} if group else {"id": "an", "chat_type": "PRIVATE"}
    sender = {"id": "an", "display_name": "An", "is_bot": False}
    message = {"from": sender, "chat": chat, "text": text, "message_id": number, "date": 1750316131602}
    return {"event_name": "message.text.received", "message": message | more}
