"""A bot in a process of its own, to be killed."""

import asyncio
import signal
import socket
import sys
from pathlib import Path

from bot.config import ROOT
from bot.sandbox import Sandbox
from tests.cast import environment


class BotProcess:
    """`python -m bot run` against a sandbox; its output goes to a file in the folder."""

    def __init__(self, sandbox: Sandbox, folder: Path, **more: str) -> None:
        self._sandbox = sandbox
        self._folder = folder
        self._more = more
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it is at work once the sandbox is polled."""
        with (self._folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=ROOT,
                env=environment(self._sandbox, self._folder, **self._more),
                stdout=log,
                stderr=log,
            )

    async def kill(self) -> None:
        """SIGKILL."""
        await self._end(signal.SIGKILL, 5.0)

    async def stop(self, within: float = 5.0) -> int:
        """SIGTERM; the exit status."""
        return await self._end(signal.SIGTERM, within)

    async def _end(self, how: signal.Signals, within: float) -> int:
        process = self._process
        assert process is not None
        if process.returncode is None:
            process.send_signal(how)
        return await asyncio.wait_for(process.wait(), within)

    @property
    def output(self) -> str:
        """What it said so far."""
        return (self._folder / "bot.log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
