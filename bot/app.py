"""The composition root: the only place that builds things."""

import asyncio
import hashlib
import hmac
import logging
import shutil
import signal
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.binder import Binder
from bot.config import ROOT, Settings
from bot.context import Surroundings
from bot.delivery.drafting import Drafter
from bot.delivery.engine import Delivery
from bot.delivery.facts import FactFinder
from bot.delivery.fitting import Fitter
from bot.delivery.intake import Intake
from bot.delivery.metering import Meter
from bot.delivery.pacer import Pacer
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.errors import DeliveryError
from bot.headcount import Headcount
from bot.links import Links
from bot.messages import Outgoing
from bot.painter import Painter
from bot.platforms.base import Platform
from bot.platforms.telegram import Telegram
from bot.platforms.zalo_bot import ZaloBot
from bot.press import Press
from bot.routing import Router
from bot.schedule import Schedule
from bot.sealing import Seal, load_keys
from bot.services import digests
from bot.services.drafts import all_wards
from bot.services.quotas import Plan
from bot.services.wards import any_setup, new_setup_code
from bot.texts import Texts
from bot.watching import Watch
from bot.web.lending import Lending
from bot.web.media import MediaRoute
from bot.web.server import WebServer, build_web
from data.content import Content, unknown_wards
from data.engine import Database, Reader
from data.expiry import TIP_STEPS
from data.health import count_rows, count_usage
from data.keys import unlock
from data.migrate import migrate
from data.places import guarded_groups
from data.retention import STEPS, House, purge
from data.search import optimize_index
from data.unit_of_work import Work
from data.vault import Vault
from handlers import build_router

log = logging.getLogger(__name__)
KEY_FILE = Path("~/.config/binhyen/key")
FOLLOW = 2.0  # s until a change of what is watched is known
TEXTS = ROOT / "data" / "texts"
OPEN_AGAIN = 2.0
TIDY = 3600.0
LEAST_FREE = 50 * 1024 * 1024


