"""When something happened, as people say it: "tối qua", "2h sáng", "thứ 7 tuần trước", "mùng 3 Tết", "5 phút trước".

Never in the future: what would be is taken a week, a year or half a day earlier, or not at all. The counterpart for
what is to come, timewords, wants every word understood; here one time is looked for in a whole message.
Not handled: "mùng 5" without Tết (which calendar?), spans such as "từ 2h đến 4h" (only the beginning is read).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.pastdays import Days, read_day
from bot.domain.spotting import shadow, spelt

_HOUR = re.compile(
    r"(?<![\w/.,:])(?P<hour>[01]?[0-9]|2[0-4]) ?(?P<sign>h|g|gio|:(?=[0-9]))(?: ?(?P<minute>[0-5][0-9])(?![0-9]))?"
    r"(?: ?(?:p|phut)\b)?(?P<half> ?ruoi\b)?(?: kem (?P<less>[0-5]?[0-9]))?(?![\w/])"
    r"(?: (?P<part>rang sang|sang|trua|chieu|toi|dem|khuya)\b)?"
    r"(?! (?:truoc|nua|dong ho|lien|moi ngay|tro len)\b)"
)
_ABOUT = re.compile(r"\b(?:khoang|tam|chung|gan|hon)(?: (?:luc|tu))? $")
_AT = re.compile(r"\b(?:luc|hoi|vao|khoang|tam|chung|tu)(?: luc)? $")
_AGO = re.compile(
    r"\b(?P<far>cach (?:day|nay) )?(?:(?:khoang|tam|hon|gan|chung) )?(?<!thu )"
    r"(?P<count>[0-9]{1,3}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua|vai|may) ?"
    r"(?P<unit>phut|p|tieng|gio|h|ngay|hom|bua|tuan|thang)\b(?P<half> ruoi)?"
    r"(?(far)|(?: dong ho)? (?P<ago>truoc)\b)"
)
_COUNT = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "nua": 0.5, "vai": 3, "may": 3,
}  # fmt: skip
_MINUTES = {"phut": 1, "p": 1, "tieng": 60, "gio": 60, "h": 60}
_DAYS = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7, "thang": 30}
_LATELY = (
    ("vừa xong", timedelta(minutes=15)), ("vừa mới", timedelta(minutes=30)), ("mới xong", timedelta(minutes=15)),
    ("vừa nãy", timedelta(hours=1)), ("mới nãy", timedelta(hours=1)), ("lúc nãy", timedelta(hours=3)),
    ("hồi nãy", timedelta(hours=3)), ("ban nãy", timedelta(hours=3)), ("nãy giờ", timedelta(hours=2)),
    ("hồi nảy", timedelta(hours=3)), ("vừa rồi", timedelta(hours=6)), ("vừa bị", timedelta(hours=1)),
    ("dạo này", timedelta(days=30)), ("gần đây", timedelta(days=30)), ("cả tuần nay", timedelta(days=7)),
)  # fmt: skip
_NOW = ("đang", "bây giờ", "hiện giờ", "ngay lúc này", "hiện tại", "ngay bây giờ")
_NOT_NOW = re.compile(r" (?:ky|nhap|tin|bai|len|nho|yeu|ngo|vien|ki|kiem|do|gia|the)\b")  # "đăng ký", "đáng yêu"
_PARTS = {
    "rang sang": (3, 6), "sang": (5, 11), "trua": (11, 14), "chieu": (12, 19), "toi": (18, 24), "dem": (20, 29),
    "khuya": (22, 28),
}  # fmt: skip
_AHEAD = re.compile(r"\b(?:(?:sang|trua|chieu|toi|dem|ngay) mai|tuan (?:sau|toi)|ngay kia)\b")  # its hours are to come
_SO_LONG = re.compile(r"\b(?P<count>[0-9]{1,2}|hai|ba|bon|nam|may) (?P<unit>hom|ngay|bua|tuan|thang) nay\b")
_SINCE = re.compile(r"(?<!thu )\b(?:tu|suot tu|ke tu)(?: hoi)? $")
_ROUGHLY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Moment:
    """From `start` to `end`, both included and never in the future; `said` is the original wording."""

    said: str = field(repr=False)
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class _Clock:
    at: timedelta  # since midnight
    part: str
    roughly: bool
    start: int
    end: int


def read_moment(text: str, now: datetime) -> Moment | None:
    """When it was, seen from `now` (in the ward's zone), in normalized text. None: not said, or unclear."""
    plain = shadow(text)
    for read in _READERS:
        if moment := read(text, plain, now):
            return moment
    return None


def _ago(text: str, plain: str, now: datetime) -> Moment | None:
    for match in _AGO.finditer(plain):
        if match["ago"] and not spelt(text[slice(*match.span("ago"))], "trước"):
            continue
        count = (_COUNT.get(match["count"]) or float(match["count"])) + (0.5 if match["half"] else 0)
        if minutes := _MINUTES.get(match["unit"]):
            then = now - timedelta(minutes=minutes * count)
            slack = max(timedelta(minutes=2), (now - then) / 6)
            return _moment(_tidy(text, *match.span()), then - slack, min(then + slack, now), now)
        days = _DAYS[match["unit"]]
        then = now - timedelta(days=days * count)
        slack = timedelta(days=days // 2 + (2 if match["count"] in {"vai", "may"} else 0))
        return _moment(
            _tidy(text, *match.span()), _at(then - slack, 0), _at(then + slack, 24) - timedelta(seconds=1), now
        )
    return None


def _dated(text: str, plain: str, now: datetime) -> Moment | None:
    days, clock = read_day(text, plain, now.date()), _clock(text, plain)
    if not days and _AHEAD.search(plain):
        return None
    if days and days.part and clock and not clock.part:
        clock = replace(clock, part=days.part)
    if days and days.first != days.last:
        return _span(text, plain, days, now)
    if clock:
        return _on_the_clock(text, clock, days, now)
    return _in_the_day(text, plain, days, now) if days else None


def _lately(text: str, plain: str, now: datetime) -> Moment | None:
    for words, span in _LATELY:
        if (place := _said(text, plain, words)) is not None:
            return Moment(_tidy(text, *place), now - span, now)
    return None


def _so_long(text: str, plain: str, now: datetime) -> Moment | None:
    """ "3 hôm nay", "mấy ngày nay": from then until now."""
    if match := _SO_LONG.search(plain):
        days = _DAYS[match["unit"]] * (_COUNT.get(match["count"]) or float(match["count"]))
        return Moment(_tidy(text, *match.span()), now - timedelta(days=days), now)
    return None


def _now(text: str, plain: str, now: datetime) -> Moment | None:
    for words in _NOW:
        place = _said(text, plain, words)
        if place and not (text[slice(*place)].isascii() and _NOT_NOW.match(plain, place[1])):
            return Moment(_tidy(text, *place), now, now)
    return None


_READERS: tuple[Callable[[str, str, datetime], Moment | None], ...] = (_ago, _dated, _so_long, _lately, _now)


def _clock(text: str, plain: str) -> _Clock | None:
    for match in _HOUR.finditer(plain):
        led = _AT.search(plain, max(0, match.start() - 12), match.start())
        if not (match["sign"] == "g" and not (match["minute"] or match["part"] or led)):
            minute = 30 if match["half"] else int(match["minute"] or 0) - int(match["less"] or 0)
            part = match["part"] or ""
            if part == "toi" and not spelt(text[slice(*match.span("part"))], "tối"):
                part = ""
            roughly = bool(_ABOUT.search(plain, max(0, match.start() - 12), match.start()))
            start = led.start() if led else match.start()
            return _Clock(timedelta(hours=int(match["hour"]), minutes=minute), part, roughly, start, match.end())
    return None


def _on_the_clock(text: str, clock: _Clock, days: Days | None, now: datetime) -> Moment | None:
    said = _joined(text, (clock.start, clock.end), (days.start, days.end) if days else None)
    on = (days.first,) if days else (now.date(), now.date() - timedelta(days=1))
    noon = timedelta(hours=12)
    twice = not (clock.part or days) and clock.at <= noon
    hours = [clock.at, clock.at + noon] if twice else [_shifted(clock)]
    night = clock.part in {"dem", "khuya", "toi"} and bool(days and days.ended)
    times = [
        datetime.combine(day, time(), now.tzinfo) + hour + _past_midnight(hour, night) for day in on for hour in hours
    ]
    past = [at for at in times if at <= now]
    if not past and days and (earlier := days.before):
        past = [at for at in (datetime.combine(earlier, time(), now.tzinfo) + hours[0],) if at <= now]
    if not past:
        return None
    slack = _ROUGHLY if clock.roughly else timedelta()
    return _moment(said, max(past) - slack, max(past) + slack, now)


def _shifted(clock: _Clock) -> timedelta:
    """ "8h tối" is 20; "12h đêm" is midnight, "1h trưa" is 13."""
    hour = clock.at.total_seconds() / 3600
    noon = timedelta(hours=12)
    if clock.part in {"dem", "khuya"}:
        return clock.at + noon if 6 <= hour < 12 else clock.at - noon if 12 <= hour < 13 else clock.at
    later = (clock.part in {"chieu", "toi"} and hour < 12) or (clock.part == "trua" and hour < 4)
    return clock.at + noon if later else clock.at


def _past_midnight(hour: timedelta, night: bool) -> timedelta:
    """The small hours of "đêm qua" are today's."""
    return timedelta(days=1 if night and hour < timedelta(hours=6) else 0)


def _in_the_day(text: str, plain: str, days: Days, now: datetime) -> Moment | None:
    first, last = _PARTS.get(days.part, (0, 24))
    day = days.first
    midnight = _midnight(day, now)
    if midnight + timedelta(hours=first) > now:
        small_hours = days.part in {"dem", "khuya"} and now.hour < 6 and day == now.date()
        if not (small_hours or days.before):
            return None
        midnight = _midnight(days.before or day - timedelta(days=1), now)
    start, end = midnight + timedelta(hours=first), midnight + timedelta(hours=last, seconds=-1)
    since = _SINCE.search(plain, max(0, days.start - 12), days.start)
    return _moment(_tidy(text, days.start, days.end), start, now if since else end, now)


def _span(text: str, plain: str, days: Days, now: datetime) -> Moment | None:
    start = _midnight(days.first, now)
    since = _SINCE.search(plain, max(0, days.start - 12), days.start)
    end = now if since else _midnight(days.last, now) + timedelta(hours=24, seconds=-1)
    return _moment(_tidy(text, since.start() if since else days.start, days.end), start, end, now)


def _moment(said: str, start: datetime, end: datetime, now: datetime) -> Moment | None:
    return Moment(said, start, min(end, now)) if start <= now else None


def _said(text: str, plain: str, words: str) -> tuple[int, int] | None:
    """Where these words stand, with their marks or without any."""
    for match in re.finditer(rf"\b{shadow(words)}\b", plain):
        typed = text[match.start() : match.end()].split()
        if all(spelt(*pair) for pair in zip(typed, words.split(), strict=True)):
            return match.span()
    return None


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


def _joined(text: str, one: tuple[int, int], other: tuple[int, int] | None) -> str:
    """Both pieces in the order of the text; what lies between them only where it is short."""
    if other is None:
        return _tidy(text, *one)
    first, last = sorted((one, other))
    if last[0] - first[1] <= 10:
        return _tidy(text, first[0], max(first[1], last[1]))
    return f"{_tidy(text, *first)} {_tidy(text, *last)}"


def _at(day: datetime, hour: int) -> datetime:
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour)


def _tidy(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
