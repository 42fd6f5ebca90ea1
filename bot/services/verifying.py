"""How a ward can really be reached, and whether what somebody was named is among it."""

import re
from dataclasses import dataclass

from bot.domain.scamcheck import Reading
from bot.domain.vietnamese import fold
from bot.domain.weblinks import Link, find_links
from data import published
from data.published import Published
from data.unit_of_work import Work

SHORTEST_NAME = 5  # letters; a shorter value is no name that anybody could be recognised by
SHORTEST_NUMBER = 3  # digits: 113
ABROAD = "+84"
DIGITS = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Claim:
    """What was named, beside the contacts that a ward has published.

    `matches`: named by number or link. `called`: only by name, as anybody may call themselves. `others`: there are
    numbers or links that are none of them.
    """

    matches: tuple[Published, ...]
    called: tuple[Published, ...]
    others: bool


def compare(contacts: list[Published], text: str, reading: Reading) -> Claim:
    """Which of these contacts a text names."""
    numbers = {local(phone) for phone in reading.phones} | {one.number for one in reading.accounts}
    short = {digits_of(part) for part in text.split()} & {digits_of(one.value) for one in contacts}
    links = {address(link) for link in reading.links}
    matches = [one for one in contacts if is_named(one.value, numbers | short, links)]
    known = [one.value for one in matches]
    others = any(not any(is_named(value, {number}, set()) for value in known) for number in numbers)
    others |= any(not any(is_named(value, set(), {link}) for value in known) for link in links)
    called = [one for one in contacts if is_called(one.value, fold(text))]
    return Claim(tuple(matches), tuple(called), others)


def is_named(value: str, numbers: set[str], links: set[str]) -> bool:
    """Whether one of these numbers or links is this contact; a page of a published site is."""
    if digits := number_in(value):
        return digits in numbers
    own = [address(spot.value) for spot in find_links(value)]
    return any(link == one or link.startswith((f"{one}/", f"{one}?")) for link in links for one in own)


def is_called(value: str, said: str) -> bool:
    """Whether a text has the very words of a contact that is a name."""
    wanted = fold(value).strip()
    if number_in(value) or find_links(value) or len(wanted) < SHORTEST_NAME:
        return False
    return bool(re.search(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-])(?!\.\w)", said))


def is_published(work: Work, ward_id: int, value: str) -> bool:
    """Whether this number or link is one by which the ward itself can be reached."""
    links = {address(spot.value) for spot in find_links(value)}
    return any(is_named(one.value, {local(value)}, links) for one in published.published(work, ward_id))


def address(link: Link) -> str:
    """Where a link leads, in one way of writing it."""
    return fold(f"{link.host.removeprefix('www.')}{link.path}").rstrip("/")


def local(phone: str) -> str:
    """A number's digits as they are dialled here."""
    return digits_of(f"0{phone.removeprefix(ABROAD)}" if phone.startswith(ABROAD) else phone)


def number_in(value: str) -> str:
    """The digits of a contact that is a number; nothing of a name or link."""
    digits = digits_of(value)
    return "" if len(digits) < SHORTEST_NUMBER or re.search(r"[^\W\d]", value) else digits


def digits_of(written: str) -> str:
    """The bare digits of a number."""
    return DIGITS.sub("", written)
