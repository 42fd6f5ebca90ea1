"""Questions that are asked again and again: under `Hỏi thêm`, one tap sends one to the reporter."""

from bot.context import Context, Need
from bot.domain.markup import escape
from bot.errors import Refused
from bot.messages import Button
from bot.routing import Router
from bot.services import casework
from bot.texts import Html
from data.notices import note_said, said_at
from data.places import Spot
from data.reporters import informant_of
from data.tips import Tip
from handlers.cards import tell_case, told_language
from handlers.desk_words import desk_says
from handlers.letters import await_answer, send_letter

LONGEST_LABEL = 60
AGAIN = 60.0  # s in which the same question is a second tap, and not asked again


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("ask-ready", needs=Need.FRESH_STANDING, spots=Spot.DESK)(send_ready)


def ready_questions(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """A row for each question that is common for this kind of tip."""
    questions = context.around.content.of(context.work, tip.ward_id).questions_for(tip.kind)["vi"]
    return tuple((Button(words[:LONGEST_LABEL], f"ask-ready:{tip.id}:{n}"),) for n, words in enumerate(questions))


def send_ready(context: Context) -> None:
    """A question was tapped: it goes as it stands, in the reporter's language, and staff see who sent it."""
    work = context.work
    tip = casework.check_case(work, context.here, context.number, context.speaker, context.facts.standing)
    casework.check_letter(work, context.here, tip, context.speaker, context.facts.standing)
    words = question_of(context, tip, "vi")
    informant = informant_of(work, tip)
    if informant is None:
        raise Refused("letter.nobody")
    if work.now - said_at(work, f"question {tip.id} {words}") < AGAIN:
        raise Refused("letter.ready_already")
    note_said(work, f"question {tip.id} {words}")
    casework.note_letter(work, tip, context.speaker, words)
    send_letter(context, tip, informant, Html(escape(question_of(context, tip, told_language(work, informant)))))
    await_answer(context, tip, informant)
    tell_case(context, tip, desk_says(context, "letter.ready_sent", by=context.speaker.name, text=words), letter=True)


def question_of(context: Context, tip: Tip, language: str) -> str:
    """The question that a button means; there is none for one that was forged."""
    asked = context.around.content.of(context.work, tip.ward_id).questions_for(tip.kind)
    questions = asked.get(language, asked["vi"])
    chosen = context.args[1] if len(context.args) == 2 else ""
    if not (chosen.isdecimal() and len(chosen) < 3 and int(chosen) < len(questions)):
        raise Refused("stale")
    return questions[int(chosen)]
