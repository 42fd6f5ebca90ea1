"""Finds a card by what somebody types: without diacritics, with typos and in teencode.

Every way in which people ask for a card is a list of bare words. A way fits as far as its words are found among those
typed; a card's score also asks how much of what was typed the card knows. Words that many cards share weigh less.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.vietnamese import fold, words

FOUND = 0.75  # from here on a card is the answer, below it is only near
NEAR = 0.45
SOUNDS = 0.95
SPELT = (("tr", "ch"), ("x", "s"), ("gi", "d"), ("r", "d"))
WAY, KNOWN = 0.65, 0.35  # what a way's fit and what is known of the typed words weigh


@dataclass(frozen=True, slots=True)
class Cue:
    """A short form that means this only beside one of these words."""

    short: str
    meant: str
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Teencode:
    """Short forms of chat as bare words: those that are always meant so, and those that need a neighbour."""

    always: Mapping[str, str]
    cues: Sequence[Cue] = ()

    def spell(self, text: str) -> list[str]:
        """The bare words of a text, short forms written out. What was typed is kept elsewhere as it was."""
        typed = words(fold(text))
        return [part for at, word in enumerate(typed) for part in self._meant(typed, at, word).split()]

    def _meant(self, typed: list[str], at: int, word: str) -> str:
        around = set(typed[max(0, at - 2) : at + 3])
        meant = next((cue.meant for cue in self.cues if cue.short == word and around & cue.beside), None)
        return meant or self.always.get(word, word)


class Hit(NamedTuple):
    """A card and how well it fits, 0 to 1."""

    score: float
    name: str


class Finder:
    """Cards by the ways people ask for them."""

    def __init__(self, cards: Mapping[str, Iterable[str]], teencode: Teencode, empty: Iterable[str] = ()) -> None:
        self._teencode = teencode
        self._empty = frozenset(empty)
        self._ways = {name: [way for text in texts if (way := self._words(text))] for name, texts in cards.items()}
        self._vocabulary = {name: {word for way in ways for word in way} for name, ways in self._ways.items()}
        self._shared = Counter(word for known in self._vocabulary.values() for word in known)

    def find(self, typed: str, most: int = 3) -> list[Hit]:
        """The cards that fit best, the best first; none that has nothing to do with what was typed."""
        said = self._words(typed)
        if not said:
            return []
        hits = [Hit(self._score(said, name), name) for name in self._ways]
        near = sorted((hit for hit in hits if hit.score >= NEAR), key=lambda hit: -hit.score)
        return near[:most]

    def _words(self, text: str) -> list[str]:
        """Bare words that tell cards apart; where nothing else was typed, the empty ones count too."""
        spelt = self._teencode.spell(text)
        return [word for word in spelt if word not in self._empty] or spelt

    def _score(self, said: list[str], name: str) -> float:
        fits = max((self._fit(way, said) for way in self._ways[name]), default=0.0)
        return WAY * fits + KNOWN * self._fit(said, self._vocabulary[name])

    def _fit(self, wanted: Iterable[str], there: Iterable[str]) -> float:
        """How much of `wanted` is `there`, by weight."""
        parts = [(self._weight(word), max((alike(word, other) for other in there), default=0.0)) for word in wanted]
        total = sum(weight for weight, _ in parts)
        return sum(weight * found for weight, found in parts) / total if total else 0.0

    def _weight(self, word: str) -> float:
        return 1.0 / (1.0 + math.log(max(1, self._shared[word])))


@cache
def alike(one: str, other: str) -> float:
    """1 for the same word, less for one that sounds the same or has a slip of the finger; none in very short words."""
    if one == other:
        return 1.0
    if sound(one) == sound(other):
        return SOUNDS
    longest = max(len(one), len(other))
    slips = OSA.distance(one, other, score_cutoff=2)
    if longest < 4 or slips > (1 if longest < 7 else 2):
        return 0.0
    if longest == 4 and len(one) == len(other) and sorted(one) != sorted(other):
        return 0.0  # another syllable: "tien" and "dien"
    return float((1.0 - slips / longest) ** 2)


@cache
def sound(word: str) -> str:
    """A bare word with those letters alike that many say, and so spell, alike: tr and ch, s and x, gi and d and r."""
    for spelt, said in SPELT:
        if word.startswith(spelt):
            word = said + word.removeprefix(spelt)
            break
    return word.replace("y", "i")
