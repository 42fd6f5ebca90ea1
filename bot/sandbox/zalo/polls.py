"""getUpdates: at most once. Nothing is queued: an event goes to whoever polls right then, or nowhere."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

__all__ = ["Mailbox"]

Event = dict[str, Any]


class Mailbox:
    """One poll at a time; a newer one ends the older as idle. `on_poll` is called when one begins to wait."""

    def __init__(self, on_poll: Callable[[], None]) -> None:
        self.on_poll = on_poll
        self.poller: asyncio.Future[Event | None] | None = None
        self.kept: deque[tuple[float, Event]] = deque()

    @property
    def waiting(self) -> bool:
        return self.poller is not None and not self.poller.done()

    def offer(self, event: Event, memory: float) -> bool:
        """Whether somebody polls, or will within `memory` seconds find it."""
        if self.poller is not None and self.waiting:
            self.poller.set_result(event)
            return True
        if memory > 0:
            self.kept.append((time.monotonic() + memory, event))
        return memory > 0

    async def poll(self, wait: float) -> Event | None:
        """The next event within `wait` seconds, else None."""
        self.end()
        while self.kept:
            until, event = self.kept.popleft()
            if until > time.monotonic():
                return event
        poller: asyncio.Future[Event | None] = asyncio.get_running_loop().create_future()
        self.poller = poller
        self.on_poll()
        try:
            async with asyncio.timeout(wait):
                return await poller
        except TimeoutError:
            return None

    def end(self) -> None:
        """Whoever polls hears that there was nothing."""
        if self.poller is not None and self.waiting:
            self.poller.set_result(None)
        self.poller = None
