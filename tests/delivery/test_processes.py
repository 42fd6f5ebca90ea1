"""Two processes: on one database one waits for the other; with one token and two databases neither breaks."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.app import App
from bot.platforms.telegram import adapter
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for
from tests.processes import BotProcess


async def test_a_second_process_waits_and_takes_over_when_the_first_is_killed(sandbox: Sandbox, tmp_path: Path) -> None:
    stage = Stage(sandbox, None)
    first, second = BotProcess(sandbox, tmp_path), BotProcess(sandbox, tmp_path)
    await first.start()
    await stage.set_up_ward()
    await second.start()
    for _ in range(150):
        if "another process works on this database" in second.output:
            break
        await asyncio.sleep(0.1)
    assert "another process works on this database" in second.output
    stage.an.says("/gui trước", stage.group5)
    await stage.sees(stage.desk, "trước")
    await first.kill()
    killed = time.monotonic()
    stage.an.says("/gui sau", stage.group5)
    await stage.sees(stage.desk, "sau", timeout=20)
    assert time.monotonic() - killed < 10  # on one host the dead are recognised at once
    assert "another process polls" not in second.output
    assert await second.stop() == 0
    assert "Traceback" not in second.output


async def test_a_second_process_on_another_database_is_told_of_and_neither_crashes(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "CONFLICT_WAIT", 0.5)
    (tmp_path / "b").mkdir()
    first = App(settings_for(sandbox, tmp_path))
    second = App(settings_for(sandbox, tmp_path / "b"))
    stage = Stage(sandbox, first)
    await first.start()
    await stage.set_up_ward()
    await second.start()
    await asyncio.sleep(1.5)
    conflicts = caplog.text.count("another process polls with this token")
    assert 1 <= conflicts < 10
    assert not first.delivery.faults()
    assert not second.delivery.faults()
    await second.stop()
    stage.an.says("/gui vẫn sống", stage.group5)
    await stage.sees(stage.desk, "vẫn sống")
    await first.stop()
