"""How a draft ends: sent with a name or without, dropped, or forgotten after a day."""

from bot.context import Context
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import drafts, own_tips
from data.conversations import close_step, open_step, show_menu
from data.places import Spot
from data.reporters import informant_of
from data.tips import Tip, tip_by_id
from data.unit_of_work import Place
from handlers import letters, officers
from handlers.cards import edit_cards, own_chat, tell_case, tell_reporter
from handlers.desk_words import desk_says
from handlers.drafts import retire_draft
from handlers.incidents import show_tip, suggest
from handlers.own_tips import join_draft


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("tip-send", spots=Spot.PRIVATE)(send_named)
    router.button("tip-hide", spots=Spot.PRIVATE)(send_anonymous)
    router.button("tip-send-now", spots=Spot.PRIVATE)(send_named_now)
    router.button("tip-hide-now", spots=Spot.PRIVATE)(send_anonymous_now)
    router.button("tip-edit", spots=Spot.PRIVATE)(ask_anew)
    router.button("tip-drop", spots=Spot.PRIVATE)(drop)
    router.clock("draft-recall")(recall)
    router.clock("draft-erase")(expire)


def send_named(context: Context) -> None:
    """`Gửi`: officers see the name."""
    ask_or_confirm(context, anonymous=False)


def send_anonymous(context: Context) -> None:
    """`Ẩn danh`: they do not."""
    ask_or_confirm(context, anonymous=True)


def send_named_now(context: Context) -> None:
    """The same, once they said that no officer is involved."""
    confirm(context, anonymous=False)


def send_anonymous_now(context: Context) -> None:
    """The same, without a name."""
    confirm(context, anonymous=True)


def ask_or_confirm(context: Context, *, anonymous: bool) -> None:
    """Where an officer may be involved that is asked first: the desk must not read what is about somebody there."""
    tip = ready_draft(context)
    if officers.must_ask(context, tip):
        officers.ask(context, tip, anonymous=anonymous)
    else:
        confirm(context, anonymous=anonymous)


def ready_draft(context: Context) -> Tip:
    """The draft that a button is about, which knows its ward."""
    return drafts.ready_draft(context.work, context.number, context.speaker)


def confirm(context: Context, *, anonymous: bool) -> None:
    """The draft becomes a tip; its reporter gets a receipt."""
    work, tip = context.work, ready_draft(context)
    rules = context.around.content.rules
    if full := own_tips.gathering(work, rules, tip, context.speaker, anonymous=anonymous):
        join_draft(context, tip, full, "own.gathered", silent=True)
        return
    zone = context.around.settings.zone
    close_step(work, context.event.chat)
    retire_draft(context, tip, "draft.sent")
    tip = drafts.confirm(work, tip, anonymous=anonymous, kinds=context.around.content.kinds, zone=zone)
    if tip.card_row is None:
        tip = show_tip(context, tip)
    else:
        edit_cards(context, tip)
        suggest(context, tip)
    own_tips.count_tip(work, tip, context.speaker)
    letters.receipt(context, tip)


def ask_anew(context: Context) -> None:
    """`Sửa`: the next words replace the old ones; or one line is chosen to put right."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    open_step(context.work, context.event.chat, "rewrite")
    words, kind, when, place, back = [context.button(f"intake.fix.{one}", "tip-fix", tip.id, one) for one in FIXES]
    context.reply("draft.write_or_choose", (words, kind), (when, place), (back,))


FIXES = ("words", "kind", "when", "place", "back")


def drop(context: Context) -> None:
    """`Huỷ`."""
    drop_draft(context, drafts.check_draft(context.work, context.number, context.speaker))


def drop_draft(context: Context, tip: Tip) -> None:
    """Forget a draft; where the desk has seen it, tell the desk."""
    close_step(context.work, context.event.chat)
    retire_draft(context, tip, "draft.dropped_card")
    if drafts.drop(context.work, tip, context.around.vault):
        seen = tip_by_id(context.work, tip.id)
        edit_cards(context, seen)
        tell_case(context, seen, desk_says(context, "case.withdrawn", code=seen.code))
        context.reply("draft.dropped_at_desk")
    else:
        context.reply("draft.dropped")


# --- time passes


def recall(context: Context) -> None:
    """Ten minutes later: once, a reminder that it was not sent."""
    tip = drafts.waiting_draft(context.work, context.number)
    if tip is not None:
        tell_reporter(context, tip, "draft.recall", *((label, f"{data}:{tip.id}") for label, data in RECALLED))


RECALLED = (("draft.send", "tip-send"), ("draft.hide", "tip-hide"), ("draft.drop", "tip-drop"))


def expire(context: Context) -> None:
    """A day later: erased, and its writer told."""
    tip = drafts.waiting_draft(context.work, context.number)
    if tip is None:
        return
    informant = informant_of(context.work, tip)
    drafts.drop(context.work, tip, context.around.vault)
    if informant:
        person = informant.person
        show_menu(context.work, own_chat(person), person, [])
        close_step(context.work, own_chat(person))
        html = letters.in_their_language(context, informant, "draft.erased")
        context.work.post(Outgoing(html=html), Place(person.platform, person.id, tip.ward_id or 0, private=True))
