"""A tip changes hands. A bot is told no list of members: it knows the officers who have acted at the desk lately."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from bot.domain.cases import Move
from bot.errors import Refused
from bot.messages import Person
from bot.services import casework
from data import tables as t
from data.chiefs import chiefs_of
from data.people import RoleHolder, has_role
from data.places import Ward
from data.tips import Tip, handler_values, is_handler
from data.unit_of_work import Work

LATELY = 60 * 86400.0
MOST = 6
LOOKED_AT = 50  # newest tips, and acts
ACTS = (*(f"tip.{act}" for act in ("accepted", "assigned", "verifying", "noted", "wrote", "passed")), "duty.taken")
"""What only officers do, as the audit names it."""


def officers_of(work: Work, ward: Ward, most: int = MOST) -> list[Person]:
    """Those who acted lately, the latest first, then the chiefs; nobody who was barred since."""
    platform = ward.place.platform
    found: dict[str, Person] = {}
    for holder in (*lately(work, ward), *(RoleHolder(chief.address, chief.name) for chief in chiefs_of(work, ward.id))):
        home, _, number = holder.address.partition(":")
        if home == platform:
            found.setdefault(holder.address, Person(platform, number, holder.name))
    return [person for person in found.values() if not has_role(work, ward.id, person, "barred")][:most]


def lately(work: Work, ward: Ward) -> Iterator[RoleHolder]:
    """Whoever handles a tip of this ward, and whoever did something with one or took a shift."""
    tips, audit = t.tips, t.audit
    handled = select(tips.c.sealed_handler).where(
        tips.c.ward_id == ward.id, tips.c.sealed_handler.is_not(None), tips.c.acted_at > work.now - LATELY
    )
    for row in work.all(handled.order_by(tips.c.acted_at.desc()).limit(LOOKED_AT)):
        yield msgspec.json.decode(work.seal.unseal(row.sealed_handler, "handler"), type=RoleHolder)
    acted = select(audit.c.sealed_actor).where(
        audit.c.ward_id == ward.id,
        audit.c.act.in_(ACTS),
        audit.c.at > work.now - LATELY,
        audit.c.sealed_actor.is_not(None),
    )
    for row in work.all(acted.order_by(audit.c.id.desc()).limit(LOOKED_AT)):
        address, _, name = work.seal.unseal(row.sealed_actor, "actor").decode().partition(" ")
        yield RoleHolder(address, name)


def officer_by_id(work: Work, ward: Ward, number: str) -> Person | None:
    """One of those, by the number that a button carries."""
    return next((person for person in officers_of(work, ward) if person.id == number), None)


def assign(work: Work, ward: Ward, tip: Tip, by: Person, to: Person, topic: str) -> Tip:
    """Put a tip into an officer's hands; its first one opens its topic. Raises Refused for somebody barred."""
    status = casework.check_move(work, tip, Move.ASSIGN, by)
    if has_role(work, ward.id, to, "barred"):
        raise Refused("give.barred", name=to.name)
    if tip.handler_key is not None and is_handler(work, tip, to):
        raise Refused("give.already", name=to.name)
    first = casework.first_values(work, ward, topic) if tip.handler_key is None else {}
    casework.record(work, tip, by, "assigned", to.name)
    return casework.act(work, tip, status=status, **first, **handler_values(work, to))
