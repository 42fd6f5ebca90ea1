"""Reports that involve an officer: one chief's, whom the reporter did not name, and never the desk's."""

from dataclasses import dataclass, field

from sqlalchemy import select

from bot.domain.officials import Officials
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import Person
from bot.services.drafts import words_of
from bot.services.own_tips import open_tips
from data import tables as t
from data.audit import audit
from data.chiefs import chiefs_of
from data.people import has_role
from data.places import Here, Spot
from data.reporters import is_reporter
from data.tips import Tip, change_tip, find_tip, find_tips, handler_values, is_handler, note_event
from data.unit_of_work import Work

NAMED = "names an officer"
ASKED = "asked of officers"
INVOLVED, NOBODY = "officer involved", "no officer"  # what the writer of a draft said
RECENT = 86400.0  # s; whoever wrote of an officer within a day may go on about the same
ANSWERS = 2  # messages: whether an officer is involved, and who
DESK_COLUMNS = (
    *("card_row", "case_row", "shown_row", "topic_id", "handler_key", "sealed_handler", "accepted_at", "acted_at"),
    *("passed_to", "passed_at", "decision", "outcome", "answered_at", "closed_at", "joined_at"),
)


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom a report speaks of: as its reporter answered, and in the story itself."""

    answer: str = field(repr=False)
    story: str = field(repr=False)


def chiefs_for(work: Work, officials: Officials, tip: Tip, accused: Accused) -> list[Person]:
    """Who may have it, longest in office first: reachable in private, not barred, not named, not its reporter.

    Where somebody is named only as the head of a unit nobody knows which chief that is: then none may.
    """
    every = chiefs_of(work, tip.ward_id or 0)
    named = {one.address for one in every if is_named(officials, one.name, accused)}
    if not named and officials.heads_named(f"{accused.answer}. {accused.story}"):
        return []
    free = [one for one in every if one.private_at is not None and one.address not in named]
    return [one.person for one in free if not is_reporter(work, tip, one.person)]


def is_named(officials: Officials, name: str, accused: Accused) -> bool:
    """Whether a chief of this name may be meant."""
    return officials.names(name, accused.answer) or officials.tells_of(name, accused.story)


def last_said(work: Work, tip: Tip) -> str:
    """Whether an officer is involved as its writer said last; nothing where they were not asked or did not answer."""
    table = t.tip_events
    mine = (table.c.tip_id == tip.id, table.c.what.in_((INVOLVED, NOBODY)))
    return work.run(select(table.c.what).where(*mine).order_by(table.c.id.desc()).limit(1)).scalar() or ""


def hinted(work: Work, officials: Officials, tip: Tip) -> bool:
    """Whether a draft may be about an officer: as its writer said last, else as its words say."""
    if said := last_said(work, tip):
        return said == INVOLVED
    return officials.hinted(words_of(work, tip))


def must_ask(work: Work, officials: Officials, tip: Tip, writer: Person) -> bool:
    """Whether it has to be asked before a draft leaves: nobody has seen it, and it may be about an officer."""
    if tip.card_row is not None:
        return False
    if hinted(work, officials, tip) or last_said(work, tip):
        return hinted(work, officials, tip)
    return any(one.aside for one in open_tips(work, writer, work.now - RECENT))


def obliged(work: Work, officials: Officials, tip: Tip, writer: Person) -> int:
    """How many messages of a draft's writer this question takes, asked already or still to come."""
    return ANSWERS if last_said(work, tip) or must_ask(work, officials, tip, writer) else 0


def note_asked(work: Work, tip: Tip) -> bool:
    """The writer of a draft is asked now; whether this is the first time."""
    table = t.tip_events
    before = work.one(select(table.c.id).where(table.c.tip_id == tip.id, table.c.what == ASKED))
    if before is None:
        note_event(work, tip, ASKED)
    return before is None


def set_aside(work: Work, tip: Tip, named: str) -> Tip:
    """From now on no desk sees it: said before anything of it is stored in clear."""
    note_event(work, tip, NAMED, named)
    return change_tip(work, tip, aside=True)


def leave_desk(work: Work, tip: Tip) -> Tip:
    """What the desk has done with a draft counts no more."""
    return change_tip(work, tip, status=Status.DRAFT, **dict.fromkeys(DESK_COLUMNS))


def give(
    work: Work, officials: Officials, tip: Tip, accused: Accused, after: Person | None = None
) -> tuple[Tip, Person | None]:
    """Give it to the first chief who may have it, or to the next after one who could not be reached; none is left."""
    chiefs = chiefs_for(work, officials, tip, accused)
    addresses = [chief.address for chief in chiefs]
    start = addresses.index(after.address) + 1 if after and after.address in addresses else 0
    if start >= len(chiefs):
        return change_tip(work, tip, handler_key=None, sealed_handler=None, card_row=None), None
    audit(work, tip.ward_id or 0, None, "aside.given")
    return change_tip(work, tip, card_row=None, **handler_values(work, chiefs[start])), chiefs[start]


def named_by(work: Work, tip: Tip) -> str:
    """Whom its reporter named."""
    table = t.tip_events
    row = work.one(select(table.c.sealed).where(table.c.tip_id == tip.id, table.c.what == NAMED))
    return work.seal.unseal(row.sealed, "tip event").decode() if row and row.sealed else ""


def letters_of(work: Work, tip: Tip) -> list[str]:
    """What its reporter wrote since, oldest first."""
    table = t.tip_events
    query = select(table.c.sealed).where(table.c.tip_id == tip.id, table.c.what == "reporter wrote")
    rows = work.all(query.where(table.c.sealed.is_not(None)).order_by(table.c.id))
    return [work.seal.unseal(row.sealed, "tip event").decode() for row in rows]


def held_by(work: Work, ward_id: int, person: Person) -> list[Tip]:
    """The open reports set aside that somebody holds."""
    key = work.seal.lookup("handler", person.address)
    c = t.tips.c
    return find_tips(work, c.ward_id == ward_id, c.aside, c.handler_key == key, c.closed_at.is_(None))


def check_holder(work: Work, here: Here, tip_id: int, person: Person) -> Tip:
    """A report set aside, for the chief who holds it, in their private chat."""
    tip = find_tip(work, tip_id)
    if here.spot is not Spot.PRIVATE or tip is None or not tip.aside or not is_handler(work, tip, person):
        raise Refused("stale")
    if has_role(work, tip.ward_id or 0, person, "barred") or not has_role(work, tip.ward_id or 0, person, "chief"):
        raise Refused("only_chief")
    return tip
