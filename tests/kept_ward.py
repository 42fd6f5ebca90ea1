"""A ward set up once by its real commands, and restored for each conversation that begins behind that.

What is kept is the world as Telegram and Zalo have it, and the folder as a stopped app left it: each test starts an app
again where another stopped, with a world of its own.
"""

import asyncio
import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import App
from bot.sandbox import Sandbox
from data.migrate import copy_database
from tests.cast import Stage
from tests.zalo_cast import ZaloStage

STAGES: dict[str, type[Stage]] = {"telegram": Stage, "zalo_bot": ZaloStage}
OF_THE_SERVER = {"http", "web_server", "runner", "url", "limits", "waiters"}  # each test has its own


@asynccontextmanager
async def running(stage: Stage, folder: Path) -> AsyncIterator[Stage]:
    """The stage with an app that works in this folder."""
    stage.app = App(stage.settings(folder))
    await stage.app.start()
    while not stage.app.delivery.senders:  # noqa: ASYNC110 - the lease is won a moment later
        await asyncio.sleep(0.005)
    yield stage
    await stage.app.stop()


@dataclass(frozen=True)
class KeptWard:
    """`stage` has no app and its sandbox is stopped."""

    stage: Stage
    database: bytes

    def restore(self, sandbox: Sandbox, folder: Path) -> Stage:
        """A stage of its own in this sandbox, which has only been started."""
        (folder / "test.db").write_bytes(self.database)
        kept = self.stage.sandbox
        copied = {id(kept): sandbox}
        world = {name: value for name, value in vars(kept).items() if name not in OF_THE_SERVER}
        vars(sandbox).update(copy.deepcopy(world, copied))
        return copy.deepcopy(self.stage, copied)


async def set_up(kind: type[Stage], folder: Path, migrated: bytes) -> KeptWard:
    """Play the setting up of a ward on a stage of this kind."""
    (folder / "test.db").write_bytes(migrated)
    async with Sandbox(limits=False) as sandbox:
        stage = kind(sandbox, None)
        async with running(stage, folder):
            await stage.set_up_ward()
            await stage.rests()
    stage.app = None
    copy_database(folder / "test.db", folder / "whole.db")
    return KeptWard(stage, (folder / "whole.db").read_bytes())
