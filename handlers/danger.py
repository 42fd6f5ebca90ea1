"""Emergency numbers come before any question."""

from collections.abc import Iterable

from bot.context import Context
from bot.domain.danger import Danger
from bot.messages import Outgoing, Priority
from bot.texts import Html
from handlers.local import local

QUIET = frozenset({Danger.CHILD, Danger.HOME, Danger.SEXUAL})
"""Of these nothing is said in a group."""


def show_numbers(context: Context, kinds: tuple[Danger, ...]) -> None:
    """The numbers to call for these kinds of danger, ahead of everything else."""
    quiet = bool(QUIET.intersection(kinds))
    key = "danger.quiet" if quiet else "danger.call"
    html = context.say(key, numbers=numbers_for(context, kinds))
    context.work.post(Outgoing(html=html), context.place, Priority.EMERGENCY)


def numbers_for(context: Context, kinds: tuple[Danger, ...]) -> Html:
    """`113 công an · 115 cấp cứu`: each number once, the most pressing first."""
    first = local(context).numbers["first"]
    return listed(context, dict.fromkeys(name for kind in kinds for name in first[kind].split()))


def every_number(context: Context) -> Html:
    """All of them, where nobody knows what the danger is."""
    return listed(context, local(context).numbers["all"])


def listed(context: Context, services: Iterable[str]) -> Html:
    """Numbers with whom they reach."""
    numbers = local(context).numbers["all"]
    return Html(" · ".join(context.say(f"danger.number.{name}", number=numbers[name]) for name in services))
