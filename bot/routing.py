"""Which handler answers an event, and what a handler is given.

The order: the clock; a button; a command, so that nobody is trapped; a reply to a message of ours that is about
something; a choice or an open step of a private conversation; the fallback of the place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import TypeVar

from bot.config import Settings
from bot.domain.vietnamese import fold
from bot.errors import Refused, Why
from bot.messages import Action, Button, ChatKind, EventKind, Incoming, Outgoing, Person, Priority
from bot.platforms.base import ChatFacts, FetchedFile, Platform, Standing
from bot.texts import Texts
from data.content import Content
from data.conversations import Step, choice_of, find_step, show_menu
from data.outbox import subject_of_message
from data.people import language_of
from data.places import Group, Here, Spot, Ward, find_here
from data.unit_of_work import Place, Work
from data.vault import Vault

K = TypeVar("K")
Handler = Callable[["Context"], None]
Register = Callable[[Handler], Handler]
COMMAND = re.compile(r"/([^\W_][\w]*)(?:@(\w+))?(?:\s+|$)")


class Need(Flag):
    """What a decision needs from outside, fetched before its transaction."""

    NOTHING = 0
    STANDING = auto()  # what the sender is in this chat, at most 60 s old
    FRESH_STANDING = auto()  # the same, asked now: for approvals
    CHAT = auto()  # title, size, whether it is a forum, what the bot may do
    FILES = auto()  # the bytes of what is attached
    EVIDENCE = auto()  # the same, also of pictures and voices in a group
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
class Route:
    """A handler, what it needs, and where it may be asked."""

    handler: Handler
    needs: Need = Need.NOTHING
    spots: Spot = Spot.ANYWHERE


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every handler may use beside its event: built once by the app."""

    settings: Settings
    texts: Texts
    platforms: Mapping[str, Platform]
    vault: Vault
    content: Content


class Context:
    """One event, its transaction, and the words for it."""

    def __init__(self, event: Incoming, work: Work, facts: Facts, around: Surroundings) -> None:
        self.event = event
        self.work = work
        self.facts = facts
        self.around = around
        self.here: Here = find_here(work, event.chat) if event.kind is not EventKind.CLOCK else Here(Spot.STRANGER)
        self.language = self._language()
        self.command = parse_command(event)
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
        return Outgoing(html=html, buttons=rows, reply_to=quoted)

    def answer(self, message: Outgoing, priority: Priority = Priority.ANSWER) -> int:
        """Put a message for this chat into the outbox; in a private chat its buttons also answer to 1, 2, 3."""
        if self.here.spot is Spot.PRIVATE:
            show_menu(self.work, self.event.chat, [button for row in message.buttons for button in row if button.data])
        return self.work.post(message, self.place, priority)

    def tell_desk(self, key: str, *rows: tuple[Button, ...], **values: object) -> int:
        """Say something at the desk of this chat's ward."""
        return self.work.post(Outgoing(html=self.say(key, **values), buttons=rows), self.ward.place)

    def do(self, message: Outgoing) -> int:
        """Something other than speaking, in this chat."""
        return self.work.post(message, self.place)

    def react(self, emoji: str) -> None:
        """Mark the message that this is about."""
        self.do(Outgoing(Action.REACT, message_id=self.event.message_id, emoji=emoji, optional=True))


