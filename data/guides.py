"""A ward's own guides: asked for, approved, taken away again."""

from dataclasses import dataclass

from sqlalchemy import insert, update

from data import tables as t
from data.places import columns
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class WardGuide:
    """What was answered once. `status`: asked, live or gone."""

    id: int
    ward_id: int
    title: str
    body: str
    status: str
    author_key: str
    inquiry_id: int | None
    card_row: int | None
    approved_at: float | None


GUIDE = columns(t.ward_guides, WardGuide.__slots__)


def add_guide(work: Work, ward_id: int, title: str, body: str, author_key: str, inquiry_id: int) -> WardGuide:
    """Keep a proposal."""
    values = {"ward_id": ward_id, "title": title, "body": body, "author_key": author_key, "inquiry_id": inquiry_id}
    number = work.add(insert(t.ward_guides).values(values | {"status": "asked", "created_at": work.now}))
    return WardGuide(number, ward_id, title, body, "asked", author_key, inquiry_id, None, None)


def find_guide(work: Work, number: int) -> WardGuide | None:
    """One by its number."""
    row = work.one(GUIDE.where(t.ward_guides.c.id == number))
    return WardGuide(*row) if row else None


def guide_from(work: Work, inquiry_id: int) -> WardGuide | None:
    """What was made of an answer and is not gone."""
    row = work.one(GUIDE.where(t.ward_guides.c.inquiry_id == inquiry_id, t.ward_guides.c.status != "gone"))
    return WardGuide(*row) if row else None


def guides_of(work: Work, ward_id: int) -> list[WardGuide]:
    """A ward's approved guides, oldest first."""
    live = GUIDE.where(t.ward_guides.c.ward_id == ward_id, t.ward_guides.c.status == "live")
    return [WardGuide(*row) for row in work.all(live.order_by(t.ward_guides.c.id))]


def change_guide(work: Work, number: int, **values: object) -> None:
    """Change columns."""
    work.run(update(t.ward_guides).where(t.ward_guides.c.id == number).values(values))
