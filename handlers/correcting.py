"""`Đính chính` and `Thu hồi`: a broadcast is put right, or taken back, everywhere it went. Each is confirmed first."""

from dataclasses import replace

from bot.context import Context, Need
from bot.domain.broadcasting import Status
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import broadcasts, editions
from data.broadcasts import Broadcast
from data.places import Spot
from handlers import bulletin_reach, weekly_lessons
from handlers.broadcast_words import Rows, edition
from handlers.spreading import live, shown_as_it_is

GIVE_UP = ("huy", "thoi", "cancel")
WITHDRAWABLE = (*editions.LIVE, Status.OVER)


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("correct", spots=Spot.DESK, needs=Need.STANDING)(ask_words)
    router.reply_to("correct", spots=Spot.DESK, needs=Need.STANDING)(propose)
    router.button("correct-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(correct)
    router.button("correct-no", spots=Spot.DESK, needs=Need.STANDING)(leave)
    router.button("withdraw", spots=Spot.DESK, needs=Need.STANDING)(ask_withdrawal)
    router.button("withdraw-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(withdraw)
    router.button("withdraw-no", spots=Spot.DESK, needs=Need.STANDING)(keep)


# --- corrected


def ask_words(context: Context) -> None:
    """`Đính chính`, by the author or a chief: a reply to the question comes back to `propose`."""
    broadcast = live(context, *editions.LIVE)
    ask(context, broadcast, "correct.ask", (), about=f"correct:{broadcast.id}")


def ask(context: Context, broadcast: Broadcast, key: str, rows: Rows, about: str | None = None) -> None:
    """A question beside the card."""
    message = Outgoing(html=context.say(key), buttons=rows)
    context.work.post(message, context.ward.place, reply_row=broadcast.card_row, about=about)


def propose(context: Context) -> None:
    """The right words: shown as they would stand in the groups, to be confirmed."""
    broadcast, words = live(context, *editions.LIVE), context.event.html.strip()
    if fold(words).strip(" /.!") in GIVE_UP:
        context.reply("correct.given_up")
        return
    if context.event.attachments or not words:
        raise Refused("correct.only_words")
    proposed = as_corrected(context, replace(broadcast.message, html=words), broadcast)
    for platform in context.around.platforms.values():
        broadcasts.check_content(proposed, platform.capabilities)
    mark = editions.mark_of(editions.propose(context.work, broadcast, words))
    row = context.work.post(replace(proposed, reply_to=context.event.message_id), context.ward.place)
    yes = context.button("correct.yes", "correct-yes", broadcast.id, mark)
    no = context.button("correct.no", "correct-no", broadcast.id)
    question = Outgoing(html=context.say("correct.confirm"), buttons=((yes, no),))
    context.work.post(question, context.ward.place, reply_row=row)


def as_corrected(context: Context, message: Outgoing, broadcast: Broadcast) -> Outgoing:
    """As every copy would be."""
    return edition(context, replace(broadcast, message=message, status=Status.SENDING, corrected_at=context.work.now))


def correct(context: Context) -> None:
    """Confirmed: every copy becomes the right one."""
    broadcast, mark = live(context, *editions.LIVE), context.args[1] if len(context.args) > 1 else ""
    corrected = editions.correct(context.work, broadcast, context.speaker, mark)
    spread(context, corrected, context.say("correct.by", by=context.speaker.name))
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
    """`Thôi`."""
    live(context, *editions.LIVE)
    settle(context, context.say("correct.given_up"))


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
