"""Tips of one and the same thing: one leads, the others follow it."""

from sqlalchemy import select, update

from bot.domain.alike import Sketch
from bot.domain.tips import OVER
from bot.domain.vietnamese import fold
from data import tables as t
from data.tips import TIP, Tip, change_tip, tip_by_id, tips_in
from data.unit_of_work import Work

MOST_COMPARED = 200
LEADS = (t.tips.c.lead_id.is_(None), t.tips.c.aside.is_(False), t.tips.c.withdrawn_at.is_(None))


def sketches_of(work: Work, ward_id: int, since: float) -> list[Sketch]:
    """The newest confirmed tips of a ward that lead, as they are compared."""
    c = t.tips.c
    at = [c.id, c.kind, c.text, c.place_key, c.happened_from, c.created_at]
    query = select(*at).where(c.ward_id == ward_id, *LEADS, c.confirmed_at.is_not(None), c.created_at > since)
    rows = work.all(query.order_by(c.id.desc()).limit(MOST_COMPARED))
    return [
        Sketch(row.id, row.kind, fold(row.text), row.place_key, row.happened_from or row.created_at) for row in rows
    ]


def open_leads(work: Work, ward_id: int, kind: str, since: float) -> list[Tip]:
    """The tips of this kind that others may follow and that were reported, or joined, lately; most followed first."""
    c = t.tips.c
    lately = (c.created_at > since) | (c.joined_at > since)
    query = TIP.where(
        c.ward_id == ward_id, c.kind == kind, *LEADS, c.card_row.is_not(None), c.status.not_in(OVER), lately
    )
    return list(tips_in(work, query.order_by(c.followers.desc(), c.id)))


def follow(work: Work, tip: Tip, lead: Tip) -> Tip:
    """This tip, and those that followed it, follow another; where it is shown the other is."""
    table = t.tips
    brought = 1 + tip.followers
    work.run(update(table).where(table.c.lead_id == tip.id).values(lead_id=lead.id))
    change_tip(work, lead, followers=table.c.followers + brought, joined_at=work.now)
    return change_tip(work, tip, lead_id=lead.id, followers=0)


def part_ways(work: Work, tip: Tip) -> Tip:
    """This tip follows no other any more."""
    if tip.lead_id is not None:
        lead = tip_by_id(work, tip.lead_id)
        change_tip(work, lead, followers=t.tips.c.followers - 1)
    return change_tip(work, tip, lead_id=None)


def followers_of(work: Work, tip: Tip) -> list[Tip]:
    """Those that follow this tip, oldest first."""
    return tips_in(work, TIP.where(t.tips.c.lead_id == tip.id).order_by(t.tips.c.id)) if tip.followers else []


def lead_of(work: Work, tip: Tip) -> Tip:
    """The tip that this one follows, or itself."""
    return tip if tip.lead_id is None else tip_by_id(work, tip.lead_id)
