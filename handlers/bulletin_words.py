"""How a bulletin is worded: its sections as drafted, its message, its card at the desk, and the sheet to be typeset."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.context import Context
from bot.domain.brevity import cut, shared_out
from bot.domain.bulletins import Section, Sections
from bot.domain.impersonal import Personal, personal_in
from bot.domain.markup import length, plain
from bot.messages import Attachment, Button, MediaKind, Outgoing
from bot.services.bulletin_matter import Matter
from bot.texts import Html
from data.bulletins import Bulletin
from data.places import ward_by_id
from data.sheets import Block, Sheet
from handlers.broadcast_words import longest_form
from handlers.desk_words import desk_says
from handlers.local import local

TITLE = 50  # letters of a title where there is little room: eight of them still fit under a picture
NUMBERS = ("police", "fire", "medical", "rescue", "child")
Rows = tuple[tuple[Button, ...], ...]


# --- drafted


def drafted(context: Context, matter: Matter) -> Sections:
    """The sections of a new issue, in words that an officer may change."""
    numbers = local(context).numbers["all"]
    title, points = matter.reminder
    return (
        counts_section(context, matter),
        scam_section(context, matter),
        Section(3, "reminder", title, points=tuple(("", point) for point in points)),
        Section(
            4,
            "numbers",
            desk_says(context, "bulletin.numbers.title"),
            points=tuple((numbers[one], desk_says(context, f"bulletin.numbers.{one}")) for one in NUMBERS),
        ),
    )


def counts_section(context: Context, matter: Matter) -> Section:
    """What was verified, as far as it may be told; of a month that goes on, up to when."""
    counted, names = matter.counted, {kind.ma: kind.ten for kind in context.around.content.categories}
    words = []
    if len(counted.shown) > 1:
        words.append(desk_says(context, "bulletin.counts.total", total=counted.total))
    if counted.shown and counted.held:
        words.append(desk_says(context, "bulletin.counts.held"))
    if not counted.shown:
        words.append(desk_says(context, "bulletin.counts.none"))
    if matter.month.span(context.around.settings.zone)[1] > context.work.now:
        words.append(desk_says(context, "bulletin.counts.so_far", date=f"{context.now:%d/%m/%Y}"))
    points = tuple((names[kind], str(count)) for kind, count in counted.shown)
    return Section(1, "counts", desk_says(context, "bulletin.counts.title"), " ".join(words), points)


def scam_section(context: Context, matter: Matter) -> Section:
    """The scam of the month."""
    scam = matter.scam
    points = (
        (desk_says(context, "bulletin.scam.signs"), scam.dau_hieu),
        (desk_says(context, "bulletin.scam.advice"), scam.loi_khuyen),
    )
    told = desk_says(context, "bulletin.scam.told") if matter.scam_told else ""
    return Section(2, "scam", plainly(context, "bulletin.scam.title", name=scam.ten), told, points)


def plainly(context: Context, key: str, **values: object) -> str:
    """A sentence as plain text: what stands in a bulletin is escaped once, where it is shown."""
    return desk_says(context, key, **{name: Html(str(value)) for name, value in values.items()})


# --- read


def name_of(context: Context, bulletin: Bulletin) -> str:
    """`Bản tin số 3`."""
    return desk_says(context, "bulletin.name", number=bulletin.number)


def month_of(context: Context, bulletin: Bulletin) -> str:
    """`Tháng 11/2026`."""
    return desk_says(context, "bulletin.month", month=bulletin.month.label)


def unit_of(context: Context, bulletin: Bulletin) -> str:
    """`Công an Phường Hoa Sữa`."""
    return plainly(context, "bulletin.unit", ward=ward_by_id(context.work, bulletin.ward_id).name)


def words_of(context: Context, section: Section) -> str:
    """A section's text with its points as lines."""
    return "\n".join(filter(None, [*(point_words(context, section, pair) for pair in section.points), section.text]))


def personal_words(context: Context, section: Section, kinds: Collection[Personal] = tuple(Personal)) -> str:
    """What a section says of somebody, in words: "tên người, biển số xe"; nothing of what the bot itself drafted."""
    if section.points and section.kind != "free":
        return ""
    found = [what for what in personal_in(f"{section.title}\n{section.text}") if what in kinds]
    return ", ".join(desk_says(context, f"bulletin.personal.{what}") for what in found)


