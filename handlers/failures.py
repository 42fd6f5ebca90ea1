"""What could not be delivered is said at the desk: to which chat, and why."""

from bot.context import Context
from bot.errors import Why
from bot.messages import Outgoing, Priority
from bot.routing import Router
from data.copies import in_broadcast
from data.places import here_at, ward_by_id
from data.sent import Parked, find_parked
from data.tips import Tip, find_tip
from handlers import aside

UNREACHED = frozenset({Why.BLOCKED, Why.KICKED, Why.NOT_FOUND, Why.QUOTA, Why.GAVE_UP})
"""Why a chief has not got a report; what was sent to one who held it before counts no more."""


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.clock("failed")(tell_failure)


def tell_failure(context: Context) -> None:
    """A message was given up."""
    if in_broadcast(context.work, context.number):
        return  # told with the result of the whole broadcast
    parked = find_parked(context.work, context.number)
    if parked is None or not parked.ward_id:
        return
    if (tip := set_aside(context, parked)) is not None:
        if parked.about.startswith("letter:") and parked.why in UNREACHED and context.number >= (tip.card_row or 0):
            aside.not_reached(context, tip)
        return
    ward = ward_by_id(context.work, parked.ward_id)
    if parked.address == ward.desk:
        return  # the desk itself cannot be reached: the operator sees it in health and log
    text = context.say(f"failed.{parked.why.value}", where=where(context, parked))
    context.work.post(Outgoing(html=text), ward.place, Priority.RELAY)


def set_aside(context: Context, parked: Parked) -> Tip | None:
    """The report about an officer that a message was about, to its chief or its reporter; no desk hears of it."""
    name, _, number = parked.about.partition(":")
    tip = find_tip(context.work, int(number)) if name in ("letter", "mine") and number else None
    return tip if tip is not None and tip.aside else None


def where(context: Context, parked: Parked) -> str:
    """The name of the chat that was not reached; a private one has none."""
    group = here_at(context.work, parked.address).group if parked.address else None
    return group.name if group else context.say("failed.private")
