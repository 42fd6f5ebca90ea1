"""`Chuyển`: another authority has a tip from now on; a word for it; later what the investigators decided."""

from bot.context import Context, Need
from bot.domain.cases import Move
from bot.domain.tips import Decision, Status
from bot.errors import Refused
from bot.messages import Button
from bot.routing import Router
from bot.services import casework, clocks, passing
from data.alike import carry
from data.places import Spot
from data.tips import Tip, find_tip
from handlers.card_face import kind_name
from handlers.card_words import passed_name
from handlers.cards import edit_cards, post_case, tell_case
from handlers.casework import case_of, show_choices
from handlers.desk_words import desk_button, desk_says
from handlers.incidents import tell_reporters

NAMED = ("ward", "other")
"""Those whose name is typed."""
LONGEST_NAME = 80


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-pass", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask_whither)
    router.button("pass-to", needs=Need.FRESH_STANDING, spots=Spot.DESK)(choose)
    router.reply_to("pass-name", spots=Spot.DESK, needs=Need.STANDING)(name_authority)
    router.reply_to("pass-note", spots=Spot.DESK, needs=Need.STANDING)(add_word)
    router.button("case-decide", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask_decision)
    router.button("decided", needs=Need.FRESH_STANDING, spots=Spot.DESK)(decide)


def ask_whither(context: Context) -> None:
    """`Chuyển`: to whom?"""
    tip = case_of(context)
    casework.check_move(context.work, tip, Move.PASS, context.speaker)
    rows = tuple((desk_button(context, f"case.to.{to}", "pass-to", tip.id, to),) for to in passing.AUTHORITIES + NAMED)
    show_choices(context, tip, (*rows, back(context, tip)))


def back(context: Context, tip: Tip) -> tuple[Button, ...]:
    """`Quay lại`."""
    return (desk_button(context, "case.back", "case-back", tip.id),)


def choose(context: Context) -> None:
    """One of the authorities; another ward or unit is named in reply to a question."""
    tip, to = case_of(context), context.args[-1]
    casework.check_move(context.work, tip, Move.PASS, context.speaker)
    if to in passing.AUTHORITIES:
        pass_on(context, tip, to)
    elif to in NAMED:
        html = desk_says(context, f"pass.which_{to}", code=tip.code, by=context.speaker.name)
        tell_case(context, tip, html, about=f"pass-name:{tip.id}:{to}")
    else:
        raise Refused("stale")


def name_authority(context: Context) -> None:
    """The name was typed in reply."""
    tip = find_tip(context.work, context.number)
    name = " ".join(context.event.text.split())[:LONGEST_NAME]
    if tip is None or not name or name in passing.AUTHORITIES:
        raise Refused("note.in_words")
    casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    pass_on(context, tip, name)


def pass_on(context: Context, tip: Tip, to: str) -> None:
    """They have it; staff are asked for a word to them, and the reporter hears one of the four words."""
    work, by = context.work, context.speaker
    first = tip.handler_key is None
    tip = passing.pass_on(work, context.ward, tip, by, to, f"{tip.code} · {kind_name(context, tip)}")
    if first and tip.topic_id is not None:
        tip = post_case(context, tip)
    carry(work, tip)
    edit_cards(context, tip)
    clocks.plan(work, context.around.content.rules, tip)
    html = desk_says(context, "pass.done", code=tip.code, by=by.name, to=passed_name(context, tip))
    file = desk_button(context, "case.file", "case-file", tip.id)
    tell_case(context, tip, html, (file,), about=f"pass-note:{tip.id}")
    tell_reporters(context, tip, "pass.told")


def add_word(context: Context) -> None:
    """A word for that authority: it goes into the hand-over file."""
    tip = find_tip(context.work, context.number)
    if tip is None or not context.event.text:
        raise Refused("note.in_words")
    casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    casework.note(context.work, tip, context.speaker, context.event.text, "pass note")
    context.confirm("✍", "note.done")


# --- what they decided


def ask_decision(context: Context) -> None:
    """`Quyết định`: which?"""
    tip = case_of(context)
    casework.check_move(context.work, tip, Move.DECIDE, context.speaker)
    rows = tuple((desk_button(context, f"case.decision.{one}", "decided", tip.id, one),) for one in Decision)
    show_choices(context, tip, (*rows, back(context, tip)))


def decide(context: Context) -> None:
    """It is kept, and its clock stops. The reporter hears the outcome later, and no detail of an investigation."""
    tip = case_of(context)
    if context.args[-1] not in set(Decision) or tip.status is not Status.PASSED:
        raise Refused("stale")
    tip = passing.decide(context.work, tip, context.speaker, Decision(context.args[-1]))
    edit_cards(context, tip)
    decision = desk_says(context, f"case.decision.{tip.decision}")
    tell_case(
        context, tip, desk_says(context, "pass.decided", code=tip.code, decision=decision, by=context.speaker.name)
    )
