"""One chat: who is in it and what can be read in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bot.sandbox.zalo.ids import opaque_id

if TYPE_CHECKING:
    from bot.sandbox.zalo.accounts import ZaloBot
    from bot.sandbox.zalo.people import ZaloPerson

__all__ = ["ZaloChat", "ZaloGroup"]

Message = dict[str, Any]


class ZaloChat:
    """A private chat, or the common part of a group. `id` is the API's chat_id; a private chat's is the person's.

    history: message_id (this fake's own counter) -> message, oldest first. A message has message_id, zalo_id (what the
    API calls it), kind (text, photo, voice, sticker, unsupported), from {"id", "name", "is_bot"}, chat {"id", "key",
    "title", "type"}, date (ms), by its kind text, caption, photo_url, voice_url or sticker, reply_to (message_id), and
    told: whether some bot was to hear of it.
    """

    type = "PRIVATE"

    def __init__(self, chat_id: str, title: str, people: Iterable["ZaloPerson"]) -> None:
        self.id = chat_id
        self.title = title
        self.people = list(people)
        self.bots: dict[str, ZaloBot] = {}
        self.history: dict[int, Message] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.key})"

    @property
    def key(self) -> str:
        """What phones call it: PERSON:BOT."""
        return f"{self.id}:{next(iter(self.bots))}"

    @property
    def face(self) -> dict[str, str]:
        return {"id": self.id, "key": self.key, "title": self.title, "type": self.type}

    @property
    def messages(self) -> list[Message]:
        """Oldest first."""
        return list(self.history.values())

    def texts(self) -> list[str]:
        """Texts and captions only, for reading in a test."""
        return [message.get("text") or message.get("caption") or "" for message in self.history.values()]

    def mention(self) -> str:
        """What a phone puts before a text that is for the bot; nothing in a private chat."""
        return ""


class ZaloGroup(ZaloChat):
    """The bot is told nothing of who comes, goes or leads."""

    type = "GROUP"

    def __init__(self, number: int, title: str, owner: "ZaloPerson", members: Iterable["ZaloPerson"]) -> None:
        super().__init__(f"zgr-{opaque_id('group', number)}", title, [owner, *members])
        self.owner = owner

    @property
    def key(self) -> str:
        return self.id

    def mention(self) -> str:
        if len(self.bots) != 1:
            raise ValueError(f"{self.title} has {len(self.bots)} bots: type the mention")
        return f"{next(iter(self.bots.values())).mention} "

    def add_bot(self, bot: "ZaloBot") -> None:
        """The bot hears of it only when somebody mentions it."""
        self.bots[bot.id] = bot

    def remove_bot(self, bot: "ZaloBot") -> None:
        """Calls to this group are refused from now on; no event."""
        del self.bots[bot.id]
        bot.contacts.pop(self.id, None)

    def join(self, person: "ZaloPerson") -> None:
        self.people.append(person)

    def lets_go(self, person: "ZaloPerson") -> None:
        self.people.remove(person)
