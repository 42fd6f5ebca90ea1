"""Codes that people read, type and tap: tip codes, link codes, setup codes; chance from `secrets`."""

import re
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.vietnamese import fold

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody mistakes them for 1, 0, V
_LINK_LENGTH = 16  # 80 bits, and within Telegram's start parameter: [A-Za-z0-9_-]{1,64}
_SETUP_GROUPS = 3  # of four: 60 bits
_GROUP = 4
_MISTYPED = str.maketrans("OIL", "011")
_GAP = r"[\s\-\u2010-\u2015\u2212_.]{0,3}"
_TIP_CODE = re.compile(
    rf"(?<![A-Z0-9])TB{_GAP}(?P<day>(?:[0-9OIL]{_GAP}){{6}})(?P<tail>[A-Z0-9](?:{_GAP}[A-Z0-9]){{3}})(?![A-Z0-9])"
)


def tip_code(now: datetime, zone: ZoneInfo) -> str:
    """A new code such as `TB-260731-7K3M`: the day in the ward's zone, then 20 random bits; `now` must be aware.

    Some thousand tips a day make repeats likely: whoever stores it retries on the unique key.
    """
    if now.tzinfo is None:
        raise ValueError("tip_code needs an aware time")
    return f"TB-{now.astimezone(zone):%y%m%d}-{_random(_GROUP)}"


def find_code(text: str) -> str | None:
    """The first tip code in a text, canonical: any case, hyphens missing, O typed for 0, I or L for 1."""
    for match in _TIP_CODE.finditer(fold(text).upper()):
        tail = tidy(match["tail"])
        if not set(tail) - set(CROCKFORD):
            return f"TB-{tidy(match['day'])}-{tail}"
    return None


def group_code() -> str:
    """Five digits that a resident types once to say which group is theirs; more would be misread aloud. No secret."""
    return str(secrets.randbelow(90_000) + 10_000)


def link_code() -> str:
    """A single-use code of 80 bits that rides in a deep link and can be typed after `/lienket`."""
    return _random(_LINK_LENGTH)


def setup_code() -> str:
    """A code of 60 bits that a person types once, such as `7K3M-Q2RD-0XVN`."""
    return "-".join(_random(_GROUP) for _ in range(_SETUP_GROUPS))


def tidy(typed: str) -> str:
    """A typed code as it is compared: upper case, O as 0, I and L as 1, nothing but letters and digits."""
    return re.sub(r"[^A-Z0-9]", "", fold(typed).upper()).translate(_MISTYPED)


def _random(length: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))
