"""A desk's weekly roster, as rows: one for each shift."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select

from bot.domain.rosters import Slot
from bot.messages import Person
from data import tables as t
from data.chiefs import private_since
from data.people import RoleHolder
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Rostered:
    """An officer with a shift in the week. `private_at`: when they last wrote to the bot privately."""

    holder: RoleHolder = field(repr=False)
    private_at: float | None


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts of a week, in order; whose they are, by the key that stands in each."""

    slots: Sequence[Slot] = ()
    people: Mapping[str, Rostered] = field(default_factory=dict, repr=False)

    def name(self, slot: Slot) -> str:
        """The name of whoever has a shift."""
        return self.people[slot.who].holder.name


def key_of(work: Work, person: Person) -> str:
    """Somebody as an officer with a shift in the week."""
    return work.seal.lookup("roster", person.address)


def rostered(work: Work, person: Person) -> Rostered:
    """An officer who is to have a shift."""
    return Rostered(RoleHolder(person.address, person.name), private_since(work, person))


def roster_of(work: Work, ward_id: int) -> Roster:
    """A ward's week; an empty one where none was planned."""
    table = t.rosters
    rows = work.all(select(table).where(table.c.ward_id == ward_id).order_by(table.c.start))
    people = {
        row.person_key: Rostered(
            msgspec.json.decode(work.seal.unseal(row.sealed, "roster"), type=RoleHolder), row.private_at
        )
        for row in rows
    }
    return Roster([Slot(row.start, row.length, row.person_key) for row in rows], people)


def save_roster(work: Work, ward_id: int, roster: Roster) -> None:
    """A ward's week from now on."""
    table = t.rosters
    work.run(delete(table).where(table.c.ward_id == ward_id))
    rows = [
        {
            "ward_id": ward_id,
            "start": slot.start,
            "length": slot.length,
            "person_key": slot.who,
            "sealed": work.seal.seal(msgspec.json.encode(roster.people[slot.who].holder), "roster"),
            "private_at": roster.people[slot.who].private_at,
        }
        for slot in roster.slots
    ]
    if rows:
        work.run(insert(table), rows)
