"""How much a message sounds like a scam: a sum of weights of its marks, its words, and its words in pairs.

The weights are content. They are fitted (logistic regression, `python -m tests.domain.fit_scams`) to the labelled
messages; nobody writes them by hand. Words count as typed and without their marks, numbers as one word. Not handled:
what is only told in the order of sentences, languages other than Vietnamese.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.vietnamese import bare

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Weights:
    """Log odds. `fitted_to`: a fingerprint of what they were fitted to."""

    fitted_to: str
    start: float
    marks: dict[str, float] = field(repr=False)
    words: dict[str, float] = field(repr=False)

    def score(self, marks: Iterable[str], words: Iterable[str]) -> float:
        """Above zero where it is more likely a scam than not."""
        return (
            self.start + sum(self.marks.get(one, 0.0) for one in marks) + sum(self.words.get(one, 0.0) for one in words)
        )


def counted(words: Sequence[str]) -> set[str]:
    """Which words and pairs of words of a message count, each once."""
    plain = [_DIGITS.sub("#", bare(word)) for word in words]
    return {*plain, *(word for word in words if not word.isascii()), *(f"{a} {b}" for a, b in pairwise(plain))}
