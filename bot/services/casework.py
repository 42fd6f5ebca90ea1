"""A tip at the desk: accepted, asked about, closed, reopened; who may, and who is told."""

from sqlalchemy import select

from bot.domain.cases import Move, Role, Verdict, after
from bot.domain.tips import Outcome, Status
from bot.errors import Refused
from bot.messages import Incoming, Person
from bot.platforms.base import Standing
from bot.services.aside import check_holder
from bot.services.wards import check_officer
from data import tables as t
from data.audit import audit
from data.people import has_role
from data.places import Here, Spot, Ward
from data.reporters import is_reporter
from data.rules import Rules, number_of
from data.sent import subject_of_message
from data.tips import Tip, change_tip, find_tip, handler_of, handler_values, is_handler, note_event, tip_of_topic
from data.topics import add_topic, topic_by_thread
from data.unit_of_work import Work

ABOUT = ("card:", "letter:")


# --- rights


def check_case(work: Work, here: Here, tip_id: int, person: Person, standing: Standing | None) -> Tip:
    """A tip of this desk, for its officers; in private, one that was set aside, for the chief who holds it."""
    if here.spot is Spot.PRIVATE:
        return check_holder(work, here, tip_id, person)
    ward = check_desk(work, here, person, standing)
    tip = find_tip(work, tip_id)
    if tip is None or tip.ward_id != ward.id or tip.aside:
        raise Refused("stale")
    return tip


def check_desk(work: Work, here: Here, person: Person, standing: Standing | None) -> Ward:
    """The ward of this desk, for its officers."""
    if here.spot is not Spot.DESK or here.ward is None:
        raise Refused("only_officer")
    check_officer(work, here.ward, person, standing)
    return here.ward


def note_view(work: Work, tip: Tip, by: Person) -> None:
    """An officer has looked at a tip."""
    audit(work, tip.ward_id or 0, by, "tip.viewed", tip.code)


def roles_of(work: Work, tip: Tip, person: Person) -> set[Role]:
    """What an officer of the desk is to a tip."""
    chief = tip.ward_id is not None and has_role(work, tip.ward_id, person, "chief")
    return {nearness(work, tip, person), *((Role.CHIEF,) if chief else ())}


def nearness(work: Work, tip: Tip, person: Person) -> Role:
    """How near an officer is to a tip."""
    if tip.handler_key is None:
        return Role.OFFICER
    return Role.HANDLER if is_handler(work, tip, person) else Role.OTHER


def check_move(work: Work, tip: Tip, move: Move, person: Person) -> Status:
    """Where a tip stands after an officer's move. Raises Refused where it is not to be made, or not by them."""
    status = after(move, tip.status, roles_of(work, tip, person))
    if isinstance(status, Status):
        return status
    if tip.status.is_over:
        raise Refused("case.closed_already", code=tip.code)
    handler = handler_of(work, tip)
    if handler and (status is Verdict.NOT_YOU or move is Move.ACCEPT):
        raise Refused("case.taken", by=handler.name)
    raise Refused("stale")


# --- what staff do


def accept(work: Work, ward: Ward, tip: Tip, by: Person, topic: str) -> Tip:
    """Take a tip on; at a desk that is a forum it gets a topic of this name. Raises Refused for a second officer."""
    status = check_move(work, tip, Move.ACCEPT, by)
    record(work, tip, by, "accepted")
    return act(work, tip, status=status, **first_values(work, ward, topic), **handler_values(work, by))


def first_values(work: Work, ward: Ward, topic: str) -> dict[str, object]:
    """The columns of a tip that somebody takes on for the first time: at a desk that is a forum it gets a topic."""
    opened = add_topic(work, ward.id, topic, "tip") if ward.desk_forum else None
    return {"accepted_at": work.now, "topic_id": opened, "case_row": None}


def verify(work: Work, tip: Tip, by: Person) -> Tip:
    """Somebody looks into it."""
    status = check_move(work, tip, Move.VERIFY, by)
    record(work, tip, by, "verifying")
    return act(work, tip, status=status)


def note(work: Work, tip: Tip, by: Person, words: str, what: str = "noted") -> None:
    """An officer's note, for staff only: sealed, with its author."""
    check_move(work, tip, Move.NOTE, by)
    record(work, tip, by, what, f"{by.name}: {words}")


def add(work: Work, tip: Tip) -> Tip:
    """Its reporter has said more: whoever waited for that goes on."""
    status = after(Move.ADD, tip.status, {Role.REPORTER})
    return change_tip(work, tip, status=status) if isinstance(status, Status) and status is not tip.status else tip


