"""What the platform keeps back: on Zalo whatever a child writes, and files of kinds that it does not hand over.

A child's report may arrive so. Nobody can read it, so the numbers come first, then how to go on; and the desk hears.
"""

from bot.context import Context
from bot.messages import Outgoing, Priority
from bot.services import drafts
from data.places import Spot, ward_by_id
from handlers.danger import every_number


def hear(context: Context) -> None:
    """Answer, and tell the desk that somebody tried to say something."""
    context.reply("withheld.answer", numbers=every_number(context))
    ward = context.here.ward
    if context.here.spot is Spot.PRIVATE and (ward_id := drafts.ward_for(context.work, context.speaker)):
        ward = ward_by_id(context.work, ward_id)
    if ward is None:
        return
    group = context.here.group
    where = group.name if group else context.say("withheld.private")
    html = context.say("withheld.desk", where=where)
    context.work.post(Outgoing(html=html), ward.place, Priority.ANSWER, topic=group.topic_id if group else None)
