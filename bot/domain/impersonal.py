"""What a board, a loudspeaker or a printed page should not say: who somebody is, and what leads to them. Pure.

Officers write, with marks: a name is one in capitals, or one in lower case that can hardly be anything else. A street,
a school, a ward that is called after somebody is a place. Not handled: nicknames, descriptions that fit one person.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from bot.domain.accounts import find_accounts
from bot.domain.contacts import find_contacts
from bot.domain.lowernames import find_lower_names
from bot.domain.naming import find_names
from bot.domain.plates import find_plates
from bot.domain.spotting import shadow
from bot.domain.vietnamese import normalize
from bot.domain.weblinks import find_links


class Personal(StrEnum):
    """What was found."""

    NAME = "name"
    PHONE = "phone"
    PAPER = "paper"
    ACCOUNT = "account"
    PLATE = "plate"
    HOUSE = "house"
    NUMBER = "number"
    LINK = "link"


SOMEBODY = frozenset(set(Personal) - {Personal.NUMBER, Personal.LINK})
"""What is surely of a person: whoever approves must see it. A link or a long number may be the ward's own."""
Found = tuple[int, int, Personal]
_MAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,100}")
_LONG = re.compile(r"(?<![\d.,/])(?!1[89]00)(?:\d{7,}|\d{3,4}(?:[ -]\d{3,4}){2,})(?![\d.,/]\d)")
_YEARS = re.compile(r"(?:19|20)\d\d ?- ?(?:19|20)\d\d")
_HOUSE = re.compile(r"\b(?:so nha|nha so|sn) ?\d[\w/]*")
_PLACE = re.compile(
    r"\b(?:pho|duong|dai lo|truong(?: \w+){0,2}|thcs|thpt|phuong|xa|thon|xom|ap|ban|buon|cho|chua|den|dinh|cau|ben xe"
    r"|cong vien|quang truong|benh vien|nha van hoa|khu(?: \w+){0,2}|toa nha|chung cu|toa|huyen|quan|tinh|thanh pho"
    r"|thi tran|thi xa) (?:\d+ )?$"
)
_NOBODY = frozenset({"zalo", "facebook", "telegram", "viber", "messenger", "tiktok", "google", "ho", "ho chi minh"})
_BEFORE = 40  # letters in which the word stands that makes a name a place's


def personal_in(text: str) -> list[Personal]:
    """What of this stands in a text, each once, in the order in which it comes."""
    return list(dict.fromkeys(what for _, _, what in sorted(_found(normalize(text)))))


def impersonal(text: str) -> str:
    """The text, normalized, without any of it."""
    text = normalize(text)
    gone = {place for start, end, _ in _found(text) for place in range(start, end)}
    text = "".join(letter for place, letter in enumerate(text) if place not in gone)
    return re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"[^\S\n]{2,}", " ", text)).strip()


def _found(text: str) -> list[Found]:
    known = list(_known(text))
    taken = {place for start, end, _ in known for place in range(start, end)}
    left = [
        one for one in _LONG.finditer(text) if not _YEARS.fullmatch(one[0]) and taken.isdisjoint(range(*one.span()))
    ]
    return [*known, *((*one.span(), Personal.NUMBER) for one in left)]


def _known(text: str) -> Iterator[Found]:
    plain = shadow(text)
    for one in find_contacts(text):
        yield one.start, one.end, Personal.PHONE if one.contact.kind.is_phone else Personal.PAPER
    yield from ((one.start, one.end, Personal.ACCOUNT) for one in find_accounts(text))
    yield from ((one.start, one.end, Personal.PLATE) for one in find_plates(text))
    yield from ((one.start, one.end, Personal.LINK) for one in find_links(text))
    yield from ((*match.span(), Personal.LINK) for match in _MAIL.finditer(text))
    yield from ((*match.span(), Personal.HOUSE) for match in _HOUSE.finditer(plain))
    for spot in find_names(text):
        if _is_name(text[spot.start : spot.end], plain[max(0, spot.start - _BEFORE) : spot.start]):
            yield spot.start, spot.end, Personal.NAME
    for start, end in find_lower_names(text):
        if not _PLACE.search(plain[max(0, start - _BEFORE) : start]) and plain[start:end] not in _NOBODY:
            yield start, end, Personal.NAME


def _is_name(said: str, before: str) -> bool:
    """Whether this is somebody: every word in capitals, and nothing before it that makes a place of it."""
    return all(word[0].isupper() for word in said.split()) and shadow(said) not in _NOBODY and not _PLACE.search(before)
