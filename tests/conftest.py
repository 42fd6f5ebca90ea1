"""Fixtures: a sandbox, an app on it, and the stage with its ward."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from bot.texts import Texts
from data.content import Content
from data.migrate import copy_database, upgrade
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


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> None:
    """Hundreds of apps start from the same files."""
    Content.load = cache(Content.load)
    Texts.load = cache(Texts.load)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty database of this version: what migrations do has tests of its own."""
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(f"sqlite+aiosqlite:///{folder}/made.db")
    copy_database(folder / "made.db", folder / "whole.db")
    return (folder / "whole.db").read_bytes()


@pytest.fixture
async def bare_stage(residents_on: str, sandbox: Sandbox, tmp_path: Path, migrated: bytes) -> AsyncIterator[Stage]:
    """An app that runs, before any ward is set up."""
    (tmp_path / "test.db").write_bytes(migrated)
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
