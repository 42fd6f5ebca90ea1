"""The whole contract of a platform. A platform is one folder; nobody else asks which one it is."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bot.messages import Action, Attachment, Incoming, MediaKind, Outgoing, Person

Store = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Keeps events durably; returns only when they are on disk. Raises and keeps none when they cannot be kept."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do. Differences have these names, and no code asks for a platform's name.

    Lengths are in UTF-16 units, sizes in bytes, times in seconds.
    """

    text_length: int
    caption_length: int
    download_bytes: int
    media: frozenset[MediaKind]  # what can be sent as itself; anything else is told in words
    formatted: bool  # text has its formatting; elsewhere it goes plain, with its links written out
    by_link: bool  # files go as links that the platform fetches, not as bytes
    fleeting_files: bool  # handles of received files soon stop working: their bytes are fetched while handling
    albums: bool  # several files in one message
    buttons: bool  # under messages; elsewhere they are numbered choices
    quotes: bool  # a message says which one it answers, both ways
    mention_only: bool  # in a group only what calls the bot by its name reaches it, commands too
    actions: frozenset[Action]
    delete_within: float  # after that a deletion is refused
    topics: bool
    knows_members: bool  # who is in a chat, and who runs it
    quizzes: bool  # polls with one right answer, in which nobody sees who chose what


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast a platform may be sent to; 0 switches one off. The defaults are Telegram's (Bots FAQ)."""

    per_second: int = 30  # messages of the token in any second
    group_per_minute: int = 20  # messages to one group in any 60 seconds
    chat_per_second: float = 1.0  # messages to one chat


@dataclass(frozen=True, slots=True)
class Quota:
    """How much a platform's plan allows; 0 is no limit."""

    messages_per_month: int = 0
    users: int = 0
    groups: int = 0


class Standing(StrEnum):
    """What somebody is in a chat."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"  # the platform tells nobody

    @property
    def inside(self) -> bool:
        """Whether this is a member, of whatever rank."""
        return self in (Standing.OWNER, Standing.ADMIN, Standing.MEMBER)

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
    """A file's bytes, and a copy without metadata, if it can be made; `paper` says that it shows an identity card.

    `codes`: what the QR codes of a picture say.
    """

    original: bytes = field(repr=False)
    clean: bytes | None = field(repr=False)
    paper: bool = False
    codes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's ids of what was sent; an album has several. Empty where the action makes no message."""

    message_ids: tuple[str, ...] = ()
    poll: str = ""  # what its counts will be told of by (EventKind.POLL)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a platform calls us: a path, and what takes a call's headers and body and gives the HTTP status."""

    path: str
    accept: Callable[[Mapping[str, str], bytes, Store], Awaitable[int]]


class Platform(Protocol):
    """Receive, send, and the few questions a decision needs answered. Raises only the errors of `bot.errors`."""

    name: str
    capabilities: Capabilities
    limits: Limits
    quota: Quota
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

    def calling(self, person: Person) -> str:
        """Somebody's name in formatted text, so that they hear of it in a group where the platform lets them."""

    def group_link(self, code: str) -> str:
        """A link by which an admin adds the bot to a group with this code; empty where there is none."""
