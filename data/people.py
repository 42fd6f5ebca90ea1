"""What people chose, and the roles they hold."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update

from bot.messages import Person
from data import tables as t
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Known:
    """Where somebody's private tips go by default, and in which language they are answered."""

    language: str = "vi"
    ward_id: int | None = None
    group_id: int | None = None


KNOWN = select(t.people.c.language, t.people.c.ward_id, t.people.c.group_id).where(
    t.people.c.person_key == bindparam("person")
)


def find_person(work: Work, person: Person) -> Known:
    """What this person chose; defaults for a stranger."""
    row = work.peek(KNOWN, person=work.seal.lookup("person", person.address))
    return Known(*row) if row else Known()


def language_of(work: Work, person: Person) -> str:
    """The language somebody chose."""
    return find_person(work, person).language


def remember_person(work: Work, person: Person, **choices: object) -> None:
    """Keep a choice: language, ward_id, group_id."""
    key = work.seal.lookup("person", person.address)
    if work.run(update(t.people).where(t.people.c.person_key == key).values(**choices)).rowcount == 0:
        work.run(insert(t.people).values(person_key=key, **choices))


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """Somebody with a role in a ward."""

    address: str = field(repr=False)
    name: str = field(repr=False)

    @property
    def person(self) -> Person:
        """The same as somebody on a platform."""
        platform, _, number = self.address.partition(":")
        return Person(platform, number, self.name)


def has_role(work: Work, ward_id: int, person: Person, role: str) -> bool:
    """Whether this person holds this role here."""
    key = work.seal.lookup("role", person.address)
    table = t.roles
    query = select(table.c.expires_at).where(
        table.c.ward_id == ward_id, table.c.person_key == key, table.c.role == role
    )
    row = work.one(query)
    return row is not None and (row.expires_at is None or row.expires_at > work.now)


def give_role(work: Work, ward_id: int, person: Person, role: str) -> None:
    """Give a role; giving it again changes nothing."""
    if has_role(work, ward_id, person, role):
        return
    sealed = work.seal.seal(msgspec.json.encode(RoleHolder(person.address, person.name)), "role")
    key = work.seal.lookup("role", person.address)
    work.run(insert(t.roles).values(ward_id=ward_id, person_key=key, role=role, sealed=sealed, given_at=work.now))


def take_role(work: Work, ward_id: int, person: Person, role: str) -> None:
    """Take a role away."""
    key = work.seal.lookup("role", person.address)
    table = t.roles
    work.run(delete(table).where(table.c.ward_id == ward_id, table.c.person_key == key, table.c.role == role))
