"""Which ward is meant where somebody speaks, and what is said in that ward."""

from bot.context import Context
from bot.services.drafts import ward_for
from data.local import Local
from data.places import Spot


def ward_of(context: Context) -> int | None:
    """The ward of this chat; in private the one that somebody chose, or the only one."""
    if context.here.ward is not None:
        return context.here.ward.id
    return ward_for(context.work, context.speaker) if context.here.spot is Spot.PRIVATE else None


def local(context: Context) -> Local:
    """What is said where somebody speaks."""
    content = context.around.content
    return content.of(context.work, ward_of(context)) if content.wards else content.everywhere
