"""Plates of Vietnamese vehicles in free text, made canonical: "29A-123.45", "59X2-678.90", "30E-1234".

Source: domain facts 6.2, rule 7. Not handled: red army plates ("TM 12-34"), diplomatic plates ("80-123-NG-45").
"""

import re
from collections.abc import Iterator

from bot.domain.spotting import Spot, shadow

_GAP = "[ .-]{0,3}"
_HEAD = r"(?<!\w)(?<!\d[./,:])(?P<province>[1-9][0-9])(?P<gap>[ -]{0,2})(?P<series>[a-hk-np-vxyz]{1,2})"
_FIVE = r"[0-9]{3}[ .]?[0-9]{2}"
_PLATE = re.compile(
    rf"{_HEAD}(?:{_GAP}(?P<car>{_FIVE})|(?P<one>[1-9]){_GAP}(?P<bike>{_FIVE})"
    rf"|(?P<two>[1-9])[ .-]{{1,3}}(?P<old_bike>[0-9]{{4}})|{_GAP}(?P<old>[0-9]{{4}}))(?!\w)(?![.,/-]\d)"
)
_CUE = re.compile(r"\b(?:bien|bks|bsx?|xe|oto|o to|bien so)\b")
_NEAR = 30
_UNITS = frozenset("dghklmpt")  # "20h 2611", "50k 1234": an hour, a price
_UNUSED = {"10", "13", "42", "44", "45", "46", "87", "91", "96"}  # numbers no province was given


def find_plates(text: str) -> list[Spot[str]]:
    """The plates in text that `normalize` has seen, in order."""
    return list(_plates(text, shadow(text)))


def _plates(text: str, plain: str) -> Iterator[Spot[str]]:
    for match in _PLATE.finditer(plain):
        if match["province"] not in _UNUSED and _is_plain(text, plain, match):
            yield Spot(_canonical(match), *match.span())


def _is_plain(text: str, plain: str, match: re.Match[str]) -> bool:
    """Whether nothing else looks like this: it is spelt as plates are, or a word says that it is one."""
    written, series = text[match.start() : match.end()], match["series"]
    spelt = re.fullmatch(r"\S+?(?:-\d{4,5}|-?\d{3}\.\d{2})", written) or written.isupper()
    loose = match["gap"].strip(" ") != match["gap"] or not spelt
    doubtful = (series in _UNITS and not spelt) or (loose and len(series) == 2)
    return not doubtful or bool(_CUE.search(plain, max(0, match.start() - _NEAR), match.start()))


def _canonical(match: re.Match[str]) -> str:
    number = re.sub("[^0-9]", "", match["car"] or match["bike"] or match["old_bike"] or match["old"])
    tail = f"{number[:3]}.{number[3:]}" if len(number) == 5 else number
    return f"{match['province']}{match['series'].upper()}{match['one'] or match['two'] or ''}-{tail}"
