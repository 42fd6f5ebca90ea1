"""Text as an announcer reads it: numbers, dates and abbreviations in words, between two lengths. Pure.

Numbers that are dialled are read digit by digit, others as a number. Lengths are in syllables, which Vietnamese writes
apart.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.domain.brevity import spoken_signs
from bot.domain.impersonal import impersonal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")
DIALLED = 9  # from so many digits on a number is dialled, not counted
LEAST, MOST = 150, 180  # syllables in about a minute
_TOKEN = re.compile(
    r"(?P<full>(?:[Nn]gày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}))"
    r"|(?P<month>(?:[Tt]háng )?(?P<m2>\d{1,2})/(?P<y2>\d{4}))"
    r"|(?P<short>(?:[Nn]gày )?(?P<d3>\d{1,2})/(?P<m3>\d{1,2}))(?!\d)"
    r"|(?P<time>(?P<h>\d{1,2})(?:[hH:]| ?giờ ?)(?P<min>\d{2})?)(?![\w])"
    r"|(?P<share>\d+(?:,\d+)?) ?%"
    r"|(?P<decimal>\d+,\d+)"
    r"|(?P<grouped>\d{1,3}(?:\.\d{3})+)(?!\d)"
    r"|(?P<plain>\d+)"
)


def number_words(number: int) -> str:
    """A number from 0 to below a trillion: "hai nghìn không trăm hai mươi sáu"."""
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, rest = divmod(number, 1000)
        groups.append(rest)
    said = [
        f"{_hundreds(group, full=place < len(groups) - 1)} {GROUPS[place]}".strip()
        for place, group in enumerate(groups)
        if group
    ]
    return " ".join(reversed(said))


def _hundreds(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    if not (hundreds or full):
        return _tens(rest)
    lead = f"{DIGITS[hundreds]} trăm"
    return lead if not rest else f"{lead} linh {DIGITS[rest]}" if rest < 10 else f"{lead} {_tens(rest)}"


def _tens(rest: int) -> str:
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return DIGITS[ones]
    lead = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    said = {0: "", 1: "một" if tens == 1 else "mốt", 4: "bốn" if tens == 1 else "tư", 5: "lăm"}.get(ones, DIGITS[ones])
    return f"{lead} {said}".strip()


def digit_words(number: str) -> str:
    """A number as it is dialled: "một một ba"."""
    return " ".join(DIGITS[int(digit)] for digit in number)


def read_aloud(text: str, dialled: Collection[str], spoken: Mapping[str, str]) -> str:
    """Text in words alone. `dialled` are short numbers that one calls; `spoken` says how abbreviations are read."""
    text = spoken_signs(impersonal(text))
    for written, said in spoken.items():
        text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", said, text)
    return " ".join(_TOKEN.sub(lambda match: _said(match, dialled), text).split())


def _said(match: re.Match[str], dialled: Collection[str]) -> str:
    found = match.groupdict()
    if found["full"]:
        return _date(found["d"], found["m"], found["y"])
    if found["month"]:
        return f"tháng {_month(found['m2'])} năm {number_words(int(found['y2']))}"
    if found["short"]:
        return _date(found["d3"], found["m3"], "")
    if found["time"]:
        minutes = f" {number_words(int(found['min']))}" if found["min"] and int(found["min"]) else ""
        return f"{number_words(int(found['h']))} giờ{minutes}"
    if found["share"]:
        return f"{_decimal(found['share'])} phần trăm"
    if found["decimal"]:
        return _decimal(found["decimal"])
    number = (found["grouped"] or found["plain"]).replace(".", "")
    dials = number in dialled or (number.startswith("0") and len(number) > 1) or len(number) >= DIALLED
    return digit_words(number) if dials else number_words(int(number))


def _date(day: str, month: str, year: str) -> str:
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return f"{number_words(int(day))} trên {number_words(int(month))}"
    lead = "ngày mùng" if int(day) <= 10 else "ngày"
    said = f"{lead} {number_words(int(day))} tháng {_month(month)}"
    return f"{said} năm {number_words(int(year))}" if year else said


def _month(month: str) -> str:
    return "tư" if int(month) == 4 else number_words(int(month))


def _decimal(number: str) -> str:
    whole, _, rest = number.partition(",")
    said = number_words(int(whole))
    return f"{said} phẩy {digit_words(rest) if rest.startswith('0') else number_words(int(rest))}" if rest else said


def syllables(text: str) -> int:
    """How long it takes to say."""
    return len(text.split())


def fit_script(must: Sequence[str], may: Sequence[str], fill: Sequence[str]) -> list[str]:
    """What is read: the first of `must`, of `may` and, if short, of `fill` what has room, the last of `must`."""
    *opening, ending = must
    kept, room = list(opening), MOST - sum(map(syllables, must))
    for part in may:
        if syllables(part) <= room:
            kept.append(part)
            room -= syllables(part)
    for part in fill:
        if MOST - room < LEAST and syllables(part) <= room:
            kept.append(part)
            room -= syllables(part)
    return [*kept, ending]
