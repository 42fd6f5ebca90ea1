"""What may go wrong between a bot and Telegram, on demand."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Faults"]

ANY = "*"


@dataclass
class Faults:
    """Method names are matched in any case; "*" is every method.

    latency_ms, jitter_ms: a round trip takes `latency_ms` plus 0..`jitter_ms`, half before the call is applied and
    half after. retry_delay: real seconds before the first repeat of a refused webhook delivery; it doubles.
    """

    latency_ms: float = 0.0
    jitter_ms: float = 0.0
    retry_delay: float = 1.0
    down_until: float = 0.0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    errors: dict[str, list[int]] = field(default_factory=dict)
    on_down: Callable[[], None] | None = None

    def down(self, seconds: float) -> None:
        """Close every connection unanswered for so many real seconds (0: up again)."""
        self.down_until = time.monotonic() + seconds
        if seconds > 0 and self.on_down is not None:
            self.on_down()

    def drop_before(self, method: str = ANY, count: int = 1) -> None:
        """Close the connection of the next calls before anything is applied."""
        self.before[method.lower()] += count

    def drop_after(self, method: str = ANY, count: int = 1) -> None:
        """Apply the next calls, then close the connection: the bot cannot know that it worked."""
        self.after[method.lower()] += count

    def answer(self, method: str = ANY, status: int = 502, count: int = 1) -> None:
        """Answer the next calls with an HTTP error, nothing applied."""
        self.errors.setdefault(method.lower(), []).extend([status] * count)

    def clear(self) -> None:
        self.latency_ms = self.jitter_ms = self.down_until = 0.0
        self.before.clear()
        self.after.clear()
        self.errors.clear()

    @property
    def is_down(self) -> bool:
        return time.monotonic() < self.down_until

    def drops_before(self, method: str) -> bool:
        return take_one(self.before, method)

    def drops_after(self, method: str) -> bool:
        return take_one(self.after, method)

    def error_for(self, method: str) -> int | None:
        for name in (method, ANY):
            if self.errors.get(name):
                return self.errors[name].pop(0)
        return None


def take_one(counts: Counter[str], method: str) -> bool:
    for name in (method, ANY):
        if counts[name] > 0:
            counts[name] -= 1
            return True
    return False
