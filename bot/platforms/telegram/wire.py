"""The part of Telegram's updates that this house reads, typed: each is checked and built at once by msgspec.

python-telegram-bot's own types cost a quarter of the whole way of a message (docs/bench.md), most of it for fields that
nobody here reads. Field names are the Bot API's; what is unknown is passed over, what has a wrong type raises.
"""

import json
from typing import Any

import msgspec


class Wire(msgspec.Struct, kw_only=True, gc=False):
    """A part of an update."""


class User(Wire):
    """Somebody, or a bot."""

    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str | None = None
    language_code: str | None = None

    @property
    def full_name(self) -> str:
        """The name they show."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


class Chat(Wire):
    """A chat; `type` is private, group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    is_forum: bool = False


class Entity(Wire):
    """A stretch of a text that means something; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user: User | None = None
    language: str | None = None
    custom_emoji_id: str | None = None


class File(Wire):
    """Anything that has a file."""

    file_id: str
    file_name: str | None = None
    mime_type: str | None = None
    file_size: int | None = None
    duration: float | None = None


class Location(Wire):
    """A place, in degrees."""

    latitude: float
    longitude: float


class Contact(Wire):
    """Somebody's phone number, passed on."""

    phone_number: str
    first_name: str = ""
    last_name: str | None = None


class Notice(Wire):
    """Something that Telegram says; what exactly, nobody here reads."""


class Message(Wire, rename={"from_user": "from"}):
    """A message, or what Telegram itself says of a chat (the fields after `contact`: only whether they are there)."""

    message_id: int
    chat: Chat
    date: int = 0
    from_user: User | None = None
    sender_chat: Chat | None = None
    author_signature: str | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] = []
    caption_entities: list[Entity] = []
    message_thread_id: int | None = None
    is_topic_message: bool = False
    media_group_id: str | None = None
    forward_origin: Any = None
    reply_to_message: "Message | None" = None
    photo: list[File] = []
    animation: File | None = None
    video: File | None = None
    video_note: File | None = None
    voice: File | None = None
    audio: File | None = None
    sticker: File | None = None
    document: File | None = None
    location: Location | None = None
    contact: Contact | None = None
    migrate_to_chat_id: int | None = None
    migrate_from_chat_id: int | None = None
    new_chat_members: list[User] = []
    left_chat_member: User | None = None
    pinned_message: Any = None
    forum_topic_created: Notice | None = None
    forum_topic_edited: Notice | None = None
    forum_topic_closed: Notice | None = None
    forum_topic_reopened: Notice | None = None
    group_chat_created: Any = None
    supergroup_chat_created: Any = None
    new_chat_title: Any = None
    new_chat_photo: Any = None
    delete_chat_photo: Any = None


class Query(Wire, rename={"from_user": "from"}):
    """A button was pressed."""

    id: str
    from_user: User
    message: Message | None = None
    data: str | None = None


class Member(Wire):
    """What somebody is in a chat."""

    status: str


class MemberChange(Wire, rename={"from_user": "from"}):
    """What somebody was in a chat and is now."""

    chat: Chat
    from_user: User
    old_chat_member: Member
    new_chat_member: Member
    date: int = 0


class Choice(Wire):
    """One choice of a poll."""

    voter_count: int = 0


class Poll(Wire):
    """A poll that this bot sent, as often as somebody has chosen."""

    id: str
    options: list[Choice] = []


class Update(Wire):
    """One update; at most one of the others is there."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Query | None = None
    my_chat_member: MemberChange | None = None
    poll: Poll | None = None


class Numbered(Wire):
    """Any update, however broken the rest of it is."""

    update_id: int


Raw = msgspec.Raw | bytes
"""One update as JSON, still to be read."""


class Updates(Wire):
    """What getUpdates answers: each update still to be read, so that a broken one stops no other."""

    result: list[msgspec.Raw]


read_update = msgspec.json.Decoder(Update).decode
read_number = msgspec.json.Decoder(Numbered).decode
read_json = msgspec.json.Decoder().decode
read_updates = msgspec.json.Decoder(Updates).decode


def whole(payload: bytes) -> bytes:
    """JSON without half characters (lone surrogates): nothing could store them, so each becomes a `?`.

    Raises ValueError for what is no JSON.
    """
    if b"\\ud" not in payload and b"\\uD" not in payload:
        return payload
    try:
        read_json(payload)
    except msgspec.DecodeError:
        lenient = json.dumps(json.loads(payload.decode(errors="replace")), ensure_ascii=False)
        return lenient.encode(errors="replace")
    return payload
