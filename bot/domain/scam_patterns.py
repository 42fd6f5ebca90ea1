"""Which trick a message tells of, and which marks of a scam it has where no trick is recognised. Both are content.

A trick is groups of phrases that have to meet. A mark is a kind of phrase: asks for money first, hurries, threatens.
Calm marks are those of harmless messages, of warnings and news too. All of them and the words themselves have weights
(`scam_weights.py`): only where their sum says so is a message a scam. A phrase counts with any of its letters' marks
missing, as elsewhere in this house.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from bot.domain.danger import Phrase, Word
from bot.domain.officials import phrase, word
from bot.domain.scam_weights import Weights, counted
from bot.domain.vietnamese import words

GIVEN = "$"  # what was found otherwise: "$link", "$money", "$sign"
GROUP = "@"
TRICK, GRAVE_TRICK = "trick", "grave trick"  # weigh like marks
WORDING = "wording"  # the mark of what only sounds like a scam


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


Heard = Set[str]  # phrases of the content file that stand in a message, as they are written there, and what was given
Alternatives = frozenset[str]  # phrases of which one is enough


@dataclass(frozen=True, slots=True)
class Pattern:
    """A trick, and what has to stand in a message about it: one of each of `needs`, none of `spared`."""

    trick: Trick
    needs: tuple[Alternatives, ...]
    spared: Alternatives

    def fits(self, heard: Heard) -> bool:
        """Whether a message tells of it."""
        return not any(one.isdisjoint(heard) for one in self.needs) and self.spared.isdisjoint(heard)


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of phrase. A calm one is never a reason to be afraid, whatever it weighs."""

    phrases: Alternatives
    calm: bool = False


class Patterns:
    """All of them."""

    def __init__(self, content: Mapping[str, Any], weights: Weights) -> None:
        groups = content["groups"]
        self.own = {name: Own(**entry) for name, entry in content["own"].items()}
        self._short = {typed: meant.split() for typed, meant in content["short"].items()}
        self._patterns = [pattern_of(entry, groups) for entry in content["pattern"]]
        self._marks = {name: mark_of(entry, groups) for name, entry in content["marks"].items()}
        self._phrases = phrases_of(self._patterns, self._marks.values())
        self._enough = float(content["enough"])
        self._weights = weights

    @property
    def scams(self) -> frozenset[int]:
        """The scams of the library that some pattern knows."""
        return frozenset(one.trick.scam for one in self._patterns if one.trick.scam)

    @property
    def fearful(self) -> frozenset[str]:
        """The marks that may be given as a reason."""
        return frozenset({WORDING, *(name for name, mark in self._marks.items() if not mark.calm)})

    def read(self, text: str, given: Collection[str] = ()) -> Sound:
        """How a text sounds; like nothing where all of it together does not weigh enough."""
        tricks, marks, said = self._found(text, given)
        if self._weights.score(names_of(tricks, marks), said) <= self._enough:
            return Sound()
        return Sound(tricks, self._reasons(marks) or (() if tricks else (WORDING,)))

    def features(self, text: str, given: Collection[str] = ()) -> tuple[list[str], set[str]]:
        """What of a text has a weight: the names of its marks and tricks, and its words."""
        tricks, marks, said = self._found(text, given)
        return names_of(tricks, marks), said

    def _found(self, text: str, given: Collection[str]) -> tuple[tuple[Trick, ...], list[str], set[str]]:
        said = [meant for typed in words(text) for meant in self._short.get(typed) or [typed]]
        heard = self._heard([word(one) for one in said]) | {GIVEN + one for one in given}
        marks = [name for name, mark in self._marks.items() if not mark.phrases.isdisjoint(heard)]
        return self._tricks(heard), marks, counted(said)

    def _heard(self, typed: Sequence[Word]) -> set[str]:
        """Which phrases stand there: all are looked for at once, by their first words."""
        return {
            written
            for start, first in enumerate(typed)
            for written, phrase in self._phrases.get(first.letters, ())
            if phrase.match(typed, start)
        }

    def _tricks(self, heard: Heard) -> tuple[Trick, ...]:
        """Each once, the grave ones first."""
        found = [one.trick for one in self._patterns if one.fits(heard)]
        first = {(one.scam, one.own): one for one in sorted(found, key=lambda one: one.grave)}
        return tuple(sorted(first.values(), key=lambda one: not one.grave))

    def _reasons(self, marks: Collection[str]) -> tuple[str, ...]:
        """The marks that speak for a scam, the weightiest first."""
        weight = self._weights.marks
        against = [name for name in marks if not self._marks[name].calm and weight.get(name, 0) > 0]
        return tuple(sorted(against, key=lambda name: -weight[name]))


def names_of(tricks: Iterable[Trick], marks: Iterable[str]) -> list[str]:
    """Under which names what was found has weights."""
    return [*marks, *{GRAVE_TRICK if trick.grave else TRICK for trick in tricks}]


def phrases_of(patterns: Iterable[Pattern], marks: Iterable[Mark]) -> Mapping[str, Sequence[tuple[str, Phrase]]]:
    """All phrases by the letters of their first word."""
    lists = [
        *(one for pattern in patterns for one in (*pattern.needs, pattern.spared)),
        *(mark.phrases for mark in marks),
    ]
    found = defaultdict(list)
    for written in sorted(frozenset().union(*lists)):
        if not written.startswith(GIVEN):
            found[word(written.split()[0]).letters].append((written, phrase(written)))
    return found


def expanded(written: str, groups: Mapping[str, Sequence[str]]) -> list[str]:
    """A phrase, or all phrases of a group that is named "@so"."""
    if not written.startswith(GROUP):
        return [written]
    return [part for one in groups[written.removeprefix(GROUP)] for part in expanded(one, groups)]


def pattern_of(entry: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Pattern:
    """An entry of the content file."""
    trick = Trick(entry.get("scam", 0), entry.get("own", ""), entry.get("grave", False))
    needs = tuple(alternatives(one, groups) for one in entry["needs"])
    return Pattern(trick, needs, alternatives(entry.get("spared", ()), groups))


def mark_of(entry: Mapping[str, Any], groups: Mapping[str, Sequence[str]]) -> Mark:
    """An entry of the content file."""
    return Mark(alternatives(entry["words"], groups), entry.get("calm", False))


def alternatives(written: Iterable[str], groups: Mapping[str, Sequence[str]]) -> Alternatives:
    """A list of the content file."""
    return frozenset(part for one in written for part in expanded(one, groups))
