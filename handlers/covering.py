"""The desk turns to summaries: the cards that it was shown before lose their words, behind everything else."""

from bot.context import Context
from bot.messages import Action, Priority
from bot.routing import Router
from bot.services import covering
from handlers.cards import edit_own_cards


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.clock("cards-cover")(go_on)


def begin(context: Context) -> str:
    """Plan it, and what is said of it; nothing where no card shows words."""
    count = covering.count_cards(context.work, context.ward.id)
    if not count:
        return ""
    if Action.EDIT not in context.can.actions:
        return context.say("settings.cannot_cover", count=count)
    covering.plan(context.work, context.ward.id)
    return context.say("settings.covers", count=count)


def go_on(context: Context) -> None:
    """The next cards, as they look now."""
    work = context.work
    _, which, before = context.args
    ward = covering.still_covers(work, context.number)
    if ward is None:
        return
    tips = covering.next_tips(work, ward.id, which, int(before))
    edits = sum(edit_own_cards(context, tip, Priority.BROADCAST) for tip in tips)
    limits = context.around.platforms[ward.place.platform].limits
    covering.plan_next(work, ward.id, which, tips, edits, limits.group_per_minute)
