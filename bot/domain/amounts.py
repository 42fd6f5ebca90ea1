"""Amounts of money in free text, in đồng: "5tr5", "1 tỷ 2", "500k", "3 củ", "1.500.000đ", "hai chục triệu".

Source: domain facts 6.2, rule 8. Not handled: foreign currencies, amounts spelt out in full ("một trăm hai mươi lăm").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.domain.spotting import Spot, shadow, spelt

_UNITS = {
    "ty": (1_000_000_000, "tỷ"), "ti": (1_000_000_000, "tỉ"), "trieu": (1_000_000, "triệu"), "tr": (1_000_000, "tr"),
    "cu": (1_000_000, "củ"), "chai": (1_000_000, "chai"), "lit": (100_000, "lít"), "nghin": (1_000, "nghìn"),
    "ngan": (1_000, "ngàn"), "k": (1_000, "k"), "dong": (1, "đồng"), "d": (1, "đ"), "vnd": (1, "vnd"),
}  # fmt: skip
_SLANG = {"chai", "lit"}  # a bottle, a litre
_COUNT = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_TIMES = {"chuc": 10, "tram": 100, None: 1}
_NUMBER = r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]{1,12}(?:[.,][0-9]{1,2})?)"
_SPELT = rf"(?P<count>{'|'.join(_COUNT)}) (?:(?P<times>chuc|tram) )?(?=trieu|ty|nghin|ngan|cu\b)"
# "5tr5" touches; after a blank the tail must end the amount: "5 triệu 2 lần" is not 5.2 million.
_TAIL = r"(?:(?P<tail>[0-9]{1,3})(?![0-9.,]*[a-z0-9])| (?P<far>[0-9])(?= ?(?:$|[.,;!?)\n]|dong\b|d\b|vnd\b|roi\b)))"
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:{_NUMBER} ?|{_SPELT})(?P<unit>{'|'.join(_UNITS)})(?:(?P<half> ruoi\b)|{_TAIL})?(?![a-z0-9])"
)
_BARE = re.compile(r"(?<![\w.,/-])[1-9][0-9]{0,2}(?:\.000|(?:[.,][0-9]{3}){1,3}[.,]000)(?![\w.,/-]*\d)")
_MONEY = re.compile(r"\b(?:tien|mat|lua|chuyen|ck|vay|no|tra|doi|coc|gia|phat|nop|luong|trieu|ty|lai|tong|nhan)\b")
_THINGS = re.compile(
    r" ?(?:vi\b|khoai|hanh|toi\b|san\b|ca rot|gung|nghe|su hao|bia|ruou|nuoc|mam|dau|xang|sua|mau|ruoi ?xang|gas)"
)
_NEAR = 40


@dataclass(frozen=True, slots=True)
class _Part:
    value: int
    unit: int
    start: int
    end: int


def find_amounts(text: str) -> list[Spot[int]]:
    """The amounts in text that `normalize` has seen, in order; "1 tỷ 200 triệu" is one."""
    plain = shadow(text)
    spots: list[Spot[int]] = []
    unit = 0
    for part in sorted(_parts(text, plain), key=lambda one: one.start):
        if spots and part.start < spots[-1].end:
            continue
        if spots and part.unit < unit and part.unit > 1 and plain[spots[-1].end : part.start].strip() in {"", "va"}:
            spots[-1] = Spot(spots[-1].value + part.value, spots[-1].start, part.end)
        else:
            spots.append(Spot(part.value, part.start, part.end))
        unit = part.unit
    return spots


def _parts(text: str, plain: str) -> Iterator[_Part]:
    for match in _AMOUNT.finditer(plain):
        if _is_money(text, plain, match):
            yield _Part(_value(match), _UNITS[match["unit"]][0], *match.span())
    for match in _BARE.finditer(plain):
        if _has_cue(plain, match.start()):
            yield _Part(int(re.sub("[.,]", "", match[0])), 1, *match.span())


def _is_money(text: str, plain: str, match: re.Match[str]) -> bool:
    """Units that are also other words need their marks, a place right at the number, or money spoken of before."""
    unit, meant = match["unit"], _UNITS[match["unit"]][1]
    typed = text[match.start("unit") : match.end("unit")]
    if not spelt(typed, meant) or (unit in {"cu", "ti", *_SLANG} and _THINGS.match(plain, match.end())):
        return False
    if unit in {"trieu", "ty", "tr", "nghin", "ngan", "vnd"} or (not typed.isascii() and unit not in _SLANG):
        return True
    touching = match["number"] is not None and match.end("number") == match.start("unit")
    if unit in {"d", "dong"} and match["number"]:
        return len(match["number"]) >= 4 and (touching or unit == "dong")
    return (unit == "k" and touching) or _has_cue(plain, match.start())


def _has_cue(plain: str, start: int) -> bool:
    return bool(_MONEY.search(plain, max(0, start - _NEAR), start))


def _value(match: re.Match[str]) -> int:
    number = _number(match["number"]) if match["number"] else Decimal(_COUNT[match["count"]] * _TIMES[match["times"]])
    tail = match["tail"] or match["far"] or ""
    more = Decimal("0.5") if match["half"] else Decimal(f"0.{tail or 0}")
    return int((number + more) * _UNITS[match["unit"]][0])


def _number(written: str) -> Decimal:
    """ "1.500.000" has points between thousands, "1,5" a comma before tenths."""
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", written):
        return Decimal(re.sub("[.,]", "", written))
    return Decimal(written.replace(",", "."))
