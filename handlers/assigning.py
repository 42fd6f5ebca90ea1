"""`Giao`: a tip changes hands, with a word about it for whoever has it now. Its reporter hears nothing of that."""

from bot.context import Context, Need
from bot.domain.cases import Move
from bot.domain.codes import find_code
from bot.errors import Refused
from bot.messages import Button, Person
from bot.routing import Router
from bot.services import assigning, casework, clocks
from data.alike import carry
from data.places import Spot
from data.tips import Tip, find_tip, handler_of, tip_by_code
from handlers.card_face import kind_name
from handlers.cards import edit_cards, post_case, tell_case
from handlers.casework import case_of, show_choices
from handlers.desk_words import desk_button, desk_says
from handlers.incidents import tell_reporters


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-give", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask_whom)
    router.button("give-to", needs=Need.FRESH_STANDING, spots=Spot.DESK)(give_pressed)
    router.button("give-me", needs=Need.FRESH_STANDING, spots=Spot.DESK)(take)
    router.command("giao", "assign", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.QUOTED)(give_typed)
    router.reply_to("give-note", spots=Spot.DESK, needs=Need.STANDING)(add_word)


def ask_whom(context: Context) -> None:
    """`Giao`: to whom?"""
    tip = case_of(context)
    casework.check_move(context.work, tip, Move.ASSIGN, context.speaker)
    show_choices(context, tip, officer_buttons(context, tip))


def officer_buttons(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """Whoever may be given it, two a row; oneself; and back."""
    handler = handler_of(context.work, tip)
    others = [
        Button(f"👮 {person.name}", f"give-to:{tip.id}:{person.id}")
        for person in assigning.officers_of(context.work, context.ward)
        if person.id != context.speaker.id and (handler is None or person.address != handler.address)
    ]
    pairs = tuple(tuple(others[at : at + 2]) for at in range(0, len(others), 2))
    me = desk_button(context, "give.me", "give-me", tip.id)
    return (*pairs, (me, desk_button(context, "case.back", "case-back", tip.id)))


def give_pressed(context: Context) -> None:
    """A name was pressed."""
    tip = case_of(context)
    to = assigning.officer_by_id(context.work, context.ward, context.args[-1])
    if to is None:
        raise Refused("give.unknown")
    give(context, tip, to)


def take(context: Context) -> None:
    """`Tôi nhận`: a chief takes over, or whoever comes first takes it on."""
    give(context, case_of(context), context.speaker)


def give_typed(context: Context) -> None:
    """`/giao` in a tip's topic (or `/giao TB-...`), as a reply to what the officer wrote who is to have it."""
    tip = named_tip(context)
    to = context.event.quoted.sender if context.event.quoted else None
    if tip is None or to is None or to.anonymous:
        raise Refused("give.how")
    tip = casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    give(context, tip, to)


def named_tip(context: Context) -> Tip | None:
    """The tip whose code was typed, or that of the topic."""
    code = find_code(context.words)
    return tip_by_code(context.work, code) if code else casework.tip_in_topic(context.work, context.ward, context.event)


def give(context: Context, tip: Tip, to: Person) -> None:
    """The tip is theirs; both are named where staff talk about it, and a word for them is asked for."""
    work, by = context.work, context.speaker
    first = tip.handler_key is None
    tip = assigning.assign(work, context.ward, tip, by, to, f"{tip.code} · {kind_name(context, tip)}")
    if first and tip.topic_id is not None:
        tip = post_case(context, tip)
    carry(work, tip)
    edit_cards(context, tip)
    clocks.plan(work, context.around.content.rules, tip)
    if by.address == to.address:
        tell_case(context, tip, desk_says(context, "give.taken", code=tip.code, name=to.name))
    else:
        html = desk_says(context, "give.done", code=tip.code, by=by.name, name=to.name)
        tell_case(context, tip, html, about=f"give-note:{tip.id}")
    if first:
        tell_reporters(context, tip, "tip.accepted")


def add_word(context: Context) -> None:
    """What was written in reply: for the new handler, kept with the tip's notes."""
    tip = find_tip(context.work, context.number)
    if tip is None or not context.event.text:
        raise Refused("note.in_words")
    casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    casework.note(context.work, tip, context.speaker, context.event.text)
    context.confirm("✍", "note.done")
