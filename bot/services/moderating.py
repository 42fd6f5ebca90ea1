"""What moderators may see and propose: masked tips of harmless kinds, and never who reported."""

from bot.domain.cases import Move, Role, after
from bot.domain.masking import masked
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import Person
from data.audit import audit
from data.content import Content
from data.moderation import (
    Proposal,
    Proposed,
    add_proposal,
    find_proposal,
    settle_proposal,
    tips_seen,
    wards_of,
)
from data.places import Ward
from data.rules import words_of
from data.tips import Tip, find_tip, tip_by_code
from data.unit_of_work import Work

NEVER = frozenset(
    ("ma_tuy", "co_bac", "gay_thuong_tich", "cuop_giat", "bao_luc_gia_dinh", "xam_hai_tre_em", "vu_khi", "mai_dam")
)
"""Kinds that no rule of a ward can open to residents (design 1): drugs, gambling, violence, children, weapons."""
PAGE = 5
FARTHEST = 2**62
LONGEST_QUESTION = 300


def kinds_for(work: Work, content: Content, ward_id: int) -> list[str]:
    """The kinds that moderators of a ward see."""
    return [kind for kind in words_of(work, content.rules, ward_id, "moderated_kinds") if kind not in NEVER]


def queue_for(work: Work, content: Content, person: Person, before: int = FARTHEST) -> list[Tip]:
    """What somebody may work on, newest first; one more than a page where there is more. Raises for anybody else."""
    wards = wards_of(work, person)
    if not wards:
        raise Refused("start.unknown")
    found = [tip for ward in wards for tip in tips_seen(work, ward, kinds_for(work, content, ward), before, PAGE + 1)]
    return sorted(found, key=lambda tip: -tip.id)[: PAGE + 1]


def check_seen(work: Work, content: Content, tip: Tip | None, person: Person) -> Tip:
    """A tip that this person may see now; of any other they hear the same as of none."""
    wards = wards_of(work, person)
    if not wards:
        raise Refused("start.unknown")
    if tip is None or tip.ward_id not in wards or not is_shown(work, content, tip):
        raise Refused("status.unknown")
    return tip


def is_shown(work: Work, content: Content, tip: Tip) -> bool:
    """Whether moderators of its ward see a tip."""
    kinds = kinds_for(work, content, tip.ward_id or 0)
    return any(one.id == tip.id for one in tips_seen(work, tip.ward_id or 0, kinds, tip.id + 1, 1))


def view(work: Work, content: Content, tip: Tip | None, person: Person) -> Tip:
    """Somebody looks at one tip, and that is written down."""
    tip = check_seen(work, content, tip, person)
    audit(work, tip.ward_id or 0, person, "moderator.viewed", tip.code)
    return tip


def text_for(tip: Tip) -> str:
    """The words of a tip without names, numbers, doors."""
    return masked(tip.text)


# --- proposing


def propose(
    work: Work, content: Content, tip_id: int, person: Person, act: str, value: str = "", words: str = ""
) -> tuple[Tip, int]:
    """Put a proposal before the officers; its number."""
    tip = check_seen(work, content, find_tip(work, tip_id), person)
    if not isinstance(after(Move.PROPOSE, tip.status, {Role.MODERATOR}), Status):
        raise Refused("stale")
    number = add_proposal(work, tip, act, value, Proposed(person.address, person.name, words[:LONGEST_QUESTION]))
    audit(work, tip.ward_id or 0, person, f"moderator.proposed_{act}", tip.code)
    return tip, number


def other_tip(work: Work, content: Content, tip: Tip, code: str | None, person: Person) -> Tip:
    """The tip of the same ward that a moderator names by its code; one they may see themselves."""
    other = check_seen(work, content, tip_by_code(work, code) if code else None, person)
    if other.id == tip.id or other.ward_id != tip.ward_id:
        raise Refused("status.unknown")
    return other


# --- settling


def check_proposal(work: Work, ward: Ward, number: int) -> tuple[Proposal, Tip]:
    """A proposal of this ward that waits for an officer."""
    proposal = find_proposal(work, number)
    tip = find_tip(work, proposal.tip_id) if proposal else None
    if proposal is None or tip is None or tip.ward_id != ward.id:
        raise Refused("stale")
    if proposal.settled or tip.status.is_over:
        raise Refused("moderator.settled_already")
    return proposal, tip


def settle(work: Work, proposal: Proposal, tip: Tip, by: Person, *, agreed: bool) -> None:
    """An officer has decided."""
    settle_proposal(work, proposal, agreed=agreed)
    audit(work, tip.ward_id or 0, by, f"tip.proposal_{'agreed' if agreed else 'declined'}", tip.code)
