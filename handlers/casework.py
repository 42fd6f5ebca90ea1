"""A tip at the desk: accept, ask, close with an outcome; its reporter is told each step and has the last word."""

from bot.context import Context, Need
from bot.domain.cases import Move
from bot.domain.tips import Outcome, Status
from bot.errors import Refused
from bot.messages import Action, Button, Outgoing, Priority
from bot.routing import Router
from bot.services import casework, clocks
from data.alike import carry, lead_of, part_ways
from data.conversations import close_step
from data.places import Spot, ward_by_id
from data.reporters import informant_of
from data.sent import row_of_message, subject_of_message
from data.tips import Tip, find_tip, handler_of
from handlers.card_face import card_buttons, kind_name, outcome_buttons
from handlers.cards import edit_card, edit_cards, own_chat, post_card, post_case, tell_case, tell_reporter
from handlers.desk_words import desk_button, desk_says
from handlers.incidents import tell_reporters
from handlers.proposing import drop_void
from handlers.questions import ready_questions

MASKED_LASTS = 86400.0  # s; so long moderators may still read a tip that is over


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-accept", needs=Need.FRESH_STANDING, spots=Spot.DESK)(accept)
    router.button("case-ask", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask)
    router.button("case-close", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask_outcome)
    router.button("case-back", needs=Need.FRESH_STANDING, spots=Spot.DESK)(keep_open)
    router.button("case-verify", needs=Need.FRESH_STANDING, spots=Spot.DESK)(verify)
    router.button("case-end", needs=Need.FRESH_STANDING, spots=Spot.DESK)(close)
    router.button("tip-solved", spots=Spot.PRIVATE)(solved)
    router.button("tip-unsolved", spots=Spot.PRIVATE)(unsolved)
    router.clock("tip-unseen")(unseen)
    router.clock("tip-lapse")(lapse)


def case_of(context: Context) -> Tip:
    """The tip that a button at the desk is about. One that follows another is worked on with that one."""
    tip = casework.check_case(context.work, context.here, context.number, context.speaker, context.facts.standing)
    if tip.lead_id is not None:
        raise Refused("case.follows_other", code=lead_of(context.work, tip).code)
    return tip


def accept(context: Context) -> None:
    """`Tiếp nhận`: by the first who presses it."""
    take_on(context, case_of(context))


def take_on(context: Context, tip: Tip) -> Tip:
    """Whoever speaks handles the tip from now on; it gets its own topic, and its reporter is told."""
    topic = f"{tip.code} · {kind_name(context, tip)}"
    tip = casework.accept(context.work, context.ward, tip, context.speaker, topic)
    carry(context.work, tip)
    edit_cards(context, tip)  # what was pressed changes first
    if tip.topic_id is not None:
        tip = post_case(context, tip)
    clocks.plan(context.work, context.around.content.rules, tip)
    tell_reporters(context, tip, "tip.accepted")
    return tip


def verify(context: Context) -> None:
    """`Xác minh`: somebody looks into it."""
    tip = casework.verify(context.work, case_of(context), context.speaker)
    carry(context.work, tip)
    edit_cards(context, tip)


def ask(context: Context) -> None:
    """`Hỏi thêm`: a prompt, and what answers it goes to the reporter. A new tip is thereby accepted."""
    tip = case_of(context)
    status = casework.check_move(context.work, tip, Move.ASK, context.speaker)
    if tip.handler_key is None:
        tip = take_on(context, tip)
    tip = casework.act(context.work, tip, status=status)
    edit_cards(context, tip)
    html = desk_says(context, "letter.prompt", code=tip.code, by=context.speaker.name)
    tell_case(context, tip, html, *ready_questions(context, tip), letter=True)


# --- the end


def ask_outcome(context: Context) -> None:
    """`Đóng`: not without an outcome."""
    tip = case_of(context)
    casework.check_move(context.work, tip, Move.ANSWER, context.speaker)
    show_choices(context, tip, outcome_buttons(context, tip))


def keep_open(context: Context) -> None:
    """`Quay lại`."""
    tip = case_of(context)
    show_choices(context, tip, card_buttons(context, tip))


