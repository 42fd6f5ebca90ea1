"""The days people speak of when they tell what happened: "tối qua", "thứ 7 tuần trước", "12/11", "mùng 3 Tết"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.lunar import lunar_date
from bot.domain.spotting import spelt

_PART = r"(?P<part>rang sang|sang|trua|chieu|toi|dem|khuya)"
_SPELT = {
    "rang sang": "rạng sáng", "sang": "sáng", "trua": "trưa", "chieu": "chiều", "toi": "tối", "dem": "đêm",
    "khuya": "khuya", "qua": "qua", "hom qua": "hôm qua", "nay": "nay", "hom nay": "hôm nay", "hom kia": "hôm kia",
    "bua qua": "bữa qua", "bua nay": "bữa nay", "bua kia": "bữa kia",
}  # fmt: skip
_BACK = {"qua": 1, "hom qua": 1, "bua qua": 1, "nay": 0, "hom nay": 0, "bua nay": 0, "hom kia": 2, "bua kia": 2}
_NEAR = re.compile(
    rf"\b(?:{_PART}(?: ngay)? (?P<day>hom qua|hom kia|hom nay|bua qua|qua|nay)"
    r"|(?<![0-9] )(?<!may )(?<!hai )(?<!ba )(?P<alone>(?:hom|bua) (?:qua|kia|nay)))\b"
)
# "toi qua" is "tối qua" or "tôi qua": after these words, and before those, somebody goes somewhere.
_GOER = re.compile(r"\b(?:cho|de|moi|nho|duoc|ru|bao|goi|dan|dua|keu|chung|nhung|di|chay|chuyen|doi|lay)$")
_GOAL = re.compile(
    r" (?:nha(?! (?:em|toi|minh|chau|con|tui|co|bi))|ben|do|duong"
    r"|cho (?!\w+ (?:bi|co|mat))|day|tham|choi|song|cau|truong|cong ty|cong an|phuong)\b"
)
_WEEKDAY = re.compile(
    rf"(?<!lan )(?<!nguoi )(?<!nha )\b(?:{_PART} )?"
    r"(?:(?P<thu>thu) ?(?P<number>[2-7]|hai|ba|tu|nam|sau|bay)|t(?P<short>[2-7])"
    r"|(?P<sunday>chu nhat|cn))\b(?! ?(?:trieu|k|tr|nguoi|nghin|tien|tuoi)\b)"
    r"(?P<week> tuan (?:truoc|roi|qua|nay|vua roi))?"
)
_WEEKDAYS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_DATE = re.compile(
    rf"(?<![\w/.,-])(?:{_PART} )?(?P<lead>(?:hom|ngay|bua) )?(?P<day>[0-3]?[0-9])"
    r"(?:[/.-]| thang )(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?:[/.-]| nam )(?P<year>20[0-9]{2}|[0-9]{2}))?(?![\w/]|[.,-][0-9])"
)
_DAY_ONLY = re.compile(
    rf"\b(?:{_PART} )?(?:hom|ngay|bua) (?P<day>[0-3]?[0-9])(?![\w/.:-]| (?:thang|tuoi|lan|nguoi|trieu))"
)
_LUNAR = re.compile(
    rf"\b(?:{_PART} )?(?:(?:mung|mong) (?P<day>10|[1-9]) tet|(?P<eve>(?:30|ba muoi) tet|giao thua)"
    r"|ram thang (?P<month>1[0-2]|[1-9]|gieng|chap))\b(?P<last> nam (?:ngoai|truoc))?"
)
_PERIOD = re.compile(
    r"\b(?:(?P<week>tuan (?:truoc|roi|qua|vua roi)|tuan nay)|(?P<month>thang (?:truoc|roi|vua roi)|thang nay)"
    r"|(?P<year>nam ngoai)|(?P<vague>hom (?:truoc|no|bua)|bua truoc|bua hom))\b"
)
_MONTHS = {"gieng": 1, "chap": 12}


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, where that was said, and the part of the day.

    `before`: the day meant where `first` has not come yet; `ended`: a night that runs into the next morning.
    """

    first: date
    last: date
    start: int
    end: int
    part: str = ""
    before: date | None = None
    ended: bool = True


