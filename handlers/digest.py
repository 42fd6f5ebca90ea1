"""The morning digest at the desk: new, overdue, waiting for the reporter."""

from collections.abc import Sequence

from bot.context import Context
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import digests
from bot.texts import Html
from data.places import find_ward
from data.tips import Tip
from handlers.desk_words import desk_says

MOST_CODES = 15


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.clock("digest")(digest)


def digest(context: Context) -> None:
    """The hour has come. The next day's is planned whatever happens; where nothing waits nothing is said."""
    work, rules, zone = context.work, context.around.content.rules, context.around.settings.zone
    ward = find_ward(work, context.number)
    if ward is None or not digests.is_due(work, rules, ward.id, context.event.at, zone):
        return
    digests.plan(work, rules, ward.id, zone)
    found = digests.gather(work, rules, ward.id)
    if not found.is_empty:
        work.post(Outgoing(html=digest_html(context, found)), ward.place)


def digest_html(context: Context, found: digests.Digest) -> str:
    """One line for each kind of waiting."""
    parts = (("unseen", found.unseen), ("late", found.late), ("waiting", found.waiting))
    lines = [line(context, f"digest.{name}", tips) for name, tips in parts if tips]
    return "\n".join([desk_says(context, "digest.head"), *lines])


def line(context: Context, key: str, tips: Sequence[Tip]) -> str:
    """The codes, as far as a message has room."""
    more = desk_says(context, "digest.more", count=len(tips) - MOST_CODES) if len(tips) > MOST_CODES else ""
    return desk_says(context, key, count=len(tips), codes=codes(tips[:MOST_CODES])) + more


def codes(tips: Sequence[Tip]) -> Html:
    """Codes to be copied with one tap."""
    return Html(", ".join(f"<code>{tip.code}</code>" for tip in tips))