class Router:
    """Handlers by what they answer. Registering a second one for the same raises."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, Spot], Route] = {}
        self._buttons: dict[str, Route] = {}
        self._replies: dict[str, Route] = {}
        self._steps: dict[str, Route] = {}
        self._clock: dict[str, Route] = {}
        self._kinds: dict[tuple[EventKind, Spot], Route] = {}

    # --- registering

    def command(self, *names: str, spots: Spot = Spot.ANYWHERE, needs: Need = Need.NOTHING) -> Register:
        """Answer `/name` (folded: any case, with or without diacritics) in these spots."""
        keys = [(fold(name), spot) for name in names for spot in Spot if spot in spots]
        return self._into(self._commands, keys, needs)

    def button(self, *names: str, needs: Need = Need.NOTHING, spots: Spot = Spot.ANYWHERE) -> Register:
        """Answer the press of a button whose data begins with `name:`; anywhere else than in `spots` it was forged."""
        return self._into(self._buttons, list(names), needs, spots)

    def reply_to(self, *subjects: str, needs: Need = Need.NOTHING, spots: Spot = Spot.ANYWHERE) -> Register:
        """Answer a reply to a message of ours that was posted with `about="subject:..."`."""
        return self._into(self._replies, list(subjects), needs, spots)

    def during(self, *steps: str, needs: Need = Need.NOTHING) -> Register:
        """Answer whatever is said in a private chat while this step is open."""
        return self._into(self._steps, list(steps), needs)

    def clock(self, *names: str) -> Register:
        """Answer a clock event whose data begins with `name:`."""
        return self._into(self._clock, list(names), Need.NOTHING)

    def on(self, *kinds: EventKind, spots: Spot = Spot.ANYWHERE, needs: Need = Need.NOTHING) -> Register:
        """Answer events of these kinds in these spots that nothing more special answered."""
        keys = [(kind, spot) for kind in kinds for spot in Spot if spot in spots]
        return self._into(self._kinds, keys, needs)

    def _into(self, table: dict[K, Route], keys: list[K], needs: Need, spots: Spot = Spot.ANYWHERE) -> Register:
        def register(handler: Handler) -> Handler:
            for key in keys:
                if key in table:
                    raise ValueError(f"{key} has a handler already")
                table[key] = Route(handler, needs, spots)
            return handler

        return register

    # --- answering

    @property
    def commands(self) -> frozenset[str]:
        """Every command name there is."""
        return frozenset(name for name, _ in self._commands)

    @property
    def quoting(self) -> frozenset[str]:
        """The commands that want to know what they reply to."""
        return frozenset(name for (name, _), route in self._commands.items() if Need.QUOTED in route.needs)

    def needs(self, event: Incoming, work: Work) -> Need:
        """What must be known before this event is decided; `work` tells where it happened."""
        if event.kind is EventKind.BUTTON:
            route = self._buttons.get(action_of(event.data))
            return route.needs if route else Need.NOTHING
        needs = self._needs_of_spoken(event, work)
        return needs if event.attachments or Need.QUOTED in needs else needs & ~Need.FILES

    def _needs_of_spoken(self, event: Incoming, work: Work) -> Need:
        command, spot = parse_command(event), find_here(work, event.chat).spot
        spoken = self._commands.get((command.name, spot)) if command else None
        route = spoken or self._kinds.get((event.kind, spot))
        return self._needs_of_reply(event, work) | (route.needs if route else Need.NOTHING)

    def _needs_of_reply(self, event: Incoming, work: Work) -> Need:
        if not self._replies or event.kind is not EventKind.MESSAGE or not event.reply_to:
            return Need.NOTHING
        route = self._replies.get(action_of(subject_of_message(work, event.chat, event.reply_to)))
        return route.needs if route else Need.NOTHING

    def route(self, context: Context) -> None:
        """Answer one event. A refusal is said politely; nothing of it is kept but the saying."""
        route = self._choose(context)
        if route is None:
            return
        posted = context.work.posted
        try:
            route.handler(context)
        except Refused as refusal:
            if context.work.posted != posted:
                raise AssertionError("refused after something was already said") from refusal
            self._refuse(context, refusal)

    def _refuse(self, context: Context, refusal: Refused) -> None:
        if context.event.kind is EventKind.BUTTON:
            context.notice = context.say(refusal.key, **refusal.values)
        elif context.event.kind is not EventKind.CLOCK:
            context.answer(context.spoken(context.say(refusal.key, **refusal.values)))

    def _choose(self, context: Context) -> Route | None:
        event = context.event
        if event.kind is EventKind.CLOCK:
            return self._pick(context, self._clock, event.data)
        if event.kind is EventKind.BUTTON:
            return self._pick(context, self._buttons, event.data)
        return self._spoken(context) or self._kinds.get((event.kind, context.here.spot))

    def _spoken(self, context: Context) -> Route | None:
        if context.event.kind is not EventKind.MESSAGE:
            return None
        if context.command and (route := self._commands.get((context.command.name, context.here.spot))):
            return route
        if context.event.reply_to and (route := self._replied(context)):
            return route
        if context.here.spot is not Spot.PRIVATE or context.command:
            return None
        if data := choice_of(context.work, context.event.chat, context.event.text):
            return self._pick(context, self._buttons, data)
        context.step = find_step(context.work, context.event.chat)
        return self._steps.get(context.step.name) if context.step else None

    def _pick(self, context: Context, table: Mapping[str, Route], data: str) -> Route | None:
        context.args = tuple(data.split(":")[1:])
        route = table.get(action_of(data))
        return route if route and context.here.spot in route.spots else None

    def _replied(self, context: Context) -> Route | None:
        about = subject_of_message(context.work, context.event.chat, context.event.reply_to)
        return self._pick(context, self._replies, about) if about else None


def action_of(data: str) -> str:
    """`accept:12` is about `accept`."""
    return data.partition(":")[0]


def is_private(event: Incoming) -> bool:
    """Whether this happened in a private chat."""
    return event.chat.kind is ChatKind.PRIVATE


def parse_command(event: Incoming) -> Command | None:
    """The command that a message begins with, if any."""
    if event.kind is not EventKind.MESSAGE or not (match := COMMAND.match(event.text)):
        return None
    formatted = COMMAND.match(event.html)
    rest = event.html[formatted.end() :] if formatted else ""
    return Command(fold(match[1]), event.text[match.end() :].strip(), rest.strip())
