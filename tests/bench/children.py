"""Bots as processes of their own: the product as `python -m bot run`, the peers as their scripts."""

import asyncio
import signal
import sys
from pathlib import Path

from bot.config import ROOT
from bot.sandbox import Sandbox
from tests.cast import TOKEN, environment

PEERS = Path(__file__).parent / "peers"
TELEGRAMS = {"RATE_GLOBAL": "30", "RATE_GROUP_PER_MINUTE": "20", "RATE_CHAT": "1"}
MEGABYTE = 1024.0  # in the kilobytes of /proc


class Child:
    """A bot's process; its output goes to a file in the folder."""

    def __init__(self, command: list[str], env: dict[str, str] | None, folder: Path) -> None:
        self._command = command
        self._env = env
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; it is at work once the sandbox is polled."""
        with (self._folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, cwd=ROOT, env=self._env, stdout=log, stderr=log
            )

    async def stop(self) -> None:
        """SIGTERM, and after ten seconds SIGKILL."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), 10.0)
        except TimeoutError:
            process.kill()
            await process.wait()

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        return self._process is not None and self._process.returncode is not None

    def memory(self) -> dict[str, float]:
        """Resident megabytes now and at the highest."""
        assert self._process is not None
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        found = dict(line.split(":", 1) for line in lines)
        return {name: round(int(found[key].split()[0]) / MEGABYTE, 1) for name, key in NAMES.items()}

    @property
    def output(self) -> str:
        """What it said."""
        return (self._folder / "bot.log").read_text()


NAMES = {"rss": "VmRSS", "peak": "VmHWM"}


def product(sandbox: Sandbox, folder: Path, *, limits: bool) -> Child:
    """The product, with Telegram's limits or with none."""
    rates = {f"BINHYEN_TELEGRAM__{name}": value for name, value in TELEGRAMS.items()} if limits else {}
    return Child([sys.executable, "-m", "bot", "run"], environment(sandbox, folder, **rates), folder)


def peer(sandbox: Sandbox, folder: Path, script: str, *arguments: str) -> Child:
    """A peer's script."""
    return Child([sys.executable, str(PEERS / f"{script}.py"), sandbox.url, TOKEN, *arguments], None, folder)
