"""Tips and what was done about them, as rows.

A draft's words are sealed until its reporter confirms them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, delete, insert, select, update

from bot.domain.tips import OTHER, WORKED, Outcome, Status
from bot.messages import Person
from data import tables as t
from data.people import RoleHolder
from data.search import forget_tip, index_tip
from data.unit_of_work import Work

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


TIP = select(*[t.tips.c[name] for name in Tip.__slots__])


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
    return indexed(work, tip_by_id(work, tip.id), values)


def indexed(work: Work, tip: Tip, changed: Mapping[str, object]) -> Tip:
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
