"""What is said of a message that somebody doubts: how dangerous, why, and what to do now."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import Context
from bot.domain.lookalike import Sign
from bot.domain.scam_patterns import Own, Trick
from bot.domain.scamcheck import Answer, Listing
from bot.domain.vietqr import Transfer
from bot.domain.weblinks import defanged
from bot.messages import Button, MediaKind
from bot.platforms.base import FetchedFile
from bot.services import drafts, scams
from bot.services.scams import Finding
from bot.texts import Html
from data.places import Spot, ward_by_id
from data.scams import Record, Value
from data.tips import Tip
from handlers.desk_words import desk_button, quoted
from handlers.local import local

MOST_WHY = 4
MOST_MARKS = 4
SHOWN = 3  # digits of a number that others may see
LONGEST_LINK = 80
SCAM_KINDS = frozenset({"lua_dao_mang", "lua_dao_truc_tiep"})


# --- looking


def look(context: Context, text: str, ward_id: int | None) -> Finding:
    """What is known of a text, and of the codes in the pictures that came with it."""
    return scams.check(context.work, ward_id, scams.read(context.around.content, text, codes_of(context)))


def codes_of(context: Context) -> Sequence[str]:
    """What the QR codes in the pictures say."""
    return [code for file in context.facts.files.values() if isinstance(file, FetchedFile) for code in file.codes]


def cards_of(context: Context) -> list[str]:
    """Contact cards, as words."""
    cards = (item for item in context.event.attachments if item.kind is MediaKind.CONTACT)
    return [f"{item.name} {item.phone}" for item in cards]


def draft_offer(context: Context, tip: Tip, kind: str) -> tuple[tuple[Button, ...], ...]:
    """Under a draft that looks like a scam: have it checked. In danger nothing stands beside what is needed."""
    if tip.aside or tip.danger or not (kind in SCAM_KINDS or is_suspected(context, tip)):
        return ()
    return ((context.button("scamcheck.draft_button", "scam-draft", tip.id),),)


def is_suspected(context: Context, tip: Tip) -> bool:
    """Whether the words of a draft look like a scam."""
    text = drafts.words_of(context.work, tip)
    return bool(text) and scams.read(context.around.content, text).answer is not Answer.UNKNOWN


def card_offer(context: Context, tip: Tip) -> tuple[tuple[Button, ...], ...]:
    """Under a tip about a scam that somebody has taken on: what of it the ward may list."""
    if tip.kind not in SCAM_KINDS or tip.confirmed_at is None or tip.handler_key is None or tip.aside:
        return ()
    return ((desk_button(context, "scamlist.card_button", "scam-pick", tip.id),),)


# --- saying


def told(context: Context, finding: Finding) -> str:
    """The whole answer, for whoever asked in private."""
    lines = [context.say(f"scamcheck.head.{finding.answer}"), *reasons(context, finding)[:MOST_WHY]]
    lines += [transfer_line(context, one) for one in finding.reading.transfers]
    lines.append(context.say(f"scamcheck.do.{finding.answer}"))
    if advice := advice_of(context, finding.reading.tricks):
        lines.append(context.say("scamcheck.advice", advice=advice))
    return "\n".join(lines)


def told_briefly(context: Context, finding: Finding) -> str:
    """The same among others: no number in full, one reason."""
    lines = [context.say(f"scamcheck.head.{finding.answer}"), *reasons(context, finding)[:1]]
    return "\n".join([*lines, context.say(f"scamcheck.do.{finding.answer}")])


def reasons(context: Context, finding: Finding) -> list[str]:
    """Why, the weightiest first: what the ward has confirmed, then links, then how it sounds."""
    grave = [sign_line(context, one) for one in finding.reading.signs if one.grave]
    known = {one.link for one in finding.reading.signs if one.grave}
    light = [sign_line(context, one) for one in finding.reading.signs if not one.grave and one.link not in known]
    tricks = [trick_line(context, one) for one in finding.reading.tricks[:2]]
    marks = [] if tricks else marks_lines(context, finding.reading.marks)
    return [*(record_line(context, one) for one in finding.listed), *grave, *tricks, *light, *marks]


def marks_lines(context: Context, marks: Sequence[str]) -> list[str]:
    """What scams have in common, where no trick was recognised."""
    said = [context.say(f"scamcheck.mark.{one}") for one in marks[:MOST_MARKS]]
    return [context.say("scamcheck.why.marks", list=" · ".join(said))] if said else []


def record_line(context: Context, record: Record) -> str:
    """An entry of the ward's list."""
    disputed = "listed_disputed" if record.stands else "disputed"
    key = f"scamcheck.why.{disputed if record.disputed else 'listed'}"
    ward = ward_by_id(context.work, record.ward_id).name
    shown = value_words(context, record.kind, record.content, full=context.here.spot is not Spot.GROUP)
    return context.say(key, what=shown, ward=ward, date=day_of(context, record.created_at))


def value_words(context: Context, kind: Listing, value: Value, *, full: bool) -> Html:
    """A listed value; of people's numbers no more than the end where others read along."""
    words = spelled(kind, value.value) if full or kind is Listing.LINK else f"…{value.value[-SHOWN:]}"
    return Html(context.say(f"scamcheck.what.{kind}", value=words, bank=f" ({value.bank})" if value.bank else ""))


def spelled(kind: Listing, value: str) -> str:
    """A value as people read it: a phone with its 0, a link that nobody presses."""
    if kind is Listing.PHONE:
        return f"0{value.removeprefix(scams.ABROAD)}" if value.startswith(scams.ABROAD) else value
    return harmless(value) if kind is Listing.LINK else value


def harmless(address: str) -> str:
    """A link's host with its dots in brackets."""
    host, slash, path = address.partition("/")
    return f"{host.replace('.', '[.]')}{slash}{path}"


def sign_line(context: Context, sign: Sign) -> str:
    """What is wrong with a link."""
    link = quoted(defanged(sign.link), LONGEST_LINK)
    return context.say(f"scamcheck.why.{sign.flag}", link=link, name=sign.name, home=harmless(sign.home))


def trick_line(context: Context, trick: Trick) -> str:
    """Which trick it sounds like."""
    known = trick_of(context, trick)
    return context.say("scamcheck.why.trick", name=known.name, sign=known.sign)


def trick_of(context: Context, trick: Trick) -> Own:
    """A trick by its name: of the library, or of our own."""
    if trick.own:
        return context.around.content.patterns.own[trick.own]
    scam = next(one for one in local(context).scams if one.id == trick.scam)
    return Own(scam.ten, scam.dau_hieu, scam.loi_khuyen)


def advice_of(context: Context, tricks: Sequence[Trick]) -> str:
    """What the library advises about the first of them."""
    return trick_of(context, tricks[0]).advice if tricks else ""


def transfer_line(context: Context, transfer: Transfer) -> str:
    """Where the money of a QR code would go."""
    full = context.here.spot is not Spot.GROUP
    number = transfer.number if full else f"…{transfer.number[-SHOWN:]}"
    bank = context.around.content.banks.get(transfer.bin, transfer.bin)
    key = "scamcheck.transfer_sum" if transfer.amount else "scamcheck.transfer"
    return context.say(key, bank=bank, number=number, amount=f"{transfer.amount:,}".replace(",", "."))


def day_of(context: Context, at: float) -> str:
    """A day as it is written here."""
    return f"{datetime.fromtimestamp(at, context.around.settings.zone):%d/%m/%Y}"