def show_choices(context: Context, tip: Tip, buttons: tuple[tuple[Button, ...], ...]) -> None:
    """Other buttons under the card that was pressed."""
    row = row_of_message(context.work, context.ward.desk, context.event.message_id)
    if (
        row is None
        or subject_of_message(context.work, context.event.chat, context.event.message_id) != f"card:{tip.id}"
    ):
        raise Refused("stale")
    edit_card(context, tip, row[0], buttons)


def close(context: Context) -> None:
    """An outcome was chosen."""
    tip = case_of(context)
    if context.args[-1] not in set(Outcome):
        raise Refused("stale")
    conclude(context, tip, Outcome(context.args[-1]))
    drop_void(context, tip.id)


def conclude(context: Context, tip: Tip, outcome: Outcome) -> None:
    """A tip has its outcome: everybody who reported it hears so, and its topic closes."""
    topic = tip.topic_id if tip.status.is_worked else None
    tip = casework.close(context.work, tip, context.speaker, outcome)
    carry(context.work, tip)
    casework.plan_lapse(context.work, context.around.content.rules, tip)
    context.work.remind(f"masked-over:{tip.id}", context.work.now + MASKED_LASTS)
    edit_cards(context, tip)
    tell_end(context, tip)
    if topic is not None:
        context.work.post(Outgoing(Action.CLOSE_TOPIC, optional=True), context.ward.place, topic=topic)


def tell_end(context: Context, tip: Tip) -> None:
    """The reporter hears how it ended."""
    informant = informant_of(context.work, tip)
    if informant:
        close_step(context.work, own_chat(informant.person))
    key = f"tip.outcome.{tip.outcome}"
    tell_reporters(context, tip, key, ("tip.solved", "tip-solved"), ("tip.unsolved", "tip-unsolved"))


def solved(context: Context) -> None:
    """`Đã giải quyết`, by its reporter."""
    tip = casework.check_closed_own(context.work, context.number, context.speaker)
    tip = casework.solve(context.work, tip)
    edit_cards(context, tip)
    tell_case(context, tip, desk_says(context, "case.solved", code=tip.code))
    tell_reporter(context, tip, "tip.thanks")


def unsolved(context: Context) -> None:
    """`Chưa giải quyết`, by its reporter: whoever handled it goes on."""
    tip = casework.check_closed_own(context.work, context.number, context.speaker)
    tip = casework.reopen(context.work, tip)
    if tip.lead_id is not None:
        tip = post_card(context, part_ways(context.work, tip))
    edit_cards(context, tip)
    clocks.plan(context.work, context.around.content.rules, tip)
    handler = handler_of(context.work, tip)
    tell_case(context, tip, desk_says(context, "case.reopened", code=tip.code, by=handler.name if handler else ""))
    tell_reporter(context, tip, "aside.reopened" if tip.aside else "tip.reopened")


# --- time passes


def unseen(context: Context) -> None:
    """Five minutes after an urgent tip reached the desk nobody has accepted it: its reporter must not rely on us."""
    tip = find_tip(context.work, context.number)
    if tip is None or tip.status not in (Status.DRAFT, Status.NEW) or tip.withdrawn_at is not None:
        return
    ward = ward_by_id(context.work, tip.ward_id or 0)
    number = context.around.content.of(context.work, ward.id).numbers["all"]["police"]
    tell_reporter(context, tip, "tip.unseen", number=number, ward=ward.name)
    again = (desk_button(context, "case.accept", "aside-accept" if tip.aside else "case-accept", tip.id),)
    tell_case(context, tip, desk_says(context, "case.unseen", code=tip.code), again, priority=Priority.EMERGENCY)


def lapse(context: Context) -> None:
    """Its reporter has said nothing for days after the outcome: it is closed, and nobody is disturbed."""
    tip = find_tip(context.work, context.number)
    closed = casework.lapse(context.work, context.around.content.rules, tip) if tip else None
    if closed is not None:
        carry(context.work, closed)
        edit_cards(context, closed)
