"""`/tamlang`, `/mo` at the desk: whose tips arrive without a sound for a time. Nobody learns who it is."""

import re
from datetime import UTC, datetime

from bot.context import Context, Need
from bot.domain.codes import Cut, cut_code
from bot.errors import Refused
from bot.routing import Router
from bot.services import casework, mutes
from data.places import Spot
from data.tips import Tip, tip_by_code

DAYS = re.compile(
    r"^(\d{1,3})\s*(?:ngày|ngay|days?)\b[\s:,.]*|[\s:,.]*\b(\d{1,3})(?:\s*(?:ngày|ngay|days?))?$", re.IGNORECASE
)


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("tamlang", "mute", spots=Spot.DESK, needs=Need.FRESH_STANDING)(mute)
    router.command("mo", "unmute", spots=Spot.DESK, needs=Need.FRESH_STANDING)(unmute)


def mute(context: Context) -> None:
    """`/tamlang CODE REASON [DAYS]`."""
    cut = cut_code(context.words)
    days, why = read_days(f"{cut.before} {cut.after}".strip())
    if cut.code is None or not why:
        context.reply("mute.how")
        return
    tip = case_of(context, cut)
    until = mutes.mute(context.work, context.around.content.rules, tip, context.speaker, days, why)
    context.reply("mute.done", code=tip.code, until=day_of(context, until))


def unmute(context: Context) -> None:
    """`/mo CODE`."""
    cut = cut_code(context.words)
    if cut.code is None:
        context.reply("mute.how")
        return
    tip = case_of(context, cut)
    mutes.unmute(context.work, tip, context.speaker)
    context.reply("mute.ended", code=tip.code)


def case_of(context: Context, cut: Cut) -> Tip:
    """A tip of this desk by its code, for its officers; another ward's is as unknown as none."""
    tip = tip_by_code(context.work, cut.code or "")
    known = tip is not None and tip.ward_id == context.ward.id and tip.card_row is not None
    if tip is None or not known:
        raise Refused("status.unknown")
    return casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)


def read_days(words: str) -> tuple[int | None, str]:
    """(for how many days, why): a number of days at either end, or a bare number at the very end."""
    match = DAYS.search(words)
    if match is None:
        return None, words
    return int(match[1] or match[2]), (words[: match.start()] + words[match.end() :]).strip(" :,.")


def day_of(context: Context, at: float) -> str:
    """A moment, as the desk reads it."""
    return f"{datetime.fromtimestamp(at, UTC).astimezone(context.around.settings.zone):%H:%M %d/%m/%Y}"
