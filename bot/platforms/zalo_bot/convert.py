"""From Zalo's events to `Incoming`. Total: any JSON gives an event or nothing, never an exception.

Zalo hands a group's messages over only where they address the bot, so all that arrives is heard. No field says what was
quoted or mentioned: the bot's name at the beginning of the text is cut off here.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.vietnamese import fold
from bot.messages import Attachment, Chat, ChatKind, EventKind, Incoming, MediaKind, Person

PLATFORM = "zalo_bot"
LONGEST = 10_000  # letters; Zalo lets a bot write 2,000 and says nothing of people
LONGEST_NAME = 200
MILLISECONDS = 1e11  # a date beyond this (the year 5138 in seconds) is in milliseconds
ID = re.compile(r"[!-~]{1,128}")
LINK = re.compile(r"https?://[!-~]{1,4000}")
WORD = re.compile(r"\S{1,40}(?=\s|$)")
COMMAND = re.compile(r"(?<=\s)/(\S{1,40})(?=\s|$)")
NAME_WITHIN = 80  # letters in which an unknown name before a command ends
KINDS = {"PRIVATE": ChatKind.PRIVATE, "GROUP": ChatKind.GROUP}
UNSUPPORTED = "message.unsupported.received"
FILES = (
    (
        MediaKind.PHOTO,
        ("photo_url", "photo"),
        "image/jpeg",
    ),  # real traffic says the first, the documentation the second
    (MediaKind.VOICE, ("voice_url",), "audio/aac"),
)


@dataclass(frozen=True, slots=True)
class Ears:
    """The bot's name in groups, its commands, and those of them that begin a message without their `/`."""

    name: str
    commands: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()

    def understand(self, text: str, kind: ChatKind) -> str:
        """What was typed, without the bot's name before it and with the `/` that people leave out."""
        said = self._addressed(text) if kind is ChatKind.GROUP else text
        word = WORD.match(said)
        name = fold(word[0]) if word else ""
        return f"/{name}{said[len(word[0]) :]}" if word and name in self.plain else said

    def _addressed(self, text: str) -> str:
        """Without the bot's name; where it is called by one we do not know, a command behind that is found."""
        said = without_name(text, self.name)
        if not said.startswith("@"):
            return said
        commands = (found for found in COMMAND.finditer(said, 0, NAME_WITHIN) if fold(found[1]) in self.commands)
        return next((said[found.start() :] for found in commands), said)


def convert(raw: object, ears: Ears) -> list[Incoming]:
    """What this call or answer means to the house: one event or nothing."""
    root = unwrapped(raw)
    name, message = root.get("event_name"), root.get("message")
    if not isinstance(name, str) or not name.startswith("message.") or not isinstance(message, dict):
        return []
    chat, sender, number = chat_of(message), sender_of(message), identifier(message.get("message_id"))
    if chat is None or sender is None or not number:
        return []
    return [_message(message, number, chat, sender, ears, empty=name == UNSUPPORTED)]


def _message(
    message: Mapping[str, Any], number: str, chat: Chat, sender: Person, ears: Ears, *, empty: bool
) -> Incoming:
    """`empty`: Zalo withholds what was written, by law for children, and for kinds of files it does not hand over."""
    written = "" if empty else first_text(message, "text", "caption")
    text = ears.understand(written, chat.kind)[:LONGEST]
    files = () if empty else tuple(attachments_of(message, number))
    return Incoming(
        PLATFORM,
        number,
        EventKind.MESSAGE,
        chat,
        sender,
        number,
        text,
        html.escape(text, quote=False),
        in_seconds(message.get("date")),
        unsupported=not (written or files),
        withheld=empty,
        attachments=files,
    )


def unwrapped(raw: object) -> Mapping[str, Any]:
    """The event itself: documented inside `{"ok", "result"}`, seen bare in real calls."""
    root = raw.get("result") if isinstance(raw, dict) and raw.get("ok") and "result" in raw else raw
    return root if isinstance(root, dict) else {}


def chat_of(message: Mapping[str, Any]) -> Chat | None:
    """The chat, if it is of a kind we know. Zalo tells no title."""
    chat = message.get("chat")
    if not isinstance(chat, dict):
        return None
    number, kind = identifier(chat.get("id")), KINDS.get(str(chat.get("chat_type")).upper())
    return Chat(PLATFORM, number, kind) if number and kind else None


def sender_of(message: Mapping[str, Any]) -> Person | None:
    """Who wrote it; bots are nobody."""
    sender = message.get("from")
    if not isinstance(sender, dict) or sender.get("is_bot"):
        return None
    number, name = identifier(sender.get("id")), first_text(sender, "display_name")
    return Person(PLATFORM, number, name[:LONGEST_NAME]) if number else None


def attachments_of(message: Mapping[str, Any], number: str) -> Iterator[Attachment]:
    """What is attached: links that need no token and soon stop working."""
    for kind, names, mime in FILES:
        if link := first_text(message, *names, shape=LINK):
            yield Attachment(kind, link, number, mime=mime, origin=PLATFORM)
    if sticker := first_text(message, "sticker", shape=ID):  # its `url` is a page, no file
        yield Attachment(MediaKind.STICKER, sticker, number, origin=PLATFORM)


def identifier(value: object) -> str:
    """An id as text; empty for what is none."""
    said = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return said if ID.fullmatch(said) else ""


def first_text(holder: Mapping[str, Any], *names: str, shape: re.Pattern[str] | None = None) -> str:
    """The first of these that is a text (of this shape); half characters, which nothing could store, become `?`."""
    for name in names:
        value = holder.get(name)
        if isinstance(value, str) and value and (shape is None or shape.fullmatch(value)):
            return value.encode(errors="replace").decode()
    return ""


def in_seconds(date: object) -> float:
    """A date as UTC seconds, from milliseconds as documented or from seconds; 0.0 for what is none."""
    if isinstance(date, str) and re.fullmatch(r"\d{1,16}", date, re.ASCII):
        date = int(date)
    if isinstance(date, bool) or not isinstance(date, int | float) or not 0 < date < MILLISECONDS * 1000:
        return 0.0
    return float(date) / 1000 if date > MILLISECONDS else float(date)


def without_name(text: str, name: str) -> str:
    """A text without `@name` before it, however its case, accents and blanks were typed; as it is where it has none."""
    wanted, said = letters(name), text.lstrip()
    if not wanted or not said.startswith("@"):
        return text
    for end in range(2, min(len(said), 4 * len(name) + 8) + 1):
        if letters(said[1:end]) == wanted and not continues(said, end):
            return said[end:].lstrip(" \t\n:,.-")
    return text


def letters(text: str) -> str:
    """What of a name counts: folded, without blanks."""
    return "".join(fold(text).split())


def continues(text: str, end: int) -> bool:
    """Whether the word that ends here goes on: with a letter, or with an accent typed as a sign of its own."""
    return end < len(text) and (text[end].isalnum() or not (letters(text[end]) or text[end].isspace()))
