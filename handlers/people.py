"""`/canbo`, or "gặp cán bộ" in private: a question, feedback or a report; the words go to the desk, or become a tip."""

from bot.context import Context
from bot.domain.vietnamese import fold
from bot.messages import Button
from bot.routing import Router
from bot.services import drafts, inquiries
from data.chiefs import note_private
from data.conversations import close_step, find_step, open_step
from data.places import Spot, ward_by_id
from handlers import inquiry_cards, withheld
from handlers.danger import show_numbers
from handlers.drafts import MOST_WARDS, take_in
from handlers.duty import now_on
from handlers.ways import say_with_way

SAID = (
    "gặp cán bộ", "nói chuyện với cán bộ", "gặp công an", "gặp người thật", "cho tôi gặp cán bộ", "tôi muốn gặp cán bộ",
    "cho em gặp cán bộ", "muốn gặp cán bộ", "gặp người", "nói chuyện với người thật", "talk to an officer",
)  # fmt: skip
INTENTS = ("question", "feedback")
STEP = "people"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("canbo", "officer", spots=Spot.PRIVATE, plain=True)(begin)
    router.command("canbo", "officer", spots=Spot.GROUP)(in_private)
    router.phrase(*dict.fromkeys(map(fold, SAID)))(begin)
    router.button("people", spots=Spot.PRIVATE | Spot.GROUP)(begin_anywhere)
    router.button("people-intent", spots=Spot.PRIVATE)(choose_intent)
    router.button("people-ward", spots=Spot.PRIVATE)(choose_ward)
    router.button("people-aside", spots=Spot.PRIVATE)(choose_aside)
    router.during(STEP)(hear)


def in_private(context: Context) -> None:
    """What is somebody's own is not said in a group."""
    say_with_way(context, "people.in_private")


def begin_anywhere(context: Context) -> None:
    """The button under a guide."""
    if context.here.spot is Spot.PRIVATE:
        begin(context)
    else:
        in_private(context)


def begin(context: Context) -> None:
    """What is it about? Words that came with the command are kept meanwhile."""
    note_private(context.work, context.speaker)
    ask_intent(context, context.words)


def ask_intent(context: Context, words: str) -> None:
    """One numbered question."""
    open_step(context.work, context.event.chat, STEP, words=words)
    rows = [(context.button(f"people.{intent}", "people-intent", intent),) for intent in (*INTENTS, "report")]
    context.reply("people.which", *rows)


def facts_of(context: Context) -> dict[str, str]:
    """What this conversation has gathered."""
    step = find_step(context.work, context.event.chat)
    return dict(step.facts) if step and step.name == STEP else {}


def choose_intent(context: Context) -> None:
    """Question, feedback, or a report, which takes a tip's way."""
    intent, words = context.args[0] if context.args else "", facts_of(context).get("words", "")
    if intent not in INTENTS:
        report(context, words)
    elif words:
        deliver(context, {"intent": intent, "words": words})
    else:
        open_step(context.work, context.event.chat, STEP, intent=intent, words="")
        context.reply(f"people.write_{intent}")


def report(context: Context, words: str) -> None:
    """It becomes a tip's draft."""
    close_step(context.work, context.event.chat)
    if words:
        take_in(context, words)
    else:
        context.reply("tip.how")


def hear(context: Context) -> None:
    """The words; before it is known what they are about, that is asked."""
    facts, words = facts_of(context), context.event.text.strip()
    if context.event.withheld:
        withheld.hear(context)
    elif not words or context.event.attachments:
        context.reply("people.only_words")
    elif not facts.get("intent"):
        ask_intent(context, words)
    else:
        deliver(context, facts | {"words": words})


def deliver(context: Context, facts: dict[str, str]) -> None:
    """To the desk; what may be about an officer, and which ward it is for, is asked before."""
    inquiries.check_sender(context.work, context.speaker, facts["words"])
    kinds = context.around.content.lexicon.dangers(facts["words"])
    if kinds and "asked" not in facts:
        show_numbers(context, kinds)
    ward = drafts.ward_for(context.work, context.speaker)
    if "asked" not in facts and context.around.content.officials.hinted(facts["words"]):
        open_step(context.work, context.event.chat, STEP, **facts)
        yes, no = (context.button(f"people.{one}", "people-aside", one) for one in ("aside_yes", "aside_no"))
        context.reply("people.about_officer", (yes,), (no,))
    elif ward is None:
        ask_ward(context, facts | {"asked": "yes"})
    else:
        send(context, ward, facts)


def choose_aside(context: Context) -> None:
    """What is about an officer goes the way that the desk does not see."""
    facts = facts_of(context)
    if not facts.get("words"):
        begin(context)
    elif context.args == ("aside_yes",):
        report(context, facts["words"])
    else:
        deliver(context, facts | {"asked": "yes"})


def ask_ward(context: Context, facts: dict[str, str]) -> None:
    """One numbered question."""
    open_step(context.work, context.event.chat, STEP, **facts)
    wards = drafts.all_wards(context.work)[:MOST_WARDS]
    context.reply("people.which_ward", *((Button(ward.name, f"people-ward:{ward.id}"),) for ward in wards))


def choose_ward(context: Context) -> None:
    """A ward was chosen."""
    facts = facts_of(context)
    known = {ward.id for ward in drafts.all_wards(context.work)}
    if context.number in known and facts.get("words") and facts.get("intent"):
        send(context, context.number, facts)
    else:
        begin(context)


def send(context: Context, ward_id: int, facts: dict[str, str]) -> None:
    """A card at the desk, and a word to whoever asked."""
    ward = ward_by_id(context.work, ward_id)
    rules = context.around.content.rules
    inquiry = inquiries.send(context.work, ward, context.speaker, facts["intent"], facts["words"], rules)
    close_step(context.work, context.event.chat)
    inquiry_cards.show(context, ward, inquiry)
    someone = now_on(context, ward) is not None
    key = "question_desk" if inquiry.intent == "question" and not someone else inquiry.intent
    context.reply(f"people.sent_{key}", ward=ward.name)
