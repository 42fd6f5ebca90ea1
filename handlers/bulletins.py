"""`/bantin` at the desk: the month's bulletin, drafted by itself, edited in chat, sent as a broadcast, printed."""

from collections.abc import Sequence

from bot.context import Context, Need
from bot.domain.bulletins import NEWEST, Month, Wish, month_due, read_wish
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Action, Outgoing
from bot.routing import Router
from bot.services import bulletins
from bot.services.bulletin_matter import gather
from bot.services.bulletins import Stage
from bot.texts import Html
from data.bulletins import Bulletin, bulletin_of, bulletins_of
from data.places import Spot
from handlers.broadcast_words import edit
from handlers.broadcasts import check_groups, check_officer
from handlers.bulletin_card import at_desk, refresh, show_card
from handlers.bulletin_words import (
    counts_section,
    drafted,
    month_of,
    name_of,
    personal_words,
    sheet_of,
    words_of,
)
from handlers.desk_words import quoted, without_command

ARCHIVE = frozenset({"kho", "cac so", "luu tru", "archive"})
SHOWN = 24  # issues in the archive's list: two years


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("bantin", "bulletin", spots=Spot.DESK, needs=Need.STANDING)(open_issue)
    router.button("bulletin-list", spots=Spot.DESK, needs=Need.STANDING)(show_archive)
    router.button("bulletin-open", spots=Spot.DESK, needs=Need.STANDING)(open_chosen)
    router.button("bulletin-edit", spots=Spot.DESK, needs=Need.STANDING)(ask_words)
    router.reply_to("bulletin-words", spots=Spot.DESK, needs=Need.STANDING)(hear_words)
    router.button("bulletin-recount", spots=Spot.DESK, needs=Need.STANDING)(recount)
    router.button("bulletin-drop", spots=Spot.DESK, needs=Need.STANDING)(drop)
    router.button("bulletin-discard", spots=Spot.DESK, needs=Need.STANDING)(ask_discard)
    router.button("bulletin-discard-yes", spots=Spot.DESK, needs=Need.STANDING)(discard)
    router.button("bulletin-send", spots=Spot.DESK, needs=Need.FRESH_STANDING)(send)
    router.button("bulletin-print", spots=Spot.DESK, needs=Need.STANDING)(print_out)


def still_open(context: Context) -> Bulletin:
    """The bulletin of a button or a reply, where it may still be changed, for this desk's officers."""
    return bulletins.open_bulletin(context.work, context.ward, context.number, context.speaker, context.facts.standing)


# --- opening


def open_issue(context: Context) -> None:
    """`/bantin`, `/bantin tháng 10`, `/bantin 3`, `/bantin kho`, `/bantin xe máy`."""
    check_officer(context)
    if fold(context.words).strip(" .!") in ARCHIVE:
        show_archive(context)
        return
    wish = read_wish(context.words)
    if wish is None:
        show_about(context)
        return
    found = bulletins.chosen(bulletins_of(context.work, context.ward.id), wish) if wish.number is not None else []
    show_card(context, found[0] if found else of_month(context, month_meant(context, wish)))


def month_meant(context: Context, wish: Wish) -> Month:
    """The month that an issue is opened for: the one that is due, or the one named, the last such that has begun."""
    zone, now = context.around.settings.zone, context.work.now
    if wish == NEWEST:
        return month_due(now, zone)
    if wish.month is None:
        raise Refused("bulletin.unclear")
    running = Month.at(now, zone)
    year = wish.year or (running.year if wish.month <= running.number else running.year - 1)
    if (month := Month(year, wish.month)) > running:
        raise Refused("bulletin.too_early")
    return month


def of_month(context: Context, month: Month) -> Bulletin:
    """The issue of a month, drafted now if there is none."""
    work, ward = context.work, context.ward
    if found := bulletin_of(work, ward.id, month):
        return found
    matter = gather(work, ward, month, context.around.content, context.around.settings.zone)
    return bulletins.keep_draft(work, ward, context.speaker, month, drafted(context, matter))


# --- the desk's archive


def show_archive(context: Context) -> None:
    """Every issue."""
    check_officer(context)
    found = bulletins_of(context.work, context.ward.id)
    if found:
        list_issues(context, found)
    else:
        context.reply("bulletin.desk_none")


def show_about(context: Context) -> None:
    """The issues that speak of what was typed."""
    found = bulletins.about(bulletins_of(context.work, context.ward.id), context.words)
    if not found:
        raise Refused("bulletin.unclear")
    list_issues(context, found)


def list_issues(context: Context, found: Sequence[Bulletin]) -> None:
    """Where each stands, and a button to open it."""
    found = found[:SHOWN]
    lines = Html("\n".join(archive_line(context, one) for one in found))
    opens = [
        context.button("bulletin.open", "bulletin-open", one.id, number=one.number, month=one.month.label)
        for one in found
    ]
    rows = [tuple(opens[at : at + 2]) for at in range(0, len(opens), 2)]
    context.reply("bulletin.desk_list", *rows, lines=lines)


