"""`/lienhe` at the desk: what residents are told of how the ward can be reached; one proposes, another approves."""

from bot.context import Context, Need
from bot.domain.vietnamese import fold
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import contact_list
from bot.services.broadcast_rights import nobody_else
from bot.texts import Html
from data.places import Spot
from data.published import Proposed, proposed, published
from handlers.broadcast_words import Rows

ADD, REMOVE = ("them ", "add "), ("xoa ", "bo ", "remove ")


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("lienhe", "contacts", spots=Spot.DESK, needs=Need.FRESH_STANDING)(manage)
    router.button("contact-yes", spots=Spot.DESK, needs=Need.FRESH_STANDING)(approve)
    router.button("contact-no", spots=Spot.DESK, needs=Need.STANDING)(refuse)


def manage(context: Context) -> None:
    """`/lienhe` shows the list; `/lienhe thêm NAME: VALUE` proposes, `/lienhe xoá NUMBER` takes down."""
    said, standing = fold(context.words), context.facts.standing
    if not said:
        show_list(context, "contacts.list")
        return
    rest = context.words.split(maxsplit=1)[-1]
    if said.startswith(REMOVE):
        contact_list.take_down(context.work, context.ward, context.speaker, standing, rest.strip())
        show_list(context, "contacts.changed")
        return
    label, _, value = (rest if said.startswith(ADD) else context.words).partition(":")
    ask(context, contact_list.propose(context.work, context.ward, context.speaker, standing, label, value))


def ask(context: Context, contact: Proposed) -> None:
    """Put to the chiefs; where nobody but who proposes is one, how to name a second."""
    by = context.speaker
    words = context.say("contacts.asked", author=by.name, label=contact.label, value=contact.value)
    if nobody_else(context.work, context.ward, by):
        words += "\n" + context.say("contacts.alone")
    context.answer(context.spoken(words, *deciding(context, contact)))


def deciding(context: Context, contact: Proposed) -> Rows:
    """`Duyệt` and `Bỏ`."""
    label = Html(contact.label)  # a button shows no markup
    yes = context.button("contacts.yes", "contact-yes", contact.id, label=label)
    no = context.button("contacts.no", "contact-no", contact.id, label=label)
    return ((yes, no),)


def approve(context: Context) -> None:
    """`Duyệt`, by a chief who did not propose it."""
    found = contact_list.approve(context.work, context.ward, context.number, context.speaker, context.facts.standing)
    settle(context, "contacts.approved", found)
    show_list(context, "contacts.changed")


def refuse(context: Context) -> None:
    """`Bỏ`, by any officer."""
    found = contact_list.refuse(context.work, context.ward, context.number, context.speaker, context.facts.standing)
    settle(context, "contacts.refused", found)


def settle(context: Context, key: str, contact: Proposed) -> None:
    """The question that was answered is a question no more."""
    html = context.say(key, label=contact.label, value=contact.value, by=context.speaker.name)
    context.do(Outgoing(Action.EDIT, html, message_id=context.event.message_id))


def show_list(context: Context, key: str) -> None:
    """What residents read, with numbers, and what still waits, with its buttons."""
    lines = [
        context.say("contacts.numbered", number=n, label=one.label, value=one.value)
        for n, one in enumerate(published(context.work, context.ward.id), 1)
    ] or [context.say("contacts.none_desk")]
    waiting = proposed(context.work, context.ward.id)
    lines += [context.say("contacts.waiting", label=one.label, value=one.value) for one in waiting]
    rows = [row for one in waiting for row in deciding(context, one)]
    context.reply(key, *rows, lines=Html("\n".join(lines)))
