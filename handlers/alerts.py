"""`/canhbao`: the newest warnings that this ward sent, and the scam of the week."""

from datetime import datetime

from bot.context import Context
from bot.domain.markup import plain
from bot.routing import Router
from bot.services.schedules import scam_of
from data.broadcasts import Broadcast
from data.places import Spot
from data.warnings import newest_warnings
from handlers.desk_words import quoted
from handlers.local import local, ward_of

MOST = 3
LONGEST = 300


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("canhbao", spots=Spot.PRIVATE | Spot.GROUP, plain=True)(show)
    router.command("alerts", spots=Spot.PRIVATE | Spot.GROUP)(show)


def show(context: Context) -> None:
    """What to beware of."""
    ward = ward_of(context)
    found = newest_warnings(context.work, ward, MOST) if ward is not None else []
    lines = [line(context, one) for one in found] or [context.say("alerts.none")]
    scam = scam_of(local(context).scams, context.work.now, context.around.settings.zone)
    week = context.say("alerts.scam", name=scam.ten, sign=scam.dau_hieu, advice=scam.loi_khuyen)
    endings = [context.say("alerts.check")]
    if any(one.emergency for one in found):
        endings.append(context.say("broadcast.alert"))
    context.answer(context.spoken("\n".join([context.say("alerts.head"), *lines, week, *endings])))


def line(context: Context, broadcast: Broadcast) -> str:
    """One warning, shortened."""
    sent = datetime.fromtimestamp(broadcast.started_at or 0, context.around.settings.zone)
    text = quoted(" ".join(plain(broadcast.message.html).split()), LONGEST)
    key = "alerts.urgent" if broadcast.emergency else "alerts.one"
    return context.say(key, date=f"{sent:%H:%M %d/%m}", text=text)
