"""Which trick a message tells of, and which marks of a scam it has where no trick is recognised. Both are content.

A trick is groups of phrases that have to meet. A mark is a kind of phrase with a weight (asks for money first, hurries,
threatens); marks together weigh enough, or not. A phrase counts with any of its letters' marks missing, as elsewhere in
this house. A message that warns of scams names their words too: where it says so, neither counts (links and listed
numbers still do). Not handled: a scam that dresses up as such a warning and has no link.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.domain.danger import Index, Phrase, Word
from bot.domain.officials import word
from bot.domain.vietnamese import words

GIVEN = "$"  # what was found otherwise: "$link", "$money"
GROUP = "@"


@dataclass(frozen=True, slots=True)
class Trick:
    """A trick that was recognised: a scam of the library by its number, or one of our own by its name."""

    scam: int = 0
    own: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A trick that the library does not list: its name, how to recognise it, what to do."""

    name: str
    sign: str
    advice: str


@dataclass(frozen=True, slots=True)
class Sound:
    """What a message sounds like: tricks that were recognised, and marks that weigh enough together."""

    tricks: tuple[Trick, ...] = ()
    marks: tuple[str, ...] = ()


class Alternatives:
    """Phrases of which one is enough, or something found otherwise."""

    def __init__(self, written: Iterable[str], groups: Mapping[str, Sequence[str]]) -> None:
        plain = [part for one in written for part in expanded(one, groups)]
        self._given = frozenset(one.removeprefix(GIVEN) for one in plain if one.startswith(GIVEN))
        self._phrases = Index(read_phrase(one) for one in plain if not one.startswith(GIVEN))

    def stand_in(self, typed: Sequence[Word], given: Collection[str]) -> bool:
        """Whether one of them is there."""
        return bool(self._given.intersection(given)) or any(True for _ in self._phrases.matches(typed))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A trick, and what has to stand in a message about it: one of each of `needs`, none of `spared`."""

    trick: Trick
    needs: tuple[Alternatives, ...]
    spared: Alternatives

    def fits(self, typed: Sequence[Word], given: Collection[str]) -> bool:
        """Whether a message tells of it."""
        return all(one.stand_in(typed, given) for one in self.needs) and not self.spared.stand_in(typed, given)


class Patterns:
    """All of them."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        groups = content["groups"]
        self.own = {name: Own(**entry) for name, entry in content["own"].items()}
        self._short = {typed: [word(part) for part in meant.split()] for typed, meant in content["short"].items()}
        self._warning = Alternatives(content["warning"], groups)
        self._patterns = [pattern_of(entry, groups) for entry in content["pattern"]]
        marks = content["marks"].items()
        self._marks = {name: (entry["weight"], Alternatives(entry["words"], groups)) for name, entry in marks}
        self._beside = frozenset(name for name, entry in marks if entry.get("beside"))
        self._enough = content["enough"]

    @property
    def scams(self) -> frozenset[int]:
        """The scams of the library that some pattern knows."""
        return frozenset(one.trick.scam for one in self._patterns if one.trick.scam)

    def read(self, text: str, given: Collection[str] = ()) -> Sound:
        """How a text sounds; like nothing where it warns of scams itself."""
        typed = self._read(text)
        if self._warning.stand_in(typed, ()):
            return Sound()
        return Sound(self._tricks(typed, given), self._marks_in(typed, given))

    def _tricks(self, typed: Sequence[Word], given: Collection[str]) -> tuple[Trick, ...]:
        """Each once, the grave ones first."""
        found = [one.trick for one in self._patterns if one.fits(typed, given)]
        first = {(one.scam, one.own): one for one in sorted(found, key=lambda one: one.grave)}
        return tuple(sorted(first.values(), key=lambda one: not one.grave))

    def _marks_in(self, typed: Sequence[Word], given: Collection[str]) -> tuple[str, ...]:
        """The weightiest first; none where one stands alone, or all together are too light."""
        found = {name: weight for name, (weight, words) in self._marks.items() if words.stand_in(typed, given)}
        against = sorted((name for name in found if found[name] > 0), key=found.__getitem__, reverse=True)
        several = len({*against} - self._beside) > 1
        return tuple(against) if several and sum(found.values()) >= self._enough else ()

    def _read(self, text: str) -> list[Word]:
        return [meant for typed in words(text) for meant in self._short.get(typed) or [word(typed)]]


@cache
def read_phrase(written: str) -> Phrase:
    """A line of the content file; many patterns share the same ones, and these the same words."""
    return Phrase(tuple(None if part == "*" else read_word(part) for part in written.split()))


@cache
def read_word(written: str) -> Word:
    """A word of the content file."""
    letters, marks = word(written)
    return Word(letters, read_marks(marks))


@cache
def read_marks(marks: frozenset[str]) -> frozenset[str]:
    """The marks of a word: there are few, and each set of them is kept once."""
    return marks


def expanded(written: str, groups: Mapping[str, Sequence[str]]) -> list[str]:
    """A phrase, or all phrases of a group that is named "@so"."""
    if not written.startswith(GROUP):
        return [written]
    return [part for one in groups[written.removeprefix(GROUP)] for part in expanded(one, groups)]


def pattern_of(entry: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Pattern:
    """An entry of the content file."""
    trick = Trick(entry.get("scam", 0), entry.get("own", ""), entry.get("grave", False))
    needs = tuple(Alternatives(one, groups) for one in entry["needs"])
    return Pattern(trick, needs, Alternatives(entry.get("spared", ()), groups))
