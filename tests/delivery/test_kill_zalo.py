"""The Zalo webhook, killed again and again: what was answered 200 is never lost, and order is kept."""

import asyncio
import random
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.delivery.test_kill import check_numbers, numbers_at, speak
from tests.processes import BotProcess, free_port
from tests.zalo_cast import ZALO_NAME, ZALO_TOKEN, ZaloStage


def zalo_environment(stage: ZaloStage, port: int) -> dict[str, str]:
    """A bot in a process of its own, with Zalo by webhook."""
    return {
        "BINHYEN_WEB__PORT": str(port),
        "BINHYEN_WEB__PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BINHYEN_ZALO_BOT__TOKEN": ZALO_TOKEN,
        "BINHYEN_ZALO_BOT__API_URL": stage.zalo.url,
        "BINHYEN_ZALO_BOT__NAME": ZALO_NAME,
        "BINHYEN_ZALO_BOT__WEBHOOK_SECRET": "mot-bi-mat-cua-webhook",
        "BINHYEN_ZALO_BOT__RATE_GLOBAL": "0",
        "BINHYEN_ZALO_BOT__RATE_GROUP_PER_MINUTE": "0",
        "BINHYEN_ZALO_BOT__RATE_CHAT": "0",
        "BINHYEN_ZALO_BOT__QUOTA_MESSAGES": "0",
    }


@pytest.mark.long
async def test_killed_twenty_times_on_the_zalo_webhook_nothing_is_lost(sandbox: Sandbox, tmp_path: Path) -> None:
    relays, kills = 200, 20
    stage = ZaloStage(sandbox, None)
    stage.zalo.faults.retry_delay = 0.02
    stage.zalo.variations.webhook_tries = 12  # how patient the real Zalo is, nobody has published
    bot = BotProcess(sandbox, tmp_path, **zalo_environment(stage, free_port()))
    await bot.start()
    assert await sandbox.until(lambda: stage.zalo_bot.hook is not None, timeout=60)
    await stage.set_up_ward()
    chance = random.Random(20261126)
    speaking = asyncio.create_task(speak(stage, relays, seconds=kills * 1.2))
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.4, 1.4))
        await bot.kill()
        await bot.start()
    await speaking
    assert await sandbox.until(lambda: len(set(numbers_at(stage))) == relays, timeout=60), stage.zalo.lost
    check_numbers(numbers_at(stage), relays, kills)
    assert not stage.zalo.lost
    assert stage.zalo.calls["getUpdates"] == 0
    assert await bot.stop() == 0
