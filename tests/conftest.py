"""Fixtures: a sandbox, an app on it, and the stage with its ward."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for
from tests.zalo_cast import ZaloStage, zalo_settings


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram of our own, without limits."""
    async with Sandbox(limits=False) as world:
        yield world


@pytest.fixture
def residents_on(request: pytest.FixtureRequest) -> str:
    """Where the residents of the stage are: Telegram, unless the conversations ask for more."""
    return str(getattr(request, "param", "telegram"))


@pytest.fixture
async def bare_stage(residents_on: str, sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Stage]:
    """An app that runs, before any ward is set up."""
    stage = Stage(sandbox, None) if residents_on == "telegram" else ZaloStage(sandbox, None)
    zalo = isinstance(stage, ZaloStage)
    app = App(zalo_settings(sandbox, tmp_path, stage.zalo.url) if zalo else settings_for(sandbox, tmp_path))
    stage.app = app
    await app.start()
    yield stage
    await app.stop()


@pytest.fixture
async def stage(bare_stage: Stage) -> Stage:
    """The same with a ward, its desk and two groups."""
    await bare_stage.set_up_ward()
    return bare_stage
