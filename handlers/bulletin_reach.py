"""A bulletin that has left: whom it reached, counts that officers note, its correction and its withdrawal."""

import re

from bot.context import Context, Need
from bot.domain.brevity import shortened
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import bulletin_correcting, bulletins
from bot.texts import Html
from data.broadcasts import Broadcast
from data.bulletins import Bulletin, find_bulletin
from data.places import Here, Spot, ward_by_id
from handlers.bulletin_card import at_desk, refresh
from handlers.bulletin_words import month_of, name_of

TITLE = 40  # letters of a section on a button
NUMBER = re.compile(r"\D*?(\d{1,3}(?:[. ]\d{3})+|\d{1,9})(?:\s*(?:l|luot|nguoi|lan|xem))*[ .!]*")  # "khoảng 1.200 lượt"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("bulletin-count", spots=Spot.DESK, needs=Need.STANDING)(ask_count)
    router.reply_to("bulletin-number", spots=Spot.DESK, needs=Need.STANDING)(hear_count)
    router.clock("bulletin-follow")(follow)


def follow(context: Context) -> None:
    """Every hour until it has left: keep when it did and whom it reached; the card shows it."""
    bulletin = find_bulletin(context.work, context.number)
    if bulletin is None:
        return
    context.here = Here(Spot.DESK, ward_by_id(context.work, bulletin.ward_id))
    refresh(context, bulletins.follow(context.work, bulletin))


def taken_back(context: Context, broadcast: Broadcast) -> None:
    """The broadcast that carried it was withdrawn."""
    if bulletin := bulletins.take_back(context.work, broadcast.id):
        refresh(context, bulletin)
        context.tell_desk("bulletin.taken_back", name=name_of(context, bulletin), month=month_of(context, bulletin))


def ask_section(context: Context, broadcast: Broadcast, bulletin: Bulletin) -> None:
    """`Đính chính` of the broadcast that carries it: picture and archive are made of sections, so one is chosen."""
    rows = []
    for one in bulletin_correcting.correctable(bulletin):
        title = Html(shortened(one.title, TITLE))  # a button shows no markup
        rows.append((context.button("correct.section", "correct-section", broadcast.id, one.id, title=title),))
    message = Outgoing(html=context.say("correct.ask_section"), buttons=tuple(rows))
    context.work.post(message, context.ward.place, reply_row=broadcast.card_row)


def put_right(context: Context, broadcast: Broadcast) -> None:
    """The correction of the broadcast that carries it was approved: its archive and its card say the same."""
    if bulletin := bulletin_correcting.put_right(context.work, broadcast, context.around.vault):
        refresh(context, bulletin)


def ask_count(context: Context) -> None:
    """`Ghi lượt: bảng LED`."""
    bulletin, channel = counted_bulletin(context)
    about = f"bulletin-number:{bulletin.id}:{channel}"
    context.ask(about, "bulletin.ask_count", channel=context.say(f"bulletin.channel_{channel}"))


def counted_bulletin(context: Context) -> tuple[Bulletin, str]:
    """The bulletin and the channel that this is about."""
    channel = context.args[1] if len(context.args) > 1 else ""
    if channel not in bulletins.CHANNELS:
        raise Refused("stale")
    return at_desk(context), channel


def hear_count(context: Context) -> None:
    """A number."""
    bulletin, channel = counted_bulletin(context)
    match = NUMBER.fullmatch(fold(context.event.text).strip())
    if match is None:
        raise Refused("bulletin.no_number")
    number = int(re.sub(r"\D", "", match[1]))
    bulletins.count(context.work, bulletin, channel, number, context.speaker)
    refresh(context, bulletin)
    context.reply("bulletin.noted")
