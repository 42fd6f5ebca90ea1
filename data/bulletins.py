"""Bulletins, what they count, and whom they reached, as rows."""

from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, insert, select, update

from bot.domain.bulletins import Month, Section, Sections
from data import tables as t
from data.unit_of_work import Work

GONE = ("sending", "paused", "sent", "over")  # a broadcast that has left
WAITING = ("draft", "asked", "waiting", "scheduled")  # one that may still leave


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One monthly issue of a ward. `reached` of `targets` groups, once the broadcast was done.

    `following`: its sections as they will be, while a correction of its broadcast waits for approval.
    """

    id: int
    ward_id: int
    number: int
    month: Month
    sections: Sections = field(repr=False)
    card_row: int | None
    broadcast_id: int | None
    picture: str | None
    issued_at: float | None
    reached: int | None
    targets: int | None
    members: int | None
    following: Sections | None = field(repr=False)


def add_bulletin(work: Work, ward_id: int, month: Month, sections: Sections) -> Bulletin:
    """The ward's next issue."""
    table = t.bulletins
    newest = work.run(select(func.max(table.c.number)).where(table.c.ward_id == ward_id)).scalar() or 0
    values = {"ward_id": ward_id, "number": newest + 1, "month": month.key, "created_at": work.now}
    number = work.add(insert(table).values(values | {"sealed": _sealed(work, sections)}))
    found = find_bulletin(work, number)
    if found is None:
        raise LookupError("the bulletin just kept")
    return found


def find_bulletin(work: Work, number: int) -> Bulletin | None:
    """A bulletin by its id."""
    row = work.one(select(t.bulletins).where(t.bulletins.c.id == number))
    return _bulletin(work, row) if row else None


def bulletin_of(work: Work, ward_id: int, month: Month) -> Bulletin | None:
    """A ward's bulletin of a month."""
    table = t.bulletins
    row = work.one(select(table).where(table.c.ward_id == ward_id, table.c.month == month.key))
    return _bulletin(work, row) if row else None


def bulletins_of(work: Work, ward_id: int) -> list[Bulletin]:
    """A ward's bulletins, the newest month first."""
    table = t.bulletins
    query = select(table).where(table.c.ward_id == ward_id).order_by(table.c.month.desc())
    return [_bulletin(work, row) for row in work.all(query)]


def bulletin_carried(work: Work, broadcast_id: int) -> Bulletin | None:
    """The bulletin that a broadcast takes to its groups, itself or as one of a schedule's."""
    first, fired = t.broadcasts, t.broadcasts.alias("fired")
    query = select(first.c.id).join(fired, fired.c.schedule_id == first.c.schedule_id)
    carriers = query.where(fired.c.id == broadcast_id)
    own = (t.bulletins.c.broadcast_id == broadcast_id) | t.bulletins.c.broadcast_id.in_(carriers)
    row = work.one(select(t.bulletins).where(own))
    return _bulletin(work, row) if row else None


def change_bulletin(work: Work, bulletin: Bulletin, **columns: Any) -> Bulletin:  # noqa: ANN401 - columns of many types
    """Change columns; the bulletin as it is then."""
    kept = dict(columns)
    if (sections := kept.pop("sections", None)) is not None:
        kept["sealed"] = _sealed(work, sections)
    if "following" in kept:
        following = kept.pop("following")
        kept["sealed_next"] = None if following is None else _sealed(work, following)
    work.run(update(t.bulletins).where(t.bulletins.c.id == bulletin.id).values(kept))
    return replace(bulletin, **columns)


def forget_following(work: Work, broadcast_id: int) -> None:
    """The correction of this broadcast comes to nothing; where it carries no bulletin there is nothing to do."""
    if bulletin := bulletin_carried(work, broadcast_id):
        change_bulletin(work, bulletin, following=None)


def drop_bulletin(work: Work, bulletin: Bulletin) -> None:
    """Forget a bulletin, and what was to be typeset of it."""
    for table in (t.bulletin_sheets, t.bulletin_counts, t.bulletin_reach):
        work.run(delete(table).where(table.c.bulletin_id == bulletin.id))
    work.run(delete(t.bulletins).where(t.bulletins.c.id == bulletin.id))


def _sealed(work: Work, sections: Sections) -> bytes:
    return work.seal.seal(msgspec.json.encode(sections), "bulletin")


def _unsealed(work: Work, sealed: bytes) -> Sections:
    return msgspec.json.decode(work.seal.unseal(sealed, "bulletin"), type=tuple[Section, ...])


