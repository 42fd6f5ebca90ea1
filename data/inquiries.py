"""Questions and feedback to staff; who asks, and all words, are sealed."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from bot.messages import Person
from data import tables as t
from data.unit_of_work import Work

ROOM = "inquiry"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sealed: whose it is, and what they wrote, with numbers hidden."""

    address: str = field(repr=False)
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question or piece of feedback."""

    id: int
    ward_id: int
    intent: str
    asker: Person = field(repr=False)
    text: str = field(repr=False)
    answer: str | None = field(repr=False)
    card_row: int | None
    asked_at: float
    answered_at: float | None


def key_of(work: Work, person: Person) -> str:
    """Who asks, in this room only."""
    return work.seal.lookup(ROOM, person.address)


def add_inquiry(work: Work, ward_id: int, intent: str, person: Person, text: str) -> Inquiry:
    """Keep one."""
    sealed = work.seal.seal(msgspec.json.encode(Asked(person.address, text)), ROOM)
    values = {"ward_id": ward_id, "intent": intent, "person_key": key_of(work, person), "sealed": sealed}
    number = work.add(insert(t.inquiries).values(values | {"asked_at": work.now}))
    return Inquiry(number, ward_id, intent, person, text, None, None, work.now, None)


def find_inquiry(work: Work, number: int) -> Inquiry | None:
    """One by its number."""
    row = work.one(select(t.inquiries).where(t.inquiries.c.id == number))
    return _inquiry(work, row) if row else None


def _inquiry(work: Work, row: Row[Any]) -> Inquiry:
    asked = msgspec.json.decode(work.seal.unseal(row.sealed, ROOM), type=Asked)
    platform, _, name = asked.address.partition(":")
    answer = work.seal.unseal(row.sealed_answer, ROOM).decode() if row.sealed_answer else None
    return Inquiry(
        row.id,
        row.ward_id,
        row.intent,
        Person(platform, name),
        asked.text,
        answer,
        row.card_row,
        row.asked_at,
        row.answered_at,
    )


def _waiting(ward_id: int) -> ColumnElement[bool]:
    return (t.inquiries.c.ward_id == ward_id) & t.inquiries.c.answered_at.is_(None)


def unanswered(work: Work, ward_id: int, most: int) -> list[Inquiry]:
    """What a ward has not answered yet, the oldest first."""
    query = select(t.inquiries).where(_waiting(ward_id)).order_by(t.inquiries.c.id).limit(most)
    return [_inquiry(work, row) for row in work.all(query)]


def count_unanswered(work: Work, ward_id: int) -> int:
    """How many a ward has not answered yet."""
    return int(work.run(select(func.count()).where(_waiting(ward_id))).scalar() or 0)


def change_inquiry(work: Work, number: int, **values: object) -> None:
    """Change columns."""
    work.run(update(t.inquiries).where(t.inquiries.c.id == number).values(values))


def note_answer(work: Work, number: int, answer: str) -> None:
    """It was answered with these words."""
    sealed = work.seal.seal(answer.encode(), ROOM)
    change_inquiry(work, number, sealed_answer=sealed, answered_at=work.now)


def count_since(work: Work, person: Person, since: float) -> int:
    """How many somebody has sent lately."""
    table = t.inquiries
    query = select(func.count()).where(table.c.person_key == key_of(work, person), table.c.asked_at >= since)
    return int(work.run(query).scalar() or 0)


def forget_inquiries(work: Work, person: Person) -> None:
    """Everything somebody asked, and what they were told."""
    work.run(delete(t.inquiries).where(t.inquiries.c.person_key == key_of(work, person)))
