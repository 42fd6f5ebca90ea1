"""Webhook mode: 200 only after the commit, 401 to strangers, and a kill loses nothing."""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.app import App
from bot.config import WebSettings
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for
from tests.delivery.test_disk import read_only
from tests.delivery.test_faults import arrive
from tests.delivery.test_kill import check_numbers, numbers_at, speak
from tests.processes import BotProcess, free_port

SECRET = "X-Telegram-Bot-Api-Secret-Token"


def url_at(port: int) -> str:
    return f"http://127.0.0.1:{port}/telegram/webhook"


@pytest.fixture
async def hooked(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose app is called instead of asking."""
    sandbox.faults.retry_delay = 0.1
    port = free_port()
    settings = settings_for(sandbox, tmp_path, webhook_url=url_at(port))
    app = App(settings.model_copy(update={"web": WebSettings(port=port)}))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    yield stage
    await app.stop()


def secret_of(stage: Stage) -> str:
    return str(stage.bot.queue.webhook["secret"])


async def call(stage: Stage, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(stage.bot.queue.webhook["url"], data=body, headers=headers) as answer,
    ):
        assert not await answer.read()
        return answer.status


async def test_relays_go_both_ways_and_nothing_is_polled(hooked: Stage) -> None:
    hooked.an.says("/gui nước ngập", hooked.group5)
    seen = await hooked.sees(hooked.desk, "nước ngập")
    hooked.dung.says("Đang xuống", hooked.desk, reply_to=seen)
    await hooked.sees(hooked.group5, "Đang xuống")
    assert hooked.sandbox.calls["getUpdates"] == 0


async def test_a_call_without_the_secret_is_refused_and_changes_nothing(hooked: Stage) -> None:
    forged = b'{"update_id": 999999999, "message": {"message_id": 1}}'
    for wrong in ("", "sai", secret_of(hooked)[:-1], secret_of(hooked) + "0", "mật khẩu"):
        assert await call(hooked, forged, **{SECRET: wrong}) == 401
    assert await call(hooked, forged) == 401


async def test_a_call_that_is_no_update_is_refused_or_ignored(hooked: Stage) -> None:
    for body in (b"", b"{", b"[]", b"5", b'"x"', b"\xff\xfe"):
        assert await call(hooked, body, **{SECRET: secret_of(hooked)}) == 400
    for body in (b"{}", b'{"update_id":"x"}', b'{"update_id":1,"message":{}}'):
        assert await call(hooked, body, **{SECRET: secret_of(hooked)}) == 200


async def test_while_the_database_refuses_the_answer_is_503_and_telegram_calls_again(hooked: Stage) -> None:
    with read_only(hooked):
        for number in range(5):
            hooked.an.says(f"/gui việc số {number}", hooked.group5)
        await hooked.sandbox.until(lambda: "503" in hooked.bot.queue.webhook.get("last_error_message", ""), timeout=0.5)
        for _ in range(100):
            if "503" in hooked.bot.queue.webhook.get("last_error_message", ""):
                break
            await asyncio.sleep(0.02)
        assert "503" in hooked.bot.queue.webhook["last_error_message"]
        assert len(hooked.bot.queue.waiting) == 5
    assert await arrive(hooked, 5) == [0, 1, 2, 3, 4]


@pytest.mark.long
async def test_killed_twenty_times_in_webhook_mode_nothing_is_lost(sandbox: Sandbox, tmp_path: Path) -> None:
    relays, kills = 200, 20
    sandbox.faults.retry_delay = 0.1
    port = free_port()
    where = {"BINHYEN_WEB__PORT": str(port), "BINHYEN_TELEGRAM__WEBHOOK_URL": url_at(port)}
    stage, bot = Stage(sandbox, None), BotProcess(sandbox, tmp_path, **where)
    await bot.start()
    await stage.set_up_ward()
    chance = random.Random(20261123)
    speaking = asyncio.create_task(speak(stage, relays, seconds=kills * 1.2))
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.4, 1.4))
        await bot.kill()
        await bot.start()
    await speaking
    await sandbox.until(lambda: len(set(numbers_at(stage))) == relays, timeout=40)
    for _ in range(100):
        if bot.output.count("bot.app: running") == kills + 1:
            break
        await asyncio.sleep(0.1)
    check_numbers(numbers_at(stage), relays, kills)
    assert sandbox.calls["getUpdates"] == 0
    assert await bot.stop() == 0
