"""Tips, whoever reported them, and what was done about them, as rows.

Who reported a tip is sealed in a table of its own; a draft's words are sealed until its reporter confirms them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, delete, insert, select, update

from bot.domain.tips import OTHER, OVER, WORKED, Outcome, Status
from bot.messages import Person
from data import tables as t
from data.people import RoleHolder
from data.search import forget_tip, index_tip
from data.unit_of_work import Reporter, Work

OPEN = (Status.DRAFT, *WORKED)
FOUND_BY = frozenset({"text", "place", "kind", "aside", "ward_id"})
DRAFT_LASTS = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Tip:
    """One tip. `text` is empty until it is confirmed; `sealed` holds what was written, part by part."""

    id: int
    ward_id: int | None
    code: str
    status: Status
    kind: str
    urgency: str
    danger: str | None
    anonymous: bool
    text: str = field(repr=False)
    sealed: bytes | None = field(repr=False)
    sealed_facts: bytes | None = field(repr=False)
    hearsay: bool
    aside: bool
    place: str = field(repr=False)
    place_key: str = field(repr=False)
    happened_from: float | None
    happened_to: float | None
    source: str
    group_id: int | None
    outcome: Outcome | None
    draft_row: int | None
    card_row: int | None
    case_row: int | None
    shown_row: int | None
    topic_id: int | None
    handler_key: str | None = field(repr=False)
    sealed_handler: bytes | None = field(repr=False)
    created_at: float
    touched_at: float
    confirmed_at: float | None
    accepted_at: float | None
    acted_at: float | None
    passed_to: str | None = field(repr=False)
    passed_at: float | None
    decision: str | None
    answered_at: float | None
    closed_at: float | None
    withdrawn_at: float | None
    lead_id: int | None
    followers: int
    erased_at: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a draft, as it was written; `at` (UTC) is when, 0 where the tip's own time says it."""

    message_id: str
    text: str = field(repr=False)
    at: float = 0.0


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


TIP = select(*[t.tips.c[name] for name in Tip.__slots__])


# --- tips


def add_tip(work: Work, person: Person, **values: object) -> Tip:
    """A new tip by this person."""
    times = {"created_at": work.now, "touched_at": work.now}
    tip_id = work.add(insert(t.tips).values(times | values))
    sealed = _sealed(work, Informant(person.address, person.name))
    work.run(insert(t.reporters).values(tip_id=tip_id, person_key=_key(work, tip_id, person), sealed=sealed))
    return _indexed(work, tip_by_id(work, tip_id), values)


def _tip(row: Sequence[object] | None) -> Tip | None:
    if row is None:
        return None
    found = Tip(*row)  # type: ignore[arg-type]
    outcome = Outcome(found.outcome) if found.outcome else None
    return replace(found, status=Status(found.status), outcome=outcome)


def find_tip(work: Work, tip_id: int) -> Tip | None:
    """A tip by its number."""
    return _tip(work.one(TIP.where(t.tips.c.id == tip_id)))


def tip_by_id(work: Work, tip_id: int) -> Tip:
    """A tip that exists."""
    tip = find_tip(work, tip_id)
    if tip is None:
        raise LookupError(f"tip {tip_id}")
    return tip


def tip_by_code(work: Work, code: str) -> Tip | None:
    """A tip by the code on its receipt."""
    return _tip(work.one(TIP.where(t.tips.c.code == code)))


def tips_in(work: Work, query: Select[*tuple[Any, ...]]) -> list[Tip]:
    """Those that a query of whole tips finds."""
    return [tip for row in work.all(query) if (tip := _tip(row))]


def find_tips(work: Work, *conditions: ColumnElement[bool]) -> list[Tip]:
    """The tips of which all of this is true, oldest first."""
    rows = work.all(TIP.where(*conditions).order_by(t.tips.c.id))
    return [tip for row in rows if (tip := _tip(row))]


def tip_of_topic(work: Work, topic_id: int) -> Tip | None:
    """The tip that this topic of a desk was opened for."""
    return _tip(work.one(TIP.where(t.tips.c.topic_id == topic_id)))


def change_tip(work: Work, tip: Tip, **values: object) -> Tip:
    """The same tip with other values."""
    work.run(update(t.tips).where(t.tips.c.id == tip.id).values(values))
    return _indexed(work, tip_by_id(work, tip.id), values)


def _indexed(work: Work, tip: Tip, changed: Mapping[str, object]) -> Tip:
    """The same tip; where its words have changed the desk can find them, unless it is not the desk's."""
    if tip.aside:
        forget_tip(work, tip.id)
    elif changed.keys() & FOUND_BY and tip.ward_id is not None and tip.text:
        kind = "" if tip.kind == OTHER else tip.kind.replace("_", " ")  # its code is its name without diacritics
        index_tip(work, tip.id, tip.ward_id, tip.code, tip.text, tip.place, kind)
    return tip


def erase_tip(work: Work, tip: Tip) -> None:
    """Take a tip away, with everything that hangs on it; its files are erased before."""
    work.run(delete(t.tips).where(t.tips.c.id == tip.id))
    forget_tip(work, tip.id)


def erase_words(work: Work, tip: Tip) -> None:
    """Take away what a tip says, in clear and sealed, and what was understood of it; what can be counted stays."""
    bare = {"text": "", "sealed": None, "sealed_facts": None, "place": "", "place_key": "", "erased_at": work.now}
    work.run(update(t.tips).where(t.tips.c.id == tip.id).values(bare | {"happened_from": None, "happened_to": None}))
    work.run(update(t.tip_events).where(t.tip_events.c.tip_id == tip.id).values(sealed=None))
    work.run(delete(t.proposals).where(t.proposals.c.tip_id == tip.id))
    forget_tip(work, tip.id)


# --- whose they are


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


# --- what was written


def parts_of(work: Work, tip: Tip) -> list[Part]:
    """What was written, message by message."""
    if tip.sealed is None:
        return []
    return msgspec.json.decode(work.seal.unseal(tip.sealed, "tip"), type=list[Part])


def sealed_parts(work: Work, parts: Sequence[Part]) -> bytes:
    """The same as it is kept."""
    return work.seal.seal(msgspec.json.encode(parts), "tip")


# --- who works on it


def handler_of(work: Work, tip: Tip) -> RoleHolder | None:
    """The officer who accepted a tip."""
    if tip.sealed_handler is None:
        return None
    return msgspec.json.decode(work.seal.unseal(tip.sealed_handler, "handler"), type=RoleHolder)


def handler_values(work: Work, person: Person) -> dict[str, object]:
    """The columns that say who handles a tip."""
    sealed = work.seal.seal(msgspec.json.encode(RoleHolder(person.address, person.name)), "handler")
    return {"handler_key": work.seal.lookup("handler", person.address), "sealed_handler": sealed}


def is_handler(work: Work, tip: Tip, person: Person) -> bool:
    """Whether this officer is the one who accepted the tip."""
    return tip.handler_key == work.seal.lookup("handler", person.address)


# --- its history


def note_event(work: Work, tip: Tip, what: str, detail: str = "") -> None:
    """Append to a tip's history."""
    sealed = work.seal.seal(detail.encode(), "tip event") if detail else None
    work.run(insert(t.tip_events).values(tip_id=tip.id, at=work.now, what=what, sealed=sealed))
