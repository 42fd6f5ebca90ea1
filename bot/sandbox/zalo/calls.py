"""One call of a Zalo method: its parameters, checked as strictly as the facts allow."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.entities import utf16_len
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.zalo.accounts import ZaloBot
from bot.sandbox.zalo.chats import ZaloChat

if TYPE_CHECKING:
    from bot.sandbox.zalo.world import Zalo

__all__ = ["ZaloCall"]

TEXT_LIMIT = 2000  # of texts and captions; UTF-16 units to be safe, the unit is not documented


@dataclass(slots=True)
class ZaloCall:
    """`params` hold strings from a query or a form, anything from JSON."""

    zalo: "Zalo"
    bot: ZaloBot
    params: dict[str, Any]

    def text(self, name: str) -> str:
        """A string that must be there."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise bad_request(f"{name} must be a string and not empty")
        return value

    def words(self, name: str) -> str:
        """A string of 1 to 2,000 UTF-16 units."""
        words = self.text(name)
        if not words.strip() or utf16_len(words) > TEXT_LIMIT:
            raise bad_request(f"{name} must have 1 to {TEXT_LIMIT} characters")
        return words

    def chat(self) -> ZaloChat:
        """A chat that has written to this bot."""
        chat = self.bot.contacts.get(self.text("chat_id"))
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def spend(self) -> None:
        """One outbound message of the quota; 429 when none is left."""
        variations = self.zalo.variations
        if variations.quota_reached or (variations.quota is not None and self.bot.outbound >= variations.quota):
            raise ApiError(429, "Quota exceeded")
        self.bot.outbound += 1
