"""Residents read bulletins: `/bantin`, `/bantin 3`, "bản tin tháng 3", in their group or in private."""

from collections.abc import Sequence

from bot.context import Context
from bot.domain.bulletins import NEWEST, asked_for, read_wish
from bot.errors import Refused
from bot.messages import Button, Outgoing
from bot.routing import Router
from bot.services import bulletins, drafts
from data.bulletins import Bulletin
from data.places import Spot, find_ward
from handlers.bulletin_words import full_html, name_of, picture_of

TALK = Spot.PRIVATE | Spot.GROUP
LISTED = 12
MOST_WARDS = 20


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.command("bantin", spots=TALK, plain=True)(read)
    router.command("bulletin", spots=TALK)(read)
    router.button("bulletin-read", spots=TALK)(read_chosen)
    router.button("bulletin-others", spots=TALK)(list_others)


def read(context: Context) -> None:
    """`/bantin` with a number, a month, or nothing."""
    answer(context, context.words)


def said(context: Context) -> bool:
    """Whether a message in free words asks for a bulletin; then it is answered."""
    if context.event.attachments or asked_for(spoken(context)) is None:
        return False
    answer(context, "", free=spoken(context))
    return True


def spoken(context: Context) -> str:
    """What was said, without the call to the bot."""
    return context.event.text.replace(context.platform.mention, " ").strip()


def answer(context: Context, typed: str, free: str = "") -> None:
    """Show the one that is meant; where none is, say what there is."""
    ward_id = ward_of(context)
    if ward_id is None:
        ask_ward(context)
        return
    found = bulletins.issued(context.work, ward_id)
    wish = asked_for(free) if free else read_wish(typed)
    if wish is None:
        about(context, found, typed)
        return
    meant = bulletins.chosen(found, wish) if wish != NEWEST else found
    if not found:
        context.reply("bulletin.none")
    elif meant:
        show(context, meant[0], found, also=meant[1:2] if wish.number else ())
    else:
        context.reply("bulletin.not_found", *choices(context, found))


def about(context: Context, found: Sequence[Bulletin], typed: str) -> None:
    """No number and no month: the issues that speak of these words."""
    meant = bulletins.about(found, typed)
    if not meant:
        raise Refused("bulletin.what")
    if len(meant) == 1:
        show(context, meant[0], found)
    else:
        context.reply("bulletin.about", *choices(context, meant))


def ward_of(context: Context) -> int | None:
    """Whose bulletins: this group's ward, or the one that somebody chose for their tips."""
    if context.here.ward:
        return context.here.ward.id
    return drafts.ward_for(context.work, context.speaker)


def ask_ward(context: Context) -> None:
    """One numbered question."""
    wards = drafts.all_wards(context.work)[:MOST_WARDS]
    context.reply("bulletin.which_ward", *((Button(ward.name, f"bulletin-others:{ward.id}"),) for ward in wards))


def show(context: Context, bulletin: Bulletin, found: Sequence[Bulletin], also: Sequence[Bulletin] = ()) -> None:
    """The bulletin with its picture, and ways to others."""
    older = [one for one in found if one.month < bulletin.month][:1]
    ways = [context.button("bulletin.before", "bulletin-read", one.id, name=name_of(context, one)) for one in older]
    ways += [Button(name_of(context, one), f"bulletin-read:{one.id}") for one in also if one not in older]
    if len(found) > 1:
        ways.append(context.button("bulletin.others", "bulletin-others", bulletin.ward_id))
    shows = not context.can.by_link or context.around.settings.web.public_url
    if bulletin.picture and shows:
        context.do(Outgoing(attachments=(picture_of(bulletin, bulletin.picture),)))
    context.answer(context.spoken(full_html(context, bulletin), *((tuple(ways),) if ways else ())))


def read_chosen(context: Context) -> None:
    """An issue was chosen."""
    open_link(context, context.number)


def open_link(context: Context, number: int) -> None:
    """An issue by its id: a button's, or that of the code on a printed page."""
    ward = context.here.ward.id if context.here.ward else None
    bulletin = bulletins.readable(context.work, number, ward)
    if bulletin is None:
        raise Refused("stale")
    show(context, bulletin, bulletins.issued(context.work, bulletin.ward_id))


def list_others(context: Context) -> None:
    """`Các số khác`, or a ward was chosen."""
    ward = find_ward(context.work, context.here.ward.id if context.here.ward else context.number)
    found = bulletins.issued(context.work, ward.id) if ward else []
    if found:
        context.reply("bulletin.choose", *choices(context, found))
    else:
        context.reply("bulletin.none")


def choices(context: Context, found: Sequence[Bulletin]) -> tuple[tuple[Button, ...], ...]:
    """A button for each, the newest first."""
    return tuple(
        (context.button("bulletin.open", "bulletin-read", one.id, number=one.number, month=one.month.label),)
        for one in found[:LISTED]
    )
