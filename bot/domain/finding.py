"""Finds a card by what somebody types: without diacritics, with typos and in teencode.

Every way in which people ask for a card is a list of bare words. A way fits as far as its words are found among those
typed; a card's score also asks how much of what was typed the card knows. Words that many cards share weigh less.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from bot.domain.vietnamese import fold, words

FOUND = 0.75  # from here on a card is the answer, below it is only near
NEAR = 0.45
LONGEST = 20  # words of a search that count
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

    def __init__(
        self,
        cards: Mapping[str, Iterable[str]],
        teencode: Teencode,
        empty: Iterable[str] = (),
        base: "Finder | None" = None,
    ) -> None:
        self._teencode = teencode
        self._empty = frozenset(empty)
        fresh = {name: [way for text in texts if (way := self._words(text))] for name, texts in cards.items()}
        known = {name: frozenset(word for way in ways for word in way) for name, ways in fresh.items()}
        self.ways: Mapping[str, Sequence[list[str]]] = {**(base.ways if base else {}), **fresh}
        self.vocabulary: Mapping[str, frozenset[str]] = {**(base.vocabulary if base else {}), **known}
        self._shared = Counter(word for words in self.vocabulary.values() for word in words)

    def also(self, cards: Mapping[str, Iterable[str]]) -> "Finder":
        """The same with more cards."""
        return Finder(cards, self._teencode, self._empty, self) if cards else self

    def find(self, typed: str, most: int = 3) -> list[Hit]:
        """The cards that fit best, the best first; none that has nothing to do with what was typed."""
        said = self._words(typed)[:LONGEST]
        likeness = {word: self._alike(word) for word in said}
        hits = [Hit(self._score(said, likeness, name), name) for name in self.ways] if said else []
        near = sorted((hit for hit in hits if hit.score >= NEAR), key=lambda hit: -hit.score)
        return near[:most]

    def _words(self, text: str) -> list[str]:
        """Bare words that tell cards apart; where nothing else was typed, the empty ones count too."""
        spelt = self._teencode.spell(text)
        return [word for word in spelt if word not in self._empty] or spelt

    def _alike(self, word: str) -> dict[str, float]:
        """The known words that this one may be, and how surely."""
        return {other: found for other in self._shared if (found := alike(word, other))}

    def _score(self, said: list[str], likeness: Mapping[str, Mapping[str, float]], name: str) -> float:
        fits = max((self._fit(way, likeness) for way in self.ways[name]), default=0.0)
        known = self.vocabulary[name]
        heard = {
            word: max((how for other, how in likeness[word].items() if other in known), default=0.0) for word in said
        }
        return WAY * fits + KNOWN * self._share(heard)

    def _fit(self, way: list[str], likeness: Mapping[str, Mapping[str, float]]) -> float:
        """How much of a way was typed."""
        return self._share({word: max(found.get(word, 0.0) for found in likeness.values()) for word in way})

    def _share(self, found: Mapping[str, float]) -> float:
        """How much was found, by what each word weighs."""
        weights = {word: self._weight(word) for word in found}
        total = sum(weights.values())
        return sum(weights[word] * one for word, one in found.items()) / total if total else 0.0

    def _weight(self, word: str) -> float:
        return 1.0 / (1.0 + math.log(max(1, self._shared[word])))


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


@lru_cache(4096)
def sound(word: str) -> str:
    """A bare word with those letters alike that many say, and so spell, alike: tr and ch, s and x, gi and d and r."""
    for spelt, said in SPELT:
        if word.startswith(spelt):
            word = said + word.removeprefix(spelt)
            break
    return word.replace("y", "i")
