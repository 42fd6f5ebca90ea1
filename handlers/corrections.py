"""`Sửa`: one line of a draft is put right, by a choice or by typed words."""

from datetime import datetime

from bot.context import Context
from bot.domain.facts import LONGEST_PLACE, Question, page_of
from bot.domain.tips import OTHER
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button
from bot.routing import Router
from bot.services import drafts, facts
from data.conversations import close_step, open_step
from data.places import Spot
from data.reporters import draft_of
from data.tips import Tip
from handlers.drafts import respond
from handlers.tips import hear, typed_choice
from handlers.understood import PER_ROW, choices, kind_name

LONGEST_WORD = 40  # letters; longer answers tell a story
PAGE = 6


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("tip-fix", spots=Spot.PRIVATE)(fix)
    router.button("tip-kind", spots=Spot.PRIVATE)(choose_kind)
    router.button("tip-kinds", spots=Spot.PRIVATE)(turn_page)
    router.during("tip-place")(hear_place)
    router.during("tip-when")(hear_when)
    router.during("tip-kind")(hear_kind)


def fix(context: Context) -> None:
    """What is to be put right."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    match context.args[1:]:
        case ("words",):
            open_step(context.work, context.event.chat, "rewrite")
            context.reply("draft.write_anew")
        case ("kind",):
            ask_kind(context, tip, likely_first(context, drafts.words_of(context.work, tip)), 0)
        case ("when",):
            open_step(context.work, context.event.chat, "tip-when")
            context.reply("intake.type_when", *choices(context, tip, Question.WHEN))
        case ("place",):
            open_step(context.work, context.event.chat, "tip-place")
            context.reply("intake.ask.place", *choices(context, tip, Question.PLACE))
        case ("back",):
            close_step(context.work, context.event.chat)
            respond(context, tip, anew=True)
        case _:
            raise Refused("stale")


# --- the kind


def likely_first(context: Context, words: str) -> list[str]:
    """Every kind but the last resort, those that the words hint at first."""
    kinds = context.around.content.kinds
    every = dict.fromkeys([*kinds.likely(words), *kinds.traits])
    return [code for code in every if code != OTHER]


def ask_kind(context: Context, tip: Tip, codes: list[str], page: int, key: str = "intake.which_kind") -> None:
    """One page of kinds; any of them may be typed."""
    open_step(context.work, context.event.chat, "tip-kind")
    shown = [*page_of(codes, page, PAGE), OTHER]
    buttons = [Button(kind_name(context, context.language, code), f"tip-kind:{tip.id}:{code}") for code in shown]
    rows = [tuple(buttons[start : start + PER_ROW]) for start in range(0, len(buttons), PER_ROW)]
    more = (context.button("intake.more_kinds", "tip-kinds", tip.id, page + 1),) if len(codes) > PAGE else ()
    context.reply(key, *rows, (*more, context.button("intake.fix.back", "tip-fix", tip.id, "back")))


def turn_page(context: Context) -> None:
    """The next page of kinds; the first after the last."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    page = int(context.args[1]) if len(context.args) == 2 and context.args[1] in map(str, range(PAGE)) else 0
    codes = likely_first(context, drafts.words_of(context.work, tip))
    ask_kind(context, tip, codes, page if page * PAGE < len(codes) else 0)


def choose_kind(context: Context) -> None:
    """A kind was pressed, or its number typed."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    code = context.args[1] if len(context.args) == 2 else ""
    if code not in context.around.content.kinds.traits:
        raise Refused("stale")
    close_step(context.work, context.event.chat)
    respond(context, facts.choose(context.work, tip, kind=code), anew=True)


def hear_kind(context: Context) -> None:
    """Asked for the kind: a word that hints at one, or a part of its name; what is longer is more of the story."""
    tip, said = asked_of(context, LONGEST_WORD)
    if tip is None:
        hear(context)
        return
    found = kinds_named(context, said)
    if len(found) == 1:
        close_step(context.work, context.event.chat)
        respond(context, facts.choose(context.work, tip, kind=found[0]), anew=True)
    elif found:
        ask_kind(context, tip, found, 0)
    else:
        every = likely_first(context, drafts.words_of(context.work, tip))
        ask_kind(context, tip, every, 0, "intake.no_such_kind")


def kinds_named(context: Context, said: str) -> list[str]:
    """The kinds that a word means: by its name, else by what it hints at."""
    kinds, word = context.around.content.kinds, fold(said).strip(" .,!")
    named = [code for code in kinds.traits if word in fold(kind_name(context, context.language, code))]
    return named or kinds.likely(said)


# --- place and time


def hear_place(context: Context) -> None:
    """Asked for the place: short words are it; anything else is more of the draft."""
    tip, said = asked_of(context, LONGEST_PLACE)
    if tip is None:
        hear(context)
        return
    tip = facts.choose(context.work, tip, Question.PLACE, where=facts.place_named(said))
    respond(context, tip, anew=True)


def hear_when(context: Context) -> None:
    """Asked for the time: short words are it, read if they can be."""
    tip, said = asked_of(context, LONGEST_WORD)
    if tip is None:
        hear(context)
        return
    now = datetime.fromtimestamp(context.work.now, context.around.settings.zone)
    tip = facts.choose(context.work, tip, Question.WHEN, when=facts.time_named(said, now))
    respond(context, tip, anew=True)


def asked_of(context: Context, longest: int) -> tuple[Tip | None, str]:
    """The draft that an answer is about, and the answer; none where it is none, which ends the question."""
    close_step(context.work, context.event.chat)
    event, tip = context.event, draft_of(context.work, context.speaker)
    fits = bool(event.text) and len(event.text) <= longest and not (event.attachments or event.forwarded)
    return (tip if fits and typed_choice(context) is None else None), event.text
