"""`/luadao` at the desk: the ward's list of confirmed numbers and links, from tips, by hand, from a file."""

from bot.context import Context, Need
from bot.domain.markup import plain
from bot.domain.scamcheck import rest_of
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Button, MediaKind, Outgoing
from bot.platforms.base import FetchedFile
from bot.routing import Router
from bot.services import casework, drafts, scam_lists, scams
from bot.services.scam_lists import Imported
from bot.services.scams import Found
from bot.services.verifying import is_published
from bot.services.wards import check_officer
from bot.texts import Html
from data import scams as records
from data.places import Spot
from data.scams import Objection, Record, Value
from data.tips import Tip
from data.unit_of_work import Place
from handlers import scam_words as words
from handlers.desk_words import desk_says

MOST_LISTED = 25
MOST_OFFERED = 8
MOST_UNREAD = 10
LONGEST_LABEL = 60
TAKE_OFF = ("bo", "xoa", "go", "remove")
KEY = 12  # characters of a hash that tell the values of one tip apart


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("luadao", "scams", spots=Spot.DESK, needs=Need.STANDING | Need.FILES)(manage)
    router.button("scam-pick", needs=Need.STANDING, spots=Spot.DESK)(pick)
    router.button("scam-add", needs=Need.FRESH_STANDING, spots=Spot.DESK)(add_picked)
    router.button("scam-uphold", needs=Need.FRESH_STANDING, spots=Spot.DESK)(uphold)
    router.button("scam-decline", needs=Need.FRESH_STANDING, spots=Spot.DESK)(decline)


def manage(context: Context) -> None:
    """`/luadao`: the list; with a file, numbers, `bỏ` and a number; as a reply to a tip's card what it names."""
    work = context.work
    check_officer(work, context.ward, context.speaker, context.facts.standing)
    if any(item.kind is MediaKind.DOCUMENT for item in context.event.attachments):
        import_file(context)
    elif wanted := to_take_off(context.words):
        take_off(context, wanted)
    elif context.words:
        add_typed(context)
    elif tip := casework.letter_for(work, context.ward, context.event):
        context.args = (str(tip.id),)
        pick(context)
    else:
        show_list(context)


# --- the list


def show_list(context: Context) -> None:
    """The newest entries, in full: the desk keeps the list."""
    found = records.newest(context.work, context.ward.id, MOST_LISTED)
    if not found:
        context.reply("scamlist.empty")
        return
    count = records.count_records(context.work, context.ward.id)
    lines = Html("\n".join(line(context, one) for one in found))
    context.reply("scamlist.list", count=count, shown=len(found), lines=lines)


def line(context: Context, record: Record) -> str:
    """One entry."""
    what = words.value_words(context, record.kind, record.content, full=True)
    mark = desk_says(context, "scamlist.disputed") if record.disputed else ""
    source = desk_says(context, f"scamlist.source.{record.source}")
    note = f" · {record.content.note}" if record.content.note else ""
    return desk_says(context, "scamlist.line", number=record.id, what=what, source=source, note=note, mark=Html(mark))


# --- by hand


def add_typed(context: Context) -> None:
    """`/luadao 0912 345 678 ghi chú`: everything in it that can be listed."""
    reading = scams.read(context.around.content, context.words)
    found = scams.values_of(reading, context.around.content.names)
    if not found:
        raise Refused("scamlist.trusted" if reading.links else "scamlist.how")
    note = rest_of(context.words)[: scams.LONGEST_NOTE]
    kept = [confirm(context, (kind, Value(one.value, one.bank, note))) for kind, one in found]
    tell_added(context, kept)


def confirm(context: Context, found: Found, tip: int | None = None) -> Record:
    """Listed from now on."""
    return scams.confirm(context.work, context.around.content.rules, context.ward, context.speaker, found, tip)


def tell_added(context: Context, kept: list[Record]) -> None:
    """What was added, and until when."""
    lines = Html("\n".join(line(context, one) for one in kept))
    context.reply(
        "scamlist.added", lines=lines, by=context.speaker.name, until=words.day_of(context, kept[0].expires_at)
    )


def to_take_off(typed: str) -> str:
    """What stands behind a word that takes off; nothing where there is no such word."""
    first, *rest = typed.split(maxsplit=1) or [""]
    return rest[0].strip() if rest and fold(first) in TAKE_OFF else ""


def take_off(context: Context, wanted: str) -> None:
    """`/luadao bỏ 12`, or the value itself."""
    record = entry(context, wanted)
    waiting = scams.remove(context.work, record, context.speaker)
    what = words.value_words(context, record.kind, record.content, full=True)
    context.reply("scamlist.removed", what=what, by=context.speaker.name)
    tell_decided(context, waiting, upheld=True)


