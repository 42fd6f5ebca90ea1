"""How a ward can really be reached, and whether what somebody was named is among it."""

import re
from dataclasses import dataclass

from bot.domain.scamcheck import Reading
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Person
from data import published
from data.audit import audit
from data.places import Ward
from data.published import Published
from data.unit_of_work import Work

MOST = 20
LONGEST_LABEL, LONGEST_VALUE = 60, 120
SHORTEST_NAME = 5  # letters; a shorter value is no name that anybody could be recognised by
DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Claim:
    """What was named, and which of the ward's contacts that is. `named`: there was a number or link to compare."""

    matches: tuple[Published, ...]
    named: bool


def compare(contacts: list[Published], text: str, reading: Reading) -> Claim:
    """Which of these contacts a text names: by number, by link, or by the very words."""
    named = {digits_of(phone.replace("+84", "0")) for phone in reading.phones}
    named |= {one.number for one in reading.accounts}
    matches = [one for one in contacts if is_named(one.value, fold(text), named)]
    return Claim(tuple(matches), bool(named or reading.links))


def is_named(value: str, said: str, numbers: set[str]) -> bool:
    """Whether a text names this contact."""
    digits = digits_of(value)
    if digits and not re.search(r"[^\W\d]", value):
        return digits in numbers or (len(digits) > 2 and digits in {digits_of(part) for part in said.split()})
    wanted = fold(value).removeprefix("https://").removeprefix("http://").removeprefix("www.").strip("/ ")
    return len(wanted) >= SHORTEST_NAME and bool(re.search(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-])(?!\.\w)", said))


def digits_of(written: str) -> str:
    """The bare digits of a number."""
    return DIGITS.sub("", written)


# --- a chief keeps the list


def add(work: Work, ward: Ward, by: Person, label: str, value: str) -> None:
    """One more way to reach the ward."""
    label, value = " ".join(label.split())[:LONGEST_LABEL], " ".join(value.split())[:LONGEST_VALUE]
    if not label or not value:
        raise Refused("contacts.how")
    if published.count_published(work, ward.id) >= MOST:
        raise Refused("contacts.full", most=MOST)
    published.publish(work, ward.id, label, value)
    audit(work, ward.id, by, "contact.published", label)


def take_down(work: Work, ward: Ward, by: Person, typed: str) -> Published:
    """One less, by its place in the list."""
    found = published.published(work, ward.id)
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 0
    if not 1 <= number <= len(found):
        raise Refused("contacts.unknown")
    published.unpublish(work, ward.id, found[number - 1].id)
    audit(work, ward.id, by, "contact.taken_down", found[number - 1].label)
    return found[number - 1]
