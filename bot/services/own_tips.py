"""What somebody may do with a tip that they sent: take it back, and add to it; what a flood of tips becomes."""

from bot.domain.cases import Move, Role, after
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import Person
from bot.services import drafts
from data.evidence import move_evidence
from data.reporters import is_reporter, tips_of
from data.rules import Rules, number_of
from data.tips import Tip, change_tip, erase_tip, find_tip, note_event, tip_by_code
from data.tries import count_tries, note_try
from data.unit_of_work import Work

RECENT = 14 * 86400.0  # s; what was touched longer ago is added to by its code, or by a reply


# --- which


def own_tip(work: Work, person: Person, code: str | None) -> Tip | None:
    """The tip of this code that this person sent; none where it is somebody else's, as where there is none."""
    tip = tip_by_code(work, code or "")
    own = tip is not None and tip.confirmed_at is not None and is_reporter(work, tip, person)
    return tip if own else None


def open_tips(work: Work, person: Person, since: float = 0.0) -> list[Tip]:
    """What this person sent and the desk has, neither ended nor taken back; newest first."""
    return [tip for tip in tips_of(work, person, since) if can_withdraw(tip) and is_at_desk(tip)]


def is_at_desk(tip: Tip) -> bool:
    """Whether staff have it, by a card of its own or among others; or it is sealed until somebody may."""
    return tip.card_row is not None or tip.lead_id is not None or is_sealed(tip)


def is_sealed(tip: Tip) -> bool:
    """Whether it is about an officer and no chief may have it: what its reporter adds is sealed with it."""
    return tip.aside and tip.handler_key is None


# --- taking back


def can_withdraw(tip: Tip) -> bool:
    """Whether its reporter may (still) take it back."""
    return tip.withdrawn_at is None and isinstance(after(Move.WITHDRAW, tip.status, {Role.REPORTER}), Status)


def check_own(work: Work, tip_id: int, person: Person) -> Tip:
    """A tip that this person sent."""
    tip = find_tip(work, tip_id)
    if tip is None or tip.confirmed_at is None or not is_reporter(work, tip, person):
        raise Refused("stale")
    return tip


def withdraw(work: Work, tip: Tip) -> Tip:
    """Marked, not erased: by law what was received is reported, and whoever asks may be under somebody's hand."""
    if not can_withdraw(tip):
        raise Refused("own.withdrawn_already" if tip.withdrawn_at else "own.over", code=tip.code)
    note_event(work, tip, "withdrawn")
    return change_tip(work, tip, withdrawn_at=work.now)


# --- adding


def join(work: Work, draft: Tip, tip: Tip) -> str:
    """A draft's files belong to a tip of the same person now, and the draft is no more; its words."""
    words = drafts.words_of(work, draft)
    move_evidence(work, draft, tip)
    erase_tip(work, draft)
    change_tip(work, tip, touched_at=work.now)
    return words


# --- a flood


def gathering(work: Work, rules: Rules, draft: Tip, person: Person, *, anonymous: bool) -> Tip | None:
    """The tip that takes a draft in because this person sent too many within an hour; danger is never held up."""
    if draft.danger or draft.aside or draft.card_row is not None:
        return None
    return overflow(work, rules, person, draft.ward_id or 0, draft.source, anonymous=anonymous)


def overflow(work: Work, rules: Rules, person: Person, ward: int, source: str, *, anonymous: bool) -> Tip | None:
    """The newest open tip of somebody who sent too many. What is anonymous never joins what is named, nor a group's."""
    if count_tries(work, person, sent_to(ward)) < number_of(work, rules, ward, "tips_an_hour"):
        return None
    mine = open_tips(work, person, work.now - RECENT)
    fits = (
        tip for tip in mine if (tip.ward_id, tip.source, tip.anonymous, tip.aside) == (ward, source, anonymous, False)
    )
    return next(fits, None)


def count_tip(work: Work, tip: Tip, person: Person) -> None:
    """One more within the hour."""
    note_try(work, person, sent_to(tip.ward_id or 0))


def sent_to(ward_id: int) -> str:
    """The domain in which a ward's senders are counted."""
    return f"tips to {ward_id}"
