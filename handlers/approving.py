"""A second person decides: `Duyệt`, `Từ chối`, and `🚨 Gửi ngay` of what waits for the morning."""

from bot.context import Context, Need
from bot.domain.calendar import next_fire
from bot.routing import Router
from bot.services import broadcast_rights, broadcasts, schedules, wards
from data.broadcasts import Broadcast, change
from data.places import Spot
from handlers.broadcast_words import change_card, rule_words
from handlers.broadcasts import check_reaches, choices, show_preview
from handlers.spreading import launch


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("send-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(approve)
    router.button("send-wake", spots=Spot.DESK, needs=Need.FRESH_STANDING)(wake)
    router.button("send-no", spots=Spot.DESK, needs=Need.FRESH_STANDING)(refuse)


def approve(context: Context) -> None:
    """`Duyệt`, by a chief who did not write it."""
    work, ward, by = context.work, context.ward, context.speaker
    wards.check_chief(work, ward, by, context.facts.standing)
    broadcast = broadcast_rights.asked_by_another(work, ward, context.number, by)
    if broadcast.rule is not None:
        plan(context, broadcast)
        return
    check_reaches(context, broadcast)
    launch(context, broadcasts.approve(work, broadcast, by), context.say("broadcast.approved", by=by.name))


def wake(context: Context) -> None:
    """`🚨 Gửi ngay` at night: a chief who did not write it makes an alert of what waits for the morning."""
    work, ward, by = context.work, context.ward, context.speaker
    wards.check_chief(work, ward, by, context.facts.standing)
    waiting = broadcast_rights.waiting_by_another(work, ward, context.number, by)
    check_reaches(context, waiting)
    alert = broadcasts.wake(work, waiting, by)
    show_preview(context, alert)
    launch(context, alert, context.say("broadcast.woken", by=by.name))


def plan(context: Context, broadcast: Broadcast) -> None:
    """Approved for later; where that has passed meanwhile, the author is asked again."""
    work, by = context.work, context.speaker
    if broadcast.rule and next_fire(broadcast.rule, work.now, context.around.settings.zone) is None:
        draft = change(work, broadcast, status="draft", rule=None)
        words = context.say("schedule.past_asked", author=draft.author.name)
        change_card(context, draft, words, choices(context, draft))
        return
    approved = schedules.start(work, broadcasts.approve(work, broadcast, by))
    when = rule_words(context, broadcast.rule, work.now) if broadcast.rule else ""
    change_card(context, approved, context.say("broadcast.scheduled", by=by.name, when=when))


def refuse(context: Context) -> None:
    """`Từ chối`, by a chief who did not write it."""
    work, ward, by = context.work, context.ward, context.speaker
    wards.check_chief(work, ward, by, context.facts.standing)
    broadcast = broadcast_rights.asked_by_another(work, ward, context.number, by)
    broadcasts.cancel(work, broadcast, by, "broadcast.refused")
    words = context.say("broadcast.refused", by=by.name, author=broadcast.author.name)
    change_card(context, broadcast, words)
