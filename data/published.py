"""How a ward says that it can be reached: meant to be read by everybody, so kept in clear."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from data import tables as t
from data.unit_of_work import Work

table = t.ward_contacts


@dataclass(frozen=True, slots=True)
class Published:
    """One way to reach a ward: "Trực ban", "0243 000 1111"."""

    id: int
    label: str
    value: str


def published(work: Work, ward_id: int) -> list[Published]:
    """Everything that a ward has published, oldest first."""
    query = select(table.c.id, table.c.label, table.c.value).where(table.c.ward_id == ward_id).order_by(table.c.id)
    return [Published(*row) for row in work.all(query)]


def publish(work: Work, ward_id: int, label: str, value: str) -> None:
    """One more."""
    work.run(insert(table).values(ward_id=ward_id, label=label, value=value, at=work.now))


def unpublish(work: Work, ward_id: int, number: int) -> None:
    """One less, by its id."""
    work.run(delete(table).where(table.c.ward_id == ward_id, table.c.id == number))


def count_published(work: Work, ward_id: int) -> int:
    """How many there are."""
    return int(work.run(select(func.count()).where(table.c.ward_id == ward_id)).scalar() or 0)
