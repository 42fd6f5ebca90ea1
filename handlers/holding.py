"""The chief who holds a report about an officer works on it in their private chat."""

from bot.context import Context, Need
from bot.domain.cases import Move
from bot.domain.tips import Outcome
from bot.errors import Refused
from bot.routing import Router
from bot.services import casework
from bot.texts import Html
from data.conversations import close_step, open_step
from data.places import Spot
from data.tips import Tip, find_tip
from handlers import letters
from handlers.card_face import card_buttons, outcome_buttons
from handlers.cards import edit_card, edit_cards, tell_reporter

ASKING = 600.0  # s; later words of a chief are no question any more


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("aside-accept", spots=Spot.PRIVATE)(accept)
    router.button("aside-ask", spots=Spot.PRIVATE)(ask)
    router.during("aside-ask", needs=Need.FILES | Need.COPIES)(hear_question)
    router.button("aside-close", spots=Spot.PRIVATE)(ask_outcome)
    router.button("aside-back", spots=Spot.PRIVATE)(keep_open)
    router.button("aside-end", spots=Spot.PRIVATE)(close)


def held(context: Context) -> Tip:
    """The report that this chief holds."""
    tip = casework.check_case(context.work, context.here, context.number, context.speaker, None)
    close_step(context.work, context.event.chat)
    return tip


def accept(context: Context) -> None:
    """`Tiếp nhận`."""
    tip = held(context)
    status = casework.check_move(context.work, tip, Move.ACCEPT, context.speaker)
    tip = casework.act(context.work, tip, status=status, accepted_at=context.work.now)
    edit_cards(context, tip)
    tell_reporter(context, tip, "tip.accepted")


def ask(context: Context) -> None:
    """`Hỏi thêm`: what the chief writes next goes to the reporter."""
    tip = held(context)
    casework.check_move(context.work, tip, Move.ASK, context.speaker)
    until = str(context.work.now + ASKING)
    open_step(context.work, context.event.chat, "aside-ask", tip=str(tip.id), until=until)
    context.reply("aside.question", code=tip.code)


def hear_question(context: Context) -> None:
    """The question; `/huy` leaves it."""
    facts = context.step.facts if context.step else {}
    tip = find_tip(context.work, int(facts.get("tip", "0")))
    close_step(context.work, context.event.chat)
    if tip is None or context.work.now > float(facts.get("until", "0")):
        context.reply("aside.question_late")
        return
    tip = casework.check_case(context.work, context.here, tip.id, context.speaker, None)
    status = casework.check_move(context.work, tip, Move.ASK, context.speaker)
    letters.write(context, tip, Html(context.event.html))
    tip = casework.act(context.work, tip, status=status, accepted_at=tip.accepted_at or context.work.now)
    edit_cards(context, tip)


# --- the end


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
    casework.plan_lapse(context.work, context.around.content.rules, tip)
    edit_cards(context, tip)
    answers = (("tip.solved", f"tip-solved:{tip.id}"), ("tip.unsolved", f"tip-unsolved:{tip.id}"))
    tell_reporter(context, tip, f"tip.outcome.{tip.outcome}", *answers)
