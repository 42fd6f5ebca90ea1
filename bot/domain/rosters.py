"""A week's shifts, on the clock of the wall: read as people type them, cut where a newer one is put over them.

Moments are minutes since Monday 0:00, and the week closes on itself: a shift may run from Sunday into Monday.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.timewords import NUMBER, PARTS, Words, shifted, take_weekday
from bot.domain.vietnamese import fold

DAY, WEEK = 24 * 60, 7 * 24 * 60
LONGEST = 120
EVERY_DAY = frozenset(range(7))
TO = r" ?(?:-|>|den|toi) ?"
NAMED = rf"(?:chu nhat|cn|(?:thu ?|t)(?:[2-7]|{NUMBER}))"
SPAN = rf"(?P<first>{NAMED})(?:{TO}(?P<last>{NAMED}|[2-7]))?(?P<more>(?: ?(?:,|va) ?[2-7])*)"
MARK = r" ?(?:h|g|gio|:) ?(?:[0-9]{2})?"
FROM, UNTIL = (rf"(?P<{name}>[0-9]{{1,2}}(?:{MARK})?(?: ?(?:sang|trua|chieu|toi|dem))?)" for name in ("a", "b"))
HOURS = rf"(?=[0-9]{{1,2}}(?:{TO}[0-9]{{1,2}})? ?(?:h|g|gio|:)){FROM}{TO}{UNTIL}(?: (?:hom|ngay) sau)?"
WHOLE_DAY = r"(?:ca ngay|24/24h?|24/7|suot ngay)"
NAME = re.compile(r"@?[a-z]")  # what else is left over was meant as a day or an hour
BEFORE_NAME = frozenset({"truc", "ca", "luc", "vao", "tu", "cho", "giao", "va", "-"})


@dataclass(frozen=True, slots=True)
class Slot:
    """A shift: when it begins, how long it lasts (minutes, at most a week), and whose it is; nobody's where empty."""

    start: int
    length: int
    who: str = field(default="", repr=False)

    def passed(self, minute: int) -> int:
        """How long before this minute it last began."""
        return (minute - self.start) % WEEK


@dataclass(frozen=True, slots=True)
class Shifts:
    """The same hours on some days (Monday is 0): from which minute of the day, for how many minutes."""

    days: frozenset[int]
    start: int
    length: int

    def slots(self, who: str) -> list[Slot]:
        """Each of them, somebody's."""
        return [Slot(day * DAY + self.start, self.length, who) for day in sorted(self.days)]


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed: which shifts, and the words left over, folded: who shall have them, or nothing."""

    shifts: Shifts
    who: str = field(repr=False)


# --- the week


def put(week: Iterable[Slot], new: Sequence[Slot]) -> list[Slot]:
    """The week once these hours are somebody's, or nobody's: of older shifts stays what lies outside of them."""
    kept = list(week)
    for one in new:
        kept = [piece for slot in kept for piece in outside(slot, one)]
    return sorted([*kept, *(one for one in new if one.who)], key=lambda slot: slot.start)


def outside(slot: Slot, other: Slot) -> list[Slot]:
    """What of a shift the other does not cover."""
    pieces = [(slot.start, slot.start + slot.length)]
    for week in (-WEEK, 0, WEEK):
        low, high = other.start + week, other.start + other.length + week
        cut = [part for begin, end in pieces for part in ((begin, min(end, low)), (max(begin, high), end))]
        pieces = [(begin, end) for begin, end in cut if begin < end]
    return [Slot(begin % WEEK, end - begin, slot.who) for begin, end in pieces]


def slot_at(week: Iterable[Slot], minute: int) -> Slot | None:
    """The shift that this minute belongs to."""
    return next((slot for slot in week if slot.passed(minute) < slot.length), None)


def coming(week: Iterable[Slot], minute: int, most: int) -> list[Slot]:
    """The next shifts to begin after this minute, the soonest first."""
    return sorted(week, key=lambda slot: (slot.start - minute - 1) % WEEK)[:most]


def minute_of(now: datetime) -> int:
    """The minute of the week that a moment on the wall is in."""
    return now.weekday() * DAY + now.hour * 60 + now.minute


def began(slot: Slot, now: datetime) -> datetime:
    """When the shift that goes on now began."""
    return now.replace(second=0, microsecond=0) - timedelta(minutes=slot.passed(minute_of(now)))


# --- as people type it


def read_line(text: str) -> Line | None:
    """ "t2-t6 7h-19h Dũng", "hằng ngày 19h đến 7h", "cn cả ngày"; none where days or hours are unclear."""
    if len(text) > LONGEST:
        return None
    reading = Words(re.sub(r"[–—→~]|->", "-", fold(text)))
    hours = take_hours(reading)
    days = take_days(reading)
    rest = re.findall(r"[^\s,.;:]+", reading.text)
    while rest and rest[0] in BEFORE_NAME:
        rest.pop(0)
    if not days or hours is None or not all(NAME.match(word) for word in rest):
        return None
    return Line(Shifts(days, *hours), " ".join(rest))


def take_hours(reading: Words) -> tuple[int, int] | None:
    """From which minute of the day, for how many; until the same hour is a day and a night."""
    if reading.take(WHOLE_DAY):
        return 0, DAY
    match = reading.take(HOURS)
    start, end = (minute_read(match[name]) for name in ("a", "b")) if match else (None, None)
    if start is None or end is None or start == DAY:
        return None
    return start, (end - start) % DAY or DAY


def minute_read(typed: str) -> int | None:
    """ "7h30", "7 gio toi", "24h"; none for an hour that no clock shows."""
    part = re.search(PARTS, typed)
    numbers = [int(number) for number in re.findall(r"[0-9]+", typed)]
    hour, minute = (*numbers, 0)[:2]
    if part and hour < 12 and shifted(part["part"], hour):
        hour += 12
    return hour * 60 + minute if hour * 60 + minute <= DAY and minute < 60 else None


def take_days(reading: Words) -> frozenset[int]:
    """Single days, spans of them, every one."""
    if reading.take(r"(?:hang|moi|cac|tat ca(?: cac)?) ngay(?: trong tuan)?|(?:ca|suot) tuan"):
        return EVERY_DAY if reading.take(NAMED) is None else frozenset()
    days = {5, 6} if reading.take(r"cuoi tuan") else set[int]()
    while match := reading.take(SPAN):
        first, last = day_read(match["first"]), day_read(match["last"] or match["first"])
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        days |= {day_read(number) for number in re.findall("[2-7]", match["more"])}
    return frozenset(days)


def day_read(typed: str) -> int:
    """ "thu hai", "t2", "2": Monday is 0."""
    day = take_weekday(Words(f"t{typed}" if typed.isdecimal() else typed))
    if day is None:
        raise ValueError("no day of the week")
    return day