def archive_line(context: Context, bulletin: Bulletin) -> str:
    """One issue: its month, and whom it reached."""
    stage = bulletins.stage_of(context.work, bulletin)
    reached, targets = bulletins.reach_of(context.work, bulletin) if stage is Stage.ISSUED else (0, 0)
    state = context.say(f"bulletin.state_{stage}", **({"reached": reached, "targets": targets} if targets else {}))
    name, month = name_of(context, bulletin), month_of(context, bulletin)
    return context.say("bulletin.desk_line", name=name, month=month, state=state)


def open_chosen(context: Context) -> None:
    """An issue of the archive was pressed."""
    show_card(context, at_desk(context))


# --- editing


def ask_words(context: Context) -> None:
    """`Sửa mục`, `Thêm mục`: the answer is the new words."""
    bulletin, section = open_section(context)
    if section:
        ask_about(context, bulletin, section, "bulletin.ask_edit")
    else:
        about = f"bulletin-words:{bulletin.id}:0"
        context.ask(about, "bulletin.ask_add")


def ask_about(context: Context, bulletin: Bulletin, section: int, key: str) -> None:
    """Show a section as it is now; the answer remembers which words it was about."""
    found = next((one for one in bulletin.sections if one.id == section), None)
    if found is None:
        raise Refused("stale")
    about = f"bulletin-words:{bulletin.id}:{section}:{bulletins.mark_of(found)}"
    context.ask(about, key, text=quoted(f"{found.title}\n{words_of(context, found)}", 2000))


def open_section(context: Context) -> tuple[Bulletin, int]:
    """The bulletin and the section that a button or a question is about."""
    section = context.args[1] if len(context.args) > 1 else ""
    if not section.isdecimal() or len(section) > 4:
        raise Refused("stale")
    return still_open(context), int(section)


def hear_words(context: Context) -> None:
    """A section in new words, or a new one."""
    bulletin, section = open_section(context)
    shown = context.args[2] if len(context.args) > 2 else ""
    if shown and shown not in [bulletins.mark_of(one) for one in bulletin.sections if one.id == section]:
        ask_about(context, bulletin, section, "bulletin.changed_meanwhile")
        return
    words = without_command(context.event.text)
    changed = bulletins.rewrite(context.work, bulletin, section, words, context.speaker)
    refresh(context, changed)
    written = next(one for one in changed.sections if one.id == (section or newest_of(changed)))
    if what := personal_words(context, written):
        context.reply("bulletin.edited_personal", what=what)
    else:
        context.reply("bulletin.edited")


def newest_of(bulletin: Bulletin) -> int:
    """The section that was added last."""
    return max(one.id for one in bulletin.sections)


def recount(context: Context) -> None:
    """`Tính lại số liệu`: more was verified since it was drafted."""
    work, ward, bulletin = context.work, context.ward, still_open(context)
    matter = gather(work, ward, bulletin.month, context.around.content, context.around.settings.zone)
    refresh(context, bulletins.recount(work, bulletin, counts_section(context, matter), context.speaker))
    context.notice = context.say("bulletin.recounted")


def drop(context: Context) -> None:
    """`Bỏ mục`."""
    bulletin, section = open_section(context)
    refresh(context, bulletins.drop_section(context.work, bulletin, section, context.speaker))
    context.notice = context.say("bulletin.dropped")


def ask_discard(context: Context) -> None:
    """`Bỏ bản nháp`: asked once more."""
    bulletin = still_open(context)
    yes = context.button("bulletin.discard_yes", "bulletin-discard-yes", bulletin.id)
    context.reply("bulletin.ask_discard", (yes,), name=name_of(context, bulletin), month=month_of(context, bulletin))


def discard(context: Context) -> None:
    """`Bỏ hẳn`."""
    bulletin = still_open(context)
    bulletins.discard(context.work, bulletin, context.speaker)
    words = context.say("bulletin.discarded", by=context.speaker.name)
    if bulletin.card_row is not None:
        edit(context, bulletin.card_row, words)
    context.do(Outgoing(Action.EDIT, words, message_id=context.event.message_id))


# --- going out


def send(context: Context) -> None:
    """`Xem và gửi`: its picture is made first, then it is previewed as any broadcast."""
    bulletin = still_open(context)
    check_groups(context, context.ward)
    bulletins.typeset(context.work, bulletin, "send", sheet_of(context, bulletin), context.speaker)
    context.reply("bulletin.making")


def print_out(context: Context) -> None:
    """`Bản in và loa`: files and texts for everything that is not a chat."""
    bulletin = at_desk(context)
    bulletins.typeset(context.work, bulletin, "print", sheet_of(context, bulletin), context.speaker)
    context.reply("bulletin.making")
