"""How much a message sounds like a scam: a sum of weights of its marks, its words, and its words in twos and threes.

The weights are content. They are fitted (logistic regression, `python -m tests.domain.fit_scams`) to the labelled
messages; nobody writes them by hand. Words count as typed and without their marks, numbers as one word. Not handled:
what is only told in the order of sentences, languages other than Vietnamese.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

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
    """Which words, and twos and threes of words, of a message count, each once."""
    plain = [_DIGITS.sub("#", bare(word)) for word in words]
    runs = (" ".join(plain[at : at + length]) for length in (1, 2, 3) for at in range(len(plain) - length + 1))
    return {*runs, *(word for word in words if not word.isascii())}
