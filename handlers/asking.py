"""The one question under a draft: its answers, by button, number or typed word."""

from datetime import datetime, time, timedelta

from bot.context import Context
from bot.domain.facts import Doing, Question, Span, Where
from bot.errors import Refused
from bot.messages import Action, MediaKind
from bot.routing import Router
from bot.services import drafts, facts
from data.conversations import close_step, find_step, open_step
from data.places import Spot
from data.tips import Tip
from handlers.drafts import respond
from handlers.understood import CHOICES, SKIP

LATELY = timedelta(minutes=15)  # "just now"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("tip-say", spots=Spot.PRIVATE)(answer)
    router.button("tip-name", spots=Spot.PRIVATE)(explain_name)


def answer(context: Context) -> None:
    """One of the choices of a question."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    question, value = chosen(context)
    if question is Question.PLACE and value != SKIP:
        ask_place(context, here=value == "here")
        return
    corrected = find_step(context.work, context.event.chat) is not None
    close_step(context.work, context.event.chat)
    tip = settle(context, tip, question, value, corrected=corrected)
    context.notice = context.say("intake.skipped" if value == SKIP else "intake.noted")
    respond(context, tip, anew=corrected or Action.EDIT not in context.can.actions)


def chosen(context: Context) -> tuple[Question, str]:
    """The question and the answer that a button carries. Raises Refused for one that was never shown."""
    name, value = context.args[1:] if len(context.args) == 3 else ("", "")
    question = next((one for one in Question if one == name), None)
    if question is None or value not in CHOICES[question]:
        raise Refused("stale")
    return question, value


def settle(context: Context, tip: Tip, question: Question, value: str, *, corrected: bool) -> Tip:
    """Keep an answer; "not known" said in a correction also takes away what was read."""
    work = context.work
    match question:
        case Question.SOURCE if value != SKIP:
            return facts.choose(work, tip, question, hearsay=value == "heard")
        case Question.DOING if value != SKIP:
            return facts.choose(work, tip, question, doing=Doing(value))
        case Question.WHEN if value != SKIP:
            return facts.choose(work, tip, question, when=span_of(context, value))
        case Question.WHEN if corrected:
            return facts.choose(work, tip, question, when=Span())
        case Question.PLACE if corrected:
            return facts.choose(work, tip, question, where=Where())
    return facts.choose(work, tip, question)


def span_of(context: Context, value: str) -> Span:
    """ "Just now", "today", "yesterday" as times."""
    now = datetime.fromtimestamp(context.work.now, context.around.settings.zone)
    today = datetime.combine(now.date(), time(), now.tzinfo)
    start, end = {
        "now": (now - LATELY, now),
        "today": (today, now),
        "yesterday": (today - timedelta(days=1), today - timedelta(seconds=1)),
    }[value]
    return Span(context.say(f"intake.choice.when.{value}"), start.timestamp(), end.timestamp())


def ask_place(context: Context, *, here: bool) -> None:
    """What comes next is the place: a shared location where people can send one, or words."""
    open_step(context.work, context.event.chat, "tip-place")
    can_share = here and MediaKind.LOCATION in context.can.media
    context.reply("intake.share_place" if can_share else "intake.type_place")


def explain_name(context: Context) -> None:
    """What being anonymous protects, and what it cannot; the draft is shown again below."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    context.reply("intake.name_explained")
    respond(context, tip, anew=True)