def read_day(text: str, plain: str, today: date) -> Days | None:
    """The first day, in the order of how surely such words tell one, that normalized text speaks of."""
    for read in _READERS:
        for days in read(text, plain, today):
            return days
    return None


def _near(text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _NEAR.finditer(plain):
        name = match["day"] or match["alone"]
        group = "day" if match["day"] else "alone"
        if (
            _means(text, match, group, name)
            and _means(text, match, "part", match["part"])
            and not _goes(text, plain, match)
        ):
            day = today - timedelta(days=_BACK[name])
            yield _one(day, match, ended=_BACK[name] > 0)


def _goes(text: str, plain: str, match: re.Match[str]) -> bool:
    """ "tôi qua nhà bạn": the bare words could be a time, and are not."""
    if match["day"] != "qua" or not text[match.start() : match.end()].isascii():
        return False
    before = plain[max(0, match.start() - 12) : match.start()].rstrip()
    return bool(_GOER.search(before) or _GOAL.match(plain, match.end()))


def _weekdays(text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _WEEKDAY.finditer(plain):
        if match["thu"] and not spelt(text[slice(*match.span("thu"))], "thứ"):
            continue
        number = match["number"] or match["short"]
        weekday = 6 if match["sunday"] else int(_WEEKDAYS.get(number) or number) - 2
        monday = today - timedelta(days=today.weekday())
        if match["week"] and not match["week"].endswith("nay"):
            yield _one(monday + timedelta(days=weekday - 7), match)
        else:
            day = today - timedelta(days=(today.weekday() - weekday) % 7)
            yield _one(day, match, before=day - timedelta(days=7))


def _dates(_text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _DATE.finditer(plain):
        written = match["year"] or ""
        if not (match["lead"] or match["part"] or len(written) == 4 or " thang " in match[0]):
            continue  # "35/12" may be a house
        year = int(written) + (2000 if len(written) == 2 else 0) if written else today.year
        day = _day(int(match["day"]), int(match["month"]), year)
        if day and day > today and not written:
            day = _day(day.day, day.month, year - 1)
        if day and day <= today:
            yield _one(day, match, before=None if written else _day(day.day, day.month, day.year - 1))


def _days_of_month(_text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _DAY_ONLY.finditer(plain):
        months = (today.year, today.month), (today.year - (today.month == 1), (today.month - 2) % 12 + 1)
        found = [day for year, month in months if (day := _day(int(match["day"]), month, year)) and day <= today]
        if found:
            yield _one(found[0], match)


def _lunar(_text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _LUNAR.finditer(plain):
        years = [today.year - 1] if match["last"] else [today.year, today.year - 1]
        found = [day for year in years if (day := _lunar_day(match, year)) <= today]
        if found:
            yield _one(found[0], match)


def _lunar_day(match: re.Match[str], year: int) -> date:
    if match["eve"]:
        return lunar_date(1, 1, year) - timedelta(days=1)
    if match["day"]:
        return lunar_date(int(match["day"]), 1, year)
    return lunar_date(15, int(_MONTHS.get(match["month"]) or match["month"]), year)


def _periods(_text: str, plain: str, today: date) -> Iterator[Days]:
    for match in _PERIOD.finditer(plain):
        yield Days(*_period(match, today), *match.span())


def _period(match: re.Match[str], today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    if match["week"]:
        return (monday, today) if match["week"].endswith("nay") else (monday - timedelta(7), monday - timedelta(1))
    if match["month"]:
        end = first - timedelta(days=1)
        return (first, today) if match["month"].endswith("nay") else (end.replace(day=1), end)
    if match["year"]:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return today - timedelta(days=14), today - timedelta(days=2)


_READERS: tuple[Callable[[str, str, date], Iterator[Days]], ...] = (
    _near, _lunar, _dates, _weekdays, _days_of_month, _periods,
)  # fmt: skip


def _one(day: date, match: re.Match[str], before: date | None = None, *, ended: bool = True) -> Days:
    return Days(day, day, match.start(), match.end(), match["part"] or "", before, ended)


def _means(text: str, match: re.Match[str], group: str, name: str | None) -> bool:
    if name is None:
        return True
    typed = text[slice(*match.span(group))].split()
    return all(spelt(*pair) for pair in zip(typed, _SPELT[name].split(), strict=True))


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
