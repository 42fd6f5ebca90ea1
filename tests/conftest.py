"""Fixtures: a sandbox, an app on it, and the stage with its ward."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from sqlalchemy import Engine, create_engine

import bot.typesetting
import data.engine
from bot.sandbox import Sandbox
from bot.texts import Texts
from data.content import Content
from data.migrate import copy_database, upgrade
from tests.cast import Stage
from tests.kept_ward import STAGES, KeptWard, running, set_up

hypothesis.settings.register_profile("untimed", deadline=None)  # how busy the machine is decides nothing
hypothesis.settings.load_profile("untimed")


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
    httpx.create_ssl_context = httpx._transports.default.create_ssl_context = cache(httpx.create_ssl_context)


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> None:
    """SQLAlchemy compiles a statement once for each engine; all of ours speak to SQLite alike."""
    first = create_engine("sqlite://")
    first.connect().close()  # it asks which version there is

    def create(*how: Any, **more: Any) -> Engine:
        engine = create_engine(*how, **more)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    data.engine.create_engine = create


@pytest.fixture(scope="session", autouse=True)
def typesetters_look_again_soon() -> None:
    """A conversation that waits for a picture has nothing else to do."""
    bot.typesetting.LOOK_AGAIN = 0.05


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
    async with running(STAGES[residents_on](sandbox, None), tmp_path) as stage:
        yield stage


@pytest.fixture(scope="session")
def wards() -> dict[str, KeptWard]:
    """The ward of each stage once it was set up: hundreds of conversations begin behind that."""
    return {}


@pytest.fixture
async def stage(
    residents_on: str,
    sandbox: Sandbox,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    migrated: bytes,
    wards: dict[str, KeptWard],
) -> AsyncIterator[Stage]:
    """The same with a ward, its desk and two groups."""
    if residents_on not in wards:
        wards[residents_on] = await set_up(STAGES[residents_on], tmp_path_factory.mktemp("ward"), migrated)
    async with running(wards[residents_on].restore(sandbox, tmp_path), tmp_path) as stage:
        yield stage
