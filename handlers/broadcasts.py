"""`/phat`: preview, `Gửi ngay` or `Hẹn giờ`. Who decides is in handlers.approving, how it goes on in .spreading."""

from dataclasses import replace

from bot.context import Context, Need
from bot.errors import Refused
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import broadcast_rights, broadcasts, contents, wards
from data.broadcasts import OPEN, Broadcast, change, find_broadcast
from data.copies import reached_groups
from data.places import Here, Spot, Ward, has_groups, ward_by_id
from handlers.broadcast_words import (
    Rows,
    change_card,
    edit,
    edition,
    longest_form,
    manner_words,
    moment,
    reach,
    rule_words,
    waits_until,
)
from handlers.spreading import launch

ELSEWHERE = Spot.PRIVATE | Spot.GROUP | Spot.STRANGER
BROADCAST = Need.STANDING | Need.FILES | Need.COPIES | Need.QUOTED


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("phat", "broadcast", spots=Spot.DESK, needs=BROADCAST)(write)
    router.command("phat", "broadcast", "lich", "schedule", spots=ELSEWHERE)(elsewhere)
    router.button("send-now", spots=Spot.DESK, needs=Need.FRESH_STANDING)(send_now)
    router.button("send-urgent", spots=Spot.DESK, needs=Need.STANDING)(mark_urgent)
    router.button("send-cancel", spots=Spot.DESK, needs=Need.STANDING)(cancel)
    router.clock("broadcast-expire")(expire)


def elsewhere(context: Context) -> None:
    """Only the desk speaks to every group."""
    context.reply("broadcast.desk_only")


# --- drafting


def write(context: Context) -> None:
    """`/phat`: show exactly what would go, and to how many groups."""
    check_officer(context)
    message = contents.content_of(context.event, context.command.html if context.command else "")
    check_groups(context, context.ward)
    check_length(context, message)
    abroad = len(context.around.platforms) > 1
    message = contents.keep_files(message, context.facts.files, context.around.vault, abroad=abroad)
    draft = broadcasts.draft(context.work, context.ward, context.speaker, message)
    preview(context, draft)


def check_officer(context: Context) -> None:
    """Whoever speaks is an officer of this desk."""
    wards.check_officer(context.work, context.ward, context.speaker, context.facts.standing)


def check_groups(context: Context, ward: Ward) -> None:
    """There is somebody to send to."""
    if not has_groups(context.work, ward.id):
        raise Refused("broadcast.no_groups")


def check_reaches(context: Context, broadcast: Broadcast) -> None:
    """It is for somebody."""
    if not reached_groups(context.work, broadcast.ward_id, broadcast.manner):
        raise Refused("broadcast.no_groups" if broadcast.manner.to_all else "broadcast.no_such_groups")


def own_draft(context: Context) -> Broadcast:
    """The draft that this is about, for its author."""
    check_officer(context)
    return broadcast_rights.open_draft(context.work, context.ward, context.number, context.speaker)


def check_length(context: Context, message: Outgoing, *, asks_read: bool = False) -> None:
    """It fits on every platform, with whatever may be added to it."""
    contents.check_kinds(message)
    longest = longest_form(context, message, asks_read=asks_read)
    for name, platform in context.around.platforms.items():
        contents.check_pages(context.around.fit(name, longest), platform.capabilities)


def preview(context: Context, draft: Broadcast) -> Broadcast:
    """The message as it would go, and under it the card with the choices."""
    message = edition(context, draft)
    shown = context.work.post(replace(message, reply_to=context.event.message_id), context.place)
    return post_card(
        context, change(context.work, draft, preview_row=shown), draft_words(context, draft), choices(context, draft)
    )


def post_card(context: Context, broadcast: Broadcast, html: str, rows: Rows = ()) -> Broadcast:
    """A new card, as an answer to the preview: whoever is to act hears of it."""
    row = context.work.post(Outgoing(html=html, buttons=rows), context.ward.place, reply_row=broadcast.preview_row)
    return change(context.work, broadcast, card_row=row)


def draft_words(context: Context, draft: Broadcast) -> str:
    """What the card of a draft says."""
    key = "broadcast.draft_urgent" if draft.emergency else "broadcast.draft"
    words = context.say(key, author=draft.author.name, **reach(context, draft.manner))
    until = waits_until(context, draft)
    night = "" if until is None else "\n" + context.say("broadcast.draft_quiet", **moment(context, until))
    return words + manner_words(context, draft.manner) + night


