"""The labelled messages, and how well the scam check tells them apart."""

from collections.abc import Sequence
from pathlib import Path

from bot.domain.scamcheck import Answer, read_message
from data.content import Content

FOLDER = Path(__file__).parent / "scam_messages"
SORTS = ("scam", "harmless")
TUNING = ("tuning", *"abcdefghiklmopqrsu")
"""What the patterns were developed on and their weights are fitted to."""
HELD = ("held", "strangers", "residents")
"""What nothing was ever mended or fitted for: of the patterns' author, and of two writers who knew nothing of them."""


def messages(part: str, sort: str) -> list[str]:
    """The messages of a part ("tuning", "a", "held") and sort ("scam", "harmless")."""
    return (FOLDER / f"{part}_{sort}.txt").read_text("utf-8").splitlines()


class Judge:
    """The check without a ward's list."""

    def __init__(self) -> None:
        content = Content.load()
        self.patterns, self.names = content.patterns, content.names

    def answer(self, text: str, codes: Sequence[str] = ()) -> Answer:
        """What it says of one message."""
        return read_message(text, codes, self.patterns, self.names, {}).answer

    def warned(self, texts: Sequence[str]) -> int:
        """Of how many it warns."""
        return sum(self.answer(text) is not Answer.UNKNOWN for text in texts)

    def measure(self, *parts: str) -> dict[str, float]:
        """Precision and recall of one part, or of several together."""
        scams, harmless = ([text for part in parts for text in messages(part, sort)] for sort in SORTS)
        right, wrong = self.warned(scams), self.warned(harmless)
        return {
            "messages": len(scams) + len(harmless),
            "precision": round(right / (right + wrong), 3),
            "recall": round(right / len(scams), 3),
        }
