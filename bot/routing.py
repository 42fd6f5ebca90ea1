"""Which handler answers an event.

The order: the clock; a button; a command, so that nobody is trapped; a reply to a message of ours that is about
something; in private, words that always mean the same; a choice or an open step of a private conversation; the
fallback of the place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot.context import Context, Need, parse_command
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import EventKind, Incoming
from data.conversations import LONGEST_CHOICE, Choice, choice_of, find_step
from data.places import Spot, find_here
from data.sent import subject_of_message
from data.unit_of_work import Work

K = TypeVar("K")
CHOOSING = Spot.PRIVATE | Spot.GROUP
Handler = Callable[[Context], None]
Register = Callable[[Handler], Handler]


@dataclass(frozen=True, slots=True)
class Route:
    """A handler, what it needs, and where it may be asked."""

    handler: Handler
    needs: Need = Need.NOTHING
    spots: Spot = Spot.ANYWHERE


class Router:
    """Handlers by what they answer. Registering a second one for the same raises."""

    def __init__(self) -> None:
        self._commands: dict[tuple[str, Spot], Route] = {}
        self._buttons: dict[str, Route] = {}
        self._replies: dict[str, Route] = {}
        self._steps: dict[str, Route] = {}
        self._clock: dict[str, Route] = {}
        self._kinds: dict[tuple[EventKind, Spot], Route] = {}
        self._plain: set[str] = set()
        self._phrases: dict[str, Route] = {}

    # --- registering

    def command(
        self, *names: str, spots: Spot = Spot.ANYWHERE, needs: Need = Need.NOTHING, plain: bool = False
    ) -> Register:
        """Answer `/name` (folded: any case, with or without diacritics) in these spots.

        `plain`: where commands are typed by hand the name without its `/` begins a message as well.
        """
        keys = [(fold(name), spot) for name in names for spot in Spot if spot in spots]
        self._plain |= {fold(name) for name in names if plain}
        return self._into(self._commands, keys, needs)

    def phrase(self, *said: str) -> Register:
        """Answer these very words (folded) in a private chat, whatever is open there."""
        return self._into(self._phrases, [fold(one) for one in said], Need.NOTHING, Spot.PRIVATE)

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
    def plain(self) -> frozenset[str]:
        """The commands that may be typed without their `/` where the platform has no command menu."""
        return frozenset(self._plain)

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
        return needs if event.attachments or Need.QUOTED in needs else needs & ~(Need.FILES | Need.COPIES)

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
        said = len(context.work.posted.rows)
        try:
            route.handler(context)
        except Refused as refusal:
            if len(context.work.posted.rows) != said:
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
        if context.command or context.here.spot not in CHOOSING:
            return None
        if route := self._phrase(context):
            return route
        if choice := self._choice(context):
            return self._pick(context, self._buttons, "stale" if choice.stale else choice.data)
        if context.here.spot is not Spot.PRIVATE:
            return None
        context.step = find_step(context.work, context.event.chat)
        return self._steps.get(context.step.name) if context.step else None

    def _phrase(self, context: Context) -> Route | None:
        said = context.event.text
        if context.here.spot is not Spot.PRIVATE or len(said) > LONGEST_CHOICE:
            return None
        return self._phrases.get(fold(said).strip(" .!?"))

    def _choice(self, context: Context) -> Choice | None:
        event = context.event
        return choice_of(context.work, event.chat, context.speaker, event.text, context.heard_at)

    def _pick(self, context: Context, table: Mapping[str, Route], data: str) -> Route | None:
        context.action, context.args = action_of(data), tuple(data.split(":")[1:])
        route = table.get(action_of(data))
        return route if route and context.here.spot in route.spots else None

    def _replied(self, context: Context) -> Route | None:
        about = subject_of_message(context.work, context.event.chat, context.event.reply_to)
        return self._pick(context, self._replies, about) if about else None


def action_of(data: str) -> str:
    """`accept:12` is about `accept`."""
    return data.partition(":")[0]
