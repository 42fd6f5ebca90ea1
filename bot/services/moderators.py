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
from data.people import RoleHolder, has_role
from data.places import Ward, ward_by_id
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


def begin(work: Work, code: str, person: Person) -> tuple[Ward, float]:
    """The invitation is taken: the ward, and until when."""
    key, ward, days = invited_to(work, code, person)
    use_code(work, key)
    until = work.now + days * DAY
    add_moderator(work, ward.id, person, until)
    work.remind(f"moderator-over:{ward.id}", until + 1.0)
    audit(work, ward.id, person, "moderator.began")
    return ward, until


def end(work: Work, ward: Ward, key: str, by: Person) -> Moderator:
    """A chief ends the role of somebody, named by the start of their key."""
    found = next((one for one in moderators_of(work, ward.id) if one.key[:KEY] == key), None)
    if found is None:
        raise Refused("moderator.ended_already")
    drop_moderator(work, ward.id, found.key)
    audit(work, ward.id, by, "moderator.ended")
    return found


def leave(work: Work, person: Person) -> list[Ward]:
    """Somebody gives their role up, in every ward."""
    wards = [ward_by_id(work, number) for number in wards_of(work, person)]
    for ward in wards:
        drop_moderator(work, ward.id, work.seal.lookup("role", person.address))
        audit(work, ward.id, person, "moderator.left")
    return wards


def drop_expired(work: Work, ward_id: int) -> list[RoleHolder]:
    """Take away roles whose time is over; whose they were."""
    table = t.roles
    over = (table.c.ward_id == ward_id, table.c.role == "moderator", table.c.expires_at <= work.now)
    rows = work.all(select(table.c.person_key, table.c.sealed).where(*over))
    for row in rows:
        drop_moderator(work, ward_id, row.person_key)
    return [msgspec.json.decode(work.seal.unseal(row.sealed, "role"), type=RoleHolder) for row in rows]
