"""`/tin CODE` at the desk: the card anew where it was asked for, and what has happened so far."""

from datetime import datetime

from bot.context import Context, Need
from bot.domain.codes import find_code
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import casework, evidence
from data.history import Happened, history_of
from data.places import Spot
from data.tips import Tip, change_tip, find_tip, tip_by_code
from handlers import walk_ins
from handlers.card_face import card_buttons, card_html, headline
from handlers.cards import post_files
from handlers.desk_words import desk_says
from handlers.finding import find

MOST_LINES = 25


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("tin", "case", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.EVIDENCE)(show_case)
    router.button("case-show", spots=Spot.DESK, needs=Need.FRESH_STANDING)(show_pressed)


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
        find(context, context.words)
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
    retire_card(context, tip)
    html, about = card_html(context, tip), f"card:{tip.id}"
    card = Outgoing(html=html, buttons=card_buttons(context, tip), reply_to=context.event.message_id)
    row = context.work.post(card, context.place, about=about)
    change_tip(context.work, tip, shown_row=row)
    context.work.post(Outgoing(html=history(context, tip)), context.place, reply_row=row, about=about)
    if evidence.newest(context.work, tip):
        post_files(context, tip, None, row)


def retire_card(context: Context, tip: Tip) -> None:
    """Only the newest card that was asked for is kept up to date: the one before it says so, without words or buttons.

    Nobody knows of it any more when the words have to go.
    """
    if tip.shown_row is not None:
        html = headline(context, tip) + "\n" + desk_says(context, "case.newer_card")
        message = Outgoing(Action.EDIT, html=html, optional=True)
        context.work.post(message, context.place, target_row=tip.shown_row, coalesce=f"card:{tip.shown_row}")


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
