"""What a broadcast is in each group: its copy, the newest change of it, and who read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, bindparam, case, func, insert, literal, or_, select, update

from bot.domain.broadcasting import Manner
from bot.errors import Why
from data import tables as t
from data.broadcasts import Broadcast, decode_manner
from data.places import LINKED
from data.unit_of_work import Work

targets = t.broadcast_targets
first, last = t.outbox.alias("first"), t.outbox.alias("last")
NEWEST_READ = 10  # broadcasts to a group among which the one is looked for that somebody read
READ_WITHIN = 14 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Result:
    """What a broadcast became in one group: its newest row's state, and why it failed where it did.

    Of groups that are linked no more: `gone` before it came, or `unlinked` before this change of it.
    """

    group: str
    state: str
    error: str | None


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a broadcast is in one group. `row`: none before it was posted, 0 where there was no group any more.

    `pending` is a change of the copy that may or may not have left: the next change is about what became of it. 0
    where there was no group any more that it could have gone to.
    """

    group: int
    row: int | None
    pending: int | None


# --- to which groups it goes


def add_targets(work: Work, number: int, ward_id: int, manner: Manner) -> int:
    """The broadcast goes to every linked group that it is for; how many. The primary key lets none have it twice."""
    if manner.to_all:
        groups = select(literal(number), t.groups.c.id).where(LINKED, t.groups.c.ward_id == ward_id)
        return work.run(insert(targets).from_select(["broadcast_id", "group_id"], groups)).rowcount
    chosen = [{"broadcast_id": number, "group_id": group} for group in reached_groups(work, ward_id, manner)]
    if chosen:
        work.run(insert(targets), chosen)
    return len(chosen)


def reached_groups(work: Work, ward_id: int, manner: Manner) -> dict[int, str]:
    """The linked groups that it is for now, and their names, oldest first."""
    table = t.groups
    query = select(table.c.id, table.c.address, table.c.area, table.c.name).where(LINKED, table.c.ward_id == ward_id)
    rows = work.all(query.order_by(table.c.id))
    return {row.id: row.name for row in rows if manner.reaches(row.id, row.address.partition(":")[0], row.area)}


# --- which edition each group has


def behind(work: Work, number: int, edition: int, limit: int) -> list[Copy]:
    """The first groups, by their ids, for which this edition was not posted yet."""
    found = func.coalesce(last.c.message_ids, "") != ""  # a change that became a message of its own is the copy now
    unknown = last.c.state.in_(("waiting", "held", "dropped")) | (func.coalesce(first.c.message_ids, "") == "")
    query = (
        select(
            targets.c.group_id,
            case((found, targets.c.edit_row), else_=targets.c.row_id),
            case((unknown & ~found, targets.c.edit_row)),
        )
        .outerjoin(first, first.c.id == targets.c.row_id)
        .outerjoin(last, last.c.id == targets.c.edit_row)
        .where(targets.c.broadcast_id == number, targets.c.edition < edition)
    )
    return [Copy(*row) for row in work.all(query.order_by(targets.c.group_id).limit(limit))]


POSTED = (
    update(targets)
    .where(targets.c.broadcast_id == bindparam("number"), targets.c.group_id == bindparam("to"))
    .values(row_id=bindparam("row"), edit_row=bindparam("edit"), edition=bindparam("now"))
)


def note_posted(work: Work, number: int, edition: int, copies: Sequence[Copy]) -> None:
    """This edition was posted to these groups: `row` has the copy, `pending` changes it."""
    if copies:
        work.run(
            POSTED,
            [{"number": number, "to": c.group, "row": c.row, "edit": c.pending, "now": edition} for c in copies],
        )


def rows_of(work: Work, number: int) -> list[int]:
    """Every row that takes a broadcast, or its newest change, to a group."""
    rows = work.all(select(targets.c.row_id, targets.c.edit_row).where(targets.c.broadcast_id == number))
    return [row for pair in rows for row in pair if row]


def post_again(work: Work, number: int, edition: int) -> int:
    """What failed for good is to be posted once more: a copy that never came, or its newest change; in how many groups.

    Nothing is done about groups that are linked no more.
    """
    mine = targets.c.broadcast_id == number
    parked = select(t.outbox.c.id).where(t.outbox.c.state == "parked")
    linked = targets.c.group_id.in_(select(t.groups.c.id).where(LINKED))
    never = update(targets).where(mine, linked, targets.c.row_id.in_(parked))
    count = work.run(never.values(row_id=None, edit_row=None, edition=-1)).rowcount
    unchanged = update(targets).where(mine, linked, targets.c.edit_row.in_(parked))
    return count + work.run(unchanged.values(edit_row=None, edition=edition - 1)).rowcount


