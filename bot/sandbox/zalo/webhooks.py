"""Delivery to a bot's webhook: in order per chat, a few tries with growing delay, then lost.

Zalo's own retry policy, timeout and ordering are unknown (U); these are modest guesses.
"""

import asyncio
import json
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from bot.sandbox.zalo.accounts import ZaloBot
    from bot.sandbox.zalo.world import Zalo

__all__ = ["Pusher"]

AGENT = "Java/1.8.0_192"
ANSWER_TIMEOUT = aiohttp.ClientTimeout(total=10)


class Pusher:
    """One per bot. `lost` of the world gets what was given up."""

    def __init__(self, zalo: "Zalo", bot: "ZaloBot") -> None:
        self.zalo = zalo
        self.bot = bot
        self.session: aiohttp.ClientSession | None = None
        self.lanes: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self.busy: dict[str, asyncio.Task[None]] = {}

    def push(self, lane: str, event: dict[str, Any]) -> None:
        """Send it after what waits in this lane already."""
        self.lanes[lane].append(event)
        if lane not in self.busy:
            self.busy[lane] = asyncio.get_running_loop().create_task(self.drain(lane))

    async def drain(self, lane: str) -> None:
        waiting = self.lanes[lane]
        try:
            while waiting:
                event = waiting.popleft()
                if not await self.deliver(event):
                    self.zalo.lose(event)
        finally:
            if self.busy.get(lane) is asyncio.current_task():
                del self.busy[lane]

    async def deliver(self, event: dict[str, Any]) -> bool:
        variations = self.zalo.variations
        if variations.probes:
            await self.post(b"")
        body = {"ok": True, "result": event} if variations.wrapped else event
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        for tried in range(variations.webhook_tries):
            if tried:
                await asyncio.sleep(self.zalo.faults.retry_delay * 2 ** (tried - 1))
            if (await self.post(text)) // 100 == 2:
                return True
        return False

    async def post(self, body: bytes) -> int:
        """The HTTP status of the answer; 0 when there was none, or no webhook is set."""
        hook = self.bot.hook
        if hook is None:
            return 0
        if self.session is None:
            self.session = aiohttp.ClientSession(timeout=ANSWER_TIMEOUT, headers={"User-Agent": AGENT})
        headers = {"Content-Type": "application/json", "X-Bot-Api-Secret-Token": hook["secret"]}
        try:
            async with self.session.post(hook["url"], data=body, headers=headers, allow_redirects=False) as answer:
                await answer.read()
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0

    def forget(self) -> list[asyncio.Task[None]]:
        """The webhook is gone, and with it what waited for it; returns what is ending."""
        tasks = list(self.busy.values())
        for task in tasks:
            task.cancel()
        self.busy.clear()
        self.lanes.clear()
        return tasks

    async def close(self) -> None:
        await asyncio.gather(*self.forget(), return_exceptions=True)
        if self.session is not None:
            await self.session.close()
            self.session = None
