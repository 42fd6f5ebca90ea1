"""The chiefs of a ward, in the order in which they were named, and whether the bot may write to them."""

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import select, update

from bot.messages import Person
from data import tables as t
from data.people import RoleHolder
from data.unit_of_work import Place, Work

SERVING = ((t.roles, "role"), (t.duties, "duty"), (t.rosters, "roster"))
"""Where it is kept whether the bot may write to staff, and the domain of the keys there."""


@dataclass(frozen=True, slots=True)
class Chief:
    """One chief. `private_at`: when they last wrote to the bot privately; only then can it write to them."""

    key: str = field(repr=False)
    address: str = field(repr=False)
    name: str = field(repr=False)
    private_at: float | None

    @property
    def person(self) -> Person:
        """The same as somebody on a platform."""
        return RoleHolder(self.address, self.name).person

    def place(self, ward_id: int) -> Place:
        """The private chat with them."""
        return Place(self.person.platform, self.person.id, ward_id, private=True)


def chiefs_of(work: Work, ward_id: int) -> list[Chief]:
    """Whoever set the ward up comes first. Those who were barred since are left out."""
    table = t.roles
    barred = select(table.c.person_key).where(table.c.ward_id == ward_id, table.c.role == "barred")
    query = select(table.c.person_key, table.c.sealed, table.c.private_at).where(
        table.c.ward_id == ward_id, table.c.role == "chief", table.c.person_key.not_in(barred)
    )
    found = work.all(query.order_by(table.c.given_at))
    return [_chief(work, row.person_key, row.sealed, row.private_at) for row in found]


def _chief(work: Work, key: str, sealed: bytes, private_at: float | None) -> Chief:
    holder = msgspec.json.decode(work.seal.unseal(sealed, "role"), type=RoleHolder)
    return Chief(key, holder.address, holder.name, private_at)


def note_private(work: Work, person: Person) -> None:
    """Whoever holds a role, or has shifts, has written privately: from now on the bot may write to them."""
    for table, domain in SERVING:
        key = work.seal.lookup(domain, person.address)
        work.run(update(table).where(table.c.person_key == key).values(private_at=work.now))


def private_since(work: Work, person: Person) -> float | None:
    """When somebody who holds a role, or has or had shifts, last wrote privately, as far as that is known."""
    found: list[float | None] = []
    for table, domain in SERVING:
        key = work.seal.lookup(domain, person.address)
        found += work.run(select(table.c.private_at).where(table.c.person_key == key)).scalars()
    return max((at for at in found if at), default=None)
