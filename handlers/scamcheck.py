"""`/kiemtra`: is this a scam? Of a text, a forward, a screenshot's caption, the QR codes in a picture, or a draft."""

from bot.context import Context, Need
from bot.domain.markup import plain
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import drafts, scams
from bot.services.scams import Finding
from bot.texts import Html
from data.conversations import close_step, find_step, open_step
from data.places import Spot, ward_by_id
from data.reporters import draft_of
from data.scams import CHECKED, IMPORTED
from handlers import scam_words as words
from handlers.desk_words import desk_button, desk_says, quoted, without_command
from handlers.drafts import take_in
from handlers.local import local, ward_of
from handlers.ways import say_with_way

ASKED, MINE = "scam-check", "scam-mine"
WISHES = frozenset({"kiem tra", "kiem tra lua dao", "kiem tra giup", "kiem tra giup em", "check", "check scam"})
STOP = frozenset({"thoi", "khong", "huy", "stop", "no"})
LONGEST_KEPT = 4000
MOST_MINE = 3
READ = Need.EVIDENCE | Need.QUOTED


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("kiemtra", spots=Spot.PRIVATE | Spot.GROUP, needs=READ, plain=True)(begin)
    router.command("check", spots=Spot.PRIVATE | Spot.GROUP, needs=READ)(begin)
    router.command("kiemtra", "check", spots=Spot.DESK, needs=READ)(begin)
    router.during(ASKED, needs=Need.FILES)(hear)
    router.during(MINE)(hear_mine)
    router.button("scam-draft", spots=Spot.PRIVATE)(check_draft)
    router.button("scam-report", spots=Spot.PRIVATE)(report)
    router.button("scam-paid", spots=Spot.PRIVATE)(tell_paid)
    router.button("scam-mine", spots=Spot.PRIVATE)(ask_mine)


# --- asking


def begin(context: Context) -> None:
    """`/kiemtra TEXT`, as a reply too; without anything the draft is checked, or what is asked for next."""
    text = said(context, context.words)
    if text or words.codes_of(context):
        check(context, text)
    elif context.here.spot is not Spot.PRIVATE:
        say_with_way(context, "scamcheck.how_group")
    elif draft := draft_of(context.work, context.speaker):
        context.args = (str(draft.id),)
        check_draft(context)
    elif context.event.attachments:
        context.reply("scamcheck.no_words")
    else:
        open_step(context.work, context.event.chat, ASKED)
        context.reply("scamcheck.ask")


def said(context: Context, typed: str) -> str:
    """What was typed, the contact cards beside it, and what it replies to."""
    event = context.event
    answered = plain(event.quoted.html) if event.quoted else ""
    return "\n".join(part for part in (typed, answered, *words.cards_of(context)) if part.strip())


def is_wish(text: str) -> bool:
    """Whether somebody typed no more than that they want something checked."""
    return fold(text).strip(" .!?") in WISHES


def hear(context: Context) -> None:
    """What was asked for."""
    text = said(context, without_command(context.event.text))
    if not text and not words.codes_of(context):
        context.reply("scamcheck.no_words" if context.event.attachments else "scamcheck.ask")
        return
    close_step(context.work, context.event.chat)
    check(context, text)


# --- answering


def check(context: Context, text: str) -> None:
    """The answer: in private all of it and what to do next, among others briefly."""
    finding = words.look(context, text, ward_of(context))
    if context.here.spot is Spot.GROUP:
        html = words.told_briefly(context, finding)
        say_with_way(context, "scamcheck.plain", text=Html(html))
        return
    rows = buttons(context, finding, keep(context, text, finding)) if context.here.spot is Spot.PRIVATE else ()
    context.answer(context.spoken(words.told(context, finding), *rows))


