"""`/tin CODE` at the desk: the card anew where it was asked for, and what has happened so far."""

from datetime import datetime

from bot.context import Context, Need
from bot.domain.codes import find_code
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import casework, evidence, queue
from data.history import Happened, history_of
from data.places import Spot
from data.tips import Tip, change_tip, find_tip, tip_by_code
from handlers import walk_ins
from handlers.card_face import card_buttons, card_html
from handlers.cards import post_files
from handlers.desk_words import desk_says
from handlers.queue import found

MOST_LINES = 25


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("tin", "case", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.EVIDENCE)(show_case)
    router.button("case-show", spots=Spot.DESK, needs=Need.STANDING)(show_pressed)


def show_case(context: Context) -> None:
    """`/tin CODE`; `/tin moi TEXT` records one; other words are searched for."""
    if walk_ins.is_new(context.words):
        walk_ins.record(context, context.words.partition(" ")[2])
        return
    code = find_code(context.words)
    tip = tip_by_code(context.work, code) if code else None
    if tip is not None and tip.ward_id == context.ward.id and not tip.aside and tip.card_row is not None:
        show(context, tip)
    elif context.words and code is None:
        casework.check_desk(context.work, context.here, context.speaker, context.facts.standing)
        context.answer(found(context, context.words, queue.search(context.work, context.ward.id, context.words)))
    else:
        context.reply("status.unknown" if code else "history.how")


def show_pressed(context: Context) -> None:
    """A tip in the queue was pressed."""
    if (tip := find_tip(context.work, context.number)) is not None:
        show(context, tip)


def show(context: Context, tip: Tip) -> None:
    """Its card with buttons, its files, its history. Who looked is written down."""
    tip = casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    casework.note_view(context.work, tip, context.speaker)
    html = card_html(context, tip) + "\n\n" + history(context, tip)
    message = Outgoing(html=html, buttons=card_buttons(context, tip), reply_to=context.event.message_id)
    row = context.work.post(message, context.place, about=f"card:{tip.id}")
    change_tip(context.work, tip, shown_row=row)
    if evidence.newest(context.work, tip):
        post_files(context, tip, None, row)


def history(context: Context, tip: Tip) -> str:
    """The newest of what happened, oldest first."""
    lines = [line for one in history_of(context.work, tip) if (line := line_of(context, one))][-MOST_LINES:]
    return "\n".join([desk_says(context, "history.head"), *(lines or [desk_says(context, "history.none")])])


def line_of(context: Context, one: Happened) -> str:
    """ "14:05 26/11 · Dũng: tiếp nhận"; nothing for what has no words here."""
    key = f"history.act.{one.what.replace('.', '_').replace(': ', '_').replace(' ', '_')}"
    if not context.around.texts.has(key):
        return ""
    what = desk_says(context, key)
    said = desk_says(context, "history.by", by=one.by, what=what) if one.by else what
    at = datetime.fromtimestamp(one.at, context.around.settings.zone)
    return desk_says(context, "history.line", time=at.strftime("%H:%M %d/%m"), what=said)
