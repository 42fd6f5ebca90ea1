"""How often somebody did something lately: typed a wrong code, sent a tip."""

from sqlalchemy import delete, insert, select, update

from bot.messages import Person
from data import tables as t
from data.unit_of_work import Work

WINDOW = 3600.0


def count_tries(work: Work, person: Person, what: str = "tries") -> int:
    """How often within the hour; `what` is a domain of its own, wrong codes by default."""
    table = t.tries
    row = work.one(select(table.c.count, table.c.since).where(table.c.subject_key == key_of(work, person, what)))
    return int(row[0]) if row and work.now - row.since < WINDOW else 0


def note_try(work: Work, person: Person, what: str = "tries") -> None:
    """Once more; the hour begins with the first."""
    key, before = key_of(work, person, what), count_tries(work, person, what)
    if before:
        work.run(update(t.tries).where(t.tries.c.subject_key == key).values(count=before + 1))
        return
    work.run(delete(t.tries).where(t.tries.c.subject_key == key))
    work.run(insert(t.tries).values(subject_key=key, count=1, since=work.now))


def key_of(work: Work, person: Person, what: str = "tries") -> str:
    """The keyed hash of a person in this room."""
    return work.seal.lookup(what, person.address)
