"""Whose a tip is: sealed in a table of its own, and found by a keyed hash."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Select, insert, select, update

from bot.domain.tips import OVER
from bot.messages import Person
from data import tables as t
from data.tips import DRAFT_LASTS, OPEN, TIP, Tip, indexed, tip_by_id
from data.unit_of_work import Reporter, Work


@dataclass(frozen=True, slots=True)
class Informant:
    """Whoever reported a tip, and the numbers that were taken out of its text."""

    address: str = field(repr=False)
    name: str = field(repr=False)
    contacts: tuple[str, ...] = field(default=(), repr=False)

    @property
    def person(self) -> Person:
        """The same as somebody on a platform."""
        platform, _, number = self.address.partition(":")
        return Person(platform, number, self.name)

    @property
    def is_reachable(self) -> bool:
        """Whether there is a chat; whoever came or called in has none."""
        return self.person.id != ""


def add_tip(work: Work, person: Person, **values: object) -> Tip:
    """A new tip by this person."""
    times = {"created_at": work.now, "touched_at": work.now}
    tip_id = work.add(insert(t.tips).values(times | values))
    sealed = _sealed(work, Informant(person.address, person.name))
    work.run(insert(t.reporters).values(tip_id=tip_id, person_key=_key(work, tip_id, person), sealed=sealed))
    return indexed(work, tip_by_id(work, tip_id), values)


def _key(work: Work, tip_id: int, person: Person) -> str:
    """Differs from tip to tip: in a stolen database nobody's named tip leads to their anonymous ones."""
    return work.seal.lookup("reporter", f"{tip_id} {person.address}")


def _mine(work: Work, person: Person, query: Select[*tuple[Any, ...]]) -> Iterator[Tip]:
    """Those of a person among some tips, newest first: each has a hash of its own, so each is looked at."""
    theirs = query.with_only_columns(t.tips.c.id, t.reporters.c.person_key)
    rows = work.all(theirs.join(t.reporters))  # sorted here: asked for the order, SQLite would walk the whole table
    for number, key in sorted(rows, key=itemgetter(0), reverse=True):
        if key == _key(work, number, person):
            yield tip_by_id(work, number)


def draft_of(work: Work, person: Person) -> Tip | None:
    """What this person is writing: not confirmed, not taken back, touched within a day."""
    table = t.tips
    query = TIP.where(table.c.confirmed_at.is_(None), table.c.touched_at > work.now - DRAFT_LASTS)
    query = query.where(table.c.withdrawn_at.is_(None), table.c.status.in_(OPEN))
    return next(_mine(work, person, query), None)


def tips_of(work: Work, person: Person, since: float = 0.0) -> list[Tip]:
    """The open tips of a person that were sent, newest first; only those touched since a time."""
    query = TIP.where(t.tips.c.confirmed_at.is_not(None), t.tips.c.status.not_in(OVER), t.tips.c.touched_at >= since)
    return list(islice(_mine(work, person, query), 10))


def tips_reported(work: Work, person: Person) -> list[Tip]:
    """Every tip and draft of a person whose reporter is still known, oldest first."""
    table = t.reporters
    rows = work.all(select(table.c.tip_id, table.c.person_key).order_by(table.c.tip_id))
    return [tip_by_id(work, row.tip_id) for row in rows if row.person_key == _key(work, row.tip_id, person)]


def is_reporter(work: Work, tip: Tip, person: Person) -> bool:
    """Whether this person reported this tip."""
    row = work.one(select(t.reporters.c.person_key).where(t.reporters.c.tip_id == tip.id))
    return row is not None and row.person_key == _key(work, tip.id, person)


def informant_of(work: Work, tip: Tip) -> Informant | None:
    """Whoever reported a tip and has a chat; none once erased. For the rules of `services`, not for words at a desk."""
    caller = caller_of(work, tip)
    return caller if caller and caller.is_reachable else None


def caller_of(work: Work, tip: Tip) -> Informant | None:
    """The same, also of whoever came or called in: a name and numbers without a chat."""
    row = work.one(select(t.reporters.c.sealed).where(t.reporters.c.tip_id == tip.id))
    return msgspec.json.decode(work.seal.unseal(row.sealed, "reporter"), type=Informant) if row else None


def keep_contacts(work: Work, tip: Tip, contacts: Sequence[str]) -> None:
    """Put numbers that were taken out of a text beside the reporter's name."""
    informant = caller_of(work, tip)
    if informant is None or not contacts:
        return
    kept = tuple(dict.fromkeys((*informant.contacts, *contacts)))
    sealed = _sealed(work, Informant(informant.address, informant.name, kept))
    work.run(update(t.reporters).where(t.reporters.c.tip_id == tip.id).values(sealed=sealed))


def change_reporter(work: Work, tip: Tip, person: Person) -> None:
    """From now on this account is the tip's reporter, under the name by which it was reported."""
    before = caller_of(work, tip)
    if before is None:
        return
    sealed = _sealed(work, replace(before, address=person.address))
    values = {"person_key": _key(work, tip.id, person), "sealed": sealed}
    work.run(update(t.reporters).where(t.reporters.c.tip_id == tip.id).values(values))


def _sealed(work: Work, informant: Informant) -> bytes:
    return work.seal.seal(msgspec.json.encode(informant), "reporter")


def place_of(informant: Informant, tip: Tip) -> Reporter:
    """Where this tip's reporter is written to; names the tip, not the chat."""
    return Reporter(informant.person.platform, tip.id, tip.ward_id or 0)
