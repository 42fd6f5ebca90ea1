"""One chat: who is in it, its topics, what can be read in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from bot.sandbox.errors import bad_request
from bot.sandbox.members import Member

if TYPE_CHECKING:
    from bot.sandbox.accounts import BotAccount
    from bot.sandbox.people import Person

__all__ = ["TOPIC_COLOUR", "Chat", "Readable", "Topic"]

TOPIC_COLOUR = 7322096


class Readable(Protocol):
    """What a test reads of a chat, whichever platform it is on."""

    @property
    def title(self) -> str: ...

    @property
    def messages(self) -> list[dict[str, Any]]: ...

    def texts(self) -> list[str]: ...


@dataclass(slots=True)
class Topic:
    """`id` is the message id of the service message that made it."""

    id: int
    name: str
    closed: bool = False
    icon_color: int = TOPIC_COLOUR


class Chat:
    """State only; what happens in it is in world.py. `keep` bounds the history (None: all of it)."""

    def __init__(self, chat_id: int, kind: str, face: dict[str, Any], keep: int | None = None) -> None:
        self.id = chat_id
        self.type = kind
        self.face = face
        self.keep_at_most = keep
        self.history: dict[int, dict[str, Any]] = {}
        self.members: dict[int, Member] = {}
        self.bots: dict[int, BotAccount] = {}
        self.topics: dict[int, Topic] = {}
        self.pinned: list[int] = []
        self.reactions: dict[int, dict[int, list[dict[str, Any]]]] = {}
        self.keyboard: dict[str, Any] | None = None
        self.migrated_to: int | None = None
        self.last_id = 0
        self.person: Person | None = None

    def __repr__(self) -> str:
        return f"Chat({self.key}, {self.type})"

    @property
    def key(self) -> str:
        """What phones call it: the id, and for a private chat "PERSON:BOT"."""
        if self.type == "private":
            return f"{self.id}:{next(iter(self.bots))}"
        return str(self.id)

    @property
    def title(self) -> str:
        return str(self.face.get("title") or self.face.get("first_name"))

    @property
    def is_forum(self) -> bool:
        return bool(self.face.get("is_forum"))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What can be read, oldest first: edits applied, deleted ones gone."""
        return list(self.history.values())

    def take_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def keep(self, message: dict[str, Any]) -> None:
        self.history[message["message_id"]] = message
        if self.keep_at_most is not None and len(self.history) > self.keep_at_most:
            oldest = next(iter(self.history))
            del self.history[oldest]
            self.reactions.pop(oldest, None)

    def forget(self, message_id: int) -> dict[str, Any] | None:
        self.reactions.pop(message_id, None)
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        return self.history.pop(message_id, None)

    def member(self, user_id: int) -> Member | None:
        return self.members.get(user_id)

    def admins(self) -> Iterable[Member]:
        return (member for member in self.members.values() if member.is_admin)

    def inside(self) -> list[Member]:
        return [member for member in self.members.values() if member.inside]

    def topic(self, thread_id: int) -> Topic:
        topic = self.topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        return topic

    def texts(self) -> list[str]:
        """Texts and captions only, for reading in a test."""
        return [message.get("text") or message.get("caption") or "" for message in self.history.values()]