def close(work: Work, tip: Tip, by: Person, outcome: Outcome) -> Tip:
    """Answer a tip with an outcome."""
    status = check_move(work, tip, Move.ANSWER, by)
    record(work, tip, by, f"closed.{outcome}")
    taken = {} if tip.handler_key else handler_values(work, by)
    return act(work, tip, status=status, outcome=outcome, answered_at=work.now, **taken)


def act(work: Work, tip: Tip, **values: object) -> Tip:
    """The tip with other values; staff have acted, so every clock of theirs begins anew."""
    return change_tip(work, tip, acted_at=work.now, **values)


def record(work: Work, tip: Tip, by: Person, what: str, detail: str = "") -> None:
    """Write down what an officer did with a tip, in the audit and in its history."""
    audit(work, tip.ward_id or 0, by, f"tip.{what}", tip.code)
    note_event(work, tip, what, detail)


# --- what the reporter says in the end


def check_closed_own(work: Work, tip_id: int, person: Person) -> Tip:
    """A tip of this person that has its outcome."""
    tip = find_tip(work, tip_id)
    if tip is None or not is_reporter(work, tip, person) or not tip.status.is_over:
        raise Refused("stale")
    return tip


def solve(work: Work, tip: Tip) -> Tip:
    """Its reporter says that it is solved."""
    note_event(work, tip, "reporter: solved")
    return change_tip(work, tip, status=_reporters(tip, Move.SOLVED), closed_at=work.now)


def reopen(work: Work, tip: Tip) -> Tip:
    """Its reporter says that it is not solved: whoever handled it goes on."""
    note_event(work, tip, "reopened")
    free = {"outcome": None, "answered_at": None, "closed_at": None, "accepted_at": work.now, "acted_at": None}
    return change_tip(work, tip, status=_reporters(tip, Move.UNSOLVED), **free)


def plan_lapse(work: Work, rules: Rules, tip: Tip) -> None:
    """Have the clock close a tip whose reporter keeps silent."""
    work.remind(
        f"tip-lapse:{tip.id}", (tip.answered_at or work.now) + number_of(work, rules, tip.ward_id or 0, "lapse")
    )


def lapse(work: Work, rules: Rules, tip: Tip) -> Tip | None:
    """Close a tip that was answered so long ago; none where it was not, or something has happened since."""
    status = after(Move.LAPSE, tip.status, {Role.CLOCK})
    if not isinstance(status, Status) or tip.answered_at is None:
        return None
    if tip.answered_at + number_of(work, rules, tip.ward_id or 0, "lapse") > work.now:
        plan_lapse(work, rules, tip)
        return None
    note_event(work, tip, "lapsed")
    return change_tip(work, tip, status=status, closed_at=work.now)


def _reporters(tip: Tip, move: Move) -> Status:
    status = after(move, tip.status, {Role.REPORTER})
    if not isinstance(status, Status):
        raise Refused("stale")
    return status


# --- writing to a reporter


def letter_for(work: Work, ward: Ward, event: Incoming) -> Tip | None:
    """The tip whose reporter `/gui` at the desk is for: that of the card it answers, or of the topic it stands in."""
    if event.reply_to:
        about = subject_of_message(work, event.chat, event.reply_to)
        return find_tip(work, number_in(about)) if about.startswith(ABOUT) else None
    return tip_in_topic(work, ward, event)


def tip_in_topic(work: Work, ward: Ward, event: Incoming) -> Tip | None:
    """The tip in whose topic something was said."""
    topic = topic_by_thread(work, ward.id, event.topic) if event.topic else None
    return tip_of_topic(work, topic) if topic is not None else None


def number_in(about: str) -> int:
    """12 in `card:12`."""
    return int(about.partition(":")[2] or "0")


def note_letter(work: Work, tip: Tip, by: Person, words: str) -> None:
    """Write down that an officer wrote to the reporter, and what."""
    record(work, tip, by, "wrote", words)
    act(work, tip)


def check_letter(work: Work, here: Here, tip: Tip, by: Person, standing: Standing | None) -> None:
    """Whoever works on a tip may write to its reporter."""
    check_case(work, here, tip.id, by, standing)
    check_move(work, tip, Move.WRITE, by)


def intake_topic(work: Work, ward: Ward, name: str) -> int | None:
    """The topic where new tips arrive; none at a desk without topics."""
    if not ward.desk_forum:
        return None
    row = work.one(select(t.topics.c.id).where(t.topics.c.ward_id == ward.id, t.topics.c.kind == "intake"))
    return row.id if row else add_topic(work, ward.id, name, "intake")
