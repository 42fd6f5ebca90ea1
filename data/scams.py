"""What a ward has confirmed to belong to a scam, and who objects. A stolen database lists nobody's number.

Values are found again by a keyed hash, and sealed for the officers who keep the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.engine import Row

from bot.domain.scamcheck import Listing
from bot.messages import Person
from data import tables as t
from data.people import RoleHolder
from data.unit_of_work import Work

CHECKED = "scam-checked"  # the step that keeps what somebody had checked, for a day, so that they can report it
records, objections = t.scam_records, t.scam_objections
IMPORTED = "import"  # where an entry came from: a file, of which nobody here looked at each line
OPEN = select(objections.c.record_id).where(objections.c.settled_at.is_(None))


@dataclass(frozen=True, slots=True)
class Value:
    """A number or link as it is kept: canonical, the bank of an account, and an officer's note."""

    value: str = field(repr=False)
    bank: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One entry. `disputed`: somebody says that it is theirs, and no officer has decided yet."""

    id: int
    ward_id: int
    kind: Listing
    content: Value
    source: str
    tip_id: int | None
    created_at: float
    expires_at: float
    disputed: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is called dangerous. An objection alone takes nothing from what an officer here confirmed: whoever
        runs the scam would object first of all. Only a line of an imported file waits until somebody has looked.
        """
        return not self.disputed or self.source != IMPORTED


@dataclass(frozen=True, slots=True)
class Objection:
    """Who says that an entry is theirs, and why."""

    id: int
    record_id: int
    by: RoleHolder
    language: str
    words: str = field(repr=False)
    settled_at: float | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What of an objection is sealed."""

    by: RoleHolder
    language: str
    words: str = field(repr=False)


def key_of(work: Work, kind: Listing, value: str) -> str:
    """A value's hash in this room."""
    return work.seal.lookup("scam", f"{kind} {value}")


# --- entries


def add_record(
    work: Work,
    ward_id: int,
    kind: Listing,
    content: Value,
    *,
    by: Person | None,
    source: str,
    tip: int | None,
    until: float,
) -> Record:
    """Keep one; what was kept of the same value is replaced."""
    key = key_of(work, kind, content.value)
    mine = (records.c.ward_id == ward_id) & (records.c.kind == kind) & (records.c.value_key == key)
    values: dict[str, object] = {
        "sealed": work.seal.seal(msgspec.json.encode(content), "scam"),
        "source": source,
        "tip_id": tip,
        "sealed_by": work.seal.seal(f"{by.address} {by.name}".encode(), "scam-by") if by else None,
        "expires_at": until,
    }
    known = work.run(select(records.c.id).where(mine)).scalar()
    if known is None:
        fixed = {"ward_id": ward_id, "kind": str(kind), "value_key": key, "created_at": work.now}
        known = work.add(insert(records).values(values | fixed))
    else:
        work.run(update(records).where(records.c.id == known).values(values))
    found = find_record(work, int(known))
    if found is None:
        raise LookupError("the record just kept")
    return found


def find_record(work: Work, number: int) -> Record | None:
    """An entry that has not expired."""
    return next(iter(_read(work, QUERY.where(records.c.id == number))), None)


def find_values(work: Work, ward_id: int, values: Sequence[tuple[Listing, str]]) -> list[Record]:
    """The entries of a ward that are one of these."""
    keys = {key_of(work, kind, value) for kind, value in values}
    return _read(work, QUERY.where(records.c.ward_id == ward_id, records.c.value_key.in_(keys))) if keys else []


def newest(work: Work, ward_id: int, limit: int) -> list[Record]:
    """The entries of a ward, the newest first."""
    query = QUERY.where(records.c.ward_id == ward_id).order_by(records.c.created_at.desc(), records.c.id.desc())
    return _read(work, query.limit(limit))


def count_records(work: Work, ward_id: int) -> int:
    """How many there are."""
    query = select(func.count()).where(records.c.ward_id == ward_id, records.c.expires_at > work.now)
    return int(work.run(query).scalar() or 0)


def renew_record(work: Work, number: int, until: float) -> None:
    """It expires later; what is known of it stays."""
    work.run(update(records).where(records.c.id == number, records.c.expires_at < until).values(expires_at=until))


def drop_record(work: Work, number: int) -> None:
    """Take one off the list, with whatever was said about it."""
    work.run(delete(objections).where(objections.c.record_id == number))
    work.run(delete(records).where(records.c.id == number))


def expire_records(work: Work) -> None:
    """What is past its time goes."""
    old = select(records.c.id).where(records.c.expires_at < work.now)
    work.run(delete(objections).where(objections.c.record_id.in_(old)))
    work.run(delete(records).where(records.c.expires_at < work.now))


QUERY: Select[tuple[object, ...]] = select(records, records.c.id.in_(OPEN).label("disputed"))


def _read(work: Work, query: Select[tuple[object, ...]]) -> list[Record]:
    return [_record(work, row) for row in work.all(query.where(records.c.expires_at > work.now))]


def _record(work: Work, row: Row[tuple[object, ...]]) -> Record:
    content = msgspec.json.decode(work.seal.unseal(row.sealed, "scam"), type=Value)
    return Record(
        row.id,
        row.ward_id,
        Listing(row.kind),
        content,
        row.source,
        row.tip_id,
        row.created_at,
        row.expires_at,
        bool(row.disputed),
    )


# --- objections


def add_objection(work: Work, record: Record, person: Person, language: str, words: str) -> int:
    """Somebody says that an entry is theirs."""
    said = Said(RoleHolder(person.address, person.name), language, words)
    return work.add(
        insert(objections).values(
            record_id=record.id,
            person_key=person_key(work, person),
            sealed=work.seal.seal(msgspec.json.encode(said), "scam-objection"),
            at=work.now,
        )
    )


def has_objected(work: Work, record: Record, person: Person) -> bool:
    """Whether this person has said so already: once is enough, whatever became of it."""
    mine = (objections.c.record_id == record.id) & (objections.c.person_key == person_key(work, person))
    return work.one(select(objections.c.id).where(mine)) is not None


def find_objection(work: Work, number: int) -> Objection | None:
    """An objection by its number."""
    row = work.one(select(objections).where(objections.c.id == number))
    return _objection(work, row) if row else None


def open_objections(work: Work, record_id: int) -> list[Objection]:
    """Who waits to hear about an entry, whoever said so first before the others."""
    query = select(objections).where(objections.c.record_id == record_id, objections.c.settled_at.is_(None))
    return [_objection(work, row) for row in work.all(query.order_by(objections.c.id))]


def _objection(work: Work, row: Row[Any]) -> Objection:
    said = msgspec.json.decode(work.seal.unseal(row.sealed, "scam-objection"), type=Said)
    return Objection(row.id, row.record_id, said.by, said.language, said.words, row.settled_at)


def settle_objection(work: Work, objection: Objection) -> None:
    """An officer has looked, and the entry stays."""
    work.run(update(objections).where(objections.c.id == objection.id).values(settled_at=work.now, upheld=False))


def forget_objections(work: Work, person: Person) -> None:
    """What somebody said about entries goes."""
    work.run(delete(objections).where(objections.c.person_key == person_key(work, person)))


def person_key(work: Work, person: Person) -> str:
    """Somebody's hash in this room."""
    return work.seal.lookup("scam-objection", person.address)