def _bulletin(work: Work, row: Row[Any]) -> Bulletin:
    return Bulletin(
        row.id,
        row.ward_id,
        row.number,
        Month.of_key(row.month),
        _unsealed(work, row.sealed),
        row.card_row,
        row.broadcast_id,
        row.picture,
        row.issued_at,
        row.reached,
        row.targets,
        row.members,
        _unsealed(work, row.sealed_next) if row.sealed_next else None,
    )


# --- how it goes out


def last_broadcast(work: Work, bulletin: Bulletin) -> Row[Any] | None:
    """The broadcast that carries it (id, status, started_at, edition): of a schedule the newest that it has made."""
    table = t.broadcasts
    query = select(table.c.id, table.c.status, table.c.started_at, table.c.schedule_id, table.c.edition)
    own = work.one(query.where(table.c.id == (bulletin.broadcast_id or 0)))
    if own is None or own.schedule_id is None:
        return own
    return work.one(query.where(table.c.schedule_id == own.schedule_id).order_by(table.c.id.desc())) or own


def is_scheduled(work: Work, schedule_id: int | None) -> bool:
    """Whether a schedule is still to come."""
    table = t.schedules
    return work.one(select(table.c.id).where(table.c.id == (schedule_id or 0), table.c.active.is_(True))) is not None


def uncounted(work: Work) -> tuple[Bulletin, int, dict[int, str]] | None:
    """A bulletin whose broadcast is done and whose members were not counted yet, that broadcast, where it arrived."""
    table = t.bulletins
    query = select(table.c.id).where(table.c.broadcast_id.is_not(None), table.c.members.is_(None))
    for number in work.run(query).scalars():
        bulletin = find_bulletin(work, number)
        sent = last_broadcast(work, bulletin) if bulletin else None
        if bulletin and sent and sent.status == "sent":
            return bulletin, sent.id, _arrived(work, sent.id)
    return None


def _arrived(work: Work, broadcast_id: int) -> dict[int, str]:
    targets = t.broadcast_targets
    query = select(t.groups.c.id, t.groups.c.address).join(targets, targets.c.group_id == t.groups.c.id)
    query = query.join(t.outbox, t.outbox.c.id == targets.c.row_id)
    rows = work.all(query.where(targets.c.broadcast_id == broadcast_id, t.outbox.c.state == "sent"))
    return {row.id: row.address for row in rows}


# --- what is counted


def verified_counts(work: Work, ward_id: int, span: tuple[float, float]) -> dict[str, int]:
    """How many things of each kind were found to be so in a time; not tips set aside, withdrawn, or of the same."""
    table = t.tips
    query = select(table.c.kind, func.count()).where(*_verified(ward_id, span)).group_by(table.c.kind)
    return {row[0]: row[1] for row in work.all(query)}


def verified_words(work: Work, ward_id: int, kind: str, span: tuple[float, float], most: int = 500) -> list[str]:
    """What was said of those of one kind."""
    table = t.tips
    query = select(table.c.text).where(*_verified(ward_id, span), table.c.kind == kind)
    return list(work.run(query.order_by(table.c.id.desc()).limit(most)).scalars())


def _verified(ward_id: int, span: tuple[float, float]) -> tuple[Any, ...]:
    table, (start, end) = t.tips, span
    return (
        table.c.ward_id == ward_id,
        table.c.outcome.in_(VERIFIED),
        table.c.answered_at >= start,
        table.c.answered_at < end,
        table.c.aside.is_(False),
        table.c.withdrawn_at.is_(None),
        table.c.lead_id.is_(None),
    )


VERIFIED = ("solved", "fined", "passed_on")


# --- how many it reached elsewhere


def note_count(work: Work, bulletin: Bulletin, channel: str, count: int) -> None:
    """So many by this channel, as far as is known now."""
    table = t.bulletin_counts
    work.run(delete(table).where(table.c.bulletin_id == bulletin.id, table.c.channel == channel))
    work.run(insert(table).values(bulletin_id=bulletin.id, channel=channel, count=count, at=work.now))


def counts_of(work: Work, bulletin: Bulletin) -> dict[str, int]:
    """How many by each channel that was noted."""
    table = t.bulletin_counts
    rows = work.all(select(table.c.channel, table.c.count).where(table.c.bulletin_id == bulletin.id))
    return {row[0]: row[1] for row in rows}
