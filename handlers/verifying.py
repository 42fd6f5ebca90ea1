"""`/xacminh`: is this really our police? And `/lienhe`: how the ward can be reached."""

from bot.context import Context, Need
from bot.domain.markup import plain
from bot.domain.scamcheck import Answer
from bot.routing import Router
from bot.services import verifying
from bot.texts import Html
from data.conversations import close_step, open_step
from data.places import Spot, ward_by_id
from data.published import Published, published
from handlers import scam_words as words
from handlers.desk_words import without_command
from handlers.local import ward_of
from handlers.ways import say_with_way

ASKED = "verify"
TALK = Spot.PRIVATE | Spot.GROUP


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("xacminh", spots=TALK, needs=Need.QUOTED, plain=True)(begin)
    router.command("verify", spots=TALK, needs=Need.QUOTED)(begin)
    router.during(ASKED)(hear)
    router.command("lienhe", "contacts", spots=TALK)(show)


# --- residents


def begin(context: Context) -> None:
    """`/xacminh` with a number, an account, a claim, or as a reply; without any, that is asked for."""
    text = "\n".join(part for part in (context.words, quoted_words(context), *words.cards_of(context)) if part)
    if text:
        verify(context, text)
        return
    if context.here.spot is Spot.PRIVATE:
        open_step(context.work, context.event.chat, ASKED)
        context.reply("verify.ask", list=contacts_line(context, contacts_here(context)))
    else:
        say_with_way(context, "verify.real", list=contacts_line(context, contacts_here(context)))


def quoted_words(context: Context) -> str:
    """What the message says that this replies to."""
    return plain(context.event.quoted.html) if context.event.quoted else ""


def hear(context: Context) -> None:
    """What was asked for."""
    text = "\n".join(part for part in (without_command(context.event.text), *words.cards_of(context)) if part)
    if not text:
        context.reply("verify.no_words")
        return
    close_step(context.work, context.event.chat)
    verify(context, text)


def verify(context: Context, text: str) -> None:
    """Whether what was named is among the published contacts; in any case what these are."""
    contacts = contacts_here(context)
    finding = words.look(context, text, ward_of(context))
    claim = verifying.compare(contacts, text, finding.reading)
    doubtful = finding.answer is not Answer.UNKNOWN
    lines = [verdict(context, contacts, claim, doubtful=doubtful)]
    if doubtful:
        lines.append(context.say("verify.suspicious"))
    lines.append(context.say("verify.real", list=contacts_line(context, contacts)))
    html = "\n".join(lines)
    if context.here.spot is Spot.GROUP:
        say_with_way(context, "scamcheck.plain", text=Html(html))
    else:
        context.answer(context.spoken(html))


def verdict(context: Context, contacts: list[Published], claim: verifying.Claim, *, doubtful: bool) -> str:
    """What can be said of what was named. A trick that names a real number among its own is never called real."""
    if claim.matches:
        key = "verify.mixed" if claim.others else "verify.ours_doubted" if doubtful else "verify.ours"
        return context.say(key, what=claim.matches[0].label)
    if not contacts:
        return context.say("verify.nothing_published")
    if claim.called and not claim.others:
        return context.say("verify.called", what=claim.called[0].label)
    return context.say("verify.not_ours" if claim.others else "verify.no_number")


def contacts_here(context: Context) -> list[Published]:
    """What the ward of this chat has published; nothing where no ward is known."""
    ward = ward_of(context)
    return published(context.work, ward) if ward is not None else []


def contacts_line(context: Context, contacts: list[Published]) -> Html:
    """All of them, or that there are none."""
    if not contacts:
        return Html(context.say("contacts.none"))
    ward = ward_of(context)
    head = context.say("contacts.head", ward=ward_by_id(context.work, ward or 0).name)
    lines = [context.say("contacts.line", label=one.label, value=one.value) for one in contacts]
    return Html("\n".join([head, *lines]))


def show(context: Context) -> None:
    """`/lienhe`."""
    context.reply("verify.real", list=contacts_line(context, contacts_here(context)))
