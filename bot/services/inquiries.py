"""Questions and feedback: to the desk, and the answer back. Staff never learn who asks."""

from bot.domain import contacts
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services.wards import check_officer
from data import inquiries as rows
from data.audit import audit
from data.inquiries import Inquiry
from data.places import Ward
from data.rules import Rules, number_of
from data.unit_of_work import Work

HOUR = 3600.0
MOST_AN_HOUR = 5
LONGEST = 1500  # letters, of a question and of an answer


def check_sender(work: Work, by: Person, text: str) -> None:
    """They may send this now. Asked before anything is said, too."""
    if rows.count_since(work, by, work.now - HOUR) >= MOST_AN_HOUR:
        raise Refused("people.too_many", count=MOST_AN_HOUR)
    check_length(text)


def send(work: Work, ward: Ward, by: Person, intent: str, text: str, rules: Rules) -> Inquiry:
    """A resident's words, with phones and papers hidden. Whoever is on duty is reminded of them in time."""
    check_sender(work, by, text)
    inquiry = rows.add_inquiry(work, ward.id, intent, by, contacts.hide(text).text.strip())
    work.remind(f"inquiry-waits:{inquiry.id}", work.now + number_of(work, rules, ward.id, "answer_hours"))
    return inquiry


def check_length(text: str) -> None:
    """There is something to say, and it fits one message."""
    if not text.strip() or len(text) > LONGEST:
        raise Refused("people.length", count=LONGEST)


def at_desk(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Inquiry:
    """One of this ward's, for its officers; another ward's does not exist here."""
    check_officer(work, ward, by, standing)
    found = rows.find_inquiry(work, number)
    if found is None or found.ward_id != ward.id:
        raise Refused("stale")
    return found


def waiting(work: Work, ward: Ward, by: Person, standing: Standing | None, most: int) -> tuple[list[Inquiry], int]:
    """What nobody has answered or read yet, the oldest first, as far as `most`; and how many there are."""
    check_officer(work, ward, by, standing)
    return rows.unanswered(work, ward.id, most), rows.count_unanswered(work, ward.id)


def still_waits(work: Work, number: int) -> Inquiry | None:
    """One that nobody has answered or read."""
    found = rows.find_inquiry(work, number)
    return found if found and found.answered_at is None else None


def answer(work: Work, inquiry: Inquiry, by: Person, text: str) -> Inquiry:
    """An officer answers; once more is fine, the newest answer is kept."""
    check_length(text)
    rows.note_answer(work, inquiry.id, text)
    audit(work, inquiry.ward_id, by, "inquiry.answered", str(inquiry.id))
    return at_desk_again(work, inquiry)


def see(work: Work, inquiry: Inquiry, by: Person) -> Inquiry:
    """An officer has read it; nothing is to be answered."""
    if inquiry.answered_at is not None:
        raise Refused("people.seen_already")
    rows.change_inquiry(work, inquiry.id, answered_at=work.now)
    audit(work, inquiry.ward_id, by, "inquiry.seen", str(inquiry.id))
    return at_desk_again(work, inquiry)


def note_read(work: Work, inquiry: Inquiry, by: Person) -> None:
    """An officer reads the words apart, where the desk does not show them."""
    audit(work, inquiry.ward_id, by, "inquiry.read", str(inquiry.id))


def at_desk_again(work: Work, inquiry: Inquiry) -> Inquiry:
    """The same as it is now."""
    found = rows.find_inquiry(work, inquiry.id)
    if found is None:
        raise LookupError("the inquiry just changed")
    return found
