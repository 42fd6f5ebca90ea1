"""What a ward has warned of: its broadcasts that were alerts, or about scams."""

from sqlalchemy import or_, select

from data import tables as t
from data.broadcasts import Broadcast, find_broadcast
from data.unit_of_work import Work

OUT = ("sending", "sent")
LASTS = 30 * 24 * 3600.0  # what is older is no news, and its date would be read as this year's


def newest_warnings(work: Work, ward_id: int, limit: int) -> list[Broadcast]:
    """The newest of them, once they have gone out; what was withdrawn, is over or old is not among them."""
    table = t.broadcasts
    warns = or_(table.c.emergency.is_(True), table.c.content == "scams")
    query = (
        select(table.c.id)
        .where(table.c.ward_id == ward_id, table.c.status.in_(OUT), warns)
        .where(table.c.started_at > work.now - LASTS)
    )
    numbers = work.run(query.order_by(table.c.started_at.desc()).limit(limit)).scalars()
    return [found for number in list(numbers) if (found := find_broadcast(work, number))]
