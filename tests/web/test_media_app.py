"""The app makes links and serves them itself: to a platform that fetches, and after a restart with a new key."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import App
from bot.config import WebSettings
from bot.links import OPENED_LASTS
from bot.sandbox import Sandbox, Zalo
from bot.sealing import new_key
from tests.cast import KEY, Stage, settings_for
from tests.delivery.test_webhook import free_port
from tests.media_samples import photo
from tests.processes import BotProcess

PICTURE = photo()


@asynccontextmanager
async def running(sandbox: Sandbox, folder: Path, port: int, key: str = KEY) -> AsyncIterator[App]:
    web = WebSettings(port=port, public_url=f"http://127.0.0.1:{port}/")
    changed = {"web": web, "secret_key": SecretStr(key)}
    app = App(settings_for(sandbox, folder).model_copy(update=changed))
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


@pytest.fixture(autouse=True)
def _known_there(sandbox: Sandbox) -> None:
    Stage(sandbox, None)  # its bot is the one whose token the app has


async def get(link: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(link) as answer:
        return answer.status, await answer.read()


async def test_zalo_fetches_a_picture_of_the_vault_by_its_link(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(sandbox, tmp_path, free_port()) as app:
        stored = app.vault.put(PICTURE)
        link = app.links.link(stored, "image/jpeg", time.time())
        assert await Zalo(sandbox).media.fetch(link) == (PICTURE, "image/jpeg")
        app.vault.erase(stored)
        assert await get(link) == (404, b"")
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert link.rpartition("/")[2][:20] not in said
    assert stored not in said


async def test_a_link_outlives_a_restart_with_a_new_key(sandbox: Sandbox, tmp_path: Path) -> None:
    port = free_port()
    async with running(sandbox, tmp_path, port) as app:
        link = app.links.link(app.vault.put(PICTURE), "image/jpeg", time.time(), OPENED_LASTS)
    async with running(sandbox, tmp_path, port, f"{new_key()},{KEY}"):
        assert await get(link) == (200, PICTURE)


async def test_a_bot_in_a_process_of_its_own_serves_what_another_linked(sandbox: Sandbox, tmp_path: Path) -> None:
    port = free_port()
    async with running(sandbox, tmp_path, port) as app:
        link = app.links.link(app.vault.put(PICTURE), "image/jpeg", time.time())
    bot = BotProcess(sandbox, tmp_path, BINHYEN_WEB__PORT=str(port))
    await bot.start()
    try:
        for _ in range(200):
            if "bot.app: running" in bot.output:
                break
            await asyncio.sleep(0.05)
        assert await get(link) == (200, PICTURE)
        assert await get(link + "x") == (404, b"")
    finally:
        assert await bot.stop() == 0
    assert "/media/" not in bot.output
    assert link.rpartition("/")[2][:20] not in bot.output


async def test_without_a_public_address_the_app_makes_no_link(sandbox: Sandbox, tmp_path: Path) -> None:
    app = App(settings_for(sandbox, tmp_path))
    assert app.links.link(app.vault.put(PICTURE), "image/jpeg", time.time()) == ""
    await app.stop()
