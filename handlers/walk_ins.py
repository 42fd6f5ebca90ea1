"""`/tin moi TEXT` at the desk (also `/ghitin TEXT`): an officer records what somebody came or called to report."""

from bot.context import Context, Need
from bot.domain.understanding import Understood, understand
from bot.domain.vietnamese import fold
from bot.routing import Router
from bot.services import casework, evidence, walk_ins
from data.places import Spot
from data.tips import Part, Tip
from handlers.cards import edit_cards
from handlers.desk_words import without_command
from handlers.incidents import show_tip
from handlers.letters import tell_troubles

NEW = frozenset({"moi", "new"})


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("ghitin", spots=Spot.DESK, needs=Need.FRESH_STANDING | Need.EVIDENCE)(begin)
    router.reply_to("walk-new", spots=Spot.DESK, needs=Need.STANDING | Need.EVIDENCE)(hear_words)
    router.reply_to("walk-place", spots=Spot.DESK, needs=Need.STANDING)(hear_place)
    router.reply_to("walk-time", spots=Spot.DESK, needs=Need.STANDING)(hear_time)


def is_new(words: str) -> bool:
    """Whether `/tin` is for a new one."""
    return fold(words).partition(" ")[0].strip() in NEW


def begin(context: Context) -> None:
    """`/ghitin TEXT`."""
    record(context, context.words)


def record(context: Context, words: str) -> None:
    """A tip at once, and at most two questions; without words, what happened is asked first."""
    casework.check_desk(context.work, context.here, context.speaker, context.facts.standing)
    if not (words or context.event.attachments):
        context.ask("walk-new", "walk_in.ask")
        return
    read, work = reading(context, words), context.work
    kinds = context.around.content.lexicon.dangers(words)
    part = Part(context.event.message_id, words)
    zone = context.around.settings.zone
    danger = kinds[0] if kinds else None
    tip = walk_ins.record(work, context.ward, context.speaker, part, read, danger=danger, zone=zone)
    troubles = evidence.keep(work, tip, context.event, context.facts.files, context.around.vault)
    tip = show_tip(context, tip)
    ask_on(context, tip)
    tell_troubles(context, troubles)


def ask_on(context: Context, tip: Tip) -> None:
    """The next thing that is missing: the place, then the time; whoever does not know just leaves it."""
    missing = "place" if not tip.place else "time" if tip.happened_from is None else "done"
    about = f"walk-{missing}:{tip.id}"
    context.ask(about, f"walk_in.{missing}", code=tip.code)


def hear_words(context: Context) -> None:
    """What happened."""
    record(context, without_command(context.event.text))


def hear_place(context: Context) -> None:
    """Where; then when is asked, if need be."""
    ask_on(context, completed(context, "place"))


def hear_time(context: Context) -> None:
    """When."""
    context.reply("walk_in.done", code=completed(context, "time").code)


def completed(context: Context, asked: str) -> Tip:
    """The tip with one more answer."""
    here, event = context.here, context.event
    tip = casework.check_case(context.work, here, context.number, context.speaker, context.facts.standing)
    part = Part(event.message_id, event.text)
    tip = walk_ins.add(context.work, tip, context.speaker, part, reading(context, event.text), asked=asked)
    edit_cards(context, tip)
    return tip


def reading(context: Context, words: str) -> Understood:
    """What these words tell."""
    return understand(words, context.now, context.around.content.kinds)
