"""Moderators, what they were shown, and what they propose, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, delete, insert, select, update

from bot.domain.tips import Status
from bot.messages import Person
from data import tables as t
from data.outbox import key_of
from data.people import RoleHolder
from data.tips import TIP, Tip, tips_in
from data.unit_of_work import Work

ROLE = "moderator"
SEEN = (Status.NEW, Status.ACCEPTED, Status.WAITING, Status.VERIFYING)
MASKED = "masked:"  # about which tip something was shown; 0: a list of several
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
    """Who proposes, of which group, and what they wrote to it."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    words: str = field(default="", repr=False)
    group: str = field(default="", repr=False)

    @property
    def person(self) -> Person:
        """The same as somebody on a platform."""
        return RoleHolder(self.address, self.name).person


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a moderator would do with a tip."""

    id: int
    tip_id: int
    act: str
    value: str
    by: Proposed = field(repr=False)
    row_id: int | None
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


def _moderators(work: Work, whose: ColumnElement[bool]) -> list[Moderator]:
    table = t.roles
    query = select(table.c.person_key, table.c.ward_id, table.c.sealed, table.c.expires_at)
    rows = work.all(query.where(table.c.role == ROLE, table.c.expires_at > work.now, whose).order_by(table.c.given_at))
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
    """Open tips of these kinds, newest first; none about danger, set aside, taken back, or following another."""
    c = t.tips.c
    stands = c.withdrawn_at.is_(None) | (c.followers > 0)
    plain = (c.aside.is_(False), c.danger.is_(None), c.lead_id.is_(None), c.confirmed_at.is_not(None), stands)
    query = TIP.where(c.ward_id == ward_id, c.kind.in_(kinds), c.status.in_(SEEN), c.id < before, *plain)
    return tips_in(work, query.order_by(c.id.desc()).limit(limit))


def shown_to(work: Work, person: Person, ward_id: int) -> list[int]:
    """The rows of what this person was shown of a ward's tips as a moderator, or is about to be; lists among them."""
    rows = [*_delivered(work, person), *_on_their_way(work, person)]
    tips = {row.id: int(row.about.removeprefix(MASKED)) for row in rows}
    theirs = select(t.tips.c.id).where(t.tips.c.id.in_(set(tips.values())), t.tips.c.ward_id == ward_id)
    mine = {0, *work.run(theirs).scalars()}
    return [row for row, tip in tips.items() if tip in mine]


def shown_of(work: Work, person: Person, tip: Tip) -> list[int]:
    """The rows of what this person was shown of one tip as a moderator."""
    return [row.id for row in _delivered(work, person) if row.about == f"{MASKED}{tip.id}"]


def _delivered(work: Work, person: Person) -> Sequence[Row[*tuple[Any, ...]]]:
    key = key_of(work, person.platform, person.id, private=True)
    query = select(t.outbox.c.id, t.outbox.c.about).join(t.deliveries, t.deliveries.c.row_id == t.outbox.c.id)
    return work.all(query.where(t.deliveries.c.chat_key == key, t.outbox.c.about.startswith(MASKED)).distinct())


def _on_their_way(work: Work, person: Person) -> Sequence[Row[*tuple[Any, ...]]]:
    c = t.outbox.c
    query = select(c.id, c.about, c.sealed_chat).where(c.state == "waiting", c.about.startswith(MASKED))
    rows = work.all(query.where(c.platform == person.platform))
    return [row for row in rows if work.seal.unseal(row.sealed_chat, "chat").decode() == person.id]


# --- what they propose


def add_proposal(work: Work, tip: Tip, act: str, value: str, by: Proposed) -> Proposal:
    """Keep a proposal until an officer has settled it."""
    sealed = work.seal.seal(msgspec.json.encode(by), "proposal")
    values = {"tip_id": tip.id, "act": act, "value": value, "sealed_by": sealed, "at": work.now}
    return Proposal(work.add(insert(t.proposals).values(values)), tip.id, act, value, by, None, settled=False)


def put_at(work: Work, proposal: Proposal, row_id: int) -> None:
    """This message at the desk puts it to the officers; several that propose the same share one."""
    work.run(update(t.proposals).where(t.proposals.c.id == proposal.id).values(row_id=row_id))


def find_proposal(work: Work, number: int) -> Proposal | None:
    """A proposal by its number."""
    return next(iter(_proposals(work, t.proposals.c.id == number)), None)


def open_proposals(work: Work, tip_id: int) -> list[Proposal]:
    """What waits for an officer about a tip, oldest first."""
    return _proposals(work, (t.proposals.c.tip_id == tip_id) & t.proposals.c.settled_at.is_(None))


def proposals_at(work: Work, proposal: Proposal) -> list[Proposal]:
    """All that one message at the desk puts to the officers."""
    mine = t.proposals.c.tip_id == proposal.tip_id
    return [one for one in _proposals(work, mine) if one.row_id == proposal.row_id]


def _proposals(work: Work, which: ColumnElement[bool]) -> list[Proposal]:
    return [
        Proposal(
            row.id,
            row.tip_id,
            row.act,
            row.value,
            msgspec.json.decode(work.seal.unseal(row.sealed_by, "proposal"), type=Proposed),
            row.row_id,
            row.settled_at is not None,
        )
        for row in work.all(select(t.proposals).where(which).order_by(t.proposals.c.id))
    ]


def settle_proposal(work: Work, proposal: Proposal, *, agreed: bool) -> None:
    """An officer has decided, or the tip has moved on."""
    table = t.proposals
    work.run(update(table).where(table.c.id == proposal.id).values(settled_at=work.now, agreed=agreed))
