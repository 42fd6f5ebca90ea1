"""A moderator's private queue: masked tips, and proposals that an officer confirms."""

from datetime import datetime

from bot.context import Context
from bot.domain.codes import find_code
from bot.domain.tips import Outcome
from bot.errors import Refused
from bot.messages import Button
from bot.routing import Router
from bot.services import moderating
from bot.texts import Html
from data.conversations import close_step, open_step
from data.evidence import evidence_of
from data.places import Spot
from data.tips import Tip, find_tip, tip_by_code
from handlers.card_face import kind_name
from handlers.cards import tell_case
from handlers.desk_words import desk_button, desk_says, quoted

FIRST_WORDS = 120
PARTS = ((5, "night"), (11, "morning"), (13, "noon"), (18, "afternoon"), (24, "evening"))
IN_A_ROW = 2
CHOICES = (
    (("moderating.sort", "mod-sort"), ("moderating.merge", "mod-merge")),
    (("moderating.ask", "mod-ask"), ("moderating.noise", "mod-noise")),
    (("moderating.ends", "mod-ends"),),
)


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("hangcho", "queue", spots=Spot.PRIVATE)(show_queue)
    router.command("tin", "case", spots=Spot.PRIVATE)(show_typed)
    router.button("mod-on", spots=Spot.PRIVATE)(turn)
    router.button("mod-show", spots=Spot.PRIVATE)(show_pressed)
    router.button("mod-sort", spots=Spot.PRIVATE)(offer_kinds)
    router.button("mod-kind", spots=Spot.PRIVATE)(propose_kind)
    router.button("mod-noise", spots=Spot.PRIVATE)(propose_noise)
    router.button("mod-ends", spots=Spot.PRIVATE)(offer_outcomes)
    router.button("mod-end", spots=Spot.PRIVATE)(propose_outcome)
    router.button("mod-merge", "mod-ask", spots=Spot.PRIVATE)(ask_words)
    router.during("mod-merge")(hear_code)
    router.during("mod-ask")(hear_question)


# --- looking


def show_queue(context: Context) -> None:
    """`/hangcho`: what waits, masked."""
    say_page(context, moderating.queue_for(context.work, context.around.content, context.speaker))


def turn(context: Context) -> None:
    """`Sau`."""
    found = moderating.queue_for(context.work, context.around.content, context.speaker, before=context.number)
    say_page(context, found)


def say_page(context: Context, found: list[Tip]) -> None:
    """Some tips, each with its first masked words and a button."""
    shown = found[: moderating.PAGE]
    if not shown:
        context.reply("moderating.empty")
        return
    lines = [line_of(context, tip) for tip in shown]
    rows = [(Button(tip.code, f"mod-show:{tip.id}"),) for tip in shown]
    if len(found) > len(shown):
        rows.append((context.button("moderating.later", "mod-on", shown[-1].id),))
    answer(context, "\n".join([context.say("moderating.head"), *lines]), *rows, about="masked:0")


def line_of(context: Context, tip: Tip) -> str:
    """One tip in a list."""
    text = quoted(moderating.text_for(tip), FIRST_WORDS)
    return context.say("moderating.line", code=tip.code, kind=kind_name(context, tip), text=text)


def answer(context: Context, html: str, *rows: tuple[Button, ...], about: str) -> None:
    """Say something masked, so that it can be hidden again."""
    message = context.spoken(html, *rows)
    row = context.work.post(message, context.place, about=about)
    context.offer(message, row)


def show_typed(context: Context) -> None:
    """`/tin CODE`."""
    code = find_code(context.words)
    show(context, tip_by_code(context.work, code) if code else None)


def show_pressed(context: Context) -> None:
    """A tip of the list."""
    show(context, find_tip(context.work, context.number))


