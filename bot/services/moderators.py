"""Trusted residents who help with the queue: invited by a chief, for a time, and ended at once."""

import msgspec
from sqlalchemy import insert, select

from bot.domain.codes import link_code, tidy
from bot.errors import Refused
from bot.messages import Person
from bot.services.wards import check_code, use_code
from data import tables as t
from data.audit import audit
from data.moderation import KEY, Moderator, add_moderator, drop_moderator, moderators_of, wards_of
from data.people import RoleHolder, find_person, has_role
from data.places import Ward, group_by_id, ward_by_id
from data.unit_of_work import Work

INVITED = 72 * 3600.0  # s that an invitation is good for
DAY = 86400.0
DAYS, MOST_DAYS = 180, 366
LONGEST_NAME = 60


def invite(work: Work, ward: Ward, by: Person, typed: str) -> str:
    """A single-use code for whoever `typed` names; a number at its end is how many days the role lasts."""
    name, _, last = typed.strip().rpartition(" ")
    days = int(last) if name and last.isdecimal() and len(last) < 4 else DAYS
    name = (name if name and last.isdecimal() else typed).strip()[:LONGEST_NAME]
    if not name or not 1 <= days <= MOST_DAYS:
        raise Refused("moderator.how")
    code = link_code()
    values = {"code_key": work.seal.lookup("code", code), "kind": "moderator", "ward_id": ward.id}
    work.run(insert(t.codes).values(values | {"name": f"{days} {name}", "expires_at": work.now + INVITED}))
    audit(work, ward.id, by, "moderator.invited")
    return code


def invited_to(work: Work, code: str, person: Person) -> tuple[str, Ward, int]:
    """(key of the code, ward, days) of an invitation that still holds; a chief needs none."""
    key = check_code(work, "moderator", tidy(code))
    row = work.one(select(t.codes.c.ward_id, t.codes.c.name).where(t.codes.c.code_key == key))
    if row is None:
        raise Refused("setup.bad_moderator_code")
    ward = ward_by_id(work, row.ward_id)
    if has_role(work, ward.id, person, "chief"):
        raise Refused("moderator.is_chief")
    return key, ward, int(row.name.partition(" ")[0])


def begin(work: Work, code: str, person: Person) -> tuple[Ward, float, str]:
    """The invitation is taken: the ward, until when, and whom the chief had meant it for."""
    key, ward, days = invited_to(work, code, person)
    use_code(work, key)
    meant = work.run(select(t.codes.c.name).where(t.codes.c.code_key == key)).scalar() or ""
    until = work.now + days * DAY
    add_moderator(work, ward.id, person, until)
    work.remind(f"moderator-over:{ward.id}", until + 1.0)
    audit(work, ward.id, person, "moderator.began")
    return ward, until, meant.partition(" ")[2]


def group_of(work: Work, ward_id: int, person: Person) -> str:
    """The residents' group that somebody belongs to, as far as they came here by its link; else nothing."""
    number = find_person(work, person).group_id
    group = group_by_id(work, number) if number is not None else None
    return group.name if group and group.ward_id == ward_id else ""


def end(work: Work, ward: Ward, key: str, by: Person) -> Moderator:
    """A chief ends the role of somebody, named by the start of their key."""
    found = next((one for one in moderators_of(work, ward.id) if one.key[:KEY] == key), None)
    if found is None:
        raise Refused("moderator.ended_already")
    drop_moderator(work, ward.id, found.key)
    audit(work, ward.id, by, "moderator.ended")
    return found


def wards_helped(work: Work, person: Person) -> list[Ward]:
    """Where somebody holds the role now."""
    return [ward_by_id(work, number) for number in wards_of(work, person)]


def leave(work: Work, person: Person, ward_id: int) -> Ward:
    """Somebody gives their role up in one ward."""
    if ward_id not in wards_of(work, person):
        raise Refused("start.unknown")
    drop_moderator(work, ward_id, work.seal.lookup("role", person.address))
    audit(work, ward_id, person, "moderator.left")
    return ward_by_id(work, ward_id)


def drop_expired(work: Work, ward_id: int) -> list[RoleHolder]:
    """Take away roles whose time is over; whose they were."""
    table = t.roles
    over = (table.c.ward_id == ward_id, table.c.role == "moderator", table.c.expires_at <= work.now)
    rows = work.all(select(table.c.person_key, table.c.sealed).where(*over))
    for row in rows:
        drop_moderator(work, ward_id, row.person_key)
        audit(work, ward_id, None, "moderator.expired")
    return [msgspec.json.decode(work.seal.unseal(row.sealed, "role"), type=RoleHolder) for row in rows]
