"""Phone and identity numbers in free text: found, made canonical, and taken out before the text is stored in clear.

Sources: domain facts 6.2, rules 4, 5 and 7. A number whose role is unclear is hidden; a bank account is evidence and
stays. Not handled: numbers spelt in words, numbers broken over two lines, e-mail addresses.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.cues import Role, followed_by_currency, role
from bot.domain.vietnamese import normalize

_GAP = r"[ \t.,\-\u2010-\u2015\u2212_·•*/()\ufe0f\u20e3]{0,3}"  # the last two make keycap emoji
_DIGIT = "[0-9oOlI]"
_LAST = rf"(?:{_GAP}[0-9]|[oO](?!\w))"
_DATE = r"(?!0?\d[./-]\d{1,2}[./-](?:19|20)\d\d(?![./-]?\d))"
_HEAD = rf"(?:(?<![0-9])(?P<abroad>(?:\+|00)?84){_GAP}(?:\(?[0oO]{_GAP})?|(?:(?<![0-9])0|(?<!\w)[oO]){_GAP})"
_MOBILE = rf"(?:3{_GAP}[2-9]|5{_GAP}[25689]|7{_GAP}[06-9oO]|8{_GAP}[1-9lI]|9{_GAP}[0-46-9oOlI])(?:{_GAP}{_DIGIT}){{6}}"
_OLD = rf"[1lI]{_GAP}(?:2{_GAP}{_DIGIT}|6{_GAP}[2-9]|8{_GAP}[68]|9{_GAP}9)(?:{_GAP}{_DIGIT}){{6}}"
_LANDLINE = rf"2(?:{_GAP}{_DIGIT}){{7,8}}"
_PHONE = re.compile(rf"{_DATE}{_HEAD}(?P<rest>(?:{_MOBILE}|{_OLD}|{_LANDLINE}){_LAST})(?![0-9])")
_CCCD = re.compile(
    r"(?<![0-9])(?=0)(?:\d{12}|\d{6}[ .-]\d{6}|\d{4}([ .-])\d{4}\1\d{4}"
    r"|\d{3}([ .-])(?:\d{3}\2\d{3}\2\d{3}|\d\2\d\d\2\d{6}))(?![0-9])"
)
_CMND = re.compile(r"(?<![0-9])(?:\d{9}|(?<![0-9][ .,-])\d{3}([ .,-])\d{3}\1\d{3}(?![ .,-]\d))(?![0-9])")
_LAST_PROVINCE = 96  # the first three digits of a CCCD are the province: Hà Nội 001 ... Cà Mau 096
_LOOKALIKES = str.maketrans("oOlI", "0011")
# Eleven digits became ten in 2018: 0162..0169 -> 032..039, and so on (domain facts 6.2, rule 4).
_RENUMBERED = {f"16{n}": f"3{n}" for n in range(2, 10)} | {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78", "123": "83", "124": "84", "125": "85", "127": "81",
    "129": "82", "186": "56", "188": "58", "199": "59",
}  # fmt: skip


class Kind(StrEnum):
    """What a hidden number is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    CCCD = "cccd"  # citizen card, 12 digits
    CMND = "cmnd"  # old identity card, 9 digits; also a phone written without its 0, which looks the same

    @property
    def is_phone(self) -> bool:
        """Whether one can call it."""
        return self in {Kind.MOBILE, Kind.LANDLINE}


@dataclass(frozen=True, slots=True)
class Contact:
    """A number in canonical form: `+84912345678`, or the bare digits of an identity number."""

    kind: Kind
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A contact and where it stands in the normalized text."""

    contact: Contact
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text whose numbers were replaced, and the numbers, each once, in the order they appeared."""

    text: str = field(repr=False)
    contacts: tuple[Contact, ...]


def hide(text: str, *, phone: str = "[số điện thoại {n}]", paper: str = "[số giấy tờ {n}]") -> Hidden:
    """Replaces phones and identity numbers by numbered placeholders; the same number gets the same placeholder.

    The text comes back normalized. Short numbers (113, 1022), 1800/1900 lines and bank accounts stay.
    """
    text = normalize(text)
    contacts: list[Contact] = []
    pieces, at = [], 0
    for found in find_contacts(text):
        if found.contact not in contacts:
            contacts.append(found.contact)
        label = phone if found.contact.kind.is_phone else paper
        pieces += [text[at : found.start], label.replace("{n}", str(_place(found.contact, contacts)))]
        at = found.end
    return Hidden("".join([*pieces, text[at:]]), tuple(contacts))


def find_contacts(text: str) -> list[Found]:
    """Phones and identity numbers in text that `normalize` has seen, in order, never overlapping."""
    plain = re.sub(r"(?![0-9])\d", lambda other: str(unicodedata.decimal(other[0])), text)  # other scripts' digits
    found = sorted([*_phones(plain), *_papers(plain)], key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _place(contact: Contact, contacts: list[Contact]) -> int:
    alike = [one for one in contacts if one.kind.is_phone == contact.kind.is_phone]
    return alike.index(contact) + 1


def _phones(text: str) -> Iterator[Found]:
    for match in _PHONE.finditer(text):
        # Accounts may look like local numbers; nothing but a phone carries the country code.
        if match["abroad"] or role(text, *match.span()) is not Role.ACCOUNT:
            kind = Kind.LANDLINE if match["rest"].startswith("2") else Kind.MOBILE
            yield Found(Contact(kind, _international(match["rest"])), *match.span())


def _papers(text: str) -> Iterator[Found]:
    for kind, pattern, fits in ((Kind.CCCD, _CCCD, _is_cccd), (Kind.CMND, _CMND, _is_cmnd)):
        for match in pattern.finditer(text):
            if fits(text, match):
                yield Found(Contact(kind, _digits(match[0])), *match.span())


def _is_cccd(text: str, match: re.Match[str]) -> bool:
    return 1 <= int(match[0][:3]) <= _LAST_PROVINCE and role(text, *match.span()) is not Role.ACCOUNT


def _is_cmnd(text: str, match: re.Match[str]) -> bool:
    """Nine digits are also an amount, a hotline or an account: a cue decides, then their shape."""
    cue = role(text, *match.span())
    amount = match[1] in {".", ","} or match[0].endswith("0000") or (match[1] and match[0].endswith("000"))
    other = amount or match[0].startswith(("1800", "1900")) or followed_by_currency(text, match.end())
    return cue is Role.PAPER or (cue is not Role.ACCOUNT and not other)


def _international(rest: str) -> str:
    digits = _digits(rest)
    return "+84" + _RENUMBERED.get(digits[:3], digits[:3]) + digits[3:]


def _digits(written: str) -> str:
    return re.sub(r"[^0-9]", "", written.translate(_LOOKALIKES))
