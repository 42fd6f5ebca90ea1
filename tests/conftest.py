"""Fixtures: a sandbox, an app on it, and the stage with its ward."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A Telegram of our own, without limits."""
    async with Sandbox(limits=False) as world:
        yield world


@pytest.fixture
async def bare_stage(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Stage]:
    """An app that runs, before any ward is set up."""
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    yield stage
    await app.stop()


@pytest.fixture
async def stage(bare_stage: Stage) -> Stage:
    """The same with a ward, its desk and two groups."""
    await bare_stage.set_up_ward()
    return bare_stage
