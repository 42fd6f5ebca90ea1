"""What kind of thing a text tells of: phrases as in danger.py, so that "đám" is not "dâm" and "chạy" not "cháy".

Danger asks whether anybody may be in danger, and errs towards yes; this picks the one kind a tip is filed under.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from bot.domain.danger import Index, Match, Phrase, Word
from bot.domain.tips import OTHER
from bot.domain.vietnamese import bare, marks, words


class Urgency(StrEnum):
    """How soon somebody has to look."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Trait:
    """What a kind is like: whether everybody sees it, whether to ask for deeds, whether groups hear nothing of it."""

    urgency: Urgency
    visible: bool = False
    ask_doing: bool = False
    quiet: bool = False
    ask_place: bool = True
    ask_when: bool = False
    guidance: str = ""


PLAIN = Trait(Urgency.NORMAL)
CALM = frozenset({"thu_tuc", "that_lac", "cu_tru"})  # kinds that no single word makes urgent


class Kinds:
    """The words of every kind, those that only look like them, and what each kind is like."""

    def __init__(
        self,
        phrases: Mapping[str, Iterable[Phrase]],
        traits: Mapping[str, Trait],
        *,
        harmless: Iterable[Phrase] = (),
        urgent: Iterable[Phrase] = (),
        short: Mapping[str, str] | None = None,
    ) -> None:
        self.traits = traits
        self._kinds = {code: Index(those) for code, those in phrases.items()}
        self._harmless, self._urgent = Index(harmless), Index(urgent)
        self._short = {typed: _word(meant) for typed, meant in (short or {}).items() if " " not in meant}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """From what the content file says."""
        kinds = content["kind"]
        return cls(
            {code: _phrases(entry) for code, entry in kinds.items()},
            {code: _trait(entry) for code, entry in kinds.items()},
            harmless=map(_phrase, content["harmless"]),
            urgent=map(_phrase, content["urgent"]),
            short=content["short"],
        )

    def guess(self, text: str) -> str:
        """The code of the kind whose longest phrase stands in the text; "khac" when nothing says which."""
        return next(iter(self.likely(text)), OTHER)

    def likely(self, text: str) -> list[str]:
        """Every kind with a phrase in the text, the likeliest first."""
        typed = self._read(text)
        harmless = list(self._harmless.matches(typed))
        found = {code: _weight(index.matches(typed), harmless) for code, index in self._kinds.items()}
        said = [code for code, weight in found.items() if weight > (0, 0)]
        return sorted(said, key=lambda code: found[code], reverse=True)

    def named(self, text: str, codes: Iterable[str], harmless_too: Index) -> bool:
        """Whether any phrase of these kinds stands in the text, whichever kind it would be filed under."""
        typed = self._read(text)
        harmless = [*self._harmless.matches(typed), *harmless_too.matches(typed)]
        return any(
            _weight(self._kinds[code].matches(typed), harmless) > (0, 0) for code in codes if code in self._kinds
        )

    def urgency(self, code: str, text: str) -> Urgency:
        """How soon: as its kind, or at once where the text says that somebody is in danger now."""
        usual = self.traits[code].urgency if code in self.traits else Urgency.NORMAL
        if code in CALM or usual is Urgency.URGENT:
            return usual
        typed = self._read(text)
        found = _weight(self._urgent.matches(typed), list(self._harmless.matches(typed)))
        return Urgency.URGENT if found > (0, 0) else usual

    def trait(self, code: str) -> Trait:
        """What a kind is like; nothing special where it is not known."""
        return self.traits.get(code, PLAIN)

    def _read(self, text: str) -> list[Word]:
        return [self._short.get(typed) or _word(typed) for typed in words(text)]


def _weight(found: Iterable[Match], harmless: Sequence[Match]) -> tuple[int, int]:
    """The longest phrase, and all words that phrases cover; nothing where harmless phrases explain them away."""
    counted = [match for match in found if not any(match.yields_to(other) for other in harmless)]
    covered = {at for match in counted for at in range(match.start, match.end)}
    return max((match.weight for match in counted), default=0), len(covered)


def _trait(entry: Mapping[str, Any]) -> Trait:
    known = {name: value for name, value in entry.items() if name not in {"loose", "exact", "urgency"}}
    return Trait(Urgency(entry["urgency"]), **known)


def _phrases(entry: Mapping[str, Any]) -> list[Phrase]:
    exact = [_phrase(written, exact=True) for written in entry.get("exact", ())]
    return exact + [_phrase(written) for written in entry.get("loose", ())]


def _phrase(written: str, *, exact: bool = False) -> Phrase:
    return Phrase(tuple(None if part == "*" else _word(part) for part in written.split()), exact)


def _word(written: str) -> Word:
    return Word(bare(written.lower()), marks(written))
