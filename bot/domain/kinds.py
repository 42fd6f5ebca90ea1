"""What kind of thing a text tells of."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from bot.domain.tips import OTHER


class Urgency(StrEnum):
    """How soon somebody has to look."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class Kinds:
    """The words of every kind."""

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads the content file."""
        del path  # still to come
        return cls()

    def guess(self, text: str) -> str:
        """The code of the kind; "khac" when nothing says which."""
        del text
        return OTHER

    def urgency(self, code: str, text: str) -> Urgency:
        """How soon."""
        del code, text
        return Urgency.NORMAL
