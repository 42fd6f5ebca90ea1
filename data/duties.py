"""Who is on duty at a desk, as rows: one for each officer who was lately; of one desk one whose time is not over."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import delete, insert, select, update

from bot.messages import Person
from data import tables as t
from data.chiefs import private_since
from data.people import RoleHolder
from data.unit_of_work import Place, Work


@dataclass(frozen=True, slots=True)
class Duty:
    """An officer on duty. `private_at`: when they last wrote to the bot privately; only then can it write to them.

    `planned`: by the week's roster, since nobody took the shift by hand.
    """

    ward_id: int
    address: str = field(repr=False)
    name: str = field(repr=False)
    since: float
    until: float
    private_at: float | None
    planned: bool = False

    @property
    def person(self) -> Person:
        """The same as somebody on a platform."""
        return RoleHolder(self.address, self.name).person

    @property
    def place(self) -> Place:
        """The private chat with them."""
        return Place(self.person.platform, self.person.id, self.ward_id, private=True)


def key_of(work: Work, person: Person) -> str:
    """Somebody as an officer on duty."""
    return work.seal.lookup("duty", person.address)


def last_duty(work: Work, ward_id: int) -> Duty | None:
    """The shift that ends last; it may be over."""
    table = t.duties
    row = work.one(select(table).where(table.c.ward_id == ward_id).order_by(table.c.until.desc()).limit(1))
    if row is None:
        return None
    holder = msgspec.json.decode(work.seal.unseal(row.sealed, "duty"), type=RoleHolder)
    return Duty(ward_id, holder.address, holder.name, row.since, row.until, row.private_at)


def begin_duty(work: Work, ward_id: int, person: Person, until: float) -> None:
    """Their shift begins now, and anybody else's ends. Whether they may be written to is known from before."""
    table, key = t.duties, key_of(work, person)
    end_duties(work, ward_id)
    private_at = private_since(work, person)
    work.run(delete(table).where(table.c.ward_id == ward_id, table.c.person_key == key))
    sealed = work.seal.seal(msgspec.json.encode(RoleHolder(person.address, person.name)), "duty")
    values = {"ward_id": ward_id, "person_key": key, "sealed": sealed, "since": work.now, "until": until}
    work.run(insert(table).values(values | {"private_at": private_at}))


def end_duties(work: Work, ward_id: int) -> None:
    """Nobody is on duty any more."""
    table = t.duties
    going_on = (table.c.ward_id == ward_id) & (table.c.until > work.now)
    work.run(update(table).where(going_on).values(until=work.now))


def forget_duties(work: Work, person: Person) -> None:
    """The shifts that somebody has had; one that goes on is a role, and stays until it ends."""
    table = t.duties
    past = (table.c.person_key == key_of(work, person)) & (table.c.until <= work.now)
    work.run(delete(table).where(past))
