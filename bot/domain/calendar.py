"""When something recurs, and what is too late. Moments are UTC seconds since 1970; a rule is wall-clock time in a zone.

An hour that a clock change leaves out happens as much later as the clock was moved; one that comes twice happens once,
the first time. A month without the day asked for has it on its last day.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
HOUR = 3600.0
LAST = -1


class Every(StrEnum):
    """How a rule recurs."""

    ONCE = "once"
    WEEK = "week"
    MONTH_DAY = "month_day"
    MONTH_WEEKDAY = "month_weekday"


@dataclass(frozen=True, slots=True)
class Rule:
    """`on` for once; `weekday` (Monday is 0) for a week; `day` of a month, or its `nth` weekday (-1: the last)."""

    every: Every
    hour: int
    minute: int = 0
    on: date | None = None
    weekday: int = 0
    day: int = 1
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """The newest moment that has come, how many older ones went by unused, and whether it is too late for it."""

    at: float
    older: int
    too_late: bool


def next_fire(rule: Rule, after: float, zone: ZoneInfo) -> float | None:
    """The first moment later than `after`; none when there is no other."""
    return next((at for at in moments(rule, after, zone) if at > after), None)


def fires_between(rule: Rule, after: float, until: float, zone: ZoneInfo) -> list[float]:
    """Every moment later than `after` and not later than `until`, in order."""
    return [at for at in takewhile(lambda at: at <= until, moments(rule, after, zone)) if at > after]


def find_due(rule: Rule, after: float, now: float, late_hours: float, zone: ZoneInfo) -> Due | None:
    """What has come since `after`. Only the newest counts: nobody wants last month's warnings one after another."""
    come = fires_between(rule, after, now, zone)
    if not come:
        return None
    return Due(come[-1], len(come) - 1, now - come[-1] > late_hours * HOUR)


def moments(rule: Rule, after: float, zone: ZoneInfo) -> Iterator[float]:
    """The rule's moments in order, from the day before `after` on (a clock change may push one past midnight)."""
    at = time(rule.hour, rule.minute, tzinfo=zone)
    for day in days(rule, datetime.fromtimestamp(after, zone).date() - DAY):
        yield datetime.combine(day, at).timestamp()


def days(rule: Rule, start: date) -> Iterator[date]:
    """The rule's days from `start` on, in order."""
    match rule.every:
        case Every.ONCE:
            return iter([rule.on] if rule.on else [])
        case Every.WEEK:
            return weeks(start + DAY * ((rule.weekday - start.weekday()) % 7))
        case Every.MONTH_DAY:
            return (found for year, month in months(start) if (found := day_of(year, month, rule.day)) >= start)
        case Every.MONTH_WEEKDAY:
            coming = (nth_weekday(year, month, rule.weekday, rule.nth) for year, month in months(start))
            return (day for day in coming if day >= start)


def weeks(first: date) -> Iterator[date]:
    """This day and the same of every week after it."""
    while True:
        yield first
        first += 7 * DAY


def months(start: date) -> Iterator[tuple[int, int]]:
    """(year, month) from that of `start` on."""
    number = start.year * 12 + start.month - 1
    while True:
        yield number // 12, number % 12 + 1
        number += 1


def day_of(year: int, month: int, day: int) -> date:
    """This day of a month, or the month's last where it is shorter."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (0), Tuesday, ... of a month; -1 for the last one."""
    first, length = monthrange(year, month)
    day = 1 + (weekday - first) % 7
    if nth == LAST:
        return date(year, month, day + (length - day) // 7 * 7)
    return date(year, month, day + 7 * (nth - 1))


def week_number(at: float, zone: ZoneInfo) -> int:
    """Weeks (from Monday on) since the first one there was: the same for the whole week, one more in the next."""
    return (datetime.fromtimestamp(at, zone).toordinal() - 1) // 7
