"""`python -m bot check`: one line each, and how to mend what is wrong."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.app import KEY_FILE, LEAST_FREE, build_platforms, load_content
from bot.config import ROOT, Settings
from bot.errors import BadContent, BadSettings, BadToken, DeliveryError
from bot.platforms.base import Platform
from bot.sealing import load_keys
from data.engine import file_of
from data.migrate import HEAD, version
from handlers import build_router

FAST_OR_SLOW = 30.0
PATIENCE = 10.0
NO_PLATFORM = (
    "no platform has a token: set BINHYEN_TELEGRAM__TOKEN (from @BotFather) "
    "or BINHYEN_ZALO_BOT__TOKEN (from Zalo Bot Creator)"
)


@dataclass(frozen=True, slots=True)
class Result:
    """One thing looked at."""

    name: str
    ok: bool
    says: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{'ok ' if self.ok else 'BAD'} {self.name}: {self.says}"


Look = Callable[[Settings], Awaitable[Result]]


async def run_checks(settings: Settings) -> list[Result]:
    """Everything; none stops the others."""
    before: list[Look] = [check_settings, check_key, check_content]
    after: list[Look] = [check_clock, check_database, check_disk, check_law]
    platforms = await check_platforms(settings)
    return [*[await look(settings) for look in before], *platforms, *[await look(settings) for look in after]]


async def check_settings(settings: Settings) -> Result:
    """They were read, or we would not be here."""
    return Result("settings", True, f"read; times are shown in {settings.timezone}")


async def check_key(settings: Settings) -> Result:
    """The sealing key is there and private."""
    try:
        load_keys(settings.secret_key.get_secret_value() if settings.secret_key else None, KEY_FILE.expanduser())
    except BadSettings as error:
        return Result("key", False, "; ".join(error.faults))
    where = "BINHYEN_SECRET_KEY" if settings.secret_key else str(KEY_FILE)
    return Result("key", True, f"from {where}; keep a copy apart from the backups, without it no reporter can be told")


async def check_content(settings: Settings) -> Result:
    """Every content file says what it has to."""
    try:
        content = load_content(settings)
    except BadContent as error:
        return Result("content", False, "; ".join(error.faults))
    ours, wards = content.everywhere, "".join(f"; of its own: {code}" for code in content.wards)
    return Result("content", True, f"{len(ours.guides)} guides, {len(ours.lessons)} lessons{wards}")


async def check_platforms(settings: Settings) -> list[Result]:
    """Each platform that has a token knows the bot."""
    platforms = build_platforms(settings, build_router(), b"a check takes no calls")
    if not platforms:
        return [Result("token", False, NO_PLATFORM)]
    return [await check_platform(platform, settings) for platform in platforms.values()]


async def check_platform(platform: Platform, settings: Settings) -> Result:
    """One platform, opened and closed again."""
    try:
        async with asyncio.timeout(PATIENCE):
            await platform.open()
        return Result(platform.name, True, platform.mention)
    except BadToken:
        where = f"BINHYEN_{platform.name.upper()}__TOKEN"
        return Result(platform.name, False, f"{where} is not known there: copy it again from where it was made")
    except (DeliveryError, TimeoutError) as error:
        address = settings.platforms[platform.name].api_url
        return Result(platform.name, False, f"{address} cannot be reached ({type(error).__name__})")
    finally:
        await platform.close()


async def check_clock(settings: Settings) -> Result:
    """Our clock against that of the first platform that tells the time."""
    for section in settings.platforms.values():
        if date := await told_time(section.api_url):
            off = abs(date - time.time())
            mend = "" if off < FAST_OR_SLOW else ": set it by NTP"
            return Result("clock", off < FAST_OR_SLOW, f"{off:.0f} s off{mend}")
    return Result("clock", True, "not compared: no platform told the time")


async def check_database(settings: Settings) -> Result:
    """It opens, and its version is known."""
    file = file_of(make_url(settings.database_url))
    if file and not file.exists():
        return Result("database", True, "not there yet; made at the first start")
    try:
        at = version(settings.database_url)
    except (SQLAlchemyError, OSError) as error:
        return Result("database", False, f"cannot be opened ({type(error).__name__}): look at BINHYEN_DATABASE_URL")
    if at is not None and at > HEAD:
        return Result("database", False, f"is at version {at}, newer than this code ({HEAD}): start the newer code")
    return Result("database", True, "empty; made at the first start" if at is None else f"version {at}")


async def check_disk(settings: Settings) -> Result:
    """There is room, and we may write."""
    folder = settings.var_dir if settings.var_dir.exists() else ROOT
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        return Result("disk", False, f"{free >> 20} MB free: make room, nothing can be stored on a full disk")
    return Result("disk", writable(settings.var_dir), f"{free >> 20} MB free at {settings.var_dir}")


def writable(folder: Path) -> bool:
    """Whether a file can be made there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


async def check_law(_settings: Settings) -> Result:
    """A reminder, not a test."""
    return Result("law", True, "whether your unit may run this, and which dossier it owes: docs/legal.md")


async def told_time(url: str) -> float:
    """The time that a server tells, in UTC seconds; 0.0 when it tells none."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            return parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
    except (aiohttp.ClientError, OSError, ValueError):
        return 0.0
