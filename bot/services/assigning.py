"""Who may be given a tip: officers who have acted at this desk lately. The platform tells a bot no list of members."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from bot.messages import Person
from data import tables as t
from data.chiefs import chiefs_of
from data.people import RoleHolder, has_role
from data.places import Ward
from data.unit_of_work import Work

LATELY = 60 * 86400.0
MOST = 6
LOOKED_AT = 50  # newest tips, and acts
ACTS = tuple(f"tip.{act}" for act in ("accepted", "assigned", "verifying", "noted", "wrote", "passed"))
"""What only officers do, as the audit names it."""


def officers_of(work: Work, ward: Ward) -> list[Person]:
    """Those who acted on tips lately, the latest first, then the chiefs; nobody who was barred since."""
    platform = ward.place.platform
    found: dict[str, Person] = {}
    for holder in (*lately(work, ward), *(RoleHolder(chief.address, chief.name) for chief in chiefs_of(work, ward.id))):
        home, _, number = holder.address.partition(":")
        if home == platform:
            found.setdefault(holder.address, Person(platform, number, holder.name))
    return [person for person in found.values() if not has_role(work, ward.id, person, "barred")][:MOST]


def lately(work: Work, ward: Ward) -> Iterator[RoleHolder]:
    """Whoever handles a tip of this ward, and whoever did something with one."""
    tips, audit = t.tips, t.audit
    handled = select(tips.c.sealed_handler).where(
        tips.c.ward_id == ward.id, tips.c.sealed_handler.is_not(None), tips.c.acted_at > work.now - LATELY
    )
    for row in work.all(handled.order_by(tips.c.acted_at.desc()).limit(LOOKED_AT)):
        yield msgspec.json.decode(work.seal.unseal(row.sealed_handler, "handler"), type=RoleHolder)
    acted = select(audit.c.sealed_actor).where(
        audit.c.ward_id == ward.id, audit.c.act.in_(ACTS), audit.c.at > work.now - LATELY
    )
    for row in work.all(acted.order_by(audit.c.id.desc()).limit(LOOKED_AT)):
        address, _, name = work.seal.unseal(row.sealed_actor, "actor").decode().partition(" ")
        yield RoleHolder(address, name)


def officer_by_id(work: Work, ward: Ward, number: str) -> Person | None:
    """One of those, by the number that a button carries."""
    return next((person for person in officers_of(work, ward) if person.id == number), None)