def skip_unposted(work: Work, number: int, edition: int) -> None:
    """Groups for which nothing was posted yet never get it."""
    mine = (targets.c.broadcast_id == number) & targets.c.row_id.is_(None)
    work.run(update(targets).where(mine).values(row_id=0, edition=edition))


def arrived(work: Work, number: int, after: int, limit: int) -> list[Copy]:
    """Groups that have a copy, from the one after `after` on."""
    query = (
        select(targets.c.group_id, targets.c.row_id, targets.c.edit_row)
        .outerjoin(first, first.c.id == targets.c.row_id)
        .outerjoin(last, last.c.id == targets.c.edit_row)
        .where(targets.c.broadcast_id == number, targets.c.group_id > after)
        .where(or_(first.c.message_ids != "", last.c.message_ids != ""))
    )
    return [Copy(*row) for row in work.all(query.order_by(targets.c.group_id).limit(limit))]


def results_of(work: Work, number: int, edition: int) -> list[Result]:
    """What became of this edition of a broadcast in each group, oldest group first."""
    unposted = targets.c.edition < edition
    never_came = first.c.state == "parked"  # so it was not changed either
    known = func.coalesce(last.c.state, first.c.state, "dropped")
    gone, unlinked = (targets.c.row_id == 0) & ~LINKED, targets.c.edit_row == 0
    state = case((unposted, "waiting"), (gone, "gone"), (unlinked, "unlinked"), (never_came, "parked"), else_=known)
    why = case((gone | unlinked, Why.UNLINKED.value), else_=func.coalesce(last.c.error, first.c.error))
    query = (
        select(t.groups.c.name, state.label("state"), why.label("error"))
        .select_from(targets)
        .join(t.groups, t.groups.c.id == targets.c.group_id)
        .outerjoin(first, first.c.id == targets.c.row_id)
        .outerjoin(last, last.c.id == targets.c.edit_row)
        .where(targets.c.broadcast_id == number)
        .order_by(targets.c.group_id)
    )
    return [Result(row.name, row.state, row.error) for row in work.all(query)]


def in_broadcast(work: Work, row_id: int) -> bool:
    """Whether this outbox row takes a broadcast to a group: its failure is told with the others."""
    mine = or_(targets.c.row_id == row_id, targets.c.edit_row == row_id)
    return work.one(select(targets.c.row_id).where(mine)) is not None


# --- who read it


def note_read(work: Work, number: int, address: str) -> bool:
    """Somebody read a broadcast; whether that was new. Nobody can tell from what is kept who it was."""
    key = work.seal.lookup("read", f"{number} {address}")
    row = insert(t.broadcast_reads).prefix_with("OR IGNORE", dialect="sqlite")
    return work.run(row.values(broadcast_id=number, person_key=key)).rowcount > 0


def count_reads(work: Work, number: int) -> int:
    """How many people said that they read it."""
    table = t.broadcast_reads
    return work.run(select(func.count()).where(table.c.broadcast_id == number)).scalar() or 0


def went_to(work: Work, broadcast: Broadcast, group: int) -> bool:
    """Whether a broadcast is for this group."""
    mine = (targets.c.broadcast_id == broadcast.id) & (targets.c.group_id == group)
    return work.one(select(targets.c.row_id).where(mine)) is not None


def last_to_read(work: Work, group: int) -> int | None:
    """The newest broadcast of the last two weeks to a group that asks who read it."""
    query: Select[tuple[int, str | None]] = (
        select(t.broadcasts.c.id, t.broadcasts.c.manner)
        .join(targets, targets.c.broadcast_id == t.broadcasts.c.id)
        .where(targets.c.group_id == group, t.broadcasts.c.status.in_(("sending", "paused", "sent")))
        .where(t.broadcasts.c.started_at > work.now - READ_WITHIN)
    )
    rows = work.all(query.order_by(t.broadcasts.c.id.desc()).limit(NEWEST_READ))
    return next((row.id for row in rows if decode_manner(row.manner).asks_read), None)
