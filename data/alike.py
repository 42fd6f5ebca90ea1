"""Tips of one and the same thing: one leads, the others follow it."""

from sqlalchemy import func, select, update

from bot.domain.alike import Sketch
from bot.domain.tips import OVER, Status
from bot.domain.vietnamese import fold
from data import tables as t
from data.tips import TIP, Tip, change_tip, tip_by_id, tips_in
from data.unit_of_work import Work

MOST_COMPARED = 200


def sketches_of(work: Work, ward_id: int, since: float) -> list[Sketch]:
    """The newest confirmed tips of a ward that follow no other, as they are compared."""
    c = t.tips.c
    at = [c.id, c.kind, c.text, c.place_key, c.happened_from, c.created_at]
    alone = (c.lead_id.is_(None), c.aside.is_(False), c.confirmed_at.is_not(None))
    query = select(*at).where(c.ward_id == ward_id, c.created_at > since, *alone).order_by(c.id.desc())
    rows = work.all(query.limit(MOST_COMPARED))
    return [
        Sketch(row.id, row.kind, fold(row.text), row.place_key, row.happened_from or row.created_at) for row in rows
    ]


def open_leads(work: Work, ward_id: int, kind: str, since: float) -> list[Tip]:
    """What others may follow: shown, open, of this kind, reported or joined lately; the most followed first."""
    c = t.tips.c
    shown = (c.card_row.is_not(None), c.lead_id.is_(None), c.aside.is_(False), c.status.not_in(OVER))
    stands = c.withdrawn_at.is_(None) | (c.followers > 0)
    query = TIP.where(c.ward_id == ward_id, c.joined_at > since, c.kind == kind, *shown, stands)
    return tips_in(work, query.order_by(c.followers.desc(), c.id))


def follow(work: Work, tip: Tip, lead: Tip) -> Tip:
    """This tip, and those that followed it, follow another; where it is shown the other is."""
    table = t.tips
    brought = 1 + tip.followers
    work.run(update(table).where(table.c.lead_id == tip.id).values(lead_id=lead.id))
    change_tip(work, lead, followers=table.c.followers + brought, joined_at=work.now)
    return change_tip(work, tip, lead_id=lead.id, followers=0, card_row=tip.card_row or lead.card_row)


def carry(work: Work, lead: Tip) -> None:
    """Whoever follows stands where their lead stands, but for drafts, which their reporters still have to confirm."""
    table = t.tips
    same = ("status", "outcome", "handler_key", "sealed_handler", "accepted_at", "acted_at", "passed_to", "passed_at")
    values = {name: getattr(lead, name) for name in (*same, "answered_at")}
    mine = (table.c.lead_id == lead.id, table.c.status != Status.DRAFT)
    work.run(update(table).where(*mine).values(values))


def part_ways(work: Work, tip: Tip) -> Tip:
    """This tip follows no other any more."""
    if tip.lead_id is not None:
        lead = tip_by_id(work, tip.lead_id)
        change_tip(work, lead, followers=t.tips.c.followers - 1)
    return change_tip(work, tip, lead_id=None)


def pass_lead(work: Work, lead: Tip) -> Tip:
    """The oldest of those that follow a tip leads the others from now on; it is shown nowhere yet."""
    table = t.tips
    heir = tip_by_id(work, work.run(select(func.min(table.c.id)).where(table.c.lead_id == lead.id)).scalar() or 0)
    work.run(update(table).where(table.c.lead_id == lead.id).values(lead_id=heir.id))
    change_tip(work, lead, followers=0)
    return change_tip(work, heir, lead_id=None, card_row=None, followers=lead.followers - 1, joined_at=work.now)


def show_under(work: Work, lead: Tip) -> None:
    """Those that follow a tip are shown where it is."""
    work.run(update(t.tips).where(t.tips.c.lead_id == lead.id).values(card_row=lead.card_row))


def followers_of(work: Work, lead_id: int, after: int, limit: int) -> list[Tip]:
    """Some of those that follow a tip and were confirmed, in order, with higher numbers than `after`."""
    c = t.tips.c
    query = TIP.where(c.lead_id == lead_id, c.id > after, c.confirmed_at.is_not(None))
    return tips_in(work, query.order_by(c.id).limit(limit))


def places_of(work: Work, lead: Tip, most: int) -> list[tuple[str, int]]:
    """Where the reporters of one thing say that it is, and how many say so; the most said first."""
    c = t.tips.c
    how_many = func.count().label("how_many")
    query = select(func.min(c.place), how_many).where((c.lead_id == lead.id) | (c.id == lead.id), c.place != "")
    return [(row[0], row[1]) for row in work.all(query.group_by(c.place_key).order_by(how_many.desc()).limit(most))]


def lead_of(work: Work, tip: Tip) -> Tip:
    """The tip that this one follows, or itself."""
    return tip if tip.lead_id is None else tip_by_id(work, tip.lead_id)
