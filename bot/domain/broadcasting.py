"""How a broadcast goes: to whom, pinned or not, how long it holds, and the hours in which a ward is not woken."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Status(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    ASKED = "asked"
    SCHEDULED = "scheduled"
    WAITING = "waiting"  # approved at night: it goes in the morning
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Manner:
    """To groups of these areas or platforms, and to these groups by number; to all where none of the three is named."""

    areas: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    pinned: bool = False
    lasts: float = 0.0  # seconds after which it is over; 0: it stays
    asks_read: bool = False  # has a button by which people say that they read it

    @property
    def to_all(self) -> bool:
        """Whether every group of the ward gets it."""
        return not (self.areas or self.platforms or self.groups)

    def reaches(self, number: int, platform: str, area: str | None) -> bool:
        """Whether a group gets it."""
        return self.to_all or number in self.groups or platform in self.platforms or area in self.areas


def quiet_until(now: float, begins: int, ends: int, zone: ZoneInfo) -> float | None:
    """When the quiet hours end in which `now` is; none outside of them. No hours are quiet where both are the same."""
    at = datetime.fromtimestamp(now, zone)
    quiet = begins <= at.hour < ends if begins < ends else begins != ends and not ends <= at.hour < begins
    if not quiet:
        return None
    day = at.date() + timedelta(days=1 if at.hour >= ends else 0)
    return datetime.combine(day, time(ends), zone).timestamp()
