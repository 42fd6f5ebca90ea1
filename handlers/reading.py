"""`Đã đọc` under a broadcast: counted once a person, and nobody learns who it was."""

import math

from bot.context import Context
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.routing import Router
from data.broadcasts import find_broadcast
from data.copies import last_to_read, note_read, went_to
from data.notices import once
from data.places import Spot
from handlers.spreading import found_by_clock, shown_as_it_is

GRID = 60.0  # s; the count at the desk is brought up to date no more often
NOTED = "👌"
WORDS = frozenset({"da doc", "toi da doc", "da xem", "doc roi"})
LONGEST = 20


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("read")(press)
    router.command("dadoc", "read", spots=Spot.GROUP, plain=True)(type_read)
    router.clock("broadcast-reads")(count_anew)


def press(context: Context) -> None:
    """The button under a copy; under a preview it counts nothing."""
    if context.here.spot is not Spot.GROUP:
        context.notice = context.say("read.test")
        return
    context.notice = context.say("read.noted" if read(context, context.number) else "read.again")


def type_read(context: Context) -> None:
    """`dadoc` where there are no buttons."""
    if not count_typed(context):
        context.reply("read.nothing")


def hears(context: Context, said: str) -> bool:
    """Whether "đã đọc" was said where something asks for it, and so was counted: it is no word to the desk."""
    return len(said) <= LONGEST and fold(said).strip(" .!") in WORDS and count_typed(context)


def count_typed(context: Context) -> bool:
    """Whether there is a broadcast that asks for it; it counts for the newest. Only the first is answered."""
    number = last_to_read(context.work, context.group.id)
    if number is None:
        return False
    read(context, number)
    if once(context.work, f"read {number} {context.group.id}"):
        context.confirm(NOTED, "read.first_typed")
    return True


def read(context: Context, number: int) -> bool:
    """Count whoever speaks; whether that was new. The desk sees it within a minute."""
    work, broadcast = context.work, find_broadcast(context.work, number)
    if broadcast is None or not broadcast.manner.asks_read or not went_to(work, broadcast, context.group.id):
        raise Refused("stale")
    if not note_read(work, broadcast.id, context.speaker.address):
        return False
    work.remind(f"broadcast-reads:{broadcast.id}", math.ceil(work.now / GRID) * GRID)
    return True


def count_anew(context: Context) -> None:
    """The card says how many it is now."""
    if broadcast := found_by_clock(context):
        shown_as_it_is(context, broadcast)
