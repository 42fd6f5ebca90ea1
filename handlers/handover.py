"""The hand-over file at the desk: asked for, shown with its password apart, taken away again."""

from bot.context import Context, Need
from bot.messages import Action, Attachment, MediaKind, Outgoing
from bot.routing import Router
from bot.services import handover
from data.places import Spot, ward_by_id
from data.tips import Tip, find_tip
from handlers.cards import desk_spot, tell_case
from handlers.casework import case_of
from handlers.desk_words import desk_says

MIME = "application/octet-stream"


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-file", needs=Need.FRESH_STANDING, spots=Spot.DESK)(ask)
    router.clock("handover")(show)
    router.clock("handover-hide")(hide_password)
    router.clock("handover-end")(end)


def ask(context: Context) -> None:
    """`Hồ sơ bàn giao`: it is being made."""
    tip = case_of(context)
    handover.ask(context.work, tip, context.speaker)
    tell_case(context, tip, desk_says(context, "handover.asked", code=tip.code, by=context.speaker.name))


def show(context: Context) -> None:
    """It is made: the file, and apart from it the password, which is taken down again."""
    made = handover.take_made(context.work, context.number)
    tip = find_tip(context.work, made.tip_id) if made else None
    if made is None or tip is None:
        return
    if not made.files:
        tell_case(context, tip, desk_says(context, "handover.failed", code=tip.code))
        return
    for number, file in enumerate(made.files, 1):
        show_file(context, tip, file, f"{tip.code}-{number}.byhs" if len(made.files) > 1 else f"{tip.code}.byhs")
    row = tell_case(context, tip, desk_says(context, "handover.password", code=tip.code, password=made.password))
    context.work.remind(f"handover-hide:{row}:{tip.ward_id}", context.work.now + handover.PASSWORD_SHOWN)


def show_file(context: Context, tip: Tip, file: str, name: str) -> None:
    """One sealed file where staff talk about the tip."""
    topic, card = desk_spot(context, tip)
    item = Attachment(MediaKind.DOCUMENT, name=name, mime=MIME, stored=file)
    message = Outgoing(html=desk_says(context, "handover.file", code=tip.code), attachments=(item,))
    context.work.post(message, ward_by_id(context.work, tip.ward_id or 0).place, topic=topic, reply_row=card)


def hide_password(context: Context) -> None:
    """It stood there long enough."""
    row, ward = context.number, int(context.args[1])
    gone = Outgoing(Action.DELETE, desk_says(context, "handover.hidden"), optional=True)
    context.work.post(gone, ward_by_id(context.work, ward).place, target_row=row)


def end(context: Context) -> None:
    """A day later: it was sent, and is kept no longer."""
    for file in context.args:
        context.around.vault.erase(file)
