"""Are two reports about the same thing? By their words, where, when and what kind of thing it was.

A likeness is a suggestion for people at a desk, never a decision; only what everybody can see is joined without them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

LIKELY = 0.62
BY_WORDS, BY_PLACE, BY_TIME = 0.55, 0.35, 0.1
OTHER_PLACE, OTHER_KIND = 0.6, 0.6  # what is left of a likeness where the places contradict each other, or the kinds
UNKNOWN = 0.5  # where one of the two says nothing
HALF_LIFE = 12 * 3600.0  # s; after so long two things are half as likely to be one
NAMES_ALIKE = 88.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a report is compared by: folded words, the key of its place (`addresses`; empty: not said), when, in s."""

    number: int
    kind: str
    words: str = field(repr=False)
    place: str = field(repr=False)
    at: float


def likely_same(sketch: Sketch, others: Iterable[Sketch], most: int = 3) -> list[tuple[int, float]]:
    """The numbers of the reports that are most like this one, with their likeness, the likeliest first."""
    those = [other for other in others if other.number != sketch.number]
    scored = [
        (other.number, likeness(sketch, other, fuzz.token_set_ratio(sketch.words, other.words))) for other in those
    ]
    return sorted([one for one in scored if one[1] >= LIKELY], key=lambda one: -one[1])[:most]


def likeness(one: Sketch, other: Sketch, words: float) -> float:
    """0 to 1; `words` is how alike their texts are, 0 to 100."""
    place = place_likeness(one.place, other.place)
    near: float = 0.5 ** (abs(one.at - other.at) / HALF_LIFE)
    alike = BY_WORDS * words / 100 + BY_PLACE * place + BY_TIME * near
    return alike * (1.0 if place else OTHER_PLACE) * (1.0 if one.kind == other.kind else OTHER_KIND)


def place_likeness(one: str, other: str) -> float:
    """1 for the same place, 0 for another, between where they say nothing that could be compared."""
    said = shared(one, other)
    return UNKNOWN if not said else float(all(said))


def same_place(one: str, other: str) -> bool:
    """Whether two keys of places agree, in at least one thing that both say."""
    said = shared(one, other)
    return bool(said) and all(said)


def shared(one: str, other: str) -> list[bool]:
    """For each part that both keys name (street, alleys, house, landmark, unit), whether they name the same."""
    pairs = zip(one.split("|"), other.split("|"), strict=False)
    return [agrees(mine, theirs) for mine, theirs in pairs if mine and theirs]


def agrees(mine: str, theirs: str) -> bool:
    """The same, but for a slip of the pen; an alley also with what lies further inside it."""
    inside = f"{mine}/".startswith(f"{theirs}/") or f"{theirs}/".startswith(f"{mine}/")
    return inside or (not mine[:1].isdigit() and fuzz.ratio(mine, theirs) >= NAMES_ALIKE)
