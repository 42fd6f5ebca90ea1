"""Who reported a tip: asked for with a reason, agreed to by a second person, shown once."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import insert, select, update

from bot.domain.cases import Role
from bot.errors import Refused
from bot.messages import Person
from bot.services.casework import roles_of
from data import tables as t
from data.audit import audit
from data.people import has_role
from data.places import Ward
from data.reporters import Informant, caller_of
from data.tips import Tip, find_tip
from data.unit_of_work import Work

LASTS = 24 * 3600.0  # s that a wish, and an agreement to it, are good for
SHORTEST = 10  # letters of a reason
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asks, and why."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reveal:
    """One wish to know who reported, and what became of it."""

    id: int
    tip_id: int
    asker_key: str = field(repr=False)
    wish: Wish = field(repr=False)
    asked_at: float
    agreed: bool | None
    shown: bool


def ask(work: Work, tip: Tip, by: Person, reason: str) -> int:
    """Whoever handles a tip, or a chief, asks; the number of the wish."""
    if not {Role.HANDLER, Role.CHIEF} & roles_of(work, tip, by):
        raise Refused("reveal.only_handler")
    if len(reason.strip()) < SHORTEST:
        raise Refused("reveal.how")
    sealed = work.seal.seal(msgspec.json.encode(Wish(by.address, by.name, reason[:LONGEST])), "reveal")
    audit(work, tip.ward_id or 0, by, "reveal.asked", tip.code)
    key = work.seal.lookup("reveal", by.address)
    return work.add(insert(t.reveals).values(tip_id=tip.id, asker_key=key, sealed=sealed, asked_at=work.now))


def fresh_reveal(work: Work, number: int) -> Reveal | None:
    """A wish that is not too old."""
    reveal = find_reveal(work, number)
    return reveal if reveal and reveal.asked_at > work.now - LASTS else None


def find_reveal(work: Work, number: int) -> Reveal | None:
    """A wish by its number."""
    row = work.one(select(t.reveals).where(t.reveals.c.id == number))
    if row is None:
        return None
    wish = msgspec.json.decode(work.seal.unseal(row.sealed, "reveal"), type=Wish)
    return Reveal(row.id, row.tip_id, row.asker_key, wish, row.asked_at, row.agreed, row.shown_at is not None)


def decide(work: Work, ward: Ward, number: int, by: Person, *, agreed: bool) -> tuple[Reveal, Tip]:
    """A chief who is not the asker decides; that `by` is one has been checked. Nobody else learns how."""
    reveal = fresh_reveal(work, number)
    tip = find_tip(work, reveal.tip_id) if reveal else None
    if reveal is None or tip is None or tip.ward_id != ward.id or tip.aside or reveal.agreed is not None:
        raise Refused("stale")
    if reveal.asker_key == work.seal.lookup("reveal", by.address):
        raise Refused("reveal.own")
    work.run(update(t.reveals).where(t.reveals.c.id == number).values(agreed=agreed, settled_at=work.now))
    audit(work, ward.id, by, f"reveal.{'agreed' if agreed else 'refused'}", tip.code)
    return reveal, tip


def take(work: Work, number: int, by: Person) -> tuple[Tip, Informant] | None:
    """What the asker may see now, and only now. None for whatever reason there is nothing: nobody is told which."""
    reveal = fresh_reveal(work, number)
    if reveal is None or reveal.asker_key != work.seal.lookup("reveal", by.address):
        return None
    tip = find_tip(work, reveal.tip_id)
    informant = caller_of(work, tip) if tip else None
    if tip is None or informant is None or not reveal.agreed or reveal.shown:
        return None
    if tip.aside or has_role(work, tip.ward_id or 0, by, "barred"):  # both may have come about since it was asked
        return None
    work.run(update(t.reveals).where(t.reveals.c.id == number).values(shown_at=work.now))
    audit(work, tip.ward_id or 0, by, "reveal.shown", tip.code)
    return tip, informant
