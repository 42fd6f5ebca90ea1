"""What is known of a tip, in words: line by line for its reporter and for the desk, and the question that is left."""

from bot.context import Context
from bot.domain.facts import Doing, Known, Question, spelled_span
from bot.domain.kinds import Urgency
from bot.domain.tips import OTHER
from bot.domain.vietnamese import fold
from bot.messages import Button, MediaKind
from bot.services import aside, drafts, facts
from bot.texts import Html
from data.evidence import evidence_of
from data.tips import Tip
from handlers.danger import QUIET

SKIP = "skip"
CHOICES: dict[Question, tuple[str, ...]] = {
    Question.SOURCE: ("seen", "heard", SKIP),
    Question.DOING: (*map(str, Doing), SKIP),
    Question.PLACE: ("here", "elsewhere", SKIP),
    Question.WHEN: ("now", "today", "yesterday", SKIP),
}
PER_ROW = 2


def known_of(context: Context, tip: Tip) -> Known:
    """What is known of a tip now."""
    content, zone = context.around.content, context.around.settings.zone
    return facts.known_of(context.work, tip, content.kinds, zone, obliged(context, tip))


def obliged(context: Context, tip: Tip) -> int:
    """How many messages a draft's writer cannot do without, besides its words and `Gửi`."""
    if tip.confirmed_at is not None:
        return 0
    several = len(drafts.all_wards(context.work)) > 1
    return several + aside.obliged(context.work, context.around.content.officials, tip, context.speaker)


def may_show(tip: Tip, known: Known) -> bool:
    """Not what somebody near the phone must not read over a shoulder."""
    return tip.danger not in QUIET and not known.quiet


# --- lines


def draft_lines(context: Context, known: Known) -> list[str]:
    """What its reporter sees of it."""
    lines = [kind_said(context, known), *shared_lines(context, context.language, known)]
    lines += [context.say("intake.looks")] if known.doing is Doing.LOOKS else []
    return [line for line in lines if line]


def kind_said(context: Context, known: Known) -> str:
    """The kind, and whether it is urgent; nothing where no words say which."""
    urgent = known.urgency is Urgency.URGENT
    if known.kind == OTHER:
        return context.say("intake.urgent_only") if urgent else ""
    key = "intake.kind_urgent" if urgent else "intake.kind"
    return context.say(key, name=kind_name(context, context.language, known.kind))


def kind_name(context: Context, language: str, code: str) -> str:
    """What a kind of tip is called."""
    known = code in context.around.content.kinds.traits
    return context.around.texts.say(language, f"kind.{code if known else OTHER}")


def card_lines(context: Context, tip: Tip) -> list[str]:
    """What officers see of it: when, where, numbers, and how the reporter knows."""
    known = known_of(context, tip)
    lines = shared_lines(context, "vi", known)
    if known.hearsay:
        lines.append(context.around.texts.say("vi", "intake.card_hearsay"))
    return lines


def shared_lines(context: Context, language: str, known: Known) -> list[str]:
    """When, where, what somebody does, and the numbers seen."""
    texts, lines = context.around.texts, []
    if known.when:
        span = spelled_span(known.when, context.around.settings.zone)
        key = "intake.when" if span else "intake.when_unread"
        said = texts.say(language, "intake.going_on") if fold(known.when.said) == "dang" else known.when.said
        lines.append(texts.say(language, key, said=said, span=span))
    if known.where:
        lines.append(texts.say(language, "intake.where", said=known.where.said))
    if known.doing:
        lines.append(texts.say(language, f"intake.choice.doing.{known.doing}"))
    if numbers := numbers_seen(context, language, known):
        lines.append(texts.say(language, "intake.numbers", list=numbers))
    return lines


def numbers_seen(context: Context, language: str, known: Known) -> Html:
    """Plates, accounts and links as they are; of phones only how many."""
    say = context.around.texts.say
    found = [say(language, "intake.plate", plate=plate) for plate in known.plates]
    found += [say(language, "intake.account", account=account) for account in known.accounts]
    found += [say(language, "intake.link", link=link) for link in known.links]
    found += [say(language, "intake.phones", count=known.phones)] if known.phones else []
    return Html(" · ".join(found))


# --- the question


def question_said(context: Context, tip: Tip, known: Known) -> str:
    """The question, or how to send it where there is none."""
    if known.question is None:
        return context.say("draft.ask")
    pictures = any(item.kind is MediaKind.PHOTO for item in evidence_of(context.work, tip))
    of_picture = known.question is Question.PLACE and pictures and known.wordless
    asked = context.say("intake.ask.picture") if of_picture else context.say(f"intake.ask.{known.question}")
    return f"{context.say('intake.or_send')}\n{asked}"


def choices(context: Context, tip: Tip, question: Question) -> tuple[tuple[Button, ...], ...]:
    """The answers to a question as buttons."""
    key, values = f"intake.choice.{question}", CHOICES[question]
    buttons = [context.button(f"{key}.{value}", "tip-say", tip.id, question, value) for value in values]
    return tuple(tuple(buttons[start : start + PER_ROW]) for start in range(0, len(buttons), PER_ROW))
