"""Bank accounts in free text: digits near a word that says so, and the bank where it is named.

Source: domain facts 6.2, rule 5. Not handled: account aliases made of letters, VietQR codes, and
accounts that look like a phone with its country code (84...), which stay phones: those are hidden.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.contacts import find_contacts
from bot.domain.cues import Role, followed_by_currency, role
from bot.domain.spotting import Spot, apart, shadow

_NUMBER = re.compile(r"(?<![0-9])(?<![0-9][.,/-])(?:[0-9]{6,19}|[0-9]{2,4}(?:[ .-][0-9]{2,4}){1,8})(?![0-9])")
_DATE = re.compile(r"[0-3]?\d[.-][01]?\d[.-](?:19|20)\d\d")
_LEAST, _MOST = 6, 19
_LONGEST_AMOUNT = 9
_NEAR = 40
_DIGITS = re.compile(r"[0-9]{6,}")
_BANKS = {
    "Vietcombank": "vcb|vietcombank",
    "BIDV": "bidv",
    "Techcombank": "tcb|techcombank|techcom",
    "MB": "mb ?bank|mb",
    "ACB": "acb",
    "VPBank": "vpbank|vpb",
    "TPBank": "tpbank|tpb",
    "Sacombank": "sacombank|stb",
    "Agribank": "agribank",
    "VietinBank": "vietinbank|vietin|ctg",
    "VIB": "vib",
    "SHB": "shb",
    "OCB": "ocb",
    "HDBank": "hdbank",
    "MSB": "msb",
    "SCB": "scb",
    "SeABank": "seabank",
    "LPBank": "lpbank",
    "Eximbank": "eximbank",
    "Nam A Bank": "namabank",
    "PVcomBank": "pvcombank",
    "Cake": "cake",
    "Timo": "timo",
    "MoMo": "momo",
    "ZaloPay": "zalopay",
    "Viettel Money": "viettelpay",
}
_BANK = re.compile(rf"\b(?:{'|'.join(f'({aliases})' for aliases in _BANKS.values())})\b")

_BANK_BEFORE = re.compile(rf"{_BANK.pattern}\W{{0,3}}$")


@dataclass(frozen=True, slots=True)
class Account:
    """Bare digits, and the bank's usual name; empty where none was named."""

    bank: str
    number: str = field(repr=False)


def find_accounts(text: str) -> list[Spot[Account]]:
    """The accounts in text that `normalize` has seen, in order. A phone or an identity number is none."""
    taken = [(found.start, found.end) for found in find_contacts(text)]
    return apart(_accounts(text, shadow(text)), taken)


def _accounts(text: str, plain: str) -> Iterator[Spot[Account]]:
    for match in _NUMBER.finditer(plain):
        digits = re.sub(r"[^0-9]", "", match[0])
        fits = _LEAST <= len(digits) <= _MOST and not _is_amount(text, match, digits) and not _DATE.fullmatch(match[0])
        if fits and (role(text, *match.span()) is Role.ACCOUNT or _follows_bank(plain, match, digits)):
            yield Spot(Account(_bank(plain, *match.span()), digits), *match.span())


def _is_amount(text: str, match: re.Match[str], digits: str) -> bool:
    """ "ck 500000", "chuyển khoản 1.500.000": round and short is money."""
    return (len(digits) <= _LONGEST_AMOUNT and digits.endswith("000")) or followed_by_currency(text, match.end())


def _follows_bank(plain: str, match: re.Match[str], digits: str) -> bool:
    """ "VCB 1903345678, TCB 19033456789012": the second bank too stands before its number."""
    return len(digits) > _LONGEST_AMOUNT and bool(
        _BANK_BEFORE.search(plain[max(0, match.start() - _NEAR) : match.start()])
    )


def _bank(plain: str, start: int, end: int) -> str:
    """The bank nearest to the number, no other number between them."""
    before = _DIGITS.split(plain[max(0, start - _NEAR) : start])[-1]
    after = _DIGITS.split(plain[end : end + _NEAR])[0]
    named = [(len(before) - match.end(), _name(match)) for match in _BANK.finditer(before)]
    named += [(match.start(), _name(match)) for match in _BANK.finditer(after)]
    return min(named, key=lambda one: one[0])[1] if named else ""


def _name(match: re.Match[str]) -> str:
    return list(_BANKS)[(match.lastindex or 1) - 1]
