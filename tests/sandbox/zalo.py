"""What the tests of the fake Zalo share: a bare client of its API, a bot's web server, the cast."""

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, web

from bot.sandbox.zalo import Zalo, ZaloBot, ZaloGroup, ZaloPerson

SECRET = "bi-mat-0123456789"


@dataclass
class Neighbourhood:
    """Lan owns the group, Bình is in it, Chi is in none. Nobody has written yet."""

    zalo: Zalo
    bot: ZaloBot
    api: "ZaloClient"
    lan: ZaloPerson
    binh: ZaloPerson
    chi: ZaloPerson
    group: ZaloGroup


class ZaloClient:
    """`status, body = await api.raw(method, ...)`; `await api(method, ...)` gives `result` or fails the test."""

    def __init__(self, session: ClientSession, zalo: Zalo, token: str) -> None:
        self.session = session
        self.zalo = zalo
        self.bot = zalo.bots[token]
        self.base = f"{zalo.url}/bot{token}"

    async def raw(self, method, **params):
        async with self.session.post(f"{self.base}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    async def __call__(self, method, **params):
        _, body = await self.raw(method, **params)
        assert body["ok"], body
        return body.get("result")

    async def refused(self, method, **params):
        """(error_code, description)"""
        _, body = await self.raw(method, **params)
        assert not body["ok"], body
        return body["error_code"], body["description"]

    async def hears(self, act):
        """The event that `act` makes while a poll waits; None if there is none within 0.2 s."""
        poll = asyncio.create_task(self.raw("getUpdates", timeout=0.2))
        assert await self.zalo.sandbox.until(lambda: self.bot.polling)
        act()
        _, body = await poll
        return body.get("result")


class Receiver:
    """A bot's web server: answers with `statuses` in turn, then 200; keeps what came."""

    def __init__(self, *statuses) -> None:
        self.statuses = list(statuses)
        self.requests = []
        self.came = asyncio.Event()
        self.url = ""

    async def take(self, request):
        body = await request.read()
        self.requests.append((dict(request.headers), json.loads(body) if body else None))
        self.came.set()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def events(self):
        return [body for _, body in self.requests if body is not None]

    @property
    def texts(self):
        return [event["message"]["text"] for event in self.events]

    async def until(self, count):
        async with asyncio.timeout(5):
            while len(self.events) < count:
                self.came.clear()
                await self.came.wait()


@asynccontextmanager
async def serving(take):
    """The address of a server that answers with `take`."""
    runner = web.ServerRunner(web.Server(take))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def hooked(api, *statuses):
    """A receiver that is the bot's webhook; the first status answers the verification."""
    receiver = Receiver(*statuses)
    async with serving(receiver.take) as url:
        receiver.url = f"{url}/hook"
        receiver.verification = (await api("setWebhook", url=receiver.url, secret_token=SECRET))["verification"]
        yield receiver
        await api("deleteWebhook")
