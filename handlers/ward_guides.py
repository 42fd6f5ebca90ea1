"""An answer given once becomes the ward's guide: proposed by a tap, reworded by a reply, approved, taken down."""

from bot.context import Context, Need
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import guides, inquiries
from data.guides import WardGuide, change_guide
from data.places import Spot, ward_by_id
from handlers.desk_words import desk_button, desk_says, without_command
from handlers.inquiry_cards import SENT_ON, Rows, shows_words


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("inquiry-guide", spots=Spot.DESK, needs=Need.STANDING)(propose)
    router.reply_to("ward-guide", spots=Spot.DESK, needs=Need.STANDING)(reword)
    router.button("ward-guide-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(approve)
    router.button("ward-guide-no", spots=Spot.DESK, needs=Need.STANDING)(refuse)
    router.button("ward-guide-drop", spots=Spot.DESK, needs=Need.FRESH_STANDING)(take_down)


def propose(context: Context) -> None:
    """`Thành hướng dẫn`: put to the chiefs."""
    work, ward, by = context.work, context.ward, context.speaker
    inquiry = inquiries.at_desk(work, ward, context.number, by, context.facts.standing)
    title = inquiry.text if shows_words(ward) else desk_says(context, "guides.untitled", number=inquiry.id)
    guide = guides.propose(work, ward, inquiry, by, title)
    message = proposal(context, guide)
    row = work.post(message, context.place, reply_row=inquiry.card_row, about=f"ward-guide:{guide.id}")
    change_guide(work, guide.id, card_row=row)


def proposal(context: Context, guide: WardGuide) -> Outgoing:
    """What the chiefs are shown."""
    html = desk_says(context, "guides.proposal", title=guide.title, body=guide.body, by=context.speaker.name)
    yes = desk_button(context, "guides.yes", "ward-guide-yes", guide.id)
    no = desk_button(context, "guides.no", "ward-guide-no", guide.id)
    return Outgoing(html=html, buttons=((yes, no),))


def asked(context: Context, status: str = "asked") -> WardGuide:
    """The guide of a button or a reply, for this desk's officers."""
    work, ward = context.work, context.ward
    return guides.at_desk(work, ward, context.number, context.speaker, context.facts.standing, status)


def reword(context: Context) -> None:
    """A reply to the proposal: the first line is the question, the rest the answer."""
    title, _, body = without_command(context.event.text).partition("\n")
    guide = guides.reword(context.work, asked(context), context.speaker, title.strip(), body.strip())
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
    guide = guides.approve(context.work, context.ward, context.number, context.speaker, context.facts.standing)
    html = desk_says(context, "guides.approved", title=guide.title, body=guide.body, by=context.speaker.name)
    edit_guide(context, guide, html, ((desk_button(context, "guides.take_down", "ward-guide-drop", guide.id),),))


def refuse(context: Context) -> None:
    """`Bỏ`, by any officer: it was only a proposal."""
    guide = asked(context)
    guides.drop(context.work, guide, context.speaker)
    tell_gone(context, guide)


def take_down(context: Context) -> None:
    """`Gỡ`, by a chief."""
    guide = guides.take_down(context.work, context.ward, context.number, context.speaker, context.facts.standing)
    tell_gone(context, guide)


def tell_gone(context: Context, guide: WardGuide) -> None:
    """Nobody finds it."""
    edit_guide(context, guide, desk_says(context, "guides.dropped", title=guide.title, by=context.speaker.name))
