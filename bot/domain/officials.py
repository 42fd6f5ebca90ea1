"""May a report involve an officer or an official? Then its reporter is asked before the desk sees it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from bot.domain.danger import Index, Phrase, Word
from bot.domain.vietnamese import bare, fold, marks, words


class Officials:
    """The words that hint at it, and those that only say whom to call or who was impersonated."""

    def __init__(self, hints: Iterable[Phrase], harmless: Iterable[Phrase]) -> None:
        self._hints, self._harmless = Index(hints), Index(harmless)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads the content file; raises OSError, `tomllib.TOMLDecodeError` or KeyError."""
        content = tomllib.loads(path.read_text("utf-8"))
        return cls(map(phrase, content["hints"]), map(phrase, content["harmless"]))

    def hinted(self, text: str) -> bool:
        """Whether the text speaks of one, as far as words can tell."""
        typed = [word(one) for one in words(text)]
        harmless = list(self._harmless.matches(typed))
        return any(not any(match.yields_to(other) for other in harmless) for match in self._hints.matches(typed))


def phrase(written: str) -> Phrase:
    """A line of the content file."""
    return Phrase(tuple(None if part == "*" else word(part) for part in written.split()))


def word(written: str) -> Word:
    """A word as letters and marks."""
    return Word(bare(written.lower()), marks(written))


def named_in(name: str, named: str) -> bool:
    """Whether somebody's name may be the one that was named: any word of two letters or more in common."""
    mine, theirs = set(words(fold(name))), set(words(fold(named)))
    return any(len(one) > 1 for one in mine & theirs)
