"""Reports that involve an officer: one chief's, whom the reporter did not name, and never the desk's."""

from sqlalchemy import select

from bot.domain.officials import named_in
from bot.errors import Refused
from bot.messages import Person
from data import tables as t
from data.audit import audit
from data.chiefs import chiefs_of
from data.people import has_role
from data.places import Here, Spot
from data.tips import Tip, change_tip, find_tip, handler_values, is_handler, is_reporter, note_event
from data.unit_of_work import Work

NAMED = "names an officer"


def chiefs_for(work: Work, tip: Tip, named: str) -> list[Person]:
    """Who may have it, longest in office first: reachable in private, not barred, not named, not its reporter."""
    reachable = [chief for chief in chiefs_of(work, tip.ward_id or 0) if chief.private_at is not None]
    return [chief.person for chief in reachable if may_have(work, tip, chief.person, named)]


def may_have(work: Work, tip: Tip, chief: Person, named: str) -> bool:
    """Whether this chief may hold a report that names somebody."""
    return not (named_in(chief.name, named) or is_reporter(work, tip, chief))


def set_aside(work: Work, tip: Tip, named: str) -> Tip:
    """From now on no desk sees it: said before anything of it is stored in clear."""
    note_event(work, tip, NAMED, named)
    return change_tip(work, tip, aside=True)


def give(work: Work, tip: Tip, named: str, after: Person | None = None) -> tuple[Tip, Person | None]:
    """Give it to the first chief who may have it, or to the next after one who could not be reached; none is left."""
    chiefs = chiefs_for(work, tip, named)
    addresses = [chief.address for chief in chiefs]
    start = addresses.index(after.address) + 1 if after and after.address in addresses else 0
    if start >= len(chiefs):
        return change_tip(work, tip, handler_key=None, sealed_handler=None), None
    audit(work, tip.ward_id or 0, None, "aside.given")
    return change_tip(work, tip, **handler_values(work, chiefs[start])), chiefs[start]


def named_by(work: Work, tip: Tip) -> str:
    """Whom its reporter named."""
    table = t.tip_events
    row = work.one(select(table.c.sealed).where(table.c.tip_id == tip.id, table.c.what == NAMED))
    return work.seal.unseal(row.sealed, "tip event").decode() if row and row.sealed else ""


def check_holder(work: Work, here: Here, tip_id: int, person: Person) -> Tip:
    """A report set aside, for the chief who holds it, in their private chat."""
    tip = find_tip(work, tip_id)
    if here.spot is not Spot.PRIVATE or tip is None or not tip.aside or not is_handler(work, tip, person):
        raise Refused("stale")
    if has_role(work, tip.ward_id or 0, person, "barred") or not has_role(work, tip.ward_id or 0, person, "chief"):
        raise Refused("only_chief")
    return tip
