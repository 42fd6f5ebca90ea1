"""Codes that people read, type and tap: tip codes, link codes, setup codes; chance from `secrets`."""

import re
import secrets
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.vietnamese import fold, normalize

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody mistakes them for 1, 0, V
_LINK_LENGTH = 16  # 80 bits, and within Telegram's start parameter: [A-Za-z0-9_-]{1,64}
_SETUP_GROUPS = 3  # of four: 60 bits
_GROUP = 4
_MISTYPED = str.maketrans("OIL", "011")
_GAP = r"[\s\-\u2010-\u2015\u2212_.]{0,3}"
_TIP_CODE = re.compile(
    rf"(?<![A-Z0-9])TB{_GAP}(?P<day>(?:[0-9OIL]{_GAP}){{6}})(?P<tail>[A-Z0-9](?:{_GAP}[A-Z0-9]){{3}})(?![A-Z0-9])"
)
_AROUND = " \t\n:;,.-()"
_NATURE = (  # neutral without their marks too
    "sen", "tre", "lua", "gio", "mua", "nang", "song", "suoi", "bien", "cau", "bap", "mai", "cuc", "hue", "lan", "dua",
    "chanh", "cam", "man", "le", "tao", "na", "mit", "xoai", "chuoi", "nhan", "khe", "quyt", "ngo", "khoai", "sao",
    "trang", "troi", "dat", "nui", "doi", "rung", "cay", "la", "hoa", "co", "chim", "tom", "cua", "oc", "ong", "meo",
    "trau", "bo", "ga", "vit", "thuyen", "nha", "duong", "ban", "ghe", "den", "sach", "vo", "non", "ao", "khan",
    "xanh", "hong",
)  # fmt: skip


class Cut(NamedTuple):
    """A text around its first tip code; without one, all of it stands `after`."""

    code: str | None
    before: str
    after: str


def ward_code(name: str) -> str:
    """A ward's name for folders and files: `Phường Hoa Sữa` is phuong-hoa-sua."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))


def tip_code(now: datetime, zone: ZoneInfo) -> str:
    """A new code such as `TB-260731-7K3M`: the day in the ward's zone, then 20 random bits; `now` must be aware.

    Some thousand tips a day make repeats likely: whoever stores it retries on the unique key.
    """
    if now.tzinfo is None:
        raise ValueError("tip_code needs an aware time")
    return f"TB-{now.astimezone(zone):%y%m%d}-{_random(_GROUP)}"


def find_code(text: str) -> str | None:
    """The first tip code in a text, canonical: any case, hyphens missing, O typed for 0, I or L for 1."""
    return cut_code(text).code


def cut_code(text: str) -> Cut:
    """The same, with what stands before and after it."""
    shown, folded = normalize(text), fold(text).upper()
    if len(shown) != len(folded):  # a letter that folds into several
        shown = folded.lower()
    for match in _TIP_CODE.finditer(folded):
        tail = tidy(match["tail"])
        if not set(tail) - set(CROCKFORD):
            code = f"TB-{tidy(match['day'])}-{tail}"
            return Cut(code, shown[: match.start()].strip(_AROUND), shown[match.end() :].strip(_AROUND))
    return Cut(None, "", shown.strip())


def passphrase() -> str:
    """Four groups such as `sen27 tre08 lua93 cau51`: 50 bits, plain letters, easy to copy by hand."""
    return " ".join(f"{secrets.choice(_NATURE)}{secrets.randbelow(100):02}" for _ in range(_GROUP))


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
