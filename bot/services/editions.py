"""A broadcast under way and afterwards: paused, stopped, sent again where it failed, corrected, withdrawn, over.

Each correction, withdrawal and end is an edition that every copy is to become. What waits is recalled first, so that no
group gets the old words once the new ones are confirmed; what was leaving just then is changed right behind it.
"""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.broadcasting import Manner, Status, quiet_until
from bot.errors import Refused
from bot.messages import Action, Outgoing, Person
from bot.services.broadcast_rights import broadcast_of, is_author
from bot.services.broadcasts import PART, plan_pins, priority_of
from bot.services.contents import forget_files
from data.audit import audit
from data.broadcasts import Broadcast, change
from data.bulletins import forget_following
from data.copies import arrived, post_again, rows_of, skip_unposted
from data.outbox import hold_rows, recall_rows, release_rows
from data.people import has_role
from data.places import Ward, group_by_id
from data.rules import Rules, numbers_of
from data.unit_of_work import Work

LIVE = (Status.SENDING, Status.PAUSED, Status.SENT)


def live(work: Work, ward: Ward, number: int, by: Person, *states: Status) -> Broadcast:
    """A broadcast that its author or a chief may do something about, in one of these states."""
    broadcast = broadcast_of(work, ward, number)
    if broadcast.status not in states:
        raise Refused("stale")
    if not is_author(work, broadcast, by) and not has_role(work, ward.id, by, "chief"):
        raise Refused("broadcast.only_author_or_chief_acts")
    return broadcast


# --- while it spreads


def pause(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """Nothing more leaves until it is resumed."""
    hold_rows(work, rows_of(work, broadcast.id))
    audit(work, broadcast.ward_id, by, "broadcast.paused", str(broadcast.id))
    return change(work, broadcast, status=Status.PAUSED.value)


def resume(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """What was held waits again; the rows are the same, so no group gets it twice."""
    release_rows(work, rows_of(work, broadcast.id))
    audit(work, broadcast.ward_id, by, "broadcast.resumed", str(broadcast.id))
    return change(work, broadcast, status=Status.SENDING.value, started_at=work.now)


def stop(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """Groups that have not got it do not get it any more."""
    recall_rows(work, rows_of(work, broadcast.id))
    skip_unposted(work, broadcast.id, broadcast.edition)
    audit(work, broadcast.ward_id, by, "broadcast.stopped", str(broadcast.id))
    return change(work, broadcast, status=Status.SENDING.value, stopped_at=work.now)


def resend(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """Once more to the groups where it failed, and to no other."""
    if not post_again(work, broadcast.id, broadcast.edition):
        raise Refused("broadcast.none_failed")
    audit(work, broadcast.ward_id, by, "broadcast.resent", str(broadcast.id))
    status = Status.SENDING.value if broadcast.status == Status.SENT else broadcast.status
    return change(work, broadcast, status=status, started_at=work.now, finished_at=None)


# --- editions


def drop_correction(work: Work, broadcast: Broadcast) -> Broadcast:
    """Nothing waits for approval any more."""
    if broadcast.correction is None:
        return broadcast
    if brings_files(broadcast, broadcast.correction):
        forget_files(work, broadcast.correction)
    forget_following(work, broadcast.id)
    return change(work, broadcast, correction=None, corrector=None)


def brings_files(broadcast: Broadcast, correction: Outgoing) -> bool:
    """Whether a correction changes more than words."""
    return correction.attachments != broadcast.message.attachments


def withdraw(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """It is taken back everywhere."""
    audit(work, broadcast.ward_id, by, "broadcast.withdrawn", str(broadcast.id))
    return next_edition(work, broadcast, Status.WITHDRAWN)


def end(work: Work, broadcast: Broadcast) -> Broadcast:
    """Its time is over."""
    audit(work, broadcast.ward_id, None, "broadcast.over", str(broadcast.id))
    return next_edition(work, broadcast, Status.OVER)


def next_edition(work: Work, broadcast: Broadcast, status: Status) -> Broadcast:
    """What waits is recalled; every copy is behind from now on."""
    recall_rows(work, rows_of(work, broadcast.id))
    return change(
        work,
        drop_correction(work, broadcast),
        status=status.value,
        edition=broadcast.edition + 1,
        started_at=work.now,
        finished_at=None,
        shown=-1,
    )


# --- pinned or not


def set_pinned(work: Work, broadcast: Broadcast, by: Person, *, pinned: bool) -> Broadcast:
    """Pin its copies where the platform and the group let us, or unpin them."""
    audit(work, broadcast.ward_id, by, "broadcast.pinned" if pinned else "broadcast.unpinned", str(broadcast.id))
    plan_pins(work, broadcast, Action.PIN if pinned else Action.UNPIN)
    return change(work, broadcast, manner=replace(broadcast.manner, pinned=pinned))


def pin_part(work: Work, broadcast: Broadcast, action: Action, after: int) -> None:
    """The copies of the next groups."""
    part = arrived(work, broadcast.id, after, PART)
    for copy in part:
        if (group := group_by_id(work, copy.group)) and (row := copy.pending or copy.row):
            pin = Outgoing(action, optional=True)
            work.post(pin, group.place, priority_of(broadcast), target_row=row)
    if len(part) == PART:
        plan_pins(work, broadcast, action, part[-1].group)


# --- how a draft is to go, and when


def set_manner(work: Work, draft: Broadcast, manner: Manner) -> Broadcast:
    """The author chose to whom and how."""
    return change(work, draft, manner=manner)


def waits_until(
    work: Work, rules: Rules, broadcast: Broadcast, zone: ZoneInfo, at: float | None = None
) -> float | None:
    """When the ward's quiet hours end, where it is not an alert and they are now (or at `at`)."""
    if broadcast.emergency:
        return None
    hours = numbers_of(work, rules, broadcast.ward_id, "quiet_from", "quiet_until")
    return quiet_until(work.now if at is None else at, int(hours["quiet_from"]), int(hours["quiet_until"]), zone)


def wait(work: Work, broadcast: Broadcast, until: float) -> Broadcast:
    """It goes in the morning."""
    work.remind(f"broadcast-launch:{broadcast.id}", until)
    return change(work, broadcast, status=Status.WAITING.value)
