"""What readers of free text share: a folded shadow of the text, its positions kept, and a value with its place."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from bot.domain.vietnamese import bare, marks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot(Generic[T]):
    """A value and where it stands in the normalized text."""

    value: T = field(repr=False)
    start: int
    end: int


def shadow(text: str) -> str:
    """Normalized text in lower case without marks, character by character, so that the positions stay."""
    return "".join(map(_plain, text))


def spelt(typed: str, meant: str) -> bool:
    """Whether a word whose letters agree is the one meant: typed without marks, or with exactly its marks."""
    found = marks(typed)
    return not found or found == marks(meant)


def apart(spots: Iterable[Spot[T]], taken: Iterable[tuple[int, int]]) -> list[Spot[T]]:
    """The spots, in order, that share no character with what is taken."""
    held = sorted(taken)
    kept, at = [], 0
    for spot in sorted(spots, key=lambda one: one.start):
        while at < len(held) and held[at][1] <= spot.start:
            at += 1
        if at == len(held) or held[at][0] >= spot.end:
            kept.append(spot)
    return kept


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    plain = bare(char.lower())
    return plain if len(plain) == 1 else char
