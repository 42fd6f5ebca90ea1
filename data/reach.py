"""Whom a bulletin reached, group by group: of its broadcast while that is kept, then as it was written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, or_, select

from data import tables as t
from data.bulletins import Bulletin, change_bulletin
from data.unit_of_work import Work

targets, table = t.broadcast_targets, t.bulletin_reach
first, last = t.outbox.alias("first"), t.outbox.alias("last")


@dataclass(frozen=True, slots=True)
class Reach:
    """One group. `members` without the bot: none where its platform does not tell, or nobody has counted yet.

    `platform` is empty of a group that was unlinked long ago.
    """

    name: str
    platform: str
    arrived: bool
    members: int | None


def arrivals(work: Work, broadcast_id: int) -> dict[int, bool]:
    """The groups that a broadcast is for, and whether each has a copy."""
    has_copy = or_(func.coalesce(first.c.message_ids, "") != "", func.coalesce(last.c.message_ids, "") != "")
    query = (
        select(targets.c.group_id, has_copy)
        .outerjoin(first, first.c.id == targets.c.row_id)
        .outerjoin(last, last.c.id == targets.c.edit_row)
        .where(targets.c.broadcast_id == broadcast_id)
    )
    return {row[0]: bool(row[1]) for row in work.all(query.order_by(targets.c.group_id))}


def note_reach(work: Work, bulletin: Bulletin, arrived: Mapping[int, bool], members: Mapping[int, int | None]) -> None:
    """Write it down; counts that are not given stay as they were."""
    known = {row.group_id: row.members for row in work.all(select(table).where(table.c.bulletin_id == bulletin.id))}
    forget_reach(work, bulletin)
    counts = {group: members.get(group, known.get(group)) for group in arrived}
    rows = [{"group_id": group, "arrived": came, "members": counts[group]} for group, came in arrived.items()]
    if rows:
        work.run(insert(table), [row | {"bulletin_id": bulletin.id} for row in rows])


def forget_reach(work: Work, bulletin: Bulletin) -> None:
    """It was taken back, or is no more."""
    work.run(delete(table).where(table.c.bulletin_id == bulletin.id))


def note_members(work: Work, bulletin: Bulletin, broadcast_id: int, members: Mapping[int, int | None]) -> None:
    """So many are in the groups that it reached; the clock says so."""
    note_reach(work, bulletin, arrivals(work, broadcast_id), members)
    change_bulletin(work, bulletin, members=sum(count or 0 for count in members.values()))
    work.remind(f"bulletin-follow:{bulletin.id}:counted", work.now)


def reach_of_groups(work: Work, bulletin: Bulletin, broadcast_id: int | None) -> Sequence[Reach]:
    """Every group it went to, oldest first; as it is now where its broadcast is still kept."""
    query = select(t.groups.c.id, t.groups.c.name, t.groups.c.address, table.c.arrived, table.c.members)
    query = query.join(table, table.c.group_id == t.groups.c.id).where(table.c.bulletin_id == bulletin.id)
    now = arrivals(work, broadcast_id) if broadcast_id else {}
    return [
        Reach(row.name, platform_in(row.address), now.get(row.id, row.arrived), row.members)
        for row in work.all(query.order_by(t.groups.c.id))
    ]


def platform_in(address: str) -> str:
    """The platform of a group; of one unlinked since (`unlinked:7:telegram:-100`) too, empty once that is erased."""
    parts = address.split(":")
    return parts[-2] if parts[0] != "unlinked" or len(parts) > 2 else ""