def show(context: Context, tip: Tip | None) -> None:
    """One tip: its masked words, how much is attached, and what may be proposed."""
    tip = moderating.view(context.work, context.around.content, tip, context.speaker)
    html = context.say(
        "moderating.card",
        code=tip.code,
        kind=kind_name(context, tip),
        when=when(context, tip),
        text=quoted(moderating.text_for(tip), 2000),
        files=len(evidence_of(context.work, tip)),
    )
    rows = [tuple(context.button(key, name, tip.id) for key, name in row) for row in CHOICES]
    answer(context, html, *rows, about=f"masked:{tip.id}")


def when(context: Context, tip: Tip) -> str:
    """The day and the part of the day, no more."""
    at = datetime.fromtimestamp(tip.created_at, context.around.settings.zone)
    part = next(name for until, name in PARTS if at.hour < until)
    return f"{context.say(f'moderating.part.{part}')} {at:%d/%m}"


# --- proposing


def offer_kinds(context: Context) -> None:
    """`Phân loại`: which kind."""
    tip = seen(context)
    kinds = context.around.content.categories
    buttons = [Button(kind.ten, f"mod-kind:{tip.id}:{kind.ma}") for kind in kinds if kind.ma != tip.kind]
    rows = [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    context.reply("moderating.which_kind", *rows)


def offer_outcomes(context: Context) -> None:
    """`Đề xuất kết quả`."""
    tip = seen(context)
    rows = [(context.button(f"case.outcome.{end}", "mod-end", tip.id, end),) for end in Outcome]
    context.reply("moderating.which_outcome", *rows)


def seen(context: Context) -> Tip:
    """The tip that a button is about, for whoever may see it."""
    tip = find_tip(context.work, context.number)
    return moderating.check_seen(context.work, context.around.content, tip, context.speaker)


def propose_kind(context: Context) -> None:
    """A kind was chosen."""
    kind = context.args[-1] if context.args else ""
    name = next((one.ten for one in context.around.content.categories if one.ma == kind), None)
    if name is None:
        raise Refused("stale")
    propose(context, context.number, "sort", kind, name)


def propose_outcome(context: Context) -> None:
    """An outcome was chosen."""
    end = context.args[-1] if context.args else ""
    if end not in set(Outcome):
        raise Refused("stale")
    propose(context, context.number, "outcome", end, context.say(f"case.outcome.{end}"))


def propose_noise(context: Context) -> None:
    """`Tin nhiễu`."""
    propose(context, context.number, "noise", "", "")


def ask_words(context: Context) -> None:
    """`Gộp`, `Hỏi thêm`: the code or the question is typed next."""
    tip = seen(context)
    open_step(context.work, context.event.chat, context.action, tip=str(tip.id))
    context.reply("moderating.which_code" if context.action == "mod-merge" else "moderating.which_question")


def hear_code(context: Context) -> None:
    """The code of the same thing."""
    tip = stepped(context)
    found = find_code(context.event.text)
    other = moderating.other_tip(context.work, context.around.content, tip, found, context.speaker)
    propose(context, tip.id, "merge", other.code, other.code)


def hear_question(context: Context) -> None:
    """The question."""
    propose(context, stepped(context).id, "ask", "", context.event.text)


def stepped(context: Context) -> Tip:
    """The tip that the open question is about."""
    facts = context.step.facts if context.step else {}
    tip = find_tip(context.work, int(facts.get("tip", "0")))
    return moderating.check_seen(context.work, context.around.content, tip, context.speaker)


def propose(context: Context, tip_id: int, act: str, value: str, words: str) -> None:
    """Before the officers, under the tip's card."""
    content = context.around.content
    tip, number = moderating.propose(context.work, content, tip_id, context.speaker, act, value, words)
    close_step(context.work, context.event.chat)
    what = Html(desk_says(context, f"moderating.proposed.{act}", what=words))
    html = desk_says(context, "moderating.proposal", name=context.speaker.name, code=tip.code, what=what)
    yes = desk_button(context, "moderating.agree", "proposal-yes", number)
    no = desk_button(context, "moderating.ignore", "proposal-no", number)
    tell_case(context, tip, html, (yes, no))
    context.reply("moderating.thanks", code=tip.code)
