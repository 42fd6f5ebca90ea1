"""How a tip stands: with its code the four-word status and no more; without one, one's own tips."""

from bot.context import Context
from bot.domain.codes import find_code
from bot.domain.tips import public_status
from bot.routing import Router
from data.places import Spot
from data.reporters import is_reporter, tips_of
from data.tips import Tip, tip_by_code
from data.tries import count_tries, note_try

MOST_TRIES = 5


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("trangthai", "status", spots=Spot.PRIVATE)(tell_status)


def tell_status(context: Context) -> None:
    """`/trangthai CODE`, or `/trangthai`."""
    if not context.words:
        list_own(context)
        return
    if count_tries(context.work, context.speaker) >= MOST_TRIES:
        context.reply("status.too_many")
        return
    code = find_code(context.words)
    tip = tip_by_code(context.work, code) if code else None
    if tip is None or tip.confirmed_at is None:
        note_try(context.work, context.speaker)
        context.reply("status.unknown")
        return
    mine = is_reporter(context.work, tip, context.speaker)
    context.reply("status.one" if mine else "own.status", code=tip.code, status=status_of(context, tip))


def list_own(context: Context) -> None:
    """This person's open tips."""
    tips = tips_of(context.work, context.speaker)
    lines = [context.say("status.line", code=tip.code, status=status_of(context, tip)) for tip in tips]
    if not lines:
        context.reply("status.none")
        return
    context.answer(context.spoken("\n".join([context.say("status.yours"), *lines])))


def status_of(context: Context, tip: Tip) -> str:
    """One of four words."""
    return context.say(f"status.{public_status(tip.status, tip.outcome)}")
