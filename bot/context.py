"""What a handler is given: one event, its transaction, what was learned before it, and the words for it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto

from bot.config import Settings
from bot.domain.vietnamese import fold
from bot.errors import Why
from bot.messages import Action, Button, EventKind, Incoming, Outgoing, Person, Priority
from bot.platforms.base import Capabilities, ChatFacts, FetchedFile, Platform, Standing
from bot.texts import Texts
from data.content import Content
from data.conversations import Step, show_menu
from data.people import language_of
from data.places import Group, Here, Spot, Ward, find_here
from data.unit_of_work import Place, Work
from data.vault import Vault

COMMAND = re.compile(r"^/([^\W_][\w]*)(?:@(\w+))?(?:\s+|$)")


class Need(Flag):
    """What a decision needs from outside, fetched before its transaction."""

    NOTHING = 0
    STANDING = auto()  # what the sender is in this chat, at most 60 s old
    FRESH_STANDING = auto()  # the same, asked now: for approvals
    CHAT = auto()  # title, size, whether it is a forum, what the bot may do
    FILES = auto()  # the bytes of what is attached
    EVIDENCE = auto()  # the same, also of pictures and voices in a group
    COPIES = auto()  # the same where there are several platforms: none shows what lies on another
    QUOTED = auto()  # for a command: what the message that it replies to says


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers. A file that could not be had is there as the reason."""

    standing: Standing | None = None
    chat: ChatFacts = ChatFacts()
    files: Mapping[str, FetchedFile | Why] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: its folded name, and what followed, plain and formatted."""

    name: str
    args: str = field(default="", repr=False)
    html: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every handler may use beside its event: built once by the app."""

    settings: Settings
    texts: Texts
    platforms: Mapping[str, Platform]
    vault: Vault
    content: Content
    fit: Callable[[str, Outgoing], Sequence[Outgoing]]  # what a platform would show in a group instead of this


class Context:
    """One event, its transaction, and the words for it."""

    def __init__(
        self, event: Incoming, work: Work, facts: Facts, around: Surroundings, heard_at: float | None = None
    ) -> None:
        self.event = event
        self.work = work
        self.facts = facts
        self.around = around
        self.heard_at = work.now if heard_at is None else heard_at
        self.here: Here = find_here(work, event.chat) if event.kind is not EventKind.CLOCK else Here(Spot.STRANGER)
        self.language = self._language()
        self.command = parse_command(event)
        self.action = ""  # of a button, whether it was pressed or chosen by its number
        self.args: tuple[str, ...] = ()
        self.step: Step | None = None
        self.notice = ""

    def _language(self) -> str:
        if self.here.spot is Spot.PRIVATE and self.event.sender:
            return language_of(self.work, self.event.sender)
        return "vi"

    @property
    def place(self) -> Place:
        """The chat in which this happened."""
        ward = self.here.ward.id if self.here.ward else 0
        return Place(self.event.chat.platform, self.event.chat.id, ward, self.here.spot is Spot.PRIVATE)

    @property
    def speaker(self) -> Person:
        """Who did this. Raises LookupError for events that nobody did."""
        if self.event.sender is None:
            raise LookupError("an event without a person")
        return self.event.sender

    @property
    def ward(self) -> Ward:
        """The ward of this chat."""
        if self.here.ward is None:
            raise LookupError("a chat without a ward")
        return self.here.ward

    @property
    def group(self) -> Group:
        """The group that this chat is."""
        if self.here.group is None:
            raise LookupError("a chat that is no group")
        return self.here.group

    @property
    def words(self) -> str:
        """What followed the command."""
        return self.command.args if self.command else ""

    @property
    def number(self) -> int:
        """The number that a button carries; 0, which nothing has, where it was forged."""
        return int(self.args[0]) if self.args and self.args[0].isdecimal() and len(self.args[0]) < 16 else 0

    @property
    def now(self) -> datetime:
        """The moment of this transaction, in the wards' time zone."""
        return datetime.fromtimestamp(self.work.now, self.around.settings.zone)

    @property
    def platform(self) -> Platform:
        """The platform on which this happened."""
        return self.around.platforms[self.event.platform]

    def say(self, key: str, **values: object) -> str:
        """A sentence in the language of this chat."""
        return self.around.texts.say(self.language, key, **values)

    def button(self, key: str, *data: object, **values: object) -> Button:
        """A button with the label `key` whose press comes back as `data`."""
        return Button(self.say(key, **values), ":".join(str(part) for part in data))

    def reply(self, key: str, *rows: tuple[Button, ...], **values: object) -> int:
        """Say something in this chat, with rows of buttons; the outbox row."""
        return self.answer(self.spoken(self.say(key, **values), *rows))

    def ask(self, about: str, key: str, *rows: tuple[Button, ...], **values: object) -> int:
        """Say something in this chat; a reply to it comes back to `Router.reply_to` with what it is about."""
        return self.work.post(self.spoken(self.say(key, **values), *rows), self.place, about=about)

    def spoken(self, html: str, *rows: tuple[Button, ...]) -> Outgoing:
        """Words for this chat; among others they quote what they answer."""
        quoted = "" if self.here.spot is Spot.PRIVATE else self.event.message_id
        return Outgoing(html=html, buttons=rows, reply_to=quoted, language=self.language)

    def answer(self, message: Outgoing, priority: Priority = Priority.ANSWER) -> int:
        """Put a message for this chat into the outbox; whoever spoke may also choose its buttons by 1, 2, 3."""
        row = self.work.post(message, self.place, priority)
        self.offer(message, row)
        return row

    def offer(self, message: Outgoing, row: int) -> None:
        """The buttons of this message are what whoever spoke chooses from now."""
        choices = [button for line in message.buttons for button in line if button.data]
        if self.event.sender and (choices or self.here.spot is Spot.PRIVATE):
            show_menu(self.work, self.event.chat, self.event.sender, choices, row)

    def tell_desk(self, key: str, *rows: tuple[Button, ...], **values: object) -> int:
        """Say something at the desk of this chat's ward."""
        return self.work.post(Outgoing(html=self.say(key, **values), buttons=rows), self.ward.place)

    def do(self, message: Outgoing) -> int:
        """Something other than speaking, in this chat."""
        return self.work.post(message, self.place)

    @property
    def can(self) -> Capabilities:
        """What can be done on the platform of this chat."""
        return self.platform.capabilities

    def confirm(self, emoji: str, key: str) -> None:
        """Mark the message that this is about as done; in words where there are no reactions."""
        if Action.REACT in self.can.actions:
            self.react(emoji)
        else:
            self.reply(key)

    def react(self, emoji: str) -> None:
        """Mark the message that this is about."""
        self.do(Outgoing(Action.REACT, message_id=self.event.message_id, emoji=emoji, optional=True))


def parse_command(event: Incoming) -> Command | None:
    """The command that a message begins with, if any."""
    if event.kind is not EventKind.MESSAGE or not (match := COMMAND.match(event.text)):
        return None
    formatted = COMMAND.match(event.html)
    rest = event.html[formatted.end() :] if formatted else ""
    return Command(fold(match[1]), event.text[match.end() :].strip(), rest.strip())