def keep(context: Context, text: str, finding: Finding) -> tuple[Button, ...]:
    """What was checked stays sealed for a day, so that this button reports it; unless something else is being asked."""
    step = find_step(context.work, context.event.chat)
    if step is not None and step.name != CHECKED:
        return ()
    paid = [plain(words.transfer_line(context, one)) for one in finding.reading.transfers]
    kept, picture = "\n".join([text, *paid]).strip()[:LONGEST_KEPT], str(bool(context.facts.files))
    open_step(context.work, context.event.chat, CHECKED, text=kept, picture=picture)
    return (context.button("scamcheck.report", "scam-report"),)


def buttons(context: Context, finding: Finding, first: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    """What can be done now; a listed number may be one's own."""
    listed = [one for one in finding.listed if not one.disputed][:MOST_MINE]
    key = "scamcheck.mine_of" if len(listed) > 1 else "scamcheck.mine"
    mine = [context.button(key, "scam-mine", one.id, number=number) for number, one in enumerate(listed, 1)]
    return ((*first, context.button("scamcheck.paid", "scam-paid")), *((one,) for one in mine))


def check_draft(context: Context) -> None:
    """The words of a draft; it stays what it is, and can be sent from here."""
    tip = drafts.check_draft(context.work, context.number, context.speaker)
    finding = words.look(context, drafts.words_of(context.work, tip), tip.ward_id)
    sends = (context.button("draft.send", "tip-send", tip.id), context.button("draft.hide", "tip-hide", tip.id))
    html = f"{words.told(context, finding)}\n{context.say('scamcheck.draft_waits')}"
    context.answer(context.spoken(html, sends, (context.button("scamcheck.paid", "scam-paid"),)))


def report(context: Context) -> None:
    """What was checked becomes a draft, or part of the one there is."""
    step = find_step(context.work, context.event.chat)
    if step is None or step.name != CHECKED or not step.facts.get("text"):
        raise Refused("scamcheck.send_again")
    close_step(context.work, context.event.chat)
    if step.facts.get("picture") == str(True):
        context.reply("scamcheck.picture_again")
    take_in(context, step.facts["text"])


def tell_paid(context: Context) -> None:
    """What the first hours decide."""
    police = local(context).numbers["all"]["police"]
    step = find_step(context.work, context.event.chat)
    kept = step is not None and step.name == CHECKED
    rows = ((context.button("scamcheck.report", "scam-report"),),) if kept else ()
    context.reply("scamcheck.first_hours", *rows, police=police)


# --- "that is my number"


def ask_mine(context: Context) -> None:
    """Whoever says so tells why, under their name."""
    record = scams.disputable(context.work, ward_of(context), context.number, context.speaker)
    open_step(context.work, context.event.chat, MINE, record=str(record.id))
    context.reply("scamcheck.ask_mine", ward=ward_by_id(context.work, record.ward_id).name)


def hear_mine(context: Context) -> None:
    """Their reason goes to the desk, where an officer decides."""
    step, said_words = context.step, context.event.text.strip()
    if not said_words:
        context.reply("scamcheck.ask_mine_words")
        return
    close_step(context.work, context.event.chat)
    if fold(said_words).strip(" .!") in STOP:
        context.reply("scamcheck.mine_dropped")
        return
    number = int(step.facts.get("record", "0")) if step else 0
    if not scams.still_listed(context.work, ward_of(context), number):
        context.reply("scamcheck.mine_gone")
        return
    record = scams.disputable(context.work, ward_of(context), number, context.speaker)
    made = scams.object_to(context.work, record, context.speaker, context.language, said_words)
    what = words.value_words(context, record.kind, record.content, full=True)
    key = "scamlist.objection" if record.source != IMPORTED else "scamlist.objection_import"
    html = desk_says(context, key, name=context.speaker.name, what=what, text=quoted(said_words))
    choices = (
        desk_button(context, "scamlist.take_off", "scam-uphold", made),
        desk_button(context, "scamlist.keep", "scam-decline", made),
    )
    context.work.post(Outgoing(html=html, buttons=(choices,)), ward_by_id(context.work, record.ward_id).place)
    context.reply("scamcheck.mine_sent")
