"""May a report involve an officer or an official? Then its reporter is asked before the desk sees it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Self

from bot.domain.danger import Index, Phrase, Word
from bot.domain.vietnamese import bare, fold, marks, normalize, words

_CASED = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_POLICE = ("cong", "an")


class Officials:
    """The words that hint at it, those that only say whom to call or who was impersonated, and how people are named.

    `heads`: who leads a unit, named by what they are. `titles` stand before a name. `family`: words that most names
    share, which alone tell nobody from anybody.
    """

    def __init__(
        self,
        hints: Iterable[Phrase],
        harmless: Iterable[Phrase],
        heads: Iterable[Phrase] = (),
        titles: Iterable[str] = (),
        family: Iterable[str] = (),
    ) -> None:
        self._hints, self._harmless, self._heads = Index(hints), Index(harmless), Index(heads)
        self._titles, self._family = frozenset(map(fold, titles)), frozenset(map(fold, family))

    @classmethod
    def of(cls, content: Mapping[str, list[str]]) -> Self:
        """From what the content file says."""
        hints, harmless, heads = (map(phrase, content[name]) for name in ("hints", "harmless", "heads"))
        return cls(hints, harmless, heads, content["titles"], content["family"])

    def hinted(self, text: str) -> bool:
        """Whether the text speaks of one, as far as words can tell."""
        typed = [word(one) for one in words(text)]
        harmless = list(self._harmless.matches(typed))
        return any(not any(match.yields_to(other) for other in harmless) for match in self._hints.matches(typed))

    def heads_named(self, text: str) -> bool:
        """Whether somebody who leads a unit is named by what they are: nobody knows which of the chiefs that is."""
        return any(True for _ in self._heads.matches([word(one) for one in words(text)]))

    def names(self, name: str, answer: str) -> bool:
        """Whether an answer to "who?" may mean whoever is called `name`. Rather once too often."""
        mine, said = set(words(fold(name))), words(fold(answer))
        theirs = {one for at, one in enumerate(said) if self._is_name(said, at, mine)}
        common = {one for one in mine & theirs if len(one) > 1}
        return bool(common - self._family) or bool(common and not theirs - self._family - self._titles)

    def tells_of(self, name: str, story: str) -> bool:
        """Whether a story may speak of them: their own name after a title, or with a capital."""
        mine = [one for one in words(name) if len(one) > 1]
        own = (
            [word(one) for one in mine if fold(one) not in self._family | self._titles] or [word(mine[-1])]
            if mine
            else []
        )
        cased = _CASED.findall(normalize(story))
        said = [fold(one) for one in cased]
        return any(
            (cased[at][0].isupper() or (at > 0 and said[at - 1] in self._titles))
            and self._is_name(said, at, {fold(one) for one in mine})
            and any(typed.letters == one.letters and typed.marks <= one.marks for one in own)
            for at, typed in enumerate(map(word, cased))
        )

    def _is_name(self, said: Sequence[str], at: int, mine: Collection[str]) -> bool:
        """Whether the word there can be a name: not one half of `công an`, nor a title that something follows."""
        before = said[at - 1] if at else ""
        after = said[at + 1] if at + 1 < len(said) else ""
        if (before, said[at]) == _POLICE or (said[at], after) == _POLICE:
            return False
        return said[at] not in self._titles or not after or before in self._titles or before in mine


def phrase(written: str) -> Phrase:
    """A line of the content file."""
    return Phrase(tuple(None if part == "*" else word(part) for part in written.split()))


def word(written: str) -> Word:
    """A word as letters and marks."""
    return Word(bare(written.lower()), marks(written))
