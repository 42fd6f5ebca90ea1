"""Groups where posts that accuse somebody are taken down. The one reader of what is not addressed to the bot.

It decides in memory, before anything is stored, and keeps nothing of what it read.
"""

from bot.domain.accusing import accuses


class Watch:
    """Which groups are watched. One for all platforms; it follows the table (`app`)."""

    def __init__(self) -> None:
        self.groups: frozenset[str] = frozenset()

    def objects(self, address: str, text: str) -> bool:
        """Whether this text must not stand in the chat at this address."""
        return address in self.groups and accuses(text)
