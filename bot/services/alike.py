"""Several reports of one thing: joined by themselves where everybody can see it, else by staff."""

from bot.domain.alike import Sketch, likely_same, same_place
from bot.domain.cases import Move
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Person
from bot.services import casework
from data.alike import carry, follow, lead_of, open_leads, part_ways, sketches_of
from data.tips import Tip, change_tip, note_event, tip_by_code, tip_by_id
from data.unit_of_work import Work

COMPARED = 7 * 86400.0  # s back


def incident_for(work: Work, tip: Tip, kind: str, place: str, window: float) -> Tip | None:
    """The open incident that a report of something everybody can see belongs to, if that is beyond doubt.

    A report without a place joins the one most people report. One with a place joins only what agrees with it: a second
    fire must never vanish behind the first.
    """
    leads = [lead for lead in open_leads(work, tip.ward_id or 0, kind, work.now - window) if lead.id != tip.id]
    if not place:
        return leads[0] if leads else None
    return next((lead for lead in leads if same_place(place, lead.place_key)), None)


def join(work: Work, tip: Tip, lead: Tip) -> Tip:
    """The report follows an incident."""
    note_event(work, tip, "joined", lead.code)
    tip = follow(work, tip, lead)
    carry(work, tip_by_id(work, lead.id))
    return tip_by_id(work, tip.id)


def begin(work: Work, tip: Tip, kind: str, place: str) -> Tip:
    """From now on others may follow this one."""
    return change_tip(work, tip, kind=kind, place_key=place, joined_at=work.now)


def likely(work: Work, tip: Tip) -> list[tuple[Tip, float]]:
    """What may be the same thing, with how alike it is, 0 to 1; for staff alone."""
    at = tip.happened_from or tip.created_at
    mine = Sketch(tip.id, tip.kind, fold(tip.text), tip.place_key, at)
    others = sketches_of(work, tip.ward_id or 0, work.now - COMPARED)
    return [(tip_by_id(work, number), alike) for number, alike in likely_same(mine, others)]


# --- by staff


def link(work: Work, tip: Tip, code: str, by: Person) -> tuple[Tip, Tip]:
    """An officer says that two tips are one thing: (the one that follows, its lead)."""
    casework.check_move(work, tip, Move.LINK, by)
    found = tip_by_code(work, code)
    if found is None or found.ward_id != tip.ward_id or found.confirmed_at is None or found.aside:
        raise Refused("status.unknown")
    lead = lead_of(work, found)
    if lead.id == lead_of(work, tip).id:
        raise Refused("case.same_already", code=lead.code)
    if lead.status.is_over:
        raise Refused("case.closed_already", code=lead.code)
    casework.record(work, tip, by, "linked", lead.code)
    return join(work, tip, lead), tip_by_id(work, lead.id)


def split(work: Work, tip: Tip, by: Person) -> Tip:
    """An officer says that this is another thing after all."""
    if tip.lead_id is None:
        raise Refused("stale")
    casework.record(work, tip, by, "split", lead_of(work, tip).code)
    return part_ways(work, tip)
