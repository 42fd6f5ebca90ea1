"""`/ghichu`: what staff write down about a tip for themselves. Its reporter never sees it."""

from bot.context import Context, Need
from bot.errors import Refused
from bot.routing import Router
from bot.services import casework
from data.places import Spot

NOTED = "✍"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("ghichu", "note", spots=Spot.DESK, needs=Need.STANDING)(write_note)


def write_note(context: Context) -> None:
    """`/ghichu TEXT` in a tip's topic, or as a reply to its card: kept sealed, and marked with a reaction."""
    tip = casework.letter_for(context.work, context.ward, context.event)
    if tip is None or not context.words:
        raise Refused("note.how")
    casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    casework.note(context.work, tip, context.speaker, context.words)
    context.confirm(NOTED, "note.done")
