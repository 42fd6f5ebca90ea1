"""Telegram's published pace, as exact sliding windows (core.telegram.org/bots/faq: 30/s, 20/min a group, 1/s a chat).

Real limits are adaptive and unpublished; these are the strictest reading of what is written. Only new messages are
counted (each item of an album, each copy); `edits_count=True` counts edits too, which Telegram does not document.
"""

import math
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError

__all__ = ["Limits"]


@dataclass
class Limits:
    """`time_scale` is how many real seconds one second of a window lasts; 0.1 makes everything ten times faster.

    `retry_after` is in whole real seconds, at least 1, since the bot that waits lives in real time.
    `penalty`: seconds for which the bot is closed after it overran the global window (0: never).
    """

    per_second: int = 30
    per_group_minute: int = 20
    per_chat_second: int = 1
    time_scale: float = 1.0
    penalty: float = 0.0
    edits_count: bool = False
    enabled: bool = True
    refused: int = 0
    closed_until: float = 0.0
    paying: bool = False
    stamps: dict[tuple[int, int, str], deque[float]] = field(default_factory=lambda: defaultdict(deque), repr=False)

    def check(self, bot_id: int, chat_id: int, count: int = 1) -> None:
        """Raise 429 where `count` more messages would overrun a window; nothing is counted yet."""
        if self.paying:
            return
        now = time.monotonic()
        if now < self.closed_until:
            raise self.too_many(self.closed_until - now)
        if not self.enabled:
            return
        wait = max(self.wait(now, key, size, span, count) for key, size, span in self.windows(bot_id, chat_id))
        if wait <= 0:
            return
        if self.penalty and self.wait(now, (bot_id, 0, "second"), self.per_second, 1.0, count) > 0:
            self.closed_until = now + self.penalty
            wait = max(wait, self.penalty)
        raise self.too_many(wait)

    def record(self, bot_id: int, chat_id: int) -> None:
        if self.enabled:
            now = time.monotonic()
            for key, _size, _span in self.windows(bot_id, chat_id):
                self.stamps[key].append(now)

    @contextmanager
    def admit(self, bot_id: int, chat_id: int, count: int) -> Iterator[None]:
        """Check `count` messages at once; those sent inside are recorded and not checked again."""
        self.check(bot_id, chat_id, count)
        self.paying = True
        try:
            yield
        finally:
            self.paying = False

    def windows(self, bot_id: int, chat_id: int) -> list[tuple[tuple[int, int, str], int, float]]:
        """(key, how many, in how many seconds): one for the bot, one for the chat, one more for a group."""
        found = [
            ((bot_id, 0, "second"), self.per_second, 1.0),
            ((bot_id, chat_id, "second"), self.per_chat_second, 1.0),
        ]
        if chat_id < 0:
            found.append(((bot_id, chat_id, "minute"), self.per_group_minute, 60.0))
        return found

    def wait(self, now: float, key: tuple[int, int, str], size: int, span: float, count: int) -> float:
        """Real seconds until `count` more fit; an album larger than the window passes when it is empty."""
        stamps = self.stamps[key]
        length = span * self.time_scale
        while stamps and stamps[0] <= now - length:
            stamps.popleft()
        excess = len(stamps) + count - size
        if excess <= 0 or not stamps:
            return 0.0
        return stamps[min(excess, len(stamps)) - 1] + length - now

    def close(self, seconds: float) -> None:
        """Answer every send with 429 for so many real seconds, whether limits are on or off."""
        self.closed_until = time.monotonic() + seconds

    def too_many(self, wait: float) -> ApiError:
        self.refused += 1
        after = max(1, math.ceil(wait))
        return ApiError(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
