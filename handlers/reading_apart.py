"""`Đọc riêng`: where the desk shows summaries only, an officer reads a tip in private."""

from bot.context import Context, Need
from bot.messages import Outgoing
from bot.routing import Router
from bot.services import casework, evidence
from data.places import Spot
from data.tips import Tip
from data.unit_of_work import Place
from handlers.card_face import headline, shows_files, told
from handlers.cards import in_bundles
from handlers.desk_words import desk_says
from handlers.understood import card_lines


def register(router: Router) -> None:
    """Add this conversation to a router."""
    router.button("case-read", spots=Spot.DESK, needs=Need.FRESH_STANDING)(read)


def read(context: Context) -> None:
    """Its words and files go to whoever presses, not to be passed on; who read is written down."""
    by = context.speaker
    tip = casework.check_case(context.work, context.here, context.number, by, context.facts.standing)
    casework.note_view(context.work, tip, by)
    place = Place(by.platform, by.id, context.ward.id, private=True)
    lines = [
        headline(context, tip),
        desk_says(context, "case.text", text=told(context, tip)),
        *card_lines(context, tip),
    ]
    row = context.work.post(Outgoing(html="\n".join(lines), optional=True, protected=True), place)
    send_files(context, tip, place, row)
    context.notice = desk_says(context, "people.sent_apart")


def send_files(context: Context, tip: Tip, place: Place, row: int) -> None:
    """What may be seen of its files; of children and families nothing is."""
    if not shows_files(context, tip):
        return
    evidence.note_seen(context.work, tip, context.speaker)
    for bundle in in_bundles(evidence.shown(context.work, tip, context.around.vault)):
        message = Outgoing(attachments=tuple(bundle), optional=True, protected=True)
        context.work.post(message, place, reply_row=row)
