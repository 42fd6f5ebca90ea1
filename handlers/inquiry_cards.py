"""Questions and feedback at the desk: a card that calls whoever is on duty, an answer back, and what still waits."""

from bot.context import Context, Need
from bot.domain.markup import escape
from bot.errors import Refused
from bot.messages import Action, Button, Outgoing, Priority
from bot.routing import Router
from bot.services import casework, inquiries, mutes
from bot.texts import Html
from data.conversations import show_menu
from data.inquiries import Inquiry, change_inquiry
from data.people import language_of
from data.places import Spot, Ward, ward_by_id
from data.unit_of_work import Place
from handlers import duty
from handlers.card_words import span
from handlers.cards import own_chat
from handlers.desk_words import desk_button, desk_says, quoted, without_command

SENT_ON = "👍"
EXCERPT = 200
LISTED, LINE = 8, 120  # of what waits: how many, and how many letters of each
Rows = tuple[tuple[Button, ...], ...]


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("hopthu", "inbox", spots=Spot.DESK, needs=Need.STANDING)(show_waiting)
    router.button("inquiry-answer", spots=Spot.DESK, needs=Need.STANDING)(ask_answer)
    router.reply_to("inquiry-answer", spots=Spot.DESK, needs=Need.STANDING)(answer)
    router.button("inquiry-seen", spots=Spot.DESK, needs=Need.STANDING)(see)
    router.button("inquiry-read", spots=Spot.DESK, needs=Need.FRESH_STANDING)(read_apart)
    router.clock("inquiry-waits")(remind)


def at_desk(context: Context) -> Inquiry:
    """What a button or a reply is about, for this desk's officers."""
    return inquiries.at_desk(context.work, context.ward, context.number, context.speaker, context.facts.standing)


# --- the card


def show(context: Context, ward: Ward, inquiry: Inquiry) -> None:
    """Where new tips arrive too; whoever is on duty is called, and what sounds like danger goes before all else."""
    topic = casework.intake_topic(context.work, ward, desk_says(context, "case.intake"))
    danger = bool(context.around.content.lexicon.dangers(inquiry.text))
    hushed = not danger and mutes.hushes(context.work, ward.id, inquiry.asker)
    alarm = [desk_says(context, "people.danger")] if danger else []
    call = [] if hushed else [duty.line(context, ward)]
    html = "\n".join([*alarm, words(context, ward, inquiry), *call])
    message = Outgoing(html=html, buttons=buttons(context, ward, inquiry), silent=hushed)
    row = context.work.post(message, ward.place, Priority.EMERGENCY if danger else Priority.ANSWER, topic=topic)
    change_inquiry(context.work, inquiry.id, card_row=row)
    if not hushed:
        duty.page(context, ward, f"duty.page_{inquiry.intent}", number=inquiry.id)


def shows_words(ward: Ward) -> bool:
    """Whether this desk reads residents' words."""
    return ward.desk_shows != "summary"


def words(context: Context, ward: Ward, inquiry: Inquiry) -> str:
    """What was asked; who asks is not told."""
    text = quoted(inquiry.text, 1500) if shows_words(ward) else desk_says(context, "case.not_shown")
    return desk_says(context, f"people.card_{inquiry.intent}", number=inquiry.id, text=text)


def buttons(context: Context, ward: Ward, inquiry: Inquiry) -> Rows:
    """What staff can do."""
    first = [desk_button(context, "people.answer", "inquiry-answer", inquiry.id)]
    if inquiry.intent != "question" and inquiry.answered_at is None:
        first.append(desk_button(context, "people.seen", "inquiry-seen", inquiry.id))
    apart = () if shows_words(ward) else ((desk_button(context, "people.read_apart", "inquiry-read", inquiry.id),),)
    return (tuple(first), *apart)


def edit_card(context: Context, inquiry: Inquiry, html: str, rows: Rows) -> None:
    """The card says what became of it."""
    message = Outgoing(Action.EDIT, f"{words(context, context.ward, inquiry)}\n{html}", rows)
    context.work.post(message, context.ward.place, target_row=inquiry.card_row, coalesce=f"inquiry:{inquiry.id}")


def see(context: Context) -> None:
    """`Đã xem`: nothing is to be answered, and the sender hears that it was read."""
    inquiry = inquiries.see(context.work, at_desk(context), context.speaker)
    seen = desk_says(context, "people.seen_by", by=context.speaker.name)
    edit_card(context, inquiry, seen, buttons(context, context.ward, inquiry))
    tell_asker(context, inquiry, "people.was_read", ward=context.ward.name)


