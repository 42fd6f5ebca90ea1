"""Every platform on its fake, behind the same few questions: what the contract's tests ask.

Telegram stands on the sandbox, the Zalo bot on the Zalo in it; each by polling and by webhook.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from aiohttp import web

from bot.config import TelegramSettings, ZaloBotSettings
from bot.errors import NotStored
from bot.messages import Attachment, Incoming, MediaKind
from bot.platforms.base import Platform
from bot.platforms.telegram import Telegram
from bot.platforms.zalo_bot import ZaloBot
from bot.sandbox import Sandbox, Zalo, sample_photo
from bot.web.server import called
from tests.platforms.scripted import serving

TOKEN = "4821:SECRETofTheBotNobodyMaySee"
SECRET = "webhook-secret-nobody-may-see"
COMMANDS = frozenset({"gui"})


class Keeper:
    """A store that refuses at first; what it saw then it remembers apart."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.refused: list[Incoming] = []
        self.kept: list[Incoming] = []

    async def __call__(self, events: Sequence[Incoming]) -> None:
        if events and self.refusals:
            self.refusals -= 1
            self.refused += events
            raise NotStored("full")
        self.kept += events

    @property
    def texts(self) -> list[str]:
        return [event.text for event in self.kept]


class World(Protocol):
    """One platform and its fake. `url` of a web server of ours makes it a webhook, an empty one polling."""

    platform: Platform
    chat: str
    group: str
    unknown: str

    def __init__(self, sandbox: Sandbox, url: str) -> None: ...

    def build(self, token: str, api_url: str = "") -> Platform:
        """The same platform with another token, or at another server."""

    def says(self, text: str) -> None:
        """A resident writes to the bot."""

    def sends_photo(self, content: bytes) -> None:
        """A resident sends a picture to the bot."""

    def injects(self, raw: Any) -> None:
        """Something comes that no fake would send."""

    def heard_by_us(self) -> bool:
        """Whether a poll waits, or the webhook is registered."""

    def unacknowledged(self) -> int:
        """How many events the fake still holds for us."""

    def shown(self, chat: str) -> list[str]:
        """What the bot has said in a chat, oldest first."""

    def refuses(self) -> None:
        """From now on everything is too much (429)."""

    def sample(self, kind: MediaKind) -> tuple[Attachment, dict[str, bytes]]:
        """A file of this kind as the core hands it over, and the bytes beside it."""


class TelegramWorld:
    """Resident An, one group, on the sandbox."""

    unknown = "999"

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        self.sandbox, self.faults, self.url = sandbox, sandbox.faults, url
        self.bot = sandbox.add_bot(token=TOKEN)
        self.an = sandbox.add_person("An")
        group = sandbox.add_group("Tổ 5", sandbox.add_person("Hoa"), [self.an])
        group.add_bot(self.bot)
        self.an.says("/start")
        self.bot.queue.waiting.clear()
        self.chats = {str(self.an.id): self.an.chat_with(self.bot), str(group.id): group}
        self.chat, self.group = self.chats
        self.platform = self.build(TOKEN)

    def build(self, token: str, api_url: str = "") -> Telegram:
        hook = f"{self.url}/telegram/webhook" if self.url else None
        settings = TelegramSettings(token=token, api_url=api_url or self.sandbox.url, webhook_url=hook)
        return Telegram(settings, COMMANDS, SECRET)

    def says(self, text: str) -> None:
        self.an.says(text)

    def sends_photo(self, content: bytes) -> None:
        self.an.sends_photo(content)

    def injects(self, raw: Any) -> None:
        self.bot.queue.put("message", self.chat, raw)

    def heard_by_us(self) -> bool:
        queue = self.bot.queue
        return bool(queue.webhook) if self.url else queue.poller is not None and not queue.poller.done()

    def unacknowledged(self) -> int:
        return len(self.bot.queue.waiting)

    def shown(self, chat: str) -> list[str]:
        mine = [message for message in self.chats[chat].messages if message.get("from", {}).get("is_bot")]
        return [message.get("text") or message.get("caption") or "" for message in mine]

    def refuses(self) -> None:
        self.sandbox.limits.close(5)

    def sample(self, kind: MediaKind) -> tuple[Attachment, dict[str, bytes]]:
        match kind:
            case MediaKind.LOCATION:
                return Attachment(kind, latitude=21.0, longitude=105.8), {}
            case MediaKind.CONTACT:
                return Attachment(kind, name="Tổ trưởng", phone="0912345678"), {}
        return Attachment(kind, stored="x", name="tep"), {"x": sample_photo()}