def named_in(context: Context, bulletin: Bulletin, kinds: Collection[Personal] = tuple(Personal)) -> str:
    """The same of every section, by its number."""
    found = [(number, personal_words(context, one, kinds)) for number, one in enumerate(bulletin.sections, 1)]
    said = [context.say("bulletin.left_out_of", number=number, what=what) for number, what in found if what]
    return "; ".join(said)


def point_words(context: Context, section: Section, pair: tuple[str, str]) -> str:
    """One point as a line."""
    name, words = pair
    if section.kind == "counts":
        return "• " + plainly(context, "bulletin.counts.one", kind=name, count=words)
    if section.kind == "numbers":
        return f"{name} {words}"
    return f"• {name}: {words}" if name else f"• {words}"


def section_html(context: Context, section: Section, text: str) -> str:
    """A section as it stands in a message."""
    if not text:
        return desk_says(context, "bulletin.section_bare", title=section.title)
    return desk_says(context, "bulletin.section", title=section.title, text=text)


def message_words(context: Context, section: Section) -> str:
    """A section's words in a message: emergency numbers in one line."""
    text = words_of(context, section)
    return text.replace("\n", " · ") if section.kind == "numbers" and section.points else text


def full_html(context: Context, bulletin: Bulletin) -> str:
    """The whole bulletin for whoever asks for it; a platform's limit cuts it in numbered parts."""
    parts = [section_html(context, one, message_words(context, one)) for one in bulletin.sections]
    ending = f"{context.say('bulletin.ending')}\n<i>{context.say('bulletin.never')}</i>"
    return "\n\n".join([head_html(context, bulletin), *parts, ending])


def head_html(context: Context, bulletin: Bulletin) -> str:
    """The first lines."""
    values = {"name": name_of(context, bulletin), "month": month_of(context, bulletin)}
    return desk_says(context, "bulletin.head", unit=unit_of(context, bulletin), **values)


def sent_html(context: Context, bulletin: Bulletin, room: int) -> str:
    """The bulletin in one message of at most `room` units; where it is longer, its sections give way and say so."""
    texts = [message_words(context, one) for one in bulletin.sections]
    whole = assembled(context, bulletin, texts, more=False)
    if length(whole) <= room:
        return whole
    room -= length(assembled(context, bulletin, [""] * len(texts), more=True)) + len(texts)  # a break below each title
    return assembled(context, bulletin, shared_out(texts, max(room, 0)), more=True)


def room_for(context: Context, *, asks_read: bool = False) -> int:
    """How long the words under a picture may be on every platform, once whatever may be added to them is."""
    bare = longest_form(context, Outgoing(html="."), asks_read=asks_read)
    return min(
        platform.capabilities.caption_length - sum(length(page.html) for page in context.around.fit(name, bare))
        for name, platform in context.around.platforms.items()
    )


def picture_of(bulletin: Bulletin, stored: str) -> Attachment:
    """Its typeset picture, by the name under which it lies in the vault."""
    return Attachment(MediaKind.PHOTO, name=f"ban-tin-so-{bulletin.number}.png", mime="image/png", stored=stored)


def assembled(context: Context, bulletin: Bulletin, texts: Sequence[str], *, more: bool) -> str:
    """Head, sections and ending. The broadcast adds what the bot never asks for; this says what is missing there."""
    sections = [replace(one, title=cut(one.title, TITLE)) if more else one for one in bulletin.sections]
    parts = [section_html(context, one, text) for one, text in zip(sections, texts, strict=True)]
    said = [desk_says(context, "bulletin.more", number=bulletin.number)] if more else []
    ending = f"{desk_says(context, 'bulletin.ending')}\n{desk_says(context, 'bulletin.never_sent')}"
    return "\n\n".join([head_html(context, bulletin), *parts, *said, ending])


# --- typeset


def sheet_of(context: Context, bulletin: Bulletin) -> Sheet:
    """Everything that stands on the picture, the page and the document."""
    return Sheet(
        name_of(context, bulletin),
        month_of(context, bulletin),
        unit_of(context, bulletin),
        tuple(Block(one.kind, one.title, one.text, one.points) for one in bulletin.sections),
        tuple(plain(desk_says(context, f"bulletin.{key}")) for key in ("ending", "never")),
        link_of(context, bulletin),
        desk_says(context, "bulletin.scan"),
        plain(desk_says(context, "bulletin.more", number=bulletin.number)),
    )


def link_of(context: Context, bulletin: Bulletin) -> str:
    """Where the printed code leads: to this issue, on the first platform that has such links."""
    links = (platform.private_link(f"b{bulletin.id}") for platform in context.around.platforms.values())
    return next(filter(None, links), "")
