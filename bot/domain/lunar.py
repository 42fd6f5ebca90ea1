"""Days of the Vietnamese lunar calendar: what "mùng 3 Tết" was.

The method is Hồ Ngọc Đức's (https://www.informatik.uni-leipzig.de/~duc/amlich/), reckoned for UTC+7; it follows
Jean Meeus, "Astronomical Algorithms". Not handled: days of a leap month, which count as those of the plain month.
"""

from datetime import date
from math import floor, pi, sin

_ZONE = 7 / 24  # of a day
_JULIAN = 1_721_425  # from `date.toordinal` to the Julian day number
_MONTH = 29.530588853
_NEW_MOON_1900 = 2_415_021.076998695


def lunar_date(day: int, month: int, year: int) -> date:
    """The solar date of a day of a lunar month; `year` begins at Tết. The last month has 29 or 30 days: no check."""
    start = _eleventh(year - 1) if month < 11 else _eleventh(year)
    following = _eleventh(year) if month < 11 else _eleventh(year + 1)
    ahead = (month - 11) % 12
    number = floor((start - _NEW_MOON_1900) / _MONTH + 0.5)
    if following - start > 365 and ahead >= _leap(number):
        ahead += 1
    return date.fromordinal(_new_moon(number + ahead) + day - 1 - _JULIAN)


def _eleventh(year: int) -> int:
    """The Julian day on which the month of the winter solstice begins."""
    number = floor((date(year, 12, 31).toordinal() + _JULIAN - 2_415_021) / _MONTH)
    start = _new_moon(number)
    return start if _sun(start) < 9 else _new_moon(number - 1)


def _leap(number: int) -> int:
    """How many months after the eleventh the leap month comes: the first in which the sun enters no new sign."""
    return next(i for i in range(1, 14) if _sun(_new_moon(number + i)) == _sun(_new_moon(number + i + 1)))


def _new_moon(number: int) -> int:
    """The local Julian day of a new moon; number 0 is that of 1 January 1900."""
    t = number / 1236.85
    mean = 2_415_020.75933 + 29.53058868 * number + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * _sin(166.56 + 132.87 * t - 0.009173 * t**2)
    m = 359.2242 + 29.10535608 * number - 0.0000333 * t**2 - 0.00000347 * t**3
    n = 306.0253 + 385.81691806 * number + 0.0107306 * t**2 + 0.00001236 * t**3
    f = 21.2964 + 390.67050646 * number - 0.0016528 * t**2 - 0.00000239 * t**3
    shift = (0.1734 - 0.000393 * t) * _sin(m) + 0.0021 * _sin(2 * m) - 0.4068 * _sin(n) + 0.0161 * _sin(2 * n)
    shift += 0.0104 * _sin(2 * f) - 0.0004 * _sin(3 * n) - 0.0051 * _sin(m + n) - 0.0074 * _sin(m - n)
    shift += 0.0004 * _sin(2 * f + m) - 0.0004 * _sin(2 * f - m) - 0.0006 * _sin(2 * f + n)
    shift += 0.0010 * _sin(2 * f - n) + 0.0005 * _sin(2 * n + m)
    return floor(mean + shift - (-0.000278 + 0.000265 * t + 0.000262 * t**2) + 0.5 + _ZONE)


def _sun(day: int) -> int:
    """Which twelfth of its way the sun is on as a local Julian day begins; 9 starts at the winter solstice."""
    t = (day - 2_451_545.5 - _ZONE) / 36525
    m = 357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    way = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    way += (1.914600 - 0.004817 * t - 0.000014 * t**2) * _sin(m)
    way += (0.019993 - 0.000101 * t) * _sin(2 * m) + 0.000290 * _sin(3 * m)
    return floor(way % 360 / 30)


def _sin(degrees: float) -> float:
    return sin(degrees * pi / 180)
