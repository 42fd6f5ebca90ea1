"""A report that involves an officer: asked about before anybody sees it, then one chief's, in their private chat."""

from bot.context import Context
from bot.domain.cases import Move
from bot.domain.tips import Outcome
from bot.errors import Refused
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import aside, casework, drafts
from data.conversations import close_step, open_step
from data.outbox import rows_about
from data.places import Spot, ward_by_id
from data.rules import rule_value
from data.tips import Tip, change_tip, handler_of
from handlers import letters
from handlers.card_face import card_buttons, outcome_buttons
from handlers.cards import edit_card, edit_cards, post_card, tell_reporter


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("tip-aside", spots=Spot.PRIVATE)(ask_who)
    router.button("tip-aside-unnamed", spots=Spot.PRIVATE)(unnamed)
    router.during("officer")(hear_who)
    router.button("aside-accept", spots=Spot.PRIVATE)(accept)
    router.button("aside-close", spots=Spot.PRIVATE)(ask_outcome)
    router.button("aside-back", spots=Spot.PRIVATE)(keep_open)
    router.button("aside-end", spots=Spot.PRIVATE)(close)


# --- its reporter is asked


def must_ask(context: Context, tip: Tip) -> bool:
    """Whether the words speak of an officer, and nobody has seen them yet."""
    return tip.card_row is None and context.around.content.officials.hinted(drafts.words_of(context.work, tip))


def ask(context: Context, tip: Tip, *, anonymous: bool) -> None:
    """Asked plainly, before anything is posted."""
    how = "tip-hide-now" if anonymous else "tip-send-now"
    no = context.button("aside.no", how, tip.id)
    yes = context.button("aside.yes", "tip-aside", tip.id, int(anonymous))
    context.reply("aside.involved", (no, yes))


def ask_who(context: Context) -> None:
    """`Có`: whom, so that it does not get to them."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    anonymous = context.args[-1] != "0"
    open_step(context.work, context.event.chat, "officer", tip=str(tip.id), anonymous=str(int(anonymous)))
    context.reply("aside.who", (context.button("aside.unnamed", "tip-aside-unnamed", tip.id, int(anonymous)),))


def unnamed(context: Context) -> None:
    """Not known, or not to be said."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    send(context, tip, "", anonymous=context.args[-1] != "0")


def hear_who(context: Context) -> None:
    """A name or a unit was typed."""
    facts = context.step.facts if context.step else {}
    tip = drafts.check_draft(context.work, int(facts.get("tip", "0")), context.speaker)
    send(context, tip, context.event.text, anonymous=facts.get("anonymous") != "0")


def send(context: Context, tip: Tip, named: str, *, anonymous: bool) -> None:
    """To a chief whom they did not name; where there is none they are told where else to turn."""
    work = context.work
    close_step(work, context.event.chat)
    if tip.card_row is not None:
        take_back(context, tip)
    words = drafts.words_of(work, tip)
    tip = aside.set_aside(work, tip, named)
    kinds, zone = context.around.content.kinds, context.around.settings.zone
    tip = drafts.confirm(work, tip, anonymous=anonymous, kinds=kinds, zone=zone)
    tip, chief = aside.give(work, tip, f"{named} {words}")
    if chief is None:
        tell_elsewhere(context, tip)
        return
    post_card(context, tip)
    letters.receipt(context, tip)
    tell_reporter(context, tip, "aside.given")


def take_back(context: Context, tip: Tip) -> None:
    """A draft about danger was at the desk already: its card goes, and nothing is said of it."""
    place = ward_by_id(context.work, tip.ward_id or 0).place
    for row in rows_about(context.work, f"card:{tip.id}"):
        context.work.post(Outgoing(Action.DELETE, "…", optional=True), place, target_row=row)
    change_tip(context.work, tip, card_row=None, case_row=None, shown_row=None, topic_id=None, handler_key=None)


def tell_elsewhere(context: Context, tip: Tip) -> None:
    """No chief may have it: it is kept, and its reporter is told who takes such reports."""
    rules = context.around.content.rules
    address = rule_value(context.work, rules, tip.ward_id or 0, "province_address")
    tell_reporter(context, tip, "aside.elsewhere", address=address)


# --- a chief who could not be reached


def pass_on(context: Context, tip: Tip) -> None:
    """The message to the chief did not arrive: the next one, else the province."""
    holder = handler_of(context.work, tip)
    named = f"{aside.named_by(context.work, tip)} {drafts.words_of(context.work, tip)}"
    tip, chief = aside.give(context.work, tip, named, holder.person if holder else None)
    if chief is None:
        tell_elsewhere(context, tip)
    else:
        post_card(context, change_tip(context.work, tip, card_row=None))


# --- the chief works on it


def held(context: Context) -> Tip:
    """The report that this chief holds."""
    return casework.check_case(context.work, context.here, context.number, context.speaker, None)


def accept(context: Context) -> None:
    """`Tiếp nhận`."""
    tip = held(context)
    status = casework.check_move(context.work, tip, Move.ACCEPT, context.speaker)
    tip = casework.act(context.work, tip, status=status, accepted_at=context.work.now)
    edit_cards(context, tip)
    tell_reporter(context, tip, "tip.accepted")


def ask_outcome(context: Context) -> None:
    """`Đóng`."""
    edit_pressed(context, held(context), choosing=True)


def keep_open(context: Context) -> None:
    """`Quay lại`."""
    edit_pressed(context, held(context), choosing=False)


def edit_pressed(context: Context, tip: Tip, *, choosing: bool) -> None:
    """Other buttons under the card."""
    if tip.card_row is None:
        raise Refused("stale")
    edit_card(context, tip, tip.card_row, outcome_buttons(context, tip) if choosing else card_buttons(context, tip))


def close(context: Context) -> None:
    """An outcome was chosen."""
    tip = held(context)
    if context.args[-1] not in set(Outcome):
        raise Refused("stale")
    tip = casework.close(context.work, tip, context.speaker, Outcome(context.args[-1]))
    edit_cards(context, tip)
    answers = (("tip.solved", f"tip-solved:{tip.id}"), ("tip.unsolved", f"tip-unsolved:{tip.id}"))
    tell_reporter(context, tip, f"tip.outcome.{tip.outcome}", *answers)