class ZaloWorld:
    """Resident An, one group, on the Zalo beside the sandbox. Its polls find what was said just before them."""

    unknown = "0000"

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        self.zalo, self.url = Zalo(sandbox), url
        self.faults = self.zalo.faults
        self.bot = self.zalo.add_bot(TOKEN, "Bot Bình Yên")
        self.an = self.zalo.add_person("An")
        group = self.zalo.add_group("Tổ 5", self.an)
        group.add_bot(self.bot)
        self.an.says("chào")  # only who has written to it may be written to
        self.an.says("chào", group, mention=True)
        self.zalo.variations.poll_memory = 10.0
        self.zalo.variations.webhook_tries = 10
        self.chats = {self.an.id: self.an.chat_with(self.bot), group.id: group}
        self.chat, self.group = self.chats
        self.platform = self.build(TOKEN)

    def build(self, token: str, api_url: str = "") -> ZaloBot:
        secret = SECRET if self.url else None
        settings = ZaloBotSettings(token=token, api_url=api_url or self.zalo.url, webhook_secret=secret)
        return ZaloBot(settings, self.url, COMMANDS, frozenset())

    def says(self, text: str) -> None:
        self.an.says(text)

    def sends_photo(self, content: bytes) -> None:
        self.an.sends_photo(content)

    def injects(self, raw: Any) -> None:
        event = {"event_name": "message.text.received", "message": raw}
        if self.url:
            self.bot.pusher.push(self.chat, event)
        else:
            self.bot.mailbox.offer(event, 10.0)

    def heard_by_us(self) -> bool:
        return bool(self.bot.hook) if self.url else self.bot.polling

    def unacknowledged(self) -> int:
        """In webhook mode what is being tried; what a poll took Zalo has forgotten."""
        return len(self.bot.pusher.busy) if self.url else 0

    def shown(self, chat: str) -> list[str]:
        mine = [message for message in self.chats[chat].messages if message["from"]["is_bot"]]
        return [message.get("text") or message.get("caption") or "" for message in mine]

    def refuses(self) -> None:
        self.zalo.variations.quota_reached = True

    def sample(self, kind: MediaKind) -> tuple[Attachment, dict[str, bytes]]:
        return Attachment(kind, url=self.zalo.media.add(sample_photo(), "image/jpeg")), {}


WORLDS: dict[str, type[TelegramWorld] | type[ZaloWorld]] = {"telegram": TelegramWorld, "zalo_bot": ZaloWorld}


@asynccontextmanager
async def opened(kind: str, mode: str) -> AsyncIterator[Any]:
    """A world whose platform is open; in webhook mode behind a web server of ours, with `world.keeper` as the store."""
    found: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        world = found[0]
        return await called(world.platform.hook, world.keeper)(request)

    async with Sandbox(limits=False) as sandbox, serving(take) as url:
        world = WORLDS[kind](sandbox, url if mode == "webhook" else "")
        world.faults.retry_delay = 0.02
        found.append(world)
        await world.platform.open()
        yield world
        await world.platform.close()


@asynccontextmanager
async def receiving(world: Any, keeper: Keeper) -> AsyncIterator[Keeper]:
    """The platform receives into this store."""
    world.keeper = keeper
    task = asyncio.create_task(world.platform.receive(keeper))
    await until(world.heard_by_us)
    yield keeper
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(look: Any, timeout: float = 8.0) -> None:
    """Wait for what tells nobody."""
    async with asyncio.timeout(timeout):
        while not look():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