def choices(context: Context, draft: Broadcast) -> Rows:
    """What the author may do with a draft; an alert does not wait for an hour."""
    now = context.button("broadcast.now", "send-now", draft.id)
    later = context.button("broadcast.later", "send-later", draft.id)
    wish = "broadcast.not_urgent" if draft.emergency else "broadcast.urgent"
    urgent = context.button(wish, "send-urgent", draft.id, int(not draft.emergency))
    cancels = context.button("broadcast.cancel", "send-cancel", draft.id)
    reach_button = context.button("manner.open_reach", "reach", draft.id)
    options = context.button("manner.open_options", "manner", draft.id)
    return ((now,) if draft.emergency else (now, later), (urgent, cancels), (reach_button, options))


def mark_urgent(context: Context) -> None:
    """`🚨 Khẩn cấp`, and back: the preview shows what is added. Pressed twice by a hasty thumb it stays an alert."""
    draft = broadcasts.mark_emergency(context.work, own_draft(context), emergency=context.args[1:] == ("1",))
    show_preview(context, draft)
    show_draft(context, draft)


def show_preview(context: Context, draft: Broadcast) -> None:
    """The message above the card, as it would go now."""
    if draft.preview_row is not None:
        message = edition(context, draft)
        edit(context, draft.preview_row, message.html, message.buttons, like=message)


def show_draft(context: Context, draft: Broadcast) -> None:
    """The card of a draft, as it stands."""
    change_card(context, draft, draft_words(context, draft), choices(context, draft))


def cancel(context: Context) -> None:
    """`Huỷ`, by the author or a chief."""
    check_officer(context)
    work, by = context.work, context.speaker
    broadcast = broadcast_rights.cancellable(work, context.ward, context.number, by)
    broadcasts.cancel(work, broadcast, by, "broadcast.cancelled")
    change_card(context, broadcast, context.say("broadcast.cancelled", by=by.name))


# --- asking


def send_now(context: Context) -> None:
    """`Gửi ngay`, by the author: it goes once another chief agrees; the only chief's alert goes at once."""
    work, ward, by = context.work, context.ward, context.speaker
    draft = own_draft(context)
    check_reaches(context, draft)
    if broadcast_rights.goes_alone(work, ward, draft, by):
        broadcasts.approve_alone(work, draft, by)
        launch(context, draft, context.say("broadcast.went_alone", by=by.name))
    else:
        ask(context, broadcasts.ask_approval(work, draft, by))


def ask(context: Context, broadcast: Broadcast) -> None:
    """A new card for the chiefs; where nobody but the author is one, how to name a second."""
    change_card(context, broadcast, context.say("broadcast.handed_on", author=broadcast.author.name))
    buttons = (
        context.button("broadcast.yes", "send-yes", broadcast.id),
        context.button("broadcast.no", "send-no", broadcast.id),
    )
    cancels = (context.button("broadcast.cancel", "send-cancel", broadcast.id),)
    post_card(context, broadcast, asking_words(context, broadcast), (buttons, cancels))


def asking_words(context: Context, broadcast: Broadcast) -> str:
    """What is asked of the chiefs."""
    key = "broadcast.asked_urgent" if broadcast.emergency else "broadcast.asked"
    words = context.say(
        key, author=broadcast.author.name, when=when_words(context, broadcast), **reach(context, broadcast.manner)
    )
    words += manner_words(context, broadcast.manner)
    if broadcast_rights.nobody_else(context.work, context.ward, context.speaker):
        words += "\n" + context.say("broadcast.alone")
    return words


def when_words(context: Context, broadcast: Broadcast) -> str:
    """When it goes, once approved."""
    if broadcast.rule:
        return rule_words(context, broadcast.rule, context.work.now)
    until = waits_until(context, broadcast)
    return (
        context.say("broadcast.at_once")
        if until is None
        else context.say("broadcast.at_dawn", **moment(context, until))
    )


# --- forgotten


def expire(context: Context) -> None:
    """A draft that nobody sent."""
    broadcast = find_broadcast(context.work, context.number)
    if broadcast is None or broadcast.status not in OPEN:
        return
    context.here = Here(Spot.DESK, ward_by_id(context.work, broadcast.ward_id))
    broadcasts.cancel(context.work, broadcast, None, "broadcast.expired")
    change_card(context, broadcast, context.say("broadcast.expired"))
