"""When, as people type it: "20h", "20:30 25/12", "mai 7h", "thứ 5 hàng tuần 8h", "ngày 1 hàng tháng 8h".

Every word must be understood, or nothing is: a sentence half read would send at the wrong time.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import LAST, Every, Rule
from bot.domain.vietnamese import fold

LONGEST = 100
FARTHEST_YEARS = 3
JUST_PAST = timedelta(days=30)  # a date without a year this little ago was meant as it was written: it has passed
PARTS = r"(?P<part>sang|trua|chieu|toi|dem)"
COUNT = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
NUMBER = "|".join(COUNT)
FILLERS = re.compile(r"(?:luc|vao|gui|bat dau|tu|cua|nhe|nha|a|em|oi|dum|giup|ho|phat|khoang|dung|va|trong)")


@dataclass(frozen=True, slots=True)
class When:
    """A rule, and how late it may still go; none where nothing was said of that."""

    rule: Rule
    late_hours: float | None = None


@dataclass(slots=True)
class Words:
    """What is left to read of a text, folded."""

    text: str

    def take(self, pattern: str) -> re.Match[str] | None:
        """Cut the first match of whole words out of the text."""
        match = re.search(rf"(?<![a-z0-9]){pattern}(?![a-z0-9])", self.text)
        if match:
            self.text = f"{self.text[: match.start()]} , {self.text[match.end() :]}"
        return match


@dataclass(slots=True)
class Reading(Words):
    """The same, read at a moment."""

    now: datetime


def read_when(text: str, now: datetime) -> When | None:
    """What was meant, seen from `now` (in the ward's zone); none where it is unclear. The moment may have passed."""
    reading = Reading(fold(text)[:LONGEST], now)
    if len(text) > LONGEST:
        return None
    late = take_late(reading)
    rule = take_delay(reading) or take_rule(reading)
    if rule is None or not is_empty(reading.text):
        return None
    return When(rule, late)


def take_rule(reading: Reading) -> Rule | None:
    """A time of the day, and the days."""
    month = reading.take(r"(?:hang|moi|tung) thang") or means_every_month(reading)
    week = reading.take(r"(?:hang|moi|tung) tuan")
    days = take_month(reading) if month else take_week(reading, said=bool(week))
    days = days if (month or days) else take_day(reading)
    clock = take_clock(reading)
    if days is None or clock is None:
        return None
    rule = replace(days, hour=clock[0], minute=clock[1])
    return tomorrow_if_past(rule, reading.now) if rule.on is None and rule.every is Every.ONCE else rule


def means_every_month(reading: Reading) -> bool:
    """ "ngày cuối tháng": of each, unless a month is named ("ngày cuối tháng 12")."""
    return re.search(r"\bngay cuoi(?: cung)? thang(?! ?[0-9]{1,2}(?! ?(?:[0-9:]|h|g|gio)))", reading.text) is not None


def take_late(reading: Reading) -> float | None:
    """ "muộn 3 giờ": how late it may go."""
    match = reading.take(r"(?:gui )?(?:muon|tre)(?: nhat| toi da| den)* ([1-9][0-9]?) ?(?:h|gio|tieng)")
    return float(match[1]) if match else None


def take_delay(reading: Reading) -> Rule | None:
    """ "30 phút nữa", "2 tiếng nữa"."""
    match = reading.take(r"(?:sau )?([0-9]{1,3}) ?(phut|gio|tieng|h)(?: nua)") or reading.take(
        r"^sau ([0-9]{1,3}) ?(phut|gio|tieng|h)"  # at the beginning only: "thứ sáu 8h" folds to "thu sau 8h"
    )
    if match is None:
        return None
    delay = timedelta(minutes=int(match[1]) * (1 if match[2] == "phut" else 60))
    zone = reading.now.tzinfo
    at = datetime.fromtimestamp(reading.now.timestamp() + delay.total_seconds(), zone)
    return Rule(Every.ONCE, at.hour, at.minute, at.date())


def take_month(reading: Reading) -> Rule | None:
    """ "ngày 1", "cuối tháng", "thứ hai đầu tiên", "chủ nhật cuối cùng": of every month."""
    last = reading.take(r"(?:ngay )?(?:cuoi cung|cuoi)(?: thang)?")
    nth = LAST if last else take_nth(reading)
    if (weekday := take_weekday(reading)) is not None:
        return Rule(Every.MONTH_WEEKDAY, 0, weekday=weekday, nth=nth) if nth else None
    if last:
        return Rule(Every.MONTH_DAY, 0, day=31)
    match = reading.take(r"(?:ngay|mung|mong) ([0-9]{1,2})")
    day = int(match[1]) if match else 0
    return Rule(Every.MONTH_DAY, 0, day=day) if 1 <= day <= 31 and not nth else None


def take_nth(reading: Reading) -> int:
    """Which of a month's Mondays; 0 where that was not said."""
    if reading.take(r"(?:dau tien|dau|tuan dau(?: tien)?|tuan thu nhat|lan (?:dau|thu nhat|1))(?: thang)?"):
        return 1
    match = reading.take(rf"(?:tuan thu|lan thu|tuan|lan) ([1-4]|{NUMBER})")
    nth = int(COUNT.get(match[1], match[1])) if match else 0
    return nth if nth <= 4 else 0


def take_week(reading: Reading, *, said: bool) -> Rule | None:
    """ "thứ 5 hàng tuần", "mỗi chủ nhật"."""
    every = reading.take(r"(?:moi|hang)(?= (?:thu|t[2-7]|chu nhat|cn))")
    if not (said or every):
        return None
    weekday = take_weekday(reading)
    return None if weekday is None else Rule(Every.WEEK, 0, weekday=weekday)


def take_day(reading: Reading) -> Rule | None:
    """One day: a date, a word for it, a weekday; without any of them the date stays open."""
    spans = (("ngay (?:kia|mot)", 2), ("(?:ngay )?mai", 1), ("hom nay", 0), ("(?<!tuan )nay", 0))
    for words, ahead in spans:
        if reading.take(words):
            return once(reading.now.date() + timedelta(days=ahead))
    if match := reading.take(r"(?:ngay )?([0-9]{1,2}) ?(?:[/.-]|thang) ?([0-9]{1,2})(?: ?(?:[/.-]|nam) ?([0-9]{4}))?"):
        return dated(match, reading.now.date())
    if (weekday := take_weekday(reading)) is not None:
        return once(coming(reading, weekday))
    if match := reading.take(r"ngay ([0-9]{1,2})"):
        return next_such_day(int(match[1]), reading.now.date())
    return Rule(Every.ONCE, 0)


def once(day: date) -> Rule:
    """On this day."""
    return Rule(Every.ONCE, 0, on=day)


def dated(match: re.Match[str], today: date) -> Rule | None:
    """A date; without a year the coming one, unless it has only just passed."""
    day, month = int(match[1]), int(match[2])
    year = int(match[3]) if match[3] else today.year
    try:
        meant = date(year, month, day)
        if not match[3] and meant < today - JUST_PAST:
            meant = date(year + 1, month, day)
    except ValueError:
        return None
    return once(meant) if meant.year <= today.year + FARTHEST_YEARS else None


def next_such_day(day: int, today: date) -> Rule | None:
    """ "ngày 25": of this month, or of the next once it has passed."""
    for month in (today.month, today.month + 1):
        try:
            meant = date(today.year + month // 13, (month - 1) % 12 + 1, day)
        except ValueError:
            continue
        if meant >= today:
            return once(meant)
    return None


def coming(reading: Reading, weekday: int) -> date:
    """This weekday: the next there is; "tuần sau" is that of the week from next Monday on."""
    today = reading.now.date()
    monday = today - timedelta(days=today.weekday())
    if reading.take(r"tuan (?:sau|toi)"):
        return monday + timedelta(days=7 + weekday)
    if reading.take(r"tuan nay"):
        return monday + timedelta(days=weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def take_weekday(reading: Words) -> int | None:
    """Monday is 0."""
    if reading.take(r"(?:chu nhat|cn)"):
        return 6
    match = reading.take(rf"(?:thu ?|t)([2-7]|{NUMBER})")
    return int(COUNT.get(match[1], match[1])) - 2 if match else None


def take_clock(reading: Reading) -> tuple[int, int] | None:
    """Hour and minute; "8h tối" is 20."""
    shape = r"([0-9]{1,2}) ?(?:(?:h|g|gio|:) ?([0-9]{2})?(?: ?(?:p|phut))?)(?P<half> ?ruoi)?"
    if (match := reading.take(shape)) is None:
        return None
    part = reading.take(PARTS)
    hour, minute = int(match[1]), 30 if match["half"] else int(match[2] or 0)
    if part and hour < 12 and shifted(part["part"], hour):
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else None


def shifted(part: str, hour: int) -> bool:
    """Whether this hour of this part of the day is after noon: 1 of noon, any of afternoon, 6 to 11 of night."""
    return part in ("chieu", "toi") or (part == "trua" and hour < 4) or (part == "dem" and hour > 5)


def tomorrow_if_past(rule: Rule, now: datetime) -> Rule:
    """A bare hour is today's, or tomorrow's once it has gone by."""
    gone = (rule.hour, rule.minute) <= (now.hour, now.minute)
    return replace(rule, on=now.date() + timedelta(days=1 if gone else 0))


def is_empty(text: str) -> bool:
    """Whether nothing with a meaning is left."""
    return all(FILLERS.fullmatch(word) for word in re.findall(r"[^\s,.;]+", text))
