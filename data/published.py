"""How a ward says that it can be reached: meant to be read by everybody, so kept in clear.

Rows are never deleted: the number of one that is gone must not come to mean another on an old button.
"""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from data import tables as t
from data.unit_of_work import Work

table = t.ward_contacts


@dataclass(frozen=True, slots=True)
class Published:
    """One way to reach a ward: "Trực ban", "0243 000 1111"."""

    id: int
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """One that waits for a chief who did not propose it."""

    id: int
    label: str
    value: str
    author_key: str


def published(work: Work, ward_id: int) -> list[Published]:
    """Everything that a ward has published, oldest first."""
    query = select(table.c.id, table.c.label, table.c.value).where(table.c.ward_id == ward_id, table.c.status == "live")
    return [Published(*row) for row in work.all(query.order_by(table.c.id))]


def proposed(work: Work, ward_id: int) -> list[Proposed]:
    """Everything that waits, oldest first."""
    query = select(table.c.id, table.c.label, table.c.value, table.c.author_key)
    waiting = query.where(table.c.ward_id == ward_id, table.c.status == "asked")
    return [Proposed(*row) for row in work.all(waiting.order_by(table.c.id))]


def propose(work: Work, ward_id: int, label: str, value: str, author_key: str) -> Proposed:
    """One more that waits."""
    values = {"ward_id": ward_id, "label": label, "value": value, "author_key": author_key, "at": work.now}
    return Proposed(work.add(insert(table).values(values | {"status": "asked"})), label, value, author_key)


def publish(work: Work, contact: Proposed) -> None:
    """It waits no more: everybody may read it."""
    work.run(update(table).where(table.c.id == contact.id).values(status="live", at=work.now))


def take_away(work: Work, number: int) -> None:
    """Nobody reads it any more."""
    work.run(update(table).where(table.c.id == number).values(status="gone"))
