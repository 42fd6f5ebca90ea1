"""What the press has made: the preview of a broadcast, or files and texts for paper, boards and loudspeakers."""

from dataclasses import replace

from bot.context import Context
from bot.domain.impersonal import SOMEBODY
from bot.messages import Attachment, Chat, ChatKind, MediaKind, Outgoing
from bot.routing import Router
from bot.services import broadcasts, bulletins, contents
from bot.services.bulletins import Stage
from data.bulletins import Bulletin, find_bulletin
from data.places import Here, Spot, has_groups, ward_by_id
from data.sheets import Job, take_sheet
from handlers import bulletin_correcting
from handlers.announcing import caption, led_text, script, seconds_of
from handlers.broadcasts import check_length, preview
from handlers.bulletin_card import refresh
from handlers.bulletin_words import name_of, named_in, picture_of, room_for, sent_html

FILES = {
    "phone": ("nen-sang.png", "image/png"),
    "night": ("nen-toi.png", "image/png"),
    "leaflet": ("to-A5.png", "image/png"),
    "document": ("ban-tin.pdf", "application/pdf"),
}


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.clock("bulletin-made")(show)


def show(context: Context) -> None:
    """A sheet is made, or could not be: go on at the desk in the name of whoever asked."""
    job = take_sheet(context.work, context.number)
    bulletin = find_bulletin(context.work, job.bulletin_id) if job else None
    if job is None or bulletin is None:
        return
    stand_at_desk(context, job, bulletin)
    if job.purpose == "print":
        hand_out(context, bulletin, job)
    elif job.correction:
        bulletin_correcting.propose(context, bulletin, job, job.correction)
    else:
        go_on(context, bulletin, job)


def stand_at_desk(context: Context, job: Job, bulletin: Bulletin) -> None:
    """From here on this happens at the desk, as if its officer had spoken now."""
    ward = ward_by_id(context.work, bulletin.ward_id)
    context.here = Here(Spot.DESK, ward)
    chat = Chat(ward.place.platform, ward.place.chat, ChatKind.GROUP)
    context.event = replace(context.event, platform=chat.platform, chat=chat, sender=job.by.person)


# --- to the groups


def go_on(context: Context, bulletin: Bulletin, job: Job) -> None:
    """The preview, with `Gửi ngay`, `Hẹn giờ`; approval, progress and results are those of every broadcast."""
    waits = bulletins.stage_of(context.work, bulletin) is Stage.OPEN and has_groups(context.work, bulletin.ward_id)
    if not (job.files and waits):
        for file in job.files.values():
            context.work.remind(f"erase-copy:{file}", context.work.now)
        context.tell_desk("bulletin.failed", name=name_of(context, bulletin))
        return
    item = picture_of(bulletin, job.files["picture"])
    message = Outgoing(html=sent_html(context, bulletin, room_for(context)), attachments=(item,))
    check_length(context, message)
    draft = preview(context, broadcasts.draft(context.work, context.ward, context.speaker, message))
    refresh(context, bulletins.hand_on(context.work, bulletin, draft.id, job.files["kept"]))
    if what := named_in(context, bulletin, SOMEBODY):
        context.tell_desk("bulletin.names_somebody", what=what)


# --- to paper, boards and loudspeakers


def hand_out(context: Context, bulletin: Bulletin, job: Job) -> None:
    """All of it at the desk, to be downloaded and copied; the words even where the files failed."""
    name = name_of(context, bulletin)
    if job.files:
        context.work.post(files_message(context, bulletin, job), context.ward.place)
        for file in job.files.values():
            context.work.remind(f"erase-copy:{file}", context.work.now + contents.FILES_LAST)
    else:
        context.tell_desk("bulletin.failed", name=name)
    context.tell_desk("bulletin.led", text=led_text(context, bulletin))
    spoken = script(context, bulletin)
    context.tell_desk("bulletin.loa", text=spoken, seconds=seconds_of(spoken))
    context.tell_desk("bulletin.fanpage", text=caption(context, bulletin))
    if what := named_in(context, bulletin):
        context.tell_desk("bulletin.left_out", what=what)


def files_message(context: Context, bulletin: Bulletin, job: Job) -> Outgoing:
    """Files as files: a picture sent as one would be made smaller."""
    items = tuple(
        Attachment(MediaKind.DOCUMENT, name=f"ban-tin-so-{bulletin.number}-{name}", mime=mime, stored=job.files[what])
        for what, (name, mime) in FILES.items()
    )
    words = context.say("bulletin.files", name=name_of(context, bulletin))
    if bulletins.stage_of(context.work, bulletin) is not Stage.ISSUED:
        words += "\n" + context.say("bulletin.not_approved")
    return Outgoing(html=words, attachments=items)
