"""Places as neighbours say them: houses, alleys within alleys, streets, units of a ward, landmarks.

Source: domain facts 6.2, rule 9. Not handled: streets named without a word for it and without capitals, unless an
alley or a house stands before them; places said by a person's name ("nhà bà Tư"); house and alley told apart in
"hẻm 35/12", which is read as two alleys.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.domain import placewords
from bot.domain.placewords import capitals_end, is_place, is_surname, name_end, says
from bot.domain.spotting import Spot, shadow
from bot.domain.vietnamese import fold

_RANK = {"ngo": 0, "kiet": 0, "hem": 0, "ngach": 1, "nhanh": 3}
_INNER_HEM = 2  # in Hà Nội a "hẻm" lies in a "ngách", in Sài Gòn on the street
_WEIGHT = {"alley": 2, "street": 2, "house": 1, "unit": 1, "landmark": 1}
_BRIDGE = re.compile(r"[ ,.;()-]{0,3}(?:(?:o|tai|cua|thuoc|trong|nha|ngay|dau|cuoi|vao|gan|la|khu vuc)[ ,]{1,2}){0,2}")
_SHORT_UNIT = {"to dan pho": "to", "tdp": "to", "khu pho": "kp", "phuong": "p"}
_SAIGON = 3  # parts of "35/12/4": the last is a house


@dataclass(frozen=True, slots=True)
class Address:
    """A place; what was not said is empty.

    `said` is the original wording, to show back; `alleys` run from the street inwards; `key` compares two places.
    """

    said: str = field(repr=False)
    house: str = field(repr=False)
    alleys: tuple[str, ...] = field(repr=False)
    street: str = field(repr=False)
    unit: str = field(repr=False)
    landmark: str = field(repr=False)
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a place: what it is, the folded word that says so, its value, and where it stands."""

    sort: str
    word: str
    value: str = field(repr=False)
    start: int
    end: int


class Claims:
    """The parts found so far; none overlaps another."""

    def __init__(self, text: str) -> None:
        self.text, self.plain = text, shadow(text)
        self.parts: list[Part] = []
        self._taken = bytearray(len(text) + 1)

    def add(self, sort: str, word: str, start: int, end: int, value: str) -> None:
        """Claims a piece of the text, unless it is empty or another part holds some of it."""
        if start < end and not any(self._taken[start:end]):
            self._taken[start:end] = b"\1" * (end - start)
            self.parts.append(Part(sort, word, value, start, end))

    def is_free(self, at: int) -> bool:
        """Whether no part holds this character."""
        return not self._taken[min(at, len(self.text))]


def find_address(text: str) -> Spot[Address] | None:
    """The place that text which `normalize` has seen speaks of most fully, the first of equals; or None."""
    places = [group for group in _groups(find_parts(text), shadow(text)) if _is_address(group)]
    if not places:
        return None
    best = max(places, key=lambda group: sum(_WEIGHT[part.sort] for part in group))
    start, end = best[0].start, best[-1].end
    return Spot(_address(" ".join(text[start:end].split()), best), start, end)


def find_parts(text: str) -> list[Part]:
    """Every piece of a place in normalized text, in order."""
    claims = Claims(text)
    for read in _READERS:
        read(claims)
    return sorted(claims.parts, key=lambda part: part.start)


def _read_alleys(claims: Claims) -> None:
    for match in _said(claims, placewords.ALLEY):
        claims.add("alley", match["word"], *match.span(), match["path"].upper())


def _read_units(claims: Claims) -> None:
    for match in _said(claims, placewords.NUMBERED):
        claims.add("unit", match["word"], *match.span(), match["number"].upper())
    for match in _said(claims, placewords.NAMED):
        end = _named(claims, match.end() - 1, sure=not match["word"].startswith("x") or not _is_bare(claims, match))
        capital = capitals_end(claims.text, match.end()) > match.end()
        if end > match.end() and (capital or match["word"] not in placewords.ONLY_WITH_MARKS):
            claims.add("unit", match["word"], match.start(), end, claims.text[match.end() : end].strip())


def _read_streets(claims: Claims) -> None:
    for match in _said(claims, placewords.STREET):
        if match["number"]:
            claims.add("street", match["word"], *match.span(), claims.text[slice(*match.span("number"))])
            continue
        announced = placewords.ANNOUNCED.search(claims.plain, max(0, match.start() - 8), match.start())
        end = _named(claims, match.end() - 1, sure=bool(announced) or not _is_bare(claims, match))
        if end > match.end():
            claims.add("street", match["word"], match.start(), end, claims.text[match.end() : end].strip())


