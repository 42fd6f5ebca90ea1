"""Which trick a message tells of: groups of phrases that have to meet in it. The patterns are content.

A phrase counts with any of its marks missing, as elsewhere in this house. A message that warns of scams names their
words too: where it says so, no pattern counts (links and listed numbers still do).
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bot.domain.danger import Index, Word
from bot.domain.officials import phrase, word
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


class Alternatives:
    """Phrases of which one is enough, or something found otherwise."""

    def __init__(self, written: Iterable[str], groups: Mapping[str, Sequence[str]]) -> None:
        plain = [part for one in written for part in expanded(one, groups)]
        self._given = frozenset(one.removeprefix(GIVEN) for one in plain if one.startswith(GIVEN))
        self._phrases = Index(phrase(one) for one in plain if not one.startswith(GIVEN))

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

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads the content file; raises OSError, `tomllib.TOMLDecodeError`, KeyError or TypeError."""
        return cls(tomllib.loads(path.read_text("utf-8")))

    @property
    def scams(self) -> frozenset[int]:
        """The scams of the library that some pattern knows."""
        return frozenset(one.trick.scam for one in self._patterns if one.trick.scam)

    def tricks(self, text: str, given: Collection[str] = ()) -> tuple[Trick, ...]:
        """The tricks that a text tells of, each once, the grave ones first."""
        typed = self._read(text)
        if self._warning.stand_in(typed, ()):
            return ()
        found = [one.trick for one in self._patterns if one.fits(typed, given)]
        first = {(one.scam, one.own): one for one in sorted(found, key=lambda one: one.grave)}
        return tuple(sorted(first.values(), key=lambda one: not one.grave))

    def _read(self, text: str) -> list[Word]:
        return [meant for typed in words(text) for meant in self._short.get(typed) or [word(typed)]]


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
