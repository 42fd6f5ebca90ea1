"""What moderators who are not police may see of a message: nobody's name, number or door. Hides too much, if anything.

Not handled: a bare name in lower case that nothing announces ("tuan lay xe"), descriptions that fit one person only.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.domain.accounts import find_accounts
from bot.domain.addresses import find_parts
from bot.domain.contacts import find_contacts
from bot.domain.naming import find_names
from bot.domain.plates import find_plates
from bot.domain.spotting import shadow
from bot.domain.vietnamese import normalize
from bot.domain.weblinks import find_links

Block = tuple[int, int, str]
_LONG = re.compile(r"\d(?:[ .-]?\d){7,}")  # a long number of unclear use
_SAYS_HOUSE = re.compile(r"\b(?:so nha|nha so|sn|nha|so) ?(?=\d)")
_PLATE_LIKE = re.compile(r"\b\d{2} ?-?[a-z]{1,2}\d?[ .-]{0,3}(?:\d{3}[ .]?\d{2}|\d{4})\b")
_MAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]{1,100}")


def masked(text: str, known: Iterable[str] = ()) -> str:
    """The text, normalized, with a labelled block such as "[tên]" or "[số nhà]" in place of all that is personal.

    Streets, alleys, units and landmarks stay: a moderator has to know where, not who. `known` are names that are hidden
    however they are written, even in lower case: that of whoever reports.
    """
    text = normalize(text)
    pieces, at = [], 0
    blocks = [(start, end, rank, label) for rank, read in enumerate(_READERS) for start, end, label in read(text)]
    blocks += [(*span, len(_READERS), "[tên]") for name in known for span in _written(name, text)]
    for start, end, label in _apart(sorted(blocks)):
        pieces += [text[at:start], label]
        at = end
    return "".join([*pieces, text[at:]])


def _contacts(text: str) -> Iterator[Block]:
    for found in find_contacts(text):
        yield found.start, found.end, "[số điện thoại]" if found.contact.kind.is_phone else "[số giấy tờ]"


def _numbers(text: str) -> Iterator[Block]:
    yield from ((spot.start, spot.end, "[số tài khoản]") for spot in find_accounts(text))
    yield from ((spot.start, spot.end, "[biển số]") for spot in find_plates(text))
    yield from ((*match.span(), "[biển số]") for match in _PLATE_LIKE.finditer(shadow(text)))


def _leftovers(text: str) -> Iterator[Block]:
    return ((*match.span(), "[dãy số]") for match in _LONG.finditer(text))


def _links(text: str) -> Iterator[Block]:
    yield from ((spot.start, spot.end, "[đường dẫn]") for spot in find_links(text))
    yield from ((*match.span(), "[thư điện tử]") for match in _MAIL.finditer(text))


def _houses(text: str) -> Iterator[Block]:
    """The number alone, so that "số nhà" stays readable; and the last part of "hẻm 35/12/4", which is a house."""
    plain = shadow(text)
    for part in find_parts(text):
        if part.sort == "house":
            lead = _SAYS_HOUSE.match(plain, part.start, part.end)
            yield lead.end() if lead else part.start, part.end, "[số nhà]"
        elif part.sort == "alley" and part.value.count("/") > 1:
            yield plain.rindex("/", part.start, part.end) + 1, part.end, "[số nhà]"


def _names(text: str) -> Iterator[Block]:
    return ((spot.start, spot.end, "[tên]") for spot in find_names(text))


def _written(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a name stands: one of a single word only as it is written, since "An" is no "an ninh"."""
    name = " ".join(normalize(name).split())
    alone = " " not in name
    typed, wanted = (text, name) if alone else (shadow(text), shadow(name))
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    return (match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", typed)) if name else iter(())


def _apart(blocks: list[tuple[int, int, int, str]]) -> Iterator[Block]:
    """Blocks that overlap become one, so that no end of either shows; the earlier reader knows better what it is."""
    at = 0
    while at < len(blocks):
        start, end, rank, label = blocks[at]
        at += 1
        while at < len(blocks) and blocks[at][0] < end:
            end = max(end, blocks[at][1])
            rank, label = min((rank, label), blocks[at][2:])
            at += 1
        yield start, end, label


_READERS: tuple[Callable[[str], Iterator[Block]], ...] = (_contacts, _numbers, _links, _houses, _names, _leftovers)
