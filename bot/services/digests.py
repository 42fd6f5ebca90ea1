"""The morning digest of a desk: what waits, by code. One clock event a day, which plans the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.tips import Status
from bot.services.clocks import deadline_of, unseen_tips
from data import tables as t
from data.notices import note_said, said_at
from data.rules import Rules, number_of
from data.tips import Tip, find_tips
from data.unit_of_work import Work

IN_HAND = (Status.ACCEPTED, Status.WAITING, Status.VERIFYING, Status.PASSED)


@dataclass(frozen=True, slots=True)
class Digest:
    """What stands in it."""

    unseen: Sequence[Tip] = field(repr=False)
    late: Sequence[Tip] = field(repr=False)
    waiting: Sequence[Tip] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.unseen or self.late or self.waiting)


def plan(work: Work, rules: Rules, ward_id: int, zone: ZoneInfo) -> None:
    """The next digest of a ward; once, however often this is asked."""
    work.remind(f"digest:{ward_id}", next_at(work, rules, ward_id, zone))


def next_at(work: Work, rules: Rules, ward_id: int, zone: ZoneInfo) -> float:
    """The first moment from now on at which a ward wants its digest."""
    hour = int(number_of(work, rules, ward_id, "digest_hour"))
    today = datetime.fromtimestamp(work.now, zone).date()
    at = datetime.combine(today, time(hour), zone)
    if at.timestamp() <= work.now:
        at = datetime.combine(today + timedelta(days=1), time(hour), zone)
    return at.timestamp()


def is_due(work: Work, rules: Rules, ward_id: int, planned: float, zone: ZoneInfo) -> bool:
    """Whether a planned digest still counts: it is of the hour that the ward wants, and the day has none yet."""
    wanted = int(number_of(work, rules, ward_id, "digest_hour"))
    if datetime.fromtimestamp(planned, zone).hour != wanted:
        return False
    before = said_at(work, f"digest {ward_id}")
    return day(before, zone) != day(work.now, zone)


def day(at: float, zone: ZoneInfo) -> str:
    """The date at a moment."""
    return datetime.fromtimestamp(at, zone).date().isoformat()


def gather(work: Work, rules: Rules, ward_id: int) -> Digest:
    """What waits at a desk now; each tip stands once, where it presses most. Those kept aside never do."""
    note_said(work, f"digest {ward_id}")
    table = t.tips
    ours = (table.c.ward_id == ward_id, table.c.status.in_(IN_HAND), table.c.aside.is_(False))
    open_ones = [*unseen_tips(work, ward_id), *find_tips(work, *ours, table.c.lead_id.is_(None))]
    late = [tip for tip in open_ones if is_late(work, rules, tip)]
    rest = [tip for tip in open_ones if tip not in late]
    return Digest(
        [tip for tip in rest if not tip.status.is_worked], late, [tip for tip in rest if tip.status is Status.WAITING]
    )


def is_late(work: Work, rules: Rules, tip: Tip) -> bool:
    """Whether its clock has run out."""
    found = deadline_of(work, rules, tip)
    return found is not None and found.due_at < work.now
