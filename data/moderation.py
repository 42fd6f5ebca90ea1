"""Moderators, what they were shown, and what they propose, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select, update

from bot.domain.tips import Status
from bot.messages import Person
from data import tables as t
from data.outbox import key_of
from data.people import RoleHolder
from data.tips import TIP, Tip, tips_in
from data.unit_of_work import Work

ROLE = "moderator"
SEEN = (Status.NEW, Status.ACCEPTED, Status.WAITING, Status.VERIFYING)
KEY = 24  # letters of a key that a button carries


@dataclass(frozen=True, slots=True)
class Moderator:
    """Somebody who holds the role in a ward until a moment."""

    key: str = field(repr=False)
    ward_id: int
    holder: RoleHolder = field(repr=False)
    expires_at: float


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who proposes, and what they wrote to it."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a moderator would do with a tip."""

    id: int
    tip_id: int
    act: str
    value: str
    by: Proposed = field(repr=False)
    settled: bool


# --- the role


def add_moderator(work: Work, ward_id: int, person: Person, expires_at: float) -> None:
    """Give somebody the role, or give it anew."""
    key = work.seal.lookup("role", person.address)
    drop_moderator(work, ward_id, key)
    sealed = work.seal.seal(msgspec.json.encode(RoleHolder(person.address, person.name)), "role")
    row = {"ward_id": ward_id, "person_key": key, "role": ROLE, "sealed": sealed, "given_at": work.now}
    work.run(insert(t.roles).values(row | {"expires_at": expires_at, "private_at": work.now}))


def drop_moderator(work: Work, ward_id: int, key: str) -> None:
    """Nobody with this key holds it here any more."""
    table = t.roles
    work.run(delete(table).where(table.c.ward_id == ward_id, table.c.person_key == key, table.c.role == ROLE))


def moderators_of(work: Work, ward_id: int) -> list[Moderator]:
    """Everybody who holds the role in a ward now."""
    return _moderators(work, t.roles.c.ward_id == ward_id)


def wards_of(work: Work, person: Person) -> list[int]:
    """The wards in which somebody is a moderator now: asked at every use."""
    key = work.seal.lookup("role", person.address)
    return [one.ward_id for one in _moderators(work, t.roles.c.person_key == key)]


def _moderators(work: Work, whose: object) -> list[Moderator]:
    table = t.roles
    query = select(table.c.person_key, table.c.ward_id, table.c.sealed, table.c.expires_at)
    rows = work.all(query.where(table.c.role == ROLE, table.c.expires_at > work.now, whose).order_by(table.c.given_at))  # type: ignore[arg-type]
    return [
        Moderator(
            row.person_key,
            row.ward_id,
            msgspec.json.decode(work.seal.unseal(row.sealed, "role"), type=RoleHolder),
            row.expires_at,
        )
        for row in rows
    ]


# --- what they see


def tips_seen(work: Work, ward_id: int, kinds: Sequence[str], before: int, limit: int) -> list[Tip]:
    """Open tips of these kinds, newest first; none about danger, none set aside, none that follows another."""
    c = t.tips.c
    plain = (c.aside.is_(False), c.danger.is_(None), c.lead_id.is_(None), c.confirmed_at.is_not(None))
    query = TIP.where(c.ward_id == ward_id, c.kind.in_(kinds), c.status.in_(SEEN), c.id < before, *plain)
    return tips_in(work, query.order_by(c.id.desc()).limit(limit))


def shown_to(work: Work, person: Person) -> list[int]:
    """The rows of what this person was shown of tips as a moderator."""
    key = key_of(work, person.platform, person.id, private=True)
    query = select(t.outbox.c.id).join(t.deliveries, t.deliveries.c.row_id == t.outbox.c.id)
    rows = work.all(query.where(t.deliveries.c.chat_key == key, t.outbox.c.about.startswith("masked:")).distinct())
    return [row.id for row in rows]


# --- what they propose


def add_proposal(work: Work, tip: Tip, act: str, value: str, by: Proposed) -> int:
    """Keep a proposal until an officer has settled it; its number."""
    sealed = work.seal.seal(msgspec.json.encode(by), "proposal")
    return work.add(insert(t.proposals).values(tip_id=tip.id, act=act, value=value, sealed_by=sealed, at=work.now))


def find_proposal(work: Work, number: int) -> Proposal | None:
    """A proposal by its number."""
    row = work.one(select(t.proposals).where(t.proposals.c.id == number))
    if row is None:
        return None
    by = msgspec.json.decode(work.seal.unseal(row.sealed_by, "proposal"), type=Proposed)
    return Proposal(row.id, row.tip_id, row.act, row.value, by, row.settled_at is not None)


def settle_proposal(work: Work, proposal: Proposal, *, agreed: bool) -> None:
    """An officer has decided, or the tip has moved on."""
    table = t.proposals
    work.run(update(table).where(table.c.id == proposal.id).values(settled_at=work.now, agreed=agreed))
