"""What residents who moderate never see, whatever a ward allows: kinds, and words of those kinds in any other."""

from collections.abc import Iterable, Mapping
from typing import Self

from bot.domain.danger import Index, Phrase
from bot.domain.kinds import Kinds
from bot.domain.officials import Officials, phrase, word
from bot.domain.vietnamese import words


class Barrier:
    """Keeps from them what is about drugs, gambling, violence, children, officials. Hides too much, if anything."""

    def __init__(
        self,
        never: Iterable[str],
        phrases: Iterable[Phrase],
        kinds: Kinds,
        officials: Officials,
        *,
        harmless: Iterable[Phrase] = (),
    ) -> None:
        self._never = frozenset(never) | {code for code, trait in kinds.traits.items() if trait.quiet}
        self._phrases, self._harmless = Index(phrases), Index(harmless)
        self._kinds, self._officials = kinds, officials

    @classmethod
    def of(cls, content: Mapping[str, list[str]], kinds: Kinds, officials: Officials) -> Self:
        """From what the content file says."""
        phrases, harmless = map(phrase, content["words"]), map(phrase, content["harmless"])
        return cls(content["never"], phrases, kinds, officials, harmless=harmless)

    def allowed(self, listed: Iterable[str]) -> list[str]:
        """The kinds that moderators may see, of those that a ward lists."""
        return [code for code in listed if code not in self._never]

    def hides(self, text: str) -> bool:
        """Whether a text speaks of what they may not see, whatever kind it is filed under."""
        spoken = any(self._phrases.matches([word(one) for one in words(text)]))
        return spoken or self._kinds.named(text, self._never, self._harmless) or self._officials.hinted(text)
