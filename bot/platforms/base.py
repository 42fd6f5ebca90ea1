"""The whole contract of a platform. A platform is one folder; nobody else asks which one it is."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.messages import Attachment, Incoming, Outgoing

Store = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Keeps events durably; returns only when they are on disk. Raises and keeps none when they cannot be kept."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do. Differences have these names, and no code asks for a platform's name."""

    text_length: int
    caption_length: int
    buttons: bool
    edit: bool
    delete_within: float
    topics: bool
    upload_bytes: int
    download_bytes: int
    deep_links: bool


class Standing(StrEnum):
    """What somebody is in a chat."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    OUTSIDE = "outside"

    @property
    def inside(self) -> bool:
        """Whether this is a member, of whatever rank."""
        return self is not Standing.OUTSIDE

    @property
    def runs_chat(self) -> bool:
        """Whether this is the owner or an admin."""
        return self in (Standing.OWNER, Standing.ADMIN)


@dataclass(frozen=True, slots=True)
class ChatFacts:
    """What a platform says of a chat: its title, how many are in it, whether it has topics, what the bot may do."""

    title: str = ""
    members: int = 0
    forum: bool = False
    can_pin: bool = False
    can_delete: bool = False
    can_manage_topics: bool = False


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A file's bytes, and a copy without metadata: none where that cannot be made."""

    original: bytes = field(repr=False)
    clean: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's ids of what was sent; an album has several. Empty where the action makes no message."""

    message_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a platform calls us: a path, and what takes a call's headers and body and gives the HTTP status."""

    path: str
    accept: Callable[[Mapping[str, str], bytes, Store], Awaitable[int]]


class Platform(Protocol):
    """Receive, send, and the few questions a decision needs answered. Raises only the errors of `bot.errors`."""

    name: str
    capabilities: Capabilities
    hook: Hook | None

    @property
    def mention(self) -> str:
        """How people address the bot in a group."""

    async def open(self) -> None:
        """Prove the token and learn the bot's own name."""

    async def close(self) -> None:
        """Give back connections."""

    async def receive(self, store: Store) -> None:
        """Take in events for ever; acknowledge each only after `store` returned."""

    async def send(self, chat: str, topic: str, message: Outgoing, files: Mapping[str, bytes]) -> Sent:
        """Do one thing in the chat with this id; `files` has the bytes of stored attachments by name."""

    async def acknowledge(self, callback_id: str, notice: str) -> None:
        """Tell a button's presser that it was heard; best effort, never raises a DeliveryError."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of an attached file. Raises Undeliverable(TOO_BIG) beyond `capabilities.download_bytes`."""

    async def standing(self, chat: str, person: str) -> Standing:
        """What this person is in this chat now."""

    async def chat_facts(self, chat: str) -> ChatFacts:
        """What the platform says of this chat now."""

    async def create_topic(self, chat: str, name: str) -> str:
        """Open a topic in a forum; its id."""

    def private_link(self, payload: str) -> str:
        """A link that starts the private chat with the bot with this payload; empty where there is none."""

    def group_link(self, code: str) -> str:
        """A link by which an admin adds the bot to a group with this code; empty where there is none."""
