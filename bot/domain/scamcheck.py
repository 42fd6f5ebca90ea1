"""What can be said of a message that somebody doubts: what stands in it, and how dangerous that is.

Three answers, and no fourth: nothing known never means safe.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from bot.domain.accounts import Account, find_accounts
from bot.domain.amounts import find_amounts
from bot.domain.contacts import find_contacts
from bot.domain.lookalike import Names, Sign
from bot.domain.plates import find_plates
from bot.domain.scam_patterns import Patterns, Trick
from bot.domain.vietnamese import normalize
from bot.domain.vietqr import Transfer, find_transfers
from bot.domain.weblinks import Link, find_links

LONGEST = 10_000  # characters; no messenger here sends more in one message
MOST = 12  # values of a kind that are looked up
_PACKAGE = re.compile(r"(?<![\w.-])[\w-]{1,60}(?:\.[\w-]{1,60}){0,6}\.(?:apk|xapk)(?!\w)", re.IGNORECASE)
T = TypeVar("T")
_WEB = re.compile(r"https?://", re.IGNORECASE)


class Answer(StrEnum):
    """How dangerous it is, as far as anybody here knows."""

    DANGEROUS = "dangerous"
    SUSPICIOUS = "suspicious"
    UNKNOWN = "unknown"


class Listing(StrEnum):
    """What kinds of things a ward lists."""

    PHONE = "phone"
    ACCOUNT = "account"
    LINK = "link"
    PLATE = "plate"


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in a message and in the codes of its pictures. `signs`: what is wrong with its links."""

    phones: tuple[str, ...] = field(default=(), repr=False)
    accounts: tuple[Account, ...] = field(default=(), repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)
    plates: tuple[str, ...] = field(default=(), repr=False)
    transfers: tuple[Transfer, ...] = field(default=(), repr=False)
    signs: tuple[Sign, ...] = ()
    tricks: tuple[Trick, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def answer(self) -> Answer:
        """What this alone says, before anybody looks into a list."""
        if any(sign.grave for sign in self.signs) or any(trick.grave for trick in self.tricks):
            return Answer.DANGEROUS
        return Answer.SUSPICIOUS if self.signs or self.tricks or self.marks else Answer.UNKNOWN


def read_message(
    text: str, codes: Sequence[str], patterns: Patterns, names: Names, banks: Mapping[str, str]
) -> Reading:
    """Reads a message and what the QR codes beside it say. Total: no text raises."""
    transfers = find_transfers(codes)
    pages = [code for code in codes if _WEB.match(code)]
    text = normalize("\n".join([text, *pages])[:LONGEST])
    links = links_in(text)
    signs = tuple(sign for link in links for sign in names.signs(link))
    sound = patterns.read(text, given_in(text, links, signs, names))
    paid = [Account(banks.get(one.bin, one.bin), one.number) for one in transfers]
    return Reading(
        phones=unique(one.contact.value for one in find_contacts(text) if one.contact.kind.is_phone),
        accounts=unique([*(spot.value for spot in find_accounts(text)), *paid]),
        links=links,
        plates=unique(spot.value for spot in find_plates(text)),
        transfers=transfers,
        signs=signs,
        tricks=sound.tricks,
        marks=sound.marks,
    )


def given_in(text: str, links: Sequence[Link], signs: Sequence[Sign], names: Names) -> set[str]:
    """What patterns and marks may ask for beside words."""
    unknown = any(not names.is_trusted(link) for link in links)
    found = {"link": unknown, "money": bool(find_amounts(text)), "sign": bool(signs)}
    return {name for name, there in found.items() if there}


def links_in(text: str) -> tuple[Link, ...]:
    """The links of a text, and packages named without an address: "vaytien.apk"."""
    links = [spot.value for spot in find_links(text)]
    written = " ".join(link.written for link in links)
    named = (match[0] for match in _PACKAGE.finditer(text))
    return unique([*links, *(Link("", name.lower(), "", name) for name in named if name not in written)])


def unique(values: Iterable[T]) -> tuple[T, ...]:
    """Each once, in order, and not too many."""
    return tuple(dict.fromkeys(values))[:MOST]


def worse(first: Answer, second: Answer) -> Answer:
    """The more dangerous of two answers."""
    order: Sequence[Answer] = tuple(Answer)
    return min(first, second, key=order.index)


def rest_of(text: str) -> str:
    """What is left of a text without the numbers and links in it."""
    text = normalize(text[:LONGEST])
    spans = {(found.start, found.end) for found in find_contacts(text)}
    for find in (find_accounts, find_links, find_plates):
        spans |= {(spot.start, spot.end) for spot in find(text)}
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return " ".join(text.split()).strip(" -:,;.")
