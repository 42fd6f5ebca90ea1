"""Broadcasts: officers draft, a chief who is not the author approves, every group of the ward gets it once."""

from dataclasses import dataclass, replace

from bot.domain.broadcasting import Status
from bot.domain.calendar import Rule
from bot.errors import Refused, Why
from bot.messages import Action, Outgoing, Person, Priority
from bot.services.contents import forget_files
from data.audit import audit
from data.broadcasts import (
    OPEN,
    Broadcast,
    add_broadcast,
    change,
    key_of,
)
from data.copies import Copy, add_targets, behind, note_posted, results_of
from data.people import RoleHolder
from data.places import Ward, group_by_id
from data.unit_of_work import Work

DRAFT_LASTS = 7 * 24 * 3600.0
PART = 50  # groups a transaction
PROGRESS_FIRST = 1.0  # s: two groups are done by then, and then it is looked ever more seldom
PROGRESS_SLOWEST = 120.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an edition is: groups it reached, how many wait, each that failed and why, how many were cut off."""

    sent: tuple[str, ...]
    waiting: int
    failed: tuple[tuple[str, str], ...]
    stopped: int = 0

    @property
    def done(self) -> int:
        """Groups that wait for nothing more."""
        return len(self.sent) + len(self.failed) + self.stopped

    @property
    def total(self) -> int:
        """Every group it goes to."""
        return self.done + self.waiting


# --- drafting


def draft(work: Work, ward: Ward, by: Person, message: Outgoing, content: str = "text") -> Broadcast:
    """Keep a draft; one that nobody sends is forgotten after a week."""
    author = RoleHolder(by.address, by.name)
    broadcast = add_broadcast(work, ward.id, key_of(work, by), author, message, content=content)
    work.remind(f"broadcast-expire:{broadcast.id}", work.now + DRAFT_LASTS)
    audit(work, ward.id, by, "broadcast.drafted", str(broadcast.id))
    return broadcast


# --- from draft to sent


def mark_emergency(work: Work, broadcast: Broadcast, *, emergency: bool) -> Broadcast:
    """Make it an emergency alert, or an ordinary one again."""
    return change(work, broadcast, emergency=emergency)


def ask_approval(
    work: Work, broadcast: Broadcast, by: Person, rule: Rule | None = None, late_hours: float | None = None
) -> Broadcast:
    """The author is done: now, or by this rule."""
    audit(work, broadcast.ward_id, by, "broadcast.asked", str(broadcast.id))
    return change(work, broadcast, status="asked", rule=rule, late_hours=late_hours)


def approve(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """A second pair of eyes agrees."""
    audit(work, broadcast.ward_id, by, "broadcast.approved", str(broadcast.id))
    return change(work, broadcast, approved_key=key_of(work, by))


def wake(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """A second pair of eyes agrees that it cannot wait for the morning: it is an alert."""
    audit(work, broadcast.ward_id, by, "broadcast.woken", str(broadcast.id))
    return change(work, broadcast, emergency=True, approved_key=key_of(work, by))


def approve_alone(work: Work, broadcast: Broadcast, by: Person) -> None:
    """Nobody else could: written down as such."""
    audit(work, broadcast.ward_id, by, "broadcast.sent_alone", str(broadcast.id))


def cancel(work: Work, broadcast: Broadcast, by: Person | None, act: str) -> None:
    """It does not go."""
    if broadcast.status not in (*OPEN, Status.WAITING):
        raise Refused("stale")
    change(work, broadcast, status="cancelled", finished_at=work.now)
    if broadcast.schedule_id is None:
        forget_files(work, broadcast.message)
    audit(work, broadcast.ward_id, by, act, str(broadcast.id))


def send(work: Work, broadcast: Broadcast, dressed: Outgoing) -> tuple[Broadcast, Tally]:
    """To every group that it is for now, once each: the first ones at once, the others in parts of their own."""
    count = add_targets(work, broadcast.id, broadcast.ward_id, broadcast.manner)
    sending = change(work, broadcast, status=Status.SENDING.value, started_at=work.now)
    if broadcast.manner.lasts:
        work.remind(f"broadcast-over:{broadcast.id}", work.now + broadcast.manner.lasts)
    begin(work, sending, dressed)
    return sending, Tally((), count, ())


def begin(work: Work, broadcast: Broadcast, dressed: Outgoing) -> None:
    """The first part of an edition, and a first look at how far it is."""
    spread(work, broadcast, dressed)
    work.remind(f"broadcast-progress:{broadcast.id}", work.now + PROGRESS_FIRST)


def spread(work: Work, broadcast: Broadcast, dressed: Outgoing) -> None:
    """Post this edition for the next groups. In parts: nobody waits for a transaction with a thousand messages."""
    part = behind(work, broadcast.id, broadcast.edition, PART)
    note_posted(work, broadcast.id, broadcast.edition, [posted(work, broadcast, copy, dressed) for copy in part])
    if len(part) == PART:
        work.remind(f"broadcast-spread:{broadcast.id}:{broadcast.edition}:{part[-1].group}", work.now)


def posted(work: Work, broadcast: Broadcast, copy: Copy, dressed: Outgoing) -> Copy:
    """Post for one group: its copy, or a change of it, which is the copy where that was stopped before it left."""
    group = group_by_id(work, copy.group)
    fresh = broadcast.is_fresh
    if not copy.row and (group is None or copy.row == 0 or not fresh):
        return replace(copy, row=0)
    if group is None:
        return replace(copy, pending=0)
    priority, about = priority_of(broadcast), f"broadcast:{broadcast.id}"
    if copy.row is None:
        return Copy(copy.group, work.post(dressed, group.place, priority, about=about), None)
    action = Action.EDIT if dressed.action is Action.SEND else dressed.action
    changed = replace(dressed, action=action, afresh=fresh)
    row = work.post(changed, group.place, priority, about=about, target_row=copy.pending or copy.row)
    return Copy(copy.group, copy.row, row)


def priority_of(broadcast: Broadcast) -> Priority:
    """An alert goes before everything."""
    return Priority.EMERGENCY if broadcast.emergency else Priority.BROADCAST


# --- how far it is


def tally(work: Work, broadcast: Broadcast) -> Tally:
    """What became of its newest edition in every group."""
    results = results_of(work, broadcast.id, broadcast.edition)
    cut_off = [r for r in results if r.state in ("dropped", "gone") and not broadcast.is_fresh]
    failed = [r for r in results if r.state not in ("sent", "waiting", "held") and r not in cut_off]
    return Tally(
        tuple(result.group for result in results if result.state == "sent"),
        sum(result.state in ("waiting", "held") for result in results),
        tuple((r.group, r.error or Why.GAVE_UP.value) for r in failed),
        len(cut_off),
    )


def note_progress(work: Work, broadcast: Broadcast, found: Tally) -> bool:
    """Look again later, or finish; whether there is anything new to show."""
    if not found.waiting:
        finish(work, broadcast, found)
        return True
    pause = min(PROGRESS_FIRST + (work.now - (broadcast.started_at or work.now)) / 3, PROGRESS_SLOWEST)
    work.remind(f"broadcast-progress:{broadcast.id}", work.now + pause)
    change(work, broadcast, shown=found.done)
    return broadcast.shown != found.done


def finish(work: Work, broadcast: Broadcast, found: Tally) -> None:
    """Every group has this edition, or never will."""
    status = Status.SENT.value if broadcast.status == Status.SENDING else broadcast.status
    change(work, broadcast, status=status, finished_at=work.now, shown=found.done)
    if broadcast.schedule_id is None or broadcast.new_files:  # those of a schedule are sent again
        forget_files(work, broadcast.message)
    if broadcast.manner.pinned:
        plan_pins(work, broadcast, Action.PIN if status == Status.SENT else Action.UNPIN)


def plan_pins(work: Work, broadcast: Broadcast, action: Action, after: int = 0) -> None:
    """The clock pins (or unpins) the copies, those of the groups behind `after`."""
    work.remind(f"broadcast-pin:{broadcast.id}:{action}:{after}", work.now)
