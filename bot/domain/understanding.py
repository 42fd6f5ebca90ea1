"""Everything one message tells: what kind of thing, when, where, and which numbers and links stand in it.

Total: no text raises. Only the first `LONGEST` characters are read; no messenger here sends more in one message.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.domain.accounts import Account, find_accounts
from bot.domain.addresses import Address, find_address
from bot.domain.amounts import find_amounts
from bot.domain.contacts import find_contacts
from bot.domain.kinds import Kinds
from bot.domain.pasttime import Moment, read_moment
from bot.domain.plates import find_plates
from bot.domain.spotting import Spot
from bot.domain.vietnamese import normalize
from bot.domain.weblinks import Link, find_links

LONGEST = 10_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read; each value once, in the order of the text. `phones` are international: "+84912345678"."""

    kind: str
    urgency: str
    when: Moment | None = field(repr=False)
    place: Address | None = field(repr=False)
    phones: tuple[str, ...] = field(repr=False)
    plates: tuple[str, ...] = field(repr=False)
    accounts: tuple[Account, ...] = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)
    amounts: tuple[int, ...] = field(repr=False)
    papers: int  # how many identity numbers; the numbers themselves go nowhere


def understand(text: str, now: datetime, kinds: Kinds) -> Understood:
    """Reads one message, or several joined by newlines, seen from `now` (aware, in the ward's zone)."""
    text = normalize(text[:LONGEST])
    place = find_address(text)
    contacts = dict.fromkeys(found.contact for found in find_contacts(text))
    kind = kinds.guess(text)
    return Understood(
        kind=kind,
        urgency=kinds.urgency(kind, text),
        when=read_moment(text, now),
        place=place.value if place else None,
        phones=tuple(contact.value for contact in contacts if contact.kind.is_phone),
        plates=_values(find_plates(text)),
        accounts=_values(find_accounts(text)),
        links=_values(find_links(text)),
        amounts=_values(find_amounts(text)),
        papers=sum(not contact.kind.is_phone for contact in contacts),
    )


def _values(spots: list[Spot[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(spot.value for spot in spots))
