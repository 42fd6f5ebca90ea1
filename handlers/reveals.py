"""`/danhtinh`: who reported a tip, for a reason, with a second person's word, once and in private."""

from bot.context import Context, Need
from bot.messages import Action, Button, Outgoing, Priority
from bot.routing import Router
from bot.services import casework, reveals, wards
from data.places import Spot
from data.reporters import Informant
from data.tips import Tip
from data.unit_of_work import Place
from handlers.cards import tell_case

SHOWN = 60.0  # s


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("danhtinh", "reveal", spots=Spot.DESK, needs=Need.FRESH_STANDING)(ask)
    router.button("reveal-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(agree)
    router.button("reveal-no", spots=Spot.DESK, needs=Need.FRESH_STANDING)(refuse)
    router.clock("reveal-hide")(hide)


def ask(context: Context) -> None:
    """`/danhtinh LÝ DO` in a tip's topic, or as a reply to its card."""
    if Action.DELETE not in context.can.actions:  # what is shown could not be taken away again
        context.reply("reveal.not_here")
        return
    tip = casework.letter_for(context.work, context.ward, context.event)
    if tip is None:
        context.reply("reveal.how")
        return
    tip = casework.check_case(context.work, context.here, tip.id, context.speaker, context.facts.standing)
    number = reveals.ask(context.work, tip, context.speaker, context.words)
    yes = context.button("broadcast.yes", "reveal-yes", number)
    no = context.button("broadcast.no", "reveal-no", number)
    html = context.say("reveal.asked", name=context.speaker.name, code=tip.code, reason=context.words)
    tell_case(context, tip, html, (yes, no))


def agree(context: Context) -> None:
    """`Duyệt`, by a chief who does not ask."""
    decide(context, agreed=True)


def refuse(context: Context) -> None:
    """`Từ chối`."""
    decide(context, agreed=False)


def decide(context: Context, *, agreed: bool) -> None:
    """Said to the asker in the same words either way: a refusal looks like a name that nobody left."""
    wards.check_chief(context.work, context.ward, context.speaker, context.facts.standing)
    reveal, tip = reveals.decide(context.work, context.ward, context.number, context.speaker, agreed=agreed)
    answered = context.say("reveal.answered", name=reveal.wish.name, code=tip.code)
    context.do(Outgoing(Action.EDIT, answered, link_to(context, reveal.id), message_id=context.event.message_id))


def link_to(context: Context, number: int) -> tuple[tuple[Button, ...], ...]:
    """The way to the private chat, where only the asker sees anything."""
    return ((Button(context.say("reveal.open"), url=context.platform.private_link(f"r{number}")),),)


def show(context: Context, number: int) -> None:
    """`/start r12` in private: shown once, where it cannot be forwarded, and gone after a minute."""
    found = reveals.take(context.work, number, context.speaker) if Action.DELETE in context.can.actions else None
    if found is None:
        context.reply("reveal.nothing")
        return
    message = Outgoing(html=said(context, *found), protected=True)
    row = context.work.post(message, context.place, Priority.ANSWER)
    context.work.remind(f"reveal-hide:{row}", context.work.now + SHOWN, f"reveal-hide:{number}:{row}")


def said(context: Context, tip: Tip, informant: Informant) -> str:
    """Name, account and numbers."""
    where = (
        context.say(f"platform.{informant.person.platform}") if informant.is_reachable else context.say("reveal.came")
    )
    numbers = ", ".join(informant.contacts) or context.say("reveal.no_numbers")
    return context.say("reveal.shown", code=tip.code, name=informant.name, where=where, numbers=numbers)


def hide(context: Context) -> None:
    """A minute later it goes."""
    reveal = reveals.find_reveal(context.work, context.number)
    if reveal is None:
        return
    platform, _, number = reveal.wish.address.partition(":")
    gone = Outgoing(Action.DELETE, "…", optional=True)
    context.work.post(gone, Place(platform, number, 0, private=True), target_row=int(context.args[1]))