def read_apart(context: Context) -> None:
    """`Đọc riêng`, where the desk does not show words: they go to whoever presses, in private."""
    inquiry, by = at_desk(context), context.speaker
    inquiries.note_read(context.work, inquiry, by)
    html = desk_says(context, f"people.card_{inquiry.intent}", number=inquiry.id, text=quoted(inquiry.text, 1500))
    place = Place(by.platform, by.id, context.ward.id, private=True)
    context.work.post(Outgoing(html=html, optional=True), place)
    context.notice = desk_says(context, "people.sent_apart")


# --- the answer


def ask_answer(context: Context) -> None:
    """`Trả lời`: what replies to this message goes to whoever asked."""
    inquiry = at_desk(context)
    key = "people.write_answer" if inquiry.answer is None else "people.write_more"
    html = desk_says(context, key, number=inquiry.id, by=context.speaker.name)
    about = f"inquiry-answer:{inquiry.id}"
    context.work.post(Outgoing(html=html), context.place, reply_row=inquiry.card_row, about=about)


def answer(context: Context) -> None:
    """The answer goes back in private; the card shows it, and offers to make a guide of it."""
    inquiry, said = at_desk(context), without_command(context.event.text)
    if context.event.attachments:
        raise Refused("people.answer_words")
    inquiry = inquiries.answer(context.work, inquiry, context.speaker, said)
    text = Html(escape(said))
    tell_asker(
        context, inquiry, "people.answered", ward=context.ward.name, question=quoted(inquiry.text, EXCERPT), text=text
    )
    guide = (desk_button(context, "people.make_guide", "inquiry-guide", inquiry.id),)
    html = desk_says(context, "people.answered_by", by=context.speaker.name, text=text)
    edit_card(context, inquiry, html, (*buttons(context, context.ward, inquiry), guide))
    context.confirm(SENT_ON, "people.sent_on")


def tell_asker(context: Context, inquiry: Inquiry, key: str, **values: object) -> None:
    """In their private chat and their language, with a way to ask on."""
    work, person, texts = context.work, inquiry.asker, context.around.texts
    language = language_of(work, person)
    again = Button(texts.say(language, "people.again"), "people")
    message = Outgoing(html=texts.say(language, key, **values), buttons=((again,),), language=language)
    row = work.post(message, Place(person.platform, person.id, inquiry.ward_id, private=True))
    show_menu(work, own_chat(person), person, [again], row)


# --- what still waits


def show_waiting(context: Context) -> None:
    """`/hopthu`: questions and feedback that nobody has answered, and where reports are."""
    found, count = inquiries.waiting(context.work, context.ward, context.speaker, context.facts.standing, LISTED)
    if not found:
        context.reply("people.none_waiting")
        return
    lines = Html("\n".join(waiting_line(context, one) for one in found))
    more = context.say("people.more_waiting", count=count - len(found)) if count > len(found) else ""
    opens = [context.button("people.answer_one", "inquiry-answer", one.id, number=one.id) for one in found]
    rows = [tuple(opens[at : at + 2]) for at in range(0, len(opens), 2)]
    context.reply("people.waiting", *rows, count=count, lines=lines, more=more, duty=Html(duty.short(context)))


def waiting_line(context: Context, inquiry: Inquiry) -> str:
    """One of them: for how long it has waited, and how it begins."""
    shown = quoted(inquiry.text, LINE) if shows_words(context.ward) else desk_says(context, "case.not_shown")
    since = span(context, context.work.now - inquiry.asked_at)
    return context.say(f"people.line_{inquiry.intent}", number=inquiry.id, since=since, text=shown)


def remind(context: Context) -> None:
    """It has waited for as long as the ward allows: whoever is on duty is called once more."""
    inquiry = inquiries.still_waits(context.work, context.number)
    if inquiry is None or mutes.hushes(context.work, inquiry.ward_id, inquiry.asker):
        return
    ward = ward_by_id(context.work, inquiry.ward_id)
    since = span(context, context.work.now - inquiry.asked_at)
    reminder = desk_says(context, f"people.late_{inquiry.intent}", number=inquiry.id, since=since)
    topic = casework.intake_topic(context.work, ward, desk_says(context, "case.intake"))
    message = Outgoing(html=f"{reminder}\n{duty.line(context, ward)}", buttons=buttons(context, ward, inquiry))
    context.work.post(message, ward.place, topic=topic, reply_row=inquiry.card_row)
    duty.page(context, ward, "duty.page_waiting", number=inquiry.id)
