"""`Đính chính` and `Thu hồi`: a broadcast is put right, or taken back, everywhere it went.

New words are approved by a second person, like those they replace. A withdrawal says nothing new, and what is wrong may
do harm by the minute: one person is enough for it.
"""

from dataclasses import replace

from bot.context import Context, Need
from bot.domain.broadcasting import Status
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import broadcast_rights, broadcasts, contents, correcting, editions, wards
from data.broadcasts import Broadcast
from data.bulletins import bulletin_carried
from data.places import Spot
from handlers import bulletin_reach, weekly_lessons
from handlers.broadcast_words import Rows, edition
from handlers.broadcasts import check_length
from handlers.desk_words import gives_up
from handlers.spreading import check_awake, live, shown_as_it_is

WITHDRAWABLE = (*editions.LIVE, Status.OVER)


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("correct", spots=Spot.DESK, needs=Need.STANDING)(ask_words)
    router.reply_to("correct", spots=Spot.DESK, needs=Need.STANDING | Need.FILES | Need.COPIES)(propose)
    router.button("correct-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(correct)
    router.button("correct-no", spots=Spot.DESK, needs=Need.STANDING)(leave)
    router.button("withdraw", spots=Spot.DESK, needs=Need.STANDING)(ask_withdrawal)
    router.button("withdraw-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(withdraw)
    router.button("withdraw-no", spots=Spot.DESK, needs=Need.STANDING)(keep)


# --- corrected


def ask_words(context: Context) -> None:
    """`Đính chính`, by the author or a chief: a reply to the question comes back to `propose`."""
    broadcast = live(context, *editions.LIVE)
    if bulletin := bulletin_carried(context.work, broadcast.id):
        bulletin_reach.ask_section(context, broadcast, bulletin)
    else:
        ask(context, broadcast, "correct.ask", (), about=f"correct:{broadcast.id}")


def ask(context: Context, broadcast: Broadcast, key: str, rows: Rows, about: str | None = None) -> None:
    """A question beside the card."""
    message = Outgoing(html=context.say(key), buttons=rows)
    context.work.post(message, context.ward.place, reply_row=broadcast.card_row, about=about)


def propose(context: Context) -> None:
    """The right words, the right picture, or both: shown as they would stand in the groups, to be approved."""
    broadcast, event = live(context, *editions.LIVE), context.event
    if gives_up(event.text):
        context.reply("correct.given_up")
        return
    message = correcting.corrected_message(broadcast, event.html.strip(), event.attachments)
    check_length(context, message, asks_read=broadcast.manner.asks_read)
    if event.attachments:
        abroad = len(context.around.platforms) > 1
        message = contents.keep_files(message, context.facts.files, context.around.vault, abroad=abroad)
    ask_approval(context, correcting.propose(context.work, broadcast, context.speaker, message), message)


def as_corrected(context: Context, message: Outgoing, broadcast: Broadcast) -> Outgoing:
    """As every copy would be."""
    return edition(context, replace(broadcast, message=message, status=Status.SENDING, corrected_at=context.work.now))


def ask_approval(context: Context, broadcast: Broadcast, message: Outgoing) -> None:
    """Of a second person, as for the broadcast itself; the only chief confirms the correction of an alert alone."""
    work, ward, by = context.work, context.ward, context.speaker
    shown = replace(as_corrected(context, message, broadcast), reply_to=context.event.message_id)
    preview = work.post(shown, ward.place)
    alone = broadcast_rights.goes_alone(work, ward, broadcast, by)
    mark = correcting.mark_of(broadcast.correction or Outgoing())
    yes = context.button("correct.yes_alone" if alone else "correct.yes", "correct-yes", broadcast.id, mark)
    no = context.button("correct.no", "correct-no", broadcast.id, mark)
    words = context.say("correct.asked_alone" if alone else "correct.asked", author=by.name)
    if not alone and broadcast_rights.nobody_else(work, ward, by):
        words += "\n" + context.say("broadcast.alone")
    work.post(Outgoing(html=words, buttons=((yes, no),)), ward.place, reply_row=preview)


def mark_pressed(context: Context) -> str:
    """Which correction a button is about."""
    return context.args[1] if len(context.args) > 1 else ""


def correct(context: Context) -> None:
    """`Duyệt đính chính`, by a chief who did not write it: every copy becomes the right one."""
    work, ward, by = context.work, context.ward, context.speaker
    wards.check_chief(work, ward, by, context.facts.standing)
    broadcast = correcting.to_correct(work, ward, context.number, by, mark_pressed(context))
    if broadcast.status == Status.PAUSED:  # whoever has not got it yet gets it now
        check_awake(context, broadcast)
    author = broadcast.corrector.name if broadcast.corrector else ""
    key = "correct.by_alone" if correcting.is_own(broadcast, by) else "correct.by"
    corrected = correcting.correct(work, broadcast, by)
    spread(context, corrected, context.say(key, author=author, by=by.name))
    bulletin_reach.put_right(context, corrected)


def spread(context: Context, broadcast: Broadcast, why: str) -> None:
    """The new edition sets out; both cards say who wanted it."""
    broadcasts.begin(context.work, broadcast, edition(context, broadcast))
    shown_as_it_is(context, broadcast, why)
    settle(context, why)


def settle(context: Context, html: str) -> None:
    """The question that was answered is a question no more."""
    context.do(Outgoing(Action.EDIT, html, message_id=context.event.message_id))


def leave(context: Context) -> None:
    """`Thôi`: nobody can approve it any more."""
    broadcast = live(context, *editions.LIVE)
    correcting.proposed(broadcast, mark_pressed(context))
    editions.drop_correction(context.work, broadcast)
    settle(context, context.say("correct.dropped", by=context.speaker.name))


# --- withdrawn


def ask_withdrawal(context: Context) -> None:
    """`Thu hồi`, by the author or a chief."""
    broadcast = live(context, *WITHDRAWABLE)
    yes = context.button("withdraw.yes", "withdraw-yes", broadcast.id)
    no = context.button("withdraw.no", "withdraw-no", broadcast.id)
    ask(context, broadcast, "withdraw.confirm", ((yes, no),))


def withdraw(context: Context) -> None:
    """Confirmed: it goes, or comes to say that it was taken back."""
    withdrawn = editions.withdraw(context.work, live(context, *WITHDRAWABLE), context.speaker)
    spread(context, withdrawn, context.say("withdraw.by", by=context.speaker.name))
    bulletin_reach.taken_back(context, withdrawn)
    weekly_lessons.taken_back(context, withdrawn)


def keep(context: Context) -> None:
    """`Thôi`."""
    live(context, *WITHDRAWABLE)
    settle(context, context.say("withdraw.kept"))
