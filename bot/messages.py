"""The neutral vocabulary: what every platform folder translates from and to.

Formatted text is the HTML subset that Telegram documents (b, i, u, s, code, pre, a, blockquote, tg-spoiler), escaped;
a platform that knows less leaves the tags out. Whatever a person wrote is `repr=False`: it never reaches a log.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class EventKind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    EDIT = "edit"
    BUTTON = "button"
    BOT_JOINED = "bot_joined"
    BOT_LEFT = "bot_left"
    BOT_RIGHTS = "bot_rights"
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    CHAT_MOVED = "chat_moved"
    TOPIC_CLOSED = "topic_closed"
    OBJECTION = "objection"  # a post that must not stand in its group (bot.watching)
    POLL = "poll"  # how often each choice of a quiz was chosen by now
    CLOCK = "clock"


class ChatKind(StrEnum):
    """Where it happened."""

    PRIVATE = "private"
    GROUP = "group"


class MediaKind(StrEnum):
    """What is attached to a message."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"


WITH_METADATA = frozenset({MediaKind.VIDEO, MediaKind.ANIMATION, MediaKind.AUDIO, MediaKind.DOCUMENT})
"""What keeps its metadata on the way; pictures, voice and stickers are made anew by the platform."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat of one platform. `id` is the platform's own, as text."""

    platform: str
    id: str = field(repr=False)
    kind: ChatKind
    title: str = field(default="", repr=False)
    forum: bool = False

    @property
    def address(self) -> str:
        """`platform:id`, the one string by which the rest of the house names a chat."""
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on some platform. An anonymous admin is known only as an admin of the chat that speaks."""

    platform: str
    id: str = field(repr=False)
    name: str = field(default="", repr=False)
    anonymous: bool = False
    language: str = "vi"

    @property
    def address(self) -> str:
        """`platform:id`; on Telegram also the address of the private chat with this person."""
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or a thing attached. `file_id` is the handle of the platform `origin`; `size` in bytes, 0 when unknown.

    `seconds` is how long a recording lasts, 0 when unknown. `stored` names a sealed copy in the vault; its bytes are
    read only at the send, or fetched by the platform from `url`, a signed link that soon stops working.
    """

    kind: MediaKind
    file_id: str = field(default="", repr=False)
    message_id: str = ""
    name: str = field(default="", repr=False)
    mime: str = ""
    size: int = 0
    latitude: float | None = field(default=None, repr=False)
    longitude: float | None = field(default=None, repr=False)
    phone: str = field(default="", repr=False)
    stored: str = ""
    origin: str = ""
    url: str = field(default="", repr=False)
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """The message that a command replies to. Nobody in particular wrote it where `sender` is none."""

    sender: Person | None = None
    html: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that happened on a platform, or that the clock says is due.

    `event_id` is unique within `platform`; a repeat of it is ignored. `html` is what was written, formatted and
    escaped; `text` the same without formatting. `data` is a button's payload or a clock event's subject. `at` is UTC,
    in seconds. `unsupported` is what the bot cannot read; `withheld`, what the platform keeps from it (on Zalo what
    children write, by law).
    """

    platform: str
    event_id: str
    kind: EventKind
    chat: Chat
    sender: Person | None = None
    message_id: str = ""
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    at: float = 0.0
    data: str = field(default="", repr=False)
    callback_id: str = ""
    reply_to: str = ""
    topic: str = ""
    album: str = ""
    forwarded: bool = False
    unsupported: bool = False
    withheld: bool = False
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    quoted: Quoted | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back when it is pressed, at most 64 bytes; or `url` is opened.

    `typed` is the command that does the same for everybody in a group where there are no buttons.
    """

    label: str
    data: str = ""
    url: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question of which a group may each choose one answer; `answer` counts from 0. Nobody sees who chose what."""

    ask: str
    choices: tuple[str, ...]
    answer: int
    why: str


class Action(StrEnum):
    """What a platform is asked to do."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    REACT = "react"
    PIN = "pin"
    UNPIN = "unpin"
    LEAVE = "leave"
    CLOSE_TOPIC = "close_topic"


class Priority(IntEnum):
    """What goes first when not everything can go now: lower first."""

    EMERGENCY = 0
    ANSWER = 1
    RELAY = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to do in one chat.

    `html` is escaped, formatted text. `reply_to` and `message_id` are the platform's ids of messages in that chat. What
    is `optional` may fail without anybody being told; what is `protected` is not to be passed on. `part` is which
    message of an album an edit is for. An edit that is `afresh` is sent as a message where what it edits was stopped
    before it left; one with `new_files` puts its files in the place of those there were, any other leaves them.
    `language` is that of the words which a platform may have to add. A `quiz` is shown as the platform's own, or in
    words.
    """

    action: Action = Action.SEND
    html: str = field(default="", repr=False)
    buttons: tuple[tuple[Button, ...], ...] = ()
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    reply_to: str = ""
    message_id: str = ""
    emoji: str = ""
    silent: bool = False
    protected: bool = False
    optional: bool = False
    part: int = 0
    afresh: bool = False
    new_files: bool = False
    language: str = "vi"
    quiz: Quiz | None = None