def _read_landmarks(claims: Claims) -> None:
    for match in placewords.LANDMARK.finditer(claims.plain):
        if is_place(claims.text, claims.plain, match):
            end = _named(claims, match.end(), sure=True)
            if not placewords.ENDS.match(claims.plain, end):
                end = _named(claims, match.end(), sure=False)
            claims.add("landmark", "", match.start(), end, claims.text[match.start("place") : end].strip())


def _read_houses(claims: Claims) -> None:
    for match in _said(claims, placewords.HOUSE):
        claims.add("house", match["word"], *match.span(), match["path"].upper())
    streets = {part.start for part in claims.parts if part.sort == "street"}
    for match in placewords.DOOR.finditer(claims.plain):
        named = placewords.FAMILY.match(claims.plain, match.end()) or _before_name(claims, match)
        if named or match.end() + 1 in streets:
            claims.add("house", "", *match.span(), match["path"].upper())


def _read_names(claims: Claims) -> None:
    """Streets without a word for it: right after a house or an alley."""
    for part in tuple(claims.parts):
        if part.sort in {"alley", "house"}:
            start = part.end + (claims.text[part.end : part.end + 1] == ",")
            end = _named(claims, start, sure=False)
            first = start + (claims.text[start : start + 1] == " ")
            if start == part.end or capitals_end(claims.text, start) > start:
                claims.add("street", "", first, end, claims.text[first:end])


_READERS: tuple[Callable[[Claims], None], ...] = (
    _read_alleys, _read_units, _read_streets, _read_landmarks, _read_houses, _read_names,
)  # fmt: skip


def _said(claims: Claims, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(claims.plain) if says(claims.text, match))


def _is_bare(claims: Claims, match: re.Match[str]) -> bool:
    return claims.text[match.start("word") : match.end("word")].isascii()


def _named(claims: Claims, start: int, *, sure: bool) -> int:
    """Where a name ends, no further than the next part."""
    end = name_end(claims.text, claims.plain, start, sure=sure)
    held = next((at for at in range(start, end) if not claims.is_free(at)), end)
    return held if held == end or claims.text[start:held].strip() else start


def _before_name(claims: Claims, match: re.Match[str]) -> bool:
    """ "12 Nguyễn Trãi", "12A/3/5 Láng": a bare number is a door only before capitals; short ones want a surname."""
    end = capitals_end(claims.text, match.end())
    names = claims.text[match.end() : end].split()
    is_long = match["path"].count("/") >= _SAIGON - 1 or re.search("[a-z]/|/.*[a-z]", match["path"]) is not None
    return bool(names) and (is_long or (len(names) > 1 and is_surname(names[0])))


def _groups(parts: list[Part], plain: str) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in parts:
        if group and not _BRIDGE.fullmatch(plain, group[-1].end, part.start):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _is_address(group: list[Part]) -> bool:
    """A number of a house alone could be any number: it needs company, or the words "số nhà"."""
    return any(
        part.sort != "house" or part.word in {"so nha", "nha so", "sn"} or part.value.count("/") >= _SAIGON - 1
        for part in group
    )


def _address(said: str, group: list[Part]) -> Address:
    house, alleys = _inside(group)
    street, landmark = _first(group, "street"), _first(group, "landmark")
    units = [part for part in group if part.sort == "unit"]
    unit = ", ".join(f"{placewords.MEANT.get(part.word, part.word.upper())} {part.value}" for part in units)
    small = [f"{_SHORT_UNIT.get(part.word, part.word)} {fold(part.value)}" for part in units]
    # A ward or a quarter adds nothing to a street, and not everybody names it.
    key = "|".join(
        [fold(street), "/".join(alleys).lower(), house.lower(), fold(landmark), "" if street else ",".join(small)]
    )
    return Address(said, house, alleys, street, unit, landmark, key)


def _first(group: list[Part], sort: str) -> str:
    return next((part.value for part in group if part.sort == sort), "")


def _inside(group: list[Part]) -> tuple[str, tuple[str, ...]]:
    """The house, and the alleys from the street inwards: "12A/3/5" is house 5 of alley 3 of alley 12A."""
    house = _first(group, "house")
    alleys = _alleys([part for part in group if part.sort == "alley"])
    if not alleys and "/" in house:
        *alleys, house = house.split("/")
    elif not house and len(alleys) >= _SAIGON and not any(part.word == "ngach" for part in group):
        *alleys, house = alleys
    return house, tuple(alleys)


def _alleys(parts: list[Part]) -> list[str]:
    deep = any(part.word in {"ngo", "ngach"} for part in parts)
    found: list[str] = []
    for part in sorted(parts, key=lambda one: _INNER_HEM if deep and one.word == "hem" else _RANK[one.word]):
        path = part.value.split("/")
        repeats = len(path) > len(found) and path[: len(found)] == found
        found = path if repeats else found + path  # "ngách 12/3 ngõ 12" says 12 twice
    return found