class App:
    """A bot, built from settings: `start`, then `stop`; or `serve` until a signal comes."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        keys = load_keys(settings.secret_key.get_secret_value() if settings.secret_key else None, KEY_FILE.expanduser())
        self.seal = Seal(keys)
        self.database = Database(settings.database_url, self.seal)
        self.vault = Vault(settings.var_dir / "vault", self.seal)
        self.links = Links(settings.web.public_url, self.seal)
        self.texts = Texts.load(TEXTS)
        self.router = build_router()
        self.watch = Watch()
        self.platforms = build_platforms(settings, self.router, keys[0], self.watch)
        self.around = Surroundings(settings, self.texts, self.platforms, self.vault, load_content(settings), self._fit)
        binder = Binder(self.database, self.vault, self.texts, self.around.content, settings.zone)
        press = Press(self.database, self.vault)
        headcount = Headcount(self.database, self.platforms)
        painter = Painter(self.database, self.vault, self.texts, self.around.content)
        making = [binder.run, press.run, headcount.run, painter.run]
        clocks = [Schedule(self.database, settings.zone).run, *making, self._tidy, self._follow_guards]
        self.plans = {name: Plan(name, platform.quota, settings.zone) for name, platform in self.platforms.items()}
        plans = [*self.plans.values()]
        self.delivery = Delivery(self.database, self.platforms, self._worker, self._sender, clocks, plans)
        self._reader = Reader(self.database.url)
        hooks = [platform.hook for platform in self.platforms.values() if platform.hook]
        media = MediaRoute(self.links, Lending(self.vault))
        application = build_web(hooks, self.delivery.intake.store, self.faults, self.metrics, media)
        self.web = WebServer(application, settings.web.host, settings.web.port)
        self._loop: asyncio.Task[None] | None = None

    # --- life

    async def start(self) -> None:
        """Migrate, listen, prove the token, deliver."""
        migrate(self.settings.database_url, self.settings.var_dir / "backups")
        await self.database.write(unlock)
        await self.offer_setup_code()
        await self.tell_unknown_wards()
        await self.web.start()
        await asyncio.gather(*(opened(platform) for platform in self.platforms.values()))
        self._loop = asyncio.create_task(self.delivery.run())

    async def stop(self) -> None:
        """Finish what is on its way and close."""
        if self._loop:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        await self.delivery.stop()
        await self.web.stop()
        await asyncio.gather(*(platform.close() for platform in self.platforms.values()))
        await self._reader.close()
        await self.database.close()

    async def serve(self) -> None:
        """Run until SIGTERM or SIGINT."""
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        starting = asyncio.create_task(self.start())
        halting = asyncio.create_task(stopping.wait())
        await asyncio.wait([starting, halting], return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            log.info("running")
            await halting
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        log.info("stopping")
        await self.stop()

    async def offer_setup_code(self) -> None:
        """The first ward needs a code: the one in the settings, or one made and printed now."""
        given = self.settings.setup_code
        if given:
            await self.database.write(lambda work: new_setup_code(work, given.get_secret_value()))
        elif not await self.database.write(any_setup):
            code = await self.database.write(new_setup_code)
            print(f"Mã thiết lập cho phường đầu tiên / setup code for the first ward: {code}", flush=True)  # noqa: T201

    async def tell_unknown_wards(self) -> None:
        """A folder for a ward that is not there is told: it may be set up later, or its name may be mistyped."""
        for code in await self.database.write(lambda work: unknown_wards(work, self.around.content)):
            log.warning("content: wards/%s belongs to no ward yet (a ward's code is its name, as phuong-hoa-sua)", code)

    async def _tidy(self, _intake: Intake) -> None:
        """Erase what is past its time, and see that each desk has its digest, every hour."""
        while True:
            try:
                await self._erase()
                await self.database.write(self._plan_digests)
            except (SQLAlchemyError, sqlite3.Error) as error:
                log.error("nothing could be erased (%s); again in an hour", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(TIDY)

    async def _follow_guards(self, _intake: Intake) -> None:
        """Know which groups are watched, a moment after that has changed."""
        while True:
            try:
                self.watch.groups = await self.database.write(guarded_groups)
            except (SQLAlchemyError, sqlite3.Error) as error:
                log.error("the watched groups cannot be read (%s)", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(FOLLOW)

    async def _erase(self) -> None:
        await self.database.write(purge)
        house = House(self.settings.retention, self.vault, self.settings.zone)
        for step in (*STEPS, *TIP_STEPS):
            while await self.database.write(house.portion(step)):
                pass  # the next portion
        await self.database.write(optimize_index)  # words may also have gone at somebody's wish
        await self.database.empty_log()

    def _plan_digests(self, work: Work) -> None:
        """A ward that is older than digests has one tomorrow too."""
        for ward in all_wards(work):
            digests.plan(work, self.around.content.rules, ward.id, self.settings.zone)

    # --- parts that are built again for each term of the lease

    def _worker(self) -> Worker:
        finder = FactFinder(self.platforms)
        return Worker(self.database, self.router, self.around, finder)

    def _sender(self, platform: Platform, noted: object) -> Sender:
        drafter = Drafter(self.database, self._fitter(platform), self.vault, self.links, self._banner)
        meter = Meter(self.database, self.plans[platform.name])
        return Sender(self.database, platform, Pacer(platform.limits), meter, drafter, noted)  # type: ignore[arg-type]

    def _fitter(self, platform: Platform) -> Fitter:
        return Fitter(platform.name, platform.capabilities, self.texts, platform.mention, self.settings.zone)

    def _fit(self, name: str, message: Outgoing) -> Sequence[Outgoing]:
        return self._fitter(self.platforms[name]).fit(message, private=False)

    def _banner(self, waiting: int) -> str:
        return self.texts.say("vi", "desk.backlog", count=waiting) if waiting else ""

    # --- how it is

    async def faults(self) -> list[str]:
        """What is wrong, in words for an operator; empty when all is well."""
        faults = self.delivery.faults()
        if self._loop is None:
            faults.append("start: no platform could be opened yet (token, network: python -m bot check)")
        if shutil.disk_usage(self.settings.var_dir if self.settings.var_dir.exists() else ROOT).free < LEAST_FREE:
            faults.append("disk: less than 50 MB free")
        try:
            async with self._reader.connect() as connection:
                await connection.execute(text("SELECT 1 FROM alembic_version"))
        except (SQLAlchemyError, OSError) as error:
            faults.append(f"database: {type(error).__name__}")
        return faults

    async def metrics(self) -> bytes:
        """Prometheus's text: the queues, and what the senders did."""
        registry = CollectorRegistry()
        plans = [plan for plan in self.plans.values() if plan.allowed]
        async with self._reader.connect() as connection:
            rows = await count_rows(connection)
            used = {
                plan: await count_usage(connection, plan.platform, plan.month(self.database.clock())) for plan in plans
            }
        queue = Gauge("binhyen_rows", "Rows of a queue by state", ["queue", "state"], registry=registry)
        for name, state, count in rows:
            queue.labels(name, state).set(count)
        done = Gauge("binhyen_messages", "Messages since the start", ["outcome"], registry=registry)
        for outcome in ("sent", "retried", "slowed", "parked"):
            done.labels(outcome).set(sum(getattr(sender.counts, outcome) for sender in self.delivery.senders))
        quota = Gauge("binhyen_quota", "A platform's plan", ["platform", "what", "side"], registry=registry)
        for plan in plans:
            for what, allowed in plan.allowed.items():
                quota.labels(plan.platform, what, "allowed").set(allowed)
                quota.labels(plan.platform, what, "used").set(used[plan][what])
        leading = Gauge("binhyen_leading", "Whether this process works and sends", registry=registry)
        leading.set(self.delivery.leading)
        return generate_latest(registry)


def load_content(settings: Settings) -> Content:
    """Our content, an installation's own over it, and each ward's. Raises BadContent."""
    return Content.load(own=settings.content_dir)


def build_platforms(
    settings: Settings, router: Router, key: bytes, watch: Watch | None = None
) -> Mapping[str, Platform]:
    """Every platform that has a token."""
    platforms: dict[str, Platform] = {}
    if settings.telegram.token:
        secret = hmac.new(key, settings.telegram.token.get_secret_value().encode(), hashlib.sha256).hexdigest()
        platforms["telegram"] = Telegram(settings.telegram, router.commands, secret, router.quoting, watch)
    if settings.zalo_bot.token:
        public = settings.web.public_url
        platforms["zalo_bot"] = ZaloBot(settings.zalo_bot, public, router.commands, router.plain)
    return platforms


async def opened(platform: Platform) -> None:
    """Open a platform, however long it cannot be reached."""
    while True:
        try:
            await platform.open()
            return
        except DeliveryError as error:
            log.warning("%s cannot be opened (%s); trying again", platform.name, error)
            await asyncio.sleep(OPEN_AGAIN)
