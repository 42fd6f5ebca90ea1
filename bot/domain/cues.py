"""What the words around a number say it is: account, phone, identity paper, amount (domain facts 6.2, rule 5)."""

import re
from enum import Enum, auto

from bot.domain.vietnamese import fold

_BEFORE = 40  # characters, as in rule 5
_AFTER = 20
_OTHER_NUMBER = re.compile(r"\d[\d .-]{4,}\d")
_BANKS = (
    r"vcb|vietcombank|bidv|tcb|techcom(?:bank)?|mb ?bank|mb|acb|vpb(?:ank)?|tpb(?:ank)?|stb|sacombank|agribank"
    r"|vietin(?:bank)?|ctg|vib|shb|ocb|hdbank|msb|scb|seabank|lpbank|eximbank|namabank|pvcombank|cake|timo|momo|zalopay|viettelpay"
)
# "ck" is also "chồng" and "tk" also "thằng": they count only with their verb, or right at the number.
_ACCOUNT = (
    rf"(?:so )?tai khoan|(?:so )?stk|so tk|chuyen khoan|[ct]k(?= (?:vao|qua|sang|den|toi|cho|so)\b|\W*$)|{_BANKS}"
)
_PHONE = r"sdt|dt|dien thoai|goi|alo|zalo|lien he|lh|hotline|call|tel|phone|nhan tin|sms|so may|di dong"
_PAPER = r"cccd|cmnd|cmt(?:nd)?|can cuoc|chung minh(?: thu| nhan dan)?|dinh danh|giay to"
_CUE = re.compile(rf"\b(?:(?P<ACCOUNT>{_ACCOUNT})|(?P<PHONE>{_PHONE})|(?P<PAPER>{_PAPER}))\b")
_BANK = re.compile(rf"\b(?:{_BANKS})\b")
_CURRENCY = re.compile(r"\W{0,2}(?:d|dong|vnd|usd|k|tr|trieu|ty)\b")


class Role(Enum):
    """What a number is for, as its neighbours tell."""

    ACCOUNT = auto()
    PHONE = auto()
    PAPER = auto()


def role(text: str, start: int, end: int) -> Role | None:
    """The nearest cue before the number decides; without one, a bank's name right after it makes an account."""
    *others, before = _OTHER_NUMBER.split(text[max(0, start - _BEFORE) : start])
    cue = next(reversed(list(_CUE.finditer(fold(before)))), None)
    # "1903345678 VCB 0912345678": the bank belongs to the number before it.
    if cue and not (others and _BANK.fullmatch(cue[0])):
        return Role[cue.lastgroup or ""]
    after = fold(_OTHER_NUMBER.split(text[end : end + _AFTER])[0])
    return Role.ACCOUNT if _BANK.search(after) else None


def followed_by_currency(text: str, end: int) -> bool:
    """Whether the number that ends here is an amount of money."""
    return bool(_CURRENCY.match(fold(text[end : end + _AFTER])))
