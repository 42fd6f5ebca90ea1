"""`python -m bot check`: one line each, and how to mend what is wrong."""

import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.app import KEY_FILE, LEAST_FREE
from bot.config import ROOT, Settings
from bot.errors import BadSettings
from bot.sealing import load_keys
from data.engine import file_of
from data.migrate import HEAD, version

FAST_OR_SLOW = 30.0
PATIENCE = 10.0


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


async def run_checks(settings: Settings) -> list[Result]:
    """Everything; none stops the others."""
    looks: list[Callable[[Settings], Awaitable[Result]]] = [
        check_settings, check_key, check_token, check_clock, check_database, check_disk, check_law,
    ]  # fmt: skip
    return [await look(settings) for look in looks]


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


async def check_token(settings: Settings) -> Result:
    """Telegram knows the bot."""
    token = settings.telegram.token
    if token is None:
        return Result("token", False, "BINHYEN_TELEGRAM__TOKEN is not set: ask @BotFather for one")
    try:
        status, body, _ = await ask(f"{settings.telegram.api_url}/bot{token.get_secret_value()}/getMe")
    except (aiohttp.ClientError, OSError) as error:
        return Result("token", False, f"{settings.telegram.api_url} cannot be reached ({type(error).__name__})")
    if status in (401, 404):
        return Result("token", False, "Telegram does not know this token: copy it again from @BotFather")
    return Result("token", status == 200, f"@{body['result']['username']}" if status == 200 else f"HTTP {status}")


async def check_clock(settings: Settings) -> Result:
    """Our clock against the platform's."""
    try:
        _, _, date = await ask(settings.telegram.api_url)
    except (aiohttp.ClientError, OSError):
        return Result("clock", True, "not compared: the platform cannot be reached")
    if not date:
        return Result("clock", True, "not compared: the platform told no time")
    off = abs(parsedate_to_datetime(date).timestamp() - time.time())
    return Result("clock", off < FAST_OR_SLOW, f"{off:.0f} s off" + ("" if off < FAST_OR_SLOW else ": set it by NTP"))


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


async def ask(url: str) -> tuple[int, dict[str, dict[str, str]], str]:
    """One GET: status, JSON, and the Date header."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else {}, answer.headers.get("Date", "")
