"""A bulletin's month and number, and which counts may be told in public. Months are those of the wards' clocks."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from bot.domain.vietnamese import fold, words

LEAST = 3  # design 7: counts below it are not published
LAST_MONTH_UNTIL = 10  # day of the month until which a new bulletin is about the month that ended
MONTHS = 12
LONGEST = 8  # sections
COMMON = 6  # a word that more than a sixth of the descriptions have tells nothing
TOLD_ALIKE = 2  # words that a report and a description must share
_POLITE = r"(?: (?:a|di|voi|nhe|nhi|nua))*"
_LEAD = r"(?:(?:cho (?:em|toi|con|chau|minh|bac|co|chu) )?(?:xem|doc|gui|lay|tim) )?"
_MONTH = r"thang (?P<month>\d{1,2})(?:(?: ?[/-] ?| (?:nam )?)(?P<year>\d{4}))?"
_WISH = re.compile(rf"(?:(?P<newest>moi(?: nhat)?|gan (?:day|nhat))|{_MONTH}|(?:so )?(?P<number>\d{{1,4}}))?")
_ASKED = re.compile(rf"{_LEAD}(?:ban tin|bulletin)(?: (?P<wish>\S.*?))??{_POLITE}[ .!?]*")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    @classmethod
    def at(cls, moment: float, zone: ZoneInfo) -> Self:
        """The month in which a moment is, where the ward is."""
        there = datetime.fromtimestamp(moment, zone)
        return cls(there.year, there.month)

    @classmethod
    def of_key(cls, key: str) -> Self:
        """The month `2026-11`."""
        year, number = key.split("-")
        return cls(int(year), int(number))

    @property
    def key(self) -> str:
        """`2026-11`: sorts as months do."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """`11/2026`, as people write it."""
        return f"{self.number}/{self.year}"

    @property
    def before(self) -> "Month":
        """The month before."""
        return Month(self.year, self.number - 1) if self.number > 1 else Month(self.year - 1, MONTHS)

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month(self.year, self.number + 1) if self.number < MONTHS else Month(self.year + 1, 1)

    def span(self, zone: ZoneInfo) -> tuple[float, float]:
        """From its first moment up to, not including, that of the next month."""
        return self.start(zone), self.after.start(zone)

    def start(self, zone: ZoneInfo) -> float:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=zone).timestamp()


def month_due(moment: float, zone: ZoneInfo) -> Month:
    """What a new bulletin is about: early in a month the one that ended, later the running one."""
    month = Month.at(moment, zone)
    return month.before if datetime.fromtimestamp(moment, zone).day <= LAST_MONTH_UNTIL else month


# --- what may be counted in public


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts that may be told, largest first; `held` says that there is more which may not."""

    shown: tuple[tuple[str, int], ...]
    held: bool

    @property
    def total(self) -> int:
        """Of what is shown alone: a total with the others in it would give them away."""
        return sum(count for _, count in self.shown)


def publishable(counts: Mapping[str, int], allowed: Collection[str]) -> Counted:
    """The counts of kinds that may be spoken of, as far as they reach `LEAST`. Of other kinds not even `held` tells."""
    known = {kind: count for kind, count in counts.items() if kind in allowed and count > 0}
    shown = sorted(((kind, n) for kind, n in known.items() if n >= LEAST), key=lambda pair: (-pair[1], pair[0]))
    return Counted(tuple(shown), len(shown) < len(known))


# --- the scam that was told of most


def most_told(descriptions: Sequence[str], told: Sequence[str]) -> int | None:
    """The place of the description that fits most reports; none where fewer than `LEAST` fit one."""
    known = [frozenset(words(fold(one))) for one in descriptions]
    common = {
        word for one in known for word in one if sum(word in other for other in known) > max(len(known) // COMMON, 1)
    }
    known = [one - common for one in known]
    fits = [place for report in told if (place := _fitting(known, frozenset(words(fold(report))))) is not None]
    best = max(set(fits), key=lambda place: (fits.count(place), -place), default=None)
    return best if best is not None and fits.count(best) >= LEAST else None


def _fitting(known: Sequence[frozenset[str]], report: frozenset[str]) -> int | None:
    shared = [len(one & report) for one in known]
    most = max(shared, default=0)
    return shared.index(most) if most >= TOLD_ALIKE else None


# --- what somebody asks for


@dataclass(frozen=True, slots=True)
class Wish:
    """A bulletin by its number, or by its month, of whatever year where none was said; the newest where neither was."""

    number: int | None = None
    month: int | None = None
    year: int | None = None

    def fits(self, number: int, month: Month) -> bool:
        """Whether this is one that is asked for."""
        if self.month is not None:
            return month.number == self.month and self.year in (None, month.year)
        return self.number in (None, number)


NEWEST = Wish()


def read_wish(typed: str) -> Wish | None:
    """What is asked for by `tháng 3`, `tháng 3/2026`, `số 3`, `3`, or nothing; none where it is not understood."""
    match = _WISH.fullmatch(" ".join(fold(typed).split()).strip(" .!?"))
    if match is None:
        return None
    number, month, year = (int(part) if (part := match[name]) else None for name in ("number", "month", "year"))
    return Wish(number, month, year) if month is None or 1 <= month <= MONTHS else None


def asked_for(said: str) -> Wish | None:
    """The same of a whole message in free words, `cho em xem bản tin tháng 3`; none where it is about anything else."""
    match = _ASKED.fullmatch(" ".join(fold(said).split())) if len(said) < 80 else None
    return read_wish(match["wish"] or "") if match else None


# --- what a bulletin is made of


@dataclass(frozen=True, slots=True)
class Section:
    """One part: `points` are pairs (a name or a number, what stands beside it), which an edit makes plain words."""

    id: int
    kind: str  # counts | scam | reminder | numbers | free | correction
    title: str = field(repr=False)
    text: str = field(default="", repr=False)
    points: tuple[tuple[str, str], ...] = field(default=(), repr=False)


Sections = tuple[Section, ...]


def edited(sections: Sections, number: int, words: str) -> Sections:
    """One section in new words: of several lines the first is its title."""
    title, _, text = words.strip().partition("\n")
    return tuple(
        one
        if one.id != number
        else Section(one.id, one.kind, title.strip() if text else one.title, text.strip() or title.strip())
        for one in sections
    )


def added(sections: Sections, words: str) -> Sections:
    """One section more; before the emergency numbers, where these are the last."""
    title, _, text = words.strip().partition("\n")
    fresh = Section(max((one.id for one in sections), default=0) + 1, "free", title.strip(), text.strip())
    at = len(sections) - 1 if sections and sections[-1].kind == "numbers" else len(sections)
    return (*sections[:at], fresh, *sections[at:])


def recounted(sections: Sections, counts: Section) -> Sections:
    """The counts as they are now, where they stood; first, where they had been taken out."""
    if all(one.kind != counts.kind for one in sections):
        return (replace(counts, id=max((one.id for one in sections), default=0) + 1), *sections)
    return tuple(replace(counts, id=one.id) if one.kind == counts.kind else one for one in sections)


def noted(sections: Sections, title: str, line: str) -> Sections:
    """What was corrected is said before everything else, above the lines of earlier corrections."""
    earlier = [text_line for one in sections if one.kind == "correction" for text_line in one.text.splitlines()]
    others = tuple(one for one in sections if one.kind != "correction")
    text = "\n".join(dict.fromkeys([line, *earlier]))
    return (Section(max((one.id for one in sections), default=0) + 1, "correction", title, text), *others)


def without(sections: Sections, number: int) -> Sections:
    """All but one."""
    return tuple(one for one in sections if one.id != number)
