"""Who may do what with a broadcast: its author, another officer, a chief who did not write it."""

from sqlalchemy import func, select

from bot.domain.broadcasting import Status
from bot.errors import Refused
from bot.messages import Person
from data import tables as t
from data.broadcasts import Broadcast, find_broadcast, key_of
from data.people import has_role
from data.places import Ward
from data.unit_of_work import Work

WHERE_NOW: dict[str, str] = {
    Status.ASKED: "broadcast.asked_already",
    Status.SCHEDULED: "broadcast.scheduled_already",
}


def broadcast_of(work: Work, ward: Ward, number: int) -> Broadcast:
    """A broadcast of this ward; another ward's does not exist here."""
    broadcast = find_broadcast(work, number)
    if broadcast is None or broadcast.ward_id != ward.id:
        raise Refused("stale")
    return broadcast


def open_draft(work: Work, ward: Ward, number: int, by: Person) -> Broadcast:
    """A draft of one's own."""
    broadcast = broadcast_of(work, ward, number)
    if broadcast.status != Status.DRAFT:
        raise Refused(WHERE_NOW.get(broadcast.status, "stale"))
    if not is_author(work, broadcast, by):
        raise Refused("broadcast.only_author")
    return broadcast


def is_author(work: Work, broadcast: Broadcast, person: Person) -> bool:
    """Whether this person wrote it."""
    return broadcast.author_key == key_of(work, person)


def asked_by_another(work: Work, ward: Ward, number: int, by: Person) -> Broadcast:
    """A broadcast that waits for approval and that somebody else wrote."""
    broadcast = broadcast_of(work, ward, number)
    if broadcast.status != "asked":
        raise Refused("broadcast.decided")
    if is_author(work, broadcast, by):
        raise Refused("broadcast.own")
    return broadcast


def waiting_by_another(work: Work, ward: Ward, number: int, by: Person) -> Broadcast:
    """A broadcast that waits for the morning and that somebody else wrote."""
    broadcast = broadcast_of(work, ward, number)
    if broadcast.status != Status.WAITING:
        raise Refused("stale")
    if is_author(work, broadcast, by):
        raise Refused("broadcast.own")
    return broadcast


def count_chiefs(work: Work, ward_id: int) -> int:
    """Chiefs who were not barred."""
    roles, barred = t.roles, t.roles.alias("barred")
    gone = select(barred.c.person_key).where(barred.c.ward_id == ward_id, barred.c.role == "barred")
    query = select(func.count()).where(
        roles.c.ward_id == ward_id, roles.c.role == "chief", roles.c.person_key.not_in(gone)
    )
    return int(work.run(query).scalar() or 0)


def nobody_else(work: Work, ward: Ward, by: Person) -> bool:
    """Whether the only chief there is asks: then nobody can approve it yet."""
    return has_role(work, ward.id, by, "chief") and count_chiefs(work, ward.id) == 1


def goes_alone(work: Work, ward: Ward, broadcast: Broadcast, by: Person) -> bool:
    """An emergency alert of the only chief: nobody is there to approve it, and it cannot wait."""
    return broadcast.emergency and nobody_else(work, ward, by)


def cancellable(work: Work, ward: Ward, number: int, by: Person) -> Broadcast:
    """A broadcast that has not left, for its author or a chief."""
    broadcast = broadcast_of(work, ward, number)
    if not is_author(work, broadcast, by) and not has_role(work, ward.id, by, "chief"):
        raise Refused("broadcast.only_author_or_chief")
    return broadcast
