"""Time passes over tips: whoever has one is reminded, then the chiefs; urgent ones page the desk until accepted."""

from collections.abc import Sequence

from bot.context import Context
from bot.domain.deadlines import Rung
from bot.messages import Button, Outgoing, Priority
from bot.routing import Router
from bot.services import casework, clocks
from bot.texts import Html
from data.places import Ward, find_ward
from data.tips import Tip, find_tip
from handlers import duty
from handlers.card_words import span
from handlers.cards import edit_cards, tell_case
from handlers.desk_words import desk_says
from handlers.digest import codes

MOST_NAMED = 10
MOST_BUTTONS = 5


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.clock("tip-clock")(remind_case)
    router.clock("look")(remind_looks)
    router.clock("page")(page)


def remind_case(context: Context) -> None:
    """A moment in the life of a tip that somebody handles."""
    rules = context.around.content.rules
    tip = find_tip(context.work, context.number)
    if tip is None:
        return
    told = clocks.rung_for(context.work, rules, tip)
    if told is None:
        clocks.plan(context.work, rules, tip)
        return
    deadline, rung = told
    what = desk_says(context, f"clock.what.{deadline.clock}")
    left = span(context, abs(deadline.due_at - context.work.now))
    who = names(context, clocks.told_people(context.work, tip, rung))
    edit_cards(context, tip)
    tell_case(context, tip, desk_says(context, f"clock.case_{rung}", code=tip.code, what=what, who=who, span=left))


def names(context: Context, people: Sequence[str]) -> str:
    """The people a reminder calls."""
    return ", ".join(people) or desk_says(context, "clock.somebody")


def remind_looks(context: Context) -> None:
    """Tips of a ward that nobody has looked at: all that have come to the same rung in one message."""
    ward = find_ward(context.work, context.number)
    if ward is None:
        return
    for rung, tips in clocks.looks_due(context.work, context.around.content.rules, ward.id).items():
        if rung is not Rung.HANDLER:
            for tip in tips[:MOST_NAMED]:
                edit_cards(context, tip)
        who = names(context, clocks.told_people(context.work, tips[0], rung))
        say_of(context, ward, f"clock.look_{rung}", tips, Priority.ANSWER, who=who)


def page(context: Context) -> None:
    """Urgent tips that nobody has accepted: the desk again, and from the third time on the chiefs in private."""
    work, rules = context.work, context.around.content.rules
    ward = find_ward(work, context.number)
    tips = clocks.tips_to_page(work, rules, ward.id) if ward else []
    if ward is None or not tips:
        return
    longest = span(context, max(work.now - clocks.reported_at(tip) for tip in tips))
    chiefs = clocks.chiefs_to_page(work, rules, tips)
    who = names(context, [chief.name for chief in chiefs])
    key = "clock.page_up" if chiefs else "clock.page"
    say_of(context, ward, key, tips, Priority.EMERGENCY, longest=longest, who=who)
    for chief in chiefs:
        if chief.private_at is None:
            continue
        html = desk_says(context, "clock.page_chief", count=len(tips), codes=named(context, tips), ward=ward.name)
        work.post(Outgoing(html=html), chief.place(ward.id), Priority.EMERGENCY)
    told = [chief.address for chief in chiefs]
    values = {"count": len(tips), "codes": named(context, tips)}
    duty.page(context, ward, "clock.page_chief", priority=Priority.EMERGENCY, beside=told, **values)


def say_of(context: Context, ward: Ward, key: str, tips: Sequence[Tip], priority: Priority, **values: object) -> None:
    """One message about several tips where new ones arrive, with a button to accept each."""
    html = desk_says(context, key, count=len(tips), codes=named(context, tips), **values)
    if priority is Priority.EMERGENCY and duty.now_on(context, ward):
        html += "\n" + duty.line(context, ward)
    buttons = tuple((accept_button(context, tip),) for tip in tips[:MOST_BUTTONS])
    topic = casework.intake_topic(context.work, ward, desk_says(context, "case.intake"))
    context.work.post(Outgoing(html=html, buttons=buttons), ward.place, priority, topic=topic)


def accept_button(context: Context, tip: Tip) -> Button:
    """`Tiếp nhận TB-...`."""
    return Button(f"{desk_says(context, 'case.accept')} {tip.code}", f"case-accept:{tip.id}")


def named(context: Context, tips: Sequence[Tip]) -> Html:
    """The codes of some tips, as far as there is room."""
    more = desk_says(context, "digest.more", count=len(tips) - MOST_NAMED) if len(tips) > MOST_NAMED else ""
    return Html(codes(tips[:MOST_NAMED]) + more)
