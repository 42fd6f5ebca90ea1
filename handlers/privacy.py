"""`/riengtu`: what is kept, for how long, who sees it, how to have it erased; the numbers are those of the settings."""

from bot.context import Context
from bot.errors import Refused
from bot.messages import EventKind
from bot.routing import Router
from data.places import Spot
from data.retention import HOUR, SOURCES
from data.rules import number_of
from data.sent import is_ours
from data.tips import DRAFT_LASTS

ANYWHERE = Spot.PRIVATE | Spot.GROUP | Spot.DESK
YEAR = 365.25


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("riengtu", spots=ANYWHERE, plain=True)(tell)
    router.command("privacy", spots=ANYWHERE)(tell)
    router.button("privacy-more", spots=ANYWHERE)(tell_more)


def tell(context: Context) -> None:
    """What matters most."""
    terms = context.around.settings.retention
    spans = {"informant": terms.informant_days, "feedback": terms.feedback_days, "passed": terms.passed_days}
    said = {name: span(context, days) for name, days in spans.items()}
    more = context.button("privacy.more_button", "privacy-more")
    context.reply("privacy.text", (more,), draft=f"{DRAFT_LASTS / HOUR:g}", **said)


def check_shown(context: Context) -> None:
    """A button is pressed under a message of ours; a forged press is answered in no chat."""
    event = context.event
    if event.kind is EventKind.BUTTON and not is_ours(context.work, event.chat, event.message_id):
        raise Refused("stale")


def tell_more(context: Context) -> None:
    """`Chi tiết`."""
    check_shown(context)
    terms = context.around.settings.retention
    names = ("traces", "letters", "originals", "receipt", "broadcasts", "audit")
    said = {name: span(context, getattr(terms, f"{name}_days")) for name in names}
    ward = context.here.ward.id if context.here.ward else 0
    days = number_of(context.work, context.around.content.rules, ward, "erase_answer")
    context.reply("privacy.more", source=f"{SOURCES / HOUR:g}", answer=f"{days:g}", **said)


def span(context: Context, days: int) -> str:
    """A term as people say it: 365 days are a year."""
    years = round(days / YEAR)
    if years and abs(days - years * YEAR) <= 1:
        return context.say("privacy.year" if years == 1 else "privacy.years", count=years)
    return context.say("privacy.days", count=days)
