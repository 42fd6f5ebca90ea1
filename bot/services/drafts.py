"""What somebody writes in private grows into a draft, and becomes a tip when they confirm it."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain import contacts
from bot.domain.codes import tip_code
from bot.domain.kinds import Kinds
from bot.domain.tips import Status
from bot.domain.vietnamese import fold
from bot.errors import Refused
from bot.messages import Person
from bot.services import evidence, facts
from data import tables as t
from data.people import find_person, remember_person
from data.places import WARD, Ward
from data.reporters import add_tip, is_reporter, keep_contacts
from data.tips import (
    DRAFT_LASTS,
    Part,
    Tip,
    change_tip,
    erase_tip,
    find_tip,
    note_event,
    parts_of,
    sealed_parts,
    tip_by_code,
)
from data.unit_of_work import Work
from data.vault import Vault

JOIN = 30.0
RECALL = 600.0
SHORTEST, LONGEST = 3, 60  # of words that may be a ward's name; longer ones tell a story
RANKS = ("cong an ", "phuong ", "xa ", "dac khu ")


# --- writing


def start_draft(work: Work, person: Person, zone: ZoneInfo) -> Tip:
    """An empty draft, for the ward this person last chose or the only one; recalled once, erased after a day."""
    code = fresh_code(work, zone)
    tip = add_tip(
        work,
        person,
        ward_id=ward_for(work, person),
        group_id=find_person(work, person).group_id,
        code=code,
        status=Status.DRAFT,
        anonymous=True,
        source="private",
    )
    work.remind(f"draft-recall:{tip.id}", work.now + RECALL)
    work.remind(f"draft-erase:{tip.id}", work.now + DRAFT_LASTS)
    return tip


def fresh_code(work: Work, zone: ZoneInfo) -> str:
    """A tip code that no tip has."""
    while True:
        code = tip_code(datetime.fromtimestamp(work.now, UTC), zone)
        if tip_by_code(work, code) is None:
            return code


def add_words(work: Work, tip: Tip, message_id: str, text: str) -> Tip:
    """One more message of a draft; the same message, edited, takes the place of what it said."""
    parts = parts_of(work, tip)
    if any(part.message_id == message_id for part in parts):
        parts = [replace(part, text=text) if part.message_id == message_id else part for part in parts]
    elif text:
        parts.append(Part(message_id, text, work.now))
    return change_tip(work, tip, sealed=sealed_parts(work, parts), touched_at=work.now)


def rewrite(work: Work, tip: Tip, message_id: str, text: str) -> Tip:
    """The words of a draft, anew; what is attached stays."""
    return change_tip(work, tip, sealed=sealed_parts(work, [Part(message_id, text, work.now)]), touched_at=work.now)


def words_of(work: Work, tip: Tip) -> str:
    """Everything written in a draft, as it was written."""
    return "\n".join(part.text for part in parts_of(work, tip))


def hidden_words(work: Work, tip: Tip) -> contacts.Hidden:
    """The same as it may be shown: phones and papers replaced."""
    return contacts.hide(words_of(work, tip))


# --- the ward


def all_wards(work: Work) -> list[Ward]:
    """Every ward there is."""
    return [Ward(*row) for row in work.all(WARD.order_by(t.wards.c.id))]


def ward_for(work: Work, person: Person) -> int | None:
    """The ward this person chose, or the only one."""
    if (chosen := find_person(work, person).ward_id) is not None:
        return chosen
    wards = work.all(select(t.wards.c.id).limit(2))
    return wards[0].id if len(wards) == 1 else None


def ward_named(work: Work, typed: str) -> Ward | None:
    """The one ward whose name these words are, or are a part of, whatever the diacritics."""
    said = fold(typed).strip(" .!")
    if not SHORTEST <= len(said) <= LONGEST:
        return None
    found = [ward for ward in all_wards(work) if said in fold(ward.name) or proper_name(ward) in said]
    return found[0] if len(found) == 1 else None


def proper_name(ward: Ward) -> str:
    """`Phường Hoa Sữa` as people say it in a sentence: hoa sua."""
    name = fold(ward.name)
    return next((name.removeprefix(word) for word in RANKS if name.startswith(word)), name)


def choose_ward(work: Work, tip: Tip, person: Person, ward_id: int) -> Tip:
    """Send this draft, and by default the next ones, to a ward."""
    if ward_id not in {ward.id for ward in all_wards(work)} or tip.card_row is not None:
        raise Refused("stale")
    remember_person(work, person, ward_id=ward_id, group_id=None)
    return change_tip(work, tip, ward_id=ward_id, group_id=None)


# --- its end


def check_draft(work: Work, tip_id: int, person: Person) -> Tip:
    """A draft of this person that still waits for their word."""
    tip = find_tip(work, tip_id)
    if tip is None or not is_reporter(work, tip, person) or tip.withdrawn_at is not None:
        raise Refused("stale")
    if tip.confirmed_at is not None:
        raise Refused("draft.sent_already", code=tip.code)
    return tip


def ready_draft(work: Work, tip_id: int, person: Person) -> Tip:
    """The same, once it knows its ward."""
    tip = check_draft(work, tip_id, person)
    if tip.ward_id is None:
        raise Refused("draft.ward_first")
    return tip


def confirm(work: Work, tip: Tip, *, anonymous: bool, kinds: Kinds, zone: ZoneInfo) -> Tip:
    """The draft is a tip now: its words are kept in clear, numbers taken out of them are not."""
    known = facts.known_of(work, tip, kinds, zone)
    hidden = hidden_words(work, tip)
    keep_contacts(work, tip, [contact.value for contact in hidden.contacts])
    note_event(work, tip, "anonymous" if anonymous else "named")
    status = Status.NEW if tip.status is Status.DRAFT else tip.status
    return change_tip(
        work,
        tip,
        status=status,
        anonymous=anonymous,
        text=hidden.text,
        confirmed_at=work.now,
        **facts.columns(known),
    )


def drop(work: Work, tip: Tip, vault: Vault) -> bool:
    """Forget a draft; one that the desk has seen stays there, marked. Whether the desk must be told."""
    if tip.card_row is not None:
        note_event(work, tip, "withdrawn")
        change_tip(work, tip, withdrawn_at=work.now)
        return True
    evidence.erase(work, tip, vault)
    erase_tip(work, tip)
    return False


def waiting_draft(work: Work, tip_id: int) -> Tip | None:
    """A draft that nobody but its reporter has seen and that was never confirmed."""
    tip = find_tip(work, tip_id)
    unseen = tip is not None and tip.confirmed_at is None and tip.card_row is None
    return tip if unseen else None