def entry(context: Context, wanted: str) -> Record:
    """An entry by its number in the list, or by its value."""
    if wanted.isdecimal() and len(wanted) < 6:
        return scams.listed_here(context.work, context.ward, int(wanted))
    reading = scams.read(context.around.content, wanted)
    found = scams.check(context.work, context.ward.id, reading).listed
    if not found:
        raise Refused("scamlist.not_listed")
    return found[0]


# --- from a tip


def pick(context: Context) -> None:
    """The numbers and links that a tip names: one button for each that is not listed yet."""
    tip = casework.check_case(context.work, context.here, context.number, context.speaker, context.facts.standing)
    fresh = [one for one in named_in(context, tip) if not (is_listed(context, one) or is_ours(context, one))]
    if not fresh:
        raise Refused("scamlist.nothing_named")
    rows = tuple((pick_button(context, tip, one, number),) for number, one in enumerate(fresh[:MOST_OFFERED], 1))
    casework.note_view(context.work, tip, context.speaker)
    context.reply("scamlist.pick", *rows, code=tip.code)


def named_in(context: Context, tip: Tip) -> list[Found]:
    """What a tip names, as its reporter wrote it."""
    reading = scams.read(context.around.content, drafts.words_of(context.work, tip))
    return scams.values_of(reading, context.around.content.names)


def is_listed(context: Context, found: Found) -> bool:
    """Whether the ward has it already."""
    return bool(records.find_values(context.work, context.ward.id, [(found[0], found[1].value)]))


def is_ours(context: Context, found: Found) -> bool:
    """Whether it is the ward's own number or page."""
    return is_published(context.work, context.ward.id, found[1].value)


def pick_button(context: Context, tip: Tip, found: Found, number: int) -> Button:
    """A value by its end: the reporter's own number may be among them, and the card shows which is which."""
    shown = words.value_words(context, found[0], found[1], full=False)
    label = plain(desk_says(context, "scamlist.pick_button", number=number, what=shown))
    return Button(label[:LONGEST_LABEL], f"scam-add:{tip.id}:{key_of(context, found)}")


def key_of(context: Context, found: Found) -> str:
    """By which a button knows its value; an edited tip never makes it mean another one."""
    return records.key_of(context.work, *(found[0], found[1].value))[:KEY]


def add_picked(context: Context) -> None:
    """An officer confirms one."""
    tip = casework.check_case(context.work, context.here, context.number, context.speaker, context.facts.standing)
    wanted = context.args[1] if len(context.args) == 2 else ""
    found = next((one for one in named_in(context, tip) if key_of(context, one) == wanted), None)
    if found is None:
        raise Refused("stale")
    tell_added(context, [confirm(context, found, tip.id)])


# --- from a file


def import_file(context: Context) -> None:
    """A CSV file sent with `/luadao`."""
    files = [file for file in context.facts.files.values() if isinstance(file, FetchedFile)]
    if not files:
        raise Refused("scamlist.no_file")
    content, work = context.around.content, context.work
    done = scam_lists.import_list(
        work, content.rules, context.ward.id, context.speaker, files[0].original, content.names
    )
    tell_imported(context, done)


def tell_imported(context: Context, done: Imported) -> None:
    """How many, and which lines nobody could read."""
    if not done.added and not done.known:
        raise Refused("scamlist.no_lines")
    lines = ", ".join(map(str, done.unread[:MOST_UNREAD])) + ("…" if len(done.unread) > MOST_UNREAD else "")
    unread = desk_says(context, "scamlist.unread", count=len(done.unread), lines=lines) if done.unread else ""
    more = desk_says(context, "scamlist.more", most=scam_lists.MOST_LINES) if done.more else ""
    context.reply("scamlist.imported", added=done.added, known=done.known, unread=Html(unread), more=Html(more))


# --- objections


def uphold(context: Context) -> None:
    """`Gỡ khỏi danh sách`."""
    decide(context, upheld=True)


def decide(context: Context, *, upheld: bool) -> None:
    """An officer has decided: the desk sees who, and whoever objected is told."""
    check_officer(context.work, context.ward, context.speaker, context.facts.standing)
    decided, record = scams.decide(context.work, context.ward, context.speaker, context.number, upheld=upheld)
    what = words.value_words(context, record.kind, record.content, full=True)
    context.reply("scamlist.taken_off" if upheld else "scamlist.kept", what=what, by=context.speaker.name)
    tell_decided(context, decided, upheld=upheld)


def tell_decided(context: Context, decided: list[Objection], *, upheld: bool) -> None:
    """Whoever objected hears what became of it."""
    key = "scamcheck.objection_upheld" if upheld else "scamcheck.objection_declined"
    for one in decided:
        html = context.around.texts.say(one.language, key, ward=context.ward.name)
        place = Place(one.by.person.platform, one.by.person.id, context.ward.id, private=True)
        context.work.post(Outgoing(html=html, language=one.language), place)


def decline(context: Context) -> None:
    """`Giữ lại`."""
    decide(context, upheld=False)
