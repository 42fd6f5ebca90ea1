"""Questions and feedback at the desk: a card, an answer that goes back, and an answer that becomes a guide."""

from bot.context import Context, Need
from bot.domain.markup import escape
from bot.messages import Action, Button, Outgoing
from bot.routing import Router
from bot.services import casework, guides, inquiries
from bot.services.wards import check_chief, check_officer
from bot.texts import Html
from data.conversations import show_menu
from data.guides import WardGuide, change_guide
from data.inquiries import Inquiry, change_inquiry
from data.people import language_of
from data.places import Spot, Ward, ward_by_id
from data.unit_of_work import Place
from handlers.cards import own_chat
from handlers.desk_words import desk_button, desk_says, quoted, without_command

SENT_ON = "👍"
EXCERPT = 200
Rows = tuple[tuple[Button, ...], ...]


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("inquiry-answer", spots=Spot.DESK, needs=Need.STANDING)(ask_answer)
    router.reply_to("inquiry-answer", spots=Spot.DESK, needs=Need.STANDING)(answer)
    router.button("inquiry-seen", spots=Spot.DESK, needs=Need.STANDING)(see)
    router.button("inquiry-guide", spots=Spot.DESK, needs=Need.STANDING)(propose)
    router.reply_to("ward-guide", spots=Spot.DESK, needs=Need.STANDING)(reword)
    router.button("ward-guide-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(approve)
    router.button("ward-guide-no", spots=Spot.DESK, needs=Need.STANDING)(refuse)
    router.button("ward-guide-drop", spots=Spot.DESK, needs=Need.FRESH_STANDING)(take_down)


def officer(context: Context) -> None:
    """Whoever acts is an officer of this desk."""
    check_officer(context.work, context.ward, context.speaker, context.facts.standing)


def chief(context: Context) -> None:
    """Whoever acts is a chief of this desk."""
    check_chief(context.work, context.ward, context.speaker, context.facts.standing)


# --- the card


def show(context: Context, ward: Ward, inquiry: Inquiry) -> None:
    """Where new tips arrive too."""
    topic = casework.intake_topic(context.work, ward, desk_says(context, "case.intake"))
    message = Outgoing(html=words(context, inquiry), buttons=buttons(context, inquiry))
    row = context.work.post(message, ward.place, topic=topic)
    change_inquiry(context.work, inquiry.id, card_row=row)


def words(context: Context, inquiry: Inquiry) -> str:
    """What was asked; who asks is not told."""
    return desk_says(context, f"people.card_{inquiry.intent}", number=inquiry.id, text=quoted(inquiry.text, 1500))


def buttons(context: Context, inquiry: Inquiry) -> Rows:
    """What staff can do."""
    answers = desk_button(context, "people.answer", "inquiry-answer", inquiry.id)
    if inquiry.intent == "question" or inquiry.answered_at is not None:
        return ((answers,),)
    return ((answers, desk_button(context, "people.seen", "inquiry-seen", inquiry.id)),)


def edit_card(context: Context, inquiry: Inquiry, html: str, rows: Rows) -> None:
    """The card says what became of it."""
    message = Outgoing(Action.EDIT, f"{words(context, inquiry)}\n{html}", rows)
    context.work.post(message, context.ward.place, target_row=inquiry.card_row, coalesce=f"inquiry:{inquiry.id}")


def see(context: Context) -> None:
    """`Đã xem`: nothing is to be answered, and the sender hears that it was read."""
    officer(context)
    inquiry = inquiries.see(
        context.work, inquiries.at_desk(context.work, context.ward, context.number), context.speaker
    )
    edit_card(
        context, inquiry, desk_says(context, "people.seen_by", by=context.speaker.name), buttons(context, inquiry)
    )
    tell_asker(context, inquiry, "people.was_read", ward=context.ward.name)


# --- the answer


def ask_answer(context: Context) -> None:
    """`Trả lời`: what replies to this message goes to whoever asked."""
    officer(context)
    inquiry = inquiries.at_desk(context.work, context.ward, context.number)
    html = desk_says(context, "people.write_answer", number=inquiry.id, by=context.speaker.name)
    about = f"inquiry-answer:{inquiry.id}"
    context.work.post(Outgoing(html=html), context.place, reply_row=inquiry.card_row, about=about)


def answer(context: Context) -> None:
    """The answer goes back in private; the card shows it, and offers to make a guide of it."""
    officer(context)
    inquiry = inquiries.at_desk(context.work, context.ward, context.number)
    said = without_command(context.event.text)
    inquiry = inquiries.answer(context.work, inquiry, context.speaker, said)
    text = Html(escape(said))
    tell_asker(
        context, inquiry, "people.answered", ward=context.ward.name, question=quoted(inquiry.text, EXCERPT), text=text
    )
    guide = (desk_button(context, "people.make_guide", "inquiry-guide", inquiry.id),)
    html = desk_says(context, "people.answered_by", by=context.speaker.name, text=text)
    edit_card(context, inquiry, html, (*buttons(context, inquiry), guide))
    context.confirm(SENT_ON, "people.sent_on")


def tell_asker(context: Context, inquiry: Inquiry, key: str, **values: object) -> None:
    """In their private chat and their language, with a way to ask on."""
    work, person, texts = context.work, inquiry.asker, context.around.texts
    language = language_of(work, person)
    again = Button(texts.say(language, "people.again"), "people")
    message = Outgoing(html=texts.say(language, key, **values), buttons=((again,),), language=language)
    row = work.post(message, Place(person.platform, person.id, inquiry.ward_id, private=True))
    show_menu(work, own_chat(person), person, [again], row)


# --- a guide of it


def propose(context: Context) -> None:
    """`Thành hướng dẫn`: put to the chiefs."""
    officer(context)
    inquiry = inquiries.at_desk(context.work, context.ward, context.number)
    guide = guides.propose(context.work, context.ward, inquiry, context.speaker)
    message = proposal(context, guide)
    row = context.work.post(message, context.place, reply_row=inquiry.card_row, about=f"ward-guide:{guide.id}")
    change_guide(context.work, guide.id, card_row=row)


def proposal(context: Context, guide: WardGuide) -> Outgoing:
    """What the chiefs are shown."""
    html = desk_says(context, "guides.proposal", title=guide.title, body=guide.body, by=context.speaker.name)
    yes = desk_button(context, "guides.yes", "ward-guide-yes", guide.id)
    no = desk_button(context, "guides.no", "ward-guide-no", guide.id)
    return Outgoing(html=html, buttons=((yes, no),))


def reword(context: Context) -> None:
    """A reply to the proposal: the first line is the question, the rest the answer."""
    officer(context)
    guide = guides.asked_guide(context.work, context.ward, context.number)
    title, _, body = without_command(context.event.text).partition("\n")
    guide = guides.reword(context.work, guide, context.speaker, title.strip(), body.strip())
    message = proposal(context, guide)
    edit_guide(context, guide, message.html, message.buttons)
    context.confirm(SENT_ON, "people.sent_on")


def edit_guide(context: Context, guide: WardGuide, html: str, rows: Rows = ()) -> None:
    """The proposal says what became of it."""
    place = ward_by_id(context.work, guide.ward_id).place
    message = Outgoing(Action.EDIT, html, rows)
    context.work.post(message, place, target_row=guide.card_row, coalesce=f"ward-guide:{guide.id}")


def approve(context: Context) -> None:
    """`Duyệt`, by a chief who did not word it."""
    chief(context)
    guide = guides.asked_guide(context.work, context.ward, context.number)
    guides.approve(context.work, guide, context.speaker)
    html = desk_says(context, "guides.approved", title=guide.title, body=guide.body, by=context.speaker.name)
    edit_guide(context, guide, html, ((desk_button(context, "guides.take_down", "ward-guide-drop", guide.id),),))


def refuse(context: Context) -> None:
    """`Bỏ`, by any officer: it was only a proposal."""
    officer(context)
    gone(context, guides.asked_guide(context.work, context.ward, context.number))


def take_down(context: Context) -> None:
    """`Gỡ`, by a chief."""
    chief(context)
    gone(context, guides.asked_guide(context.work, context.ward, context.number, "live"))


def gone(context: Context, guide: WardGuide) -> None:
    """Nobody finds it."""
    guides.drop(context.work, guide, context.speaker)
    edit_guide(context, guide, desk_says(context, "guides.dropped", title=guide.title, by=context.speaker.name))
