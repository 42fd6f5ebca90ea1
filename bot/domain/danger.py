"""Is somebody in danger? A lexicon on words, so that emergency numbers come before any question.

Recall matters more than precision: a missed fire costs more than a needless "114". The words live in a content file.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, Self

from bot.domain.vietnamese import bare, marks, words

_GAP = "*"
_GAP_WORDS = 2
_STRETCHED = re.compile(r"([^u])\1{2,}|(uu)u+")  # "chayyyy", "cuuuuu": no Vietnamese word doubles a letter but u


class Danger(StrEnum):
    """What kind of danger, the most pressing first; the numbers to show for each are content."""

    FIRE = "fire"
    RESCUE = "rescue"  # water, collapse, somebody trapped
    SELF_HARM = "self_harm"
    CHILD = "child"
    HOME = "home"  # violence in the family: neutral wording, nothing in a group
    SEXUAL = "sexual"
    VIOLENCE = "violence"  # also robbery, weapons, abduction
    MEDICAL = "medical"
    HELP = "help"  # a cry for help that does not say why


class Word(NamedTuple):
    """A word as letters and marks, so that "cuớp" and "cướp" are alike and "chạy" is not "cháy"."""

    letters: str
    marks: frozenset[str]


class Match(NamedTuple):
    """Words `start` to `end` (not included) of a text; `weight` counts the words of the phrase itself."""

    start: int
    end: int
    weight: int

    def yields_to(self, other: "Match") -> bool:
        """Whether a harmless phrase explains this one away: they share a word, and it is at least as long."""
        return self.start < other.end and other.start < self.end and other.weight >= self.weight


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; None among them is a gap of up to two words. `exact` wants every mark as written."""

    words: tuple[Word | None, ...]
    exact: bool = False

    @property
    def weight(self) -> int:
        """How many words it names."""
        return sum(word is not None for word in self.words)

    def match(self, text: Sequence[Word], start: int) -> Match | None:
        """The match that begins at `start`, if there is one."""
        at, slack = start, 0
        for wanted in self.words:
            if wanted is None:
                slack = _GAP_WORDS
                continue
            found = next((i for i in range(at, min(at + slack + 1, len(text))) if self._fits(text[i], wanted)), None)
            if found is None:
                return None
            at, slack = found + 1, 0
        return Match(start, at, self.weight)

    def _fits(self, typed: Word, wanted: Word) -> bool:
        if typed.letters != wanted.letters:
            return False
        return typed.marks == wanted.marks if self.exact else typed.marks <= wanted.marks


class Index:
    """Phrases by their first word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if phrase.words and phrase.words[0]:
                self._by_first[phrase.words[0].letters].append(phrase)

    def matches(self, text: Sequence[Word]) -> Iterator[Match]:
        """Every match in the text, overlapping ones too."""
        for start, word in enumerate(text):
            for phrase in self._by_first.get(word.letters, ()):
                if match := phrase.match(text, start):
                    yield match


class Lexicon:
    """The words of danger, those that only look like it, and the short forms people type."""

    def __init__(
        self, dangers: Mapping[Danger, Iterable[Phrase]], harmless: Iterable[Phrase], short: Mapping[str, str]
    ) -> None:
        self._dangers = {kind: Index(dangers.get(kind, ())) for kind in Danger}
        self._harmless = Index(harmless)
        self._short = {typed: _word(meant) for typed, meant in short.items()}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Self:
        """From what the content file says."""
        dangers = {Danger(kind): _phrases(entry) for kind, entry in content["danger"].items()}
        return cls(dangers, map(_phrase, content["harmless"]), content["short"])

    def danger(self, text: str) -> Danger | None:
        """The most pressing danger a text speaks of, or None."""
        return next(iter(self.dangers(text)), None)

    def dangers(self, text: str) -> tuple[Danger, ...]:
        """Every kind of danger in a text, the most pressing first; their numbers can be shown together."""
        typed = [self._read(word) for word in words(text)]
        harmless = list(self._harmless.matches(typed))
        return tuple(kind for kind, index in self._dangers.items() if _alarms(index.matches(typed), harmless))

    def _read(self, typed: str) -> Word:
        word = _word(typed)
        return self._short.get(typed) or self._short.get(word.letters) or word


def _alarms(found: Iterable[Match], harmless: Sequence[Match]) -> bool:
    return any(not any(match.yields_to(other) for other in harmless) for match in found)


def _phrases(entry: Mapping[str, Sequence[str]]) -> list[Phrase]:
    exact = [_phrase(written, exact=True) for written in entry.get("exact", ())]
    return exact + [_phrase(written) for written in entry.get("loose", ())]


def _phrase(written: str, *, exact: bool = False) -> Phrase:
    return Phrase(tuple(None if part == _GAP else _word(part) for part in written.split()), exact)


def _word(written: str) -> Word:
    letters = bare(written.lower())
    return Word(_STRETCHED.sub(r"\1\2", letters), marks(written))
