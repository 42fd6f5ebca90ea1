"""What happened to a tip, from its own history and from the audit."""

from dataclasses import dataclass, field

from sqlalchemy import select

from data import tables as t
from data.tips import Tip
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing: when (s), what, and which officer did it; empty for a reporter or the clock."""

    at: float
    what: str
    by: str = field(default="", repr=False)


def history_of(work: Work, tip: Tip) -> list[Happened]:
    """Oldest first. What staff did comes from the audit, which knows who; all else from the tip's own history."""
    done = acts_of(work, tip)
    names = {one.what for one in done}
    events = work.all(select(t.tip_events.c.at, t.tip_events.c.what).where(t.tip_events.c.tip_id == tip.id))
    said = [Happened(row.at, row.what) for row in events if row.what not in names]
    return sorted([*done, *said], key=lambda one: one.at)


def acts_of(work: Work, tip: Tip) -> list[Happened]:
    """What officers did with it."""
    table = t.audit
    query = select(table.c.at, table.c.act, table.c.sealed_actor)
    rows = work.all(query.where(table.c.subject == tip.code, table.c.act.startswith("tip.")).order_by(table.c.id))
    return [Happened(row.at, row.act.removeprefix("tip."), name_in(work, row.sealed_actor)) for row in rows]


def name_in(work: Work, sealed: bytes | None) -> str:
    """The name of who acted, where it is still kept."""
    return work.seal.unseal(sealed, "actor").decode().partition(" ")[2] if sealed else ""
