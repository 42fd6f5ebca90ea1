"""The desk shows summaries from now on: which cards still show words, and in which order they lose them."""

from sqlalchemy import ColumnElement, func, select, union

from bot.domain.tips import OVER, WORKED, Status
from data import tables as t
from data.places import Ward, find_ward
from data.tips import TIP, Tip, tips_in
from data.unit_of_work import Work

PART = 20  # tips in one transaction
MINUTE = 60.0
OPEN, ENDED = "open", "over"  # tips: first these, then those
NEWEST = 1 << 60  # a number above every tip's
STILL_OPEN = (Status.DRAFT, Status.NEW, *WORKED)
CARDS = (t.tips.c.card_row, t.tips.c.case_row, t.tips.c.shown_row)


def has_cards(ward_id: int) -> tuple[ColumnElement[bool], ...]:
    """Tips of a ward with words that its desk was shown."""
    c = t.tips.c
    return c.ward_id == ward_id, c.aside.is_(False), c.erased_at.is_(None), c.card_row.is_not(None)


def count_cards(work: Work, ward_id: int) -> int:
    """How many cards show words; tips that follow another share its card."""
    cards = union(*(select(card.label("card")).where(*has_cards(ward_id), card.is_not(None)) for card in CARDS))
    return int(work.run(select(func.count()).select_from(cards.subquery())).scalar() or 0)


def plan(work: Work, ward_id: int, which: str = OPEN, before: int = NEWEST, pause: float = 0.0) -> None:
    """The clock goes on with the next part: of the `open` tips or those that are `over`, older than this number."""
    work.remind(f"cards-cover:{ward_id}:{which}:{before}", work.now + pause)


def still_covers(work: Work, ward_id: int) -> Ward | None:
    """The ward, unless it shows everything again meanwhile."""
    ward = find_ward(work, ward_id)
    return ward if ward is not None and ward.desk_shows == "summary" else None


def next_tips(work: Work, ward_id: int, which: str, before: int) -> list[Tip]:
    """A part, the newest first."""
    c = t.tips.c
    state = c.status.in_(STILL_OPEN if which == OPEN else OVER)
    return tips_in(work, TIP.where(*has_cards(ward_id), state, c.id < before).order_by(c.id.desc()).limit(PART))


def plan_next(work: Work, ward_id: int, which: str, done: list[Tip], edits: int, per_minute: int) -> None:
    """The part after this one: open tips first, then those that are over.

    It comes once the desk has had time for the edits: thousands waiting there would make it merge and slow down
    everything else. `per_minute` is how many messages that chat takes, 0 for any number.
    """
    pause = edits * MINUTE / per_minute if per_minute else 0.0
    if len(done) == PART:
        plan(work, ward_id, which, done[-1].id, pause)
    elif which == OPEN:
        plan(work, ward_id, ENDED, NEWEST, pause)
