"""What a month's messages are still spent on as they run out: broadcasts stop first, answers to people last."""

from datetime import datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from bot.messages import Priority

NEARLY = 80  # percent; at an even pace six days of the month are left then: time to buy more, or to write less
KEPT_FROM_BROADCASTS = 10  # percent; three days of answers at an even pace, and what is broadcast has other ways to go
KEPT_FROM_RELAYS = 4  # percent; of 3,000 messages 120: the questions and the endings of some fifteen tips
KEPT = {Priority.BROADCAST: KEPT_FROM_BROADCASTS, Priority.RELAY: KEPT_FROM_RELAYS, Priority.ANSWER: 0}


class Level(IntEnum):
    """How far a quota is used up, as the desk is warned of it."""

    NONE = 0
    NEAR = 1
    BROADCASTS = 2  # they stop here
    END = 3


def ceiling(priority: Priority, allowed: int) -> int:
    """Up to how many of a month's `allowed` messages this priority may use; not for emergencies, which have none."""
    return allowed * (100 - KEPT[priority]) // 100


def admits(priority: Priority, used: int, cost: int, allowed: int) -> bool:
    """Whether `cost` messages may go after `used` of a month's `allowed` (0: no quota).

    All of them or none: half an answer is worse than a refusal that somebody hears of. An emergency is tried even past
    the end: the platform decides, and its count may be another than ours.
    """
    if not allowed or not cost or priority is Priority.EMERGENCY:
        return True
    return used + cost <= ceiling(priority, allowed)


def stopped(used: int, allowed: int) -> tuple[Priority, ...]:
    """The priorities of which not one message may go any more, most urgent first."""
    return tuple(priority for priority in Priority if not admits(priority, used, 1, allowed))


def level(used: int, allowed: int) -> Level:
    """How far `allowed` (0: no quota) is used up, where nothing stops before the end."""
    if not used or not allowed:
        return Level.NONE
    if used >= allowed:
        return Level.END
    return Level.NEAR if used * 100 >= allowed * NEARLY else Level.NONE


def month_level(used: int, allowed: int) -> Level:
    """The same of a month's messages, where broadcasts stop earlier."""
    found = level(used, allowed)
    stops = found is not Level.END and used > 0 and not admits(Priority.BROADCAST, used, 1, allowed)
    return Level.BROADCASTS if stops else found


def month_of(at: float, zone: ZoneInfo) -> str:
    """The calendar month of a moment (UTC, seconds), so that a later one sorts after it: "2026-11"."""
    return f"{datetime.fromtimestamp(at, zone):%Y-%m}"
