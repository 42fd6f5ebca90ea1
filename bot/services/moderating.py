"""What moderators may see and propose: masked tips of harmless kinds, and never who reported."""

from bot.domain.cases import Move, Role, after
from bot.domain.masking import masked
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import Person
from bot.services.moderators import group_of
from data.audit import audit
from data.content import Content
from data.moderation import (
    Proposal,
    Proposed,
    add_proposal,
    find_proposal,
    open_proposals,
    proposals_at,
    settle_proposal,
    tips_seen,
    wards_of,
)
from data.places import Ward, ward_by_id
from data.reporters import informant_of
from data.rules import words_of
from data.tips import Tip, find_tip, tip_by_code
from data.unit_of_work import Work

PAGE = 5
SCANNED = 20
FARTHEST = 2**62
LONGEST_QUESTION = 300


# --- what they see


def queue_for(work: Work, content: Content, person: Person, before: int = FARTHEST) -> list[Tip]:
    """What somebody may work on, newest first; one more than a page where there is more. Raises for anybody else."""
    wards = check_moderator(work, person)
    found = [tip for ward in wards for tip in shown_in(work, content, ward, before)]
    found.sort(key=lambda tip: -tip.id)
    for ward in wards:
        codes = " ".join(tip.code for tip in found[:PAGE] if tip.ward_id == ward)
        if codes:
            audit(work, ward, person, "moderator.listed", codes)
    return found[: PAGE + 1]


def check_moderator(work: Work, person: Person) -> list[int]:
    """The wards where somebody is a moderator now; nobody else learns that there is such a thing."""
    wards = wards_of(work, person)
    if not wards:
        raise Refused("start.unknown")
    return wards


def shown_in(work: Work, content: Content, ward_id: int, before: int) -> list[Tip]:
    """The next tips of a ward, and one more than a page where there are more."""
    kinds = content.barrier.allowed(words_of(work, content.rules, ward_id, "moderated_kinds"))
    found: list[Tip] = []
    while len(found) <= PAGE and (some := tips_seen(work, ward_id, kinds, before, SCANNED)):
        found += [tip for tip in some if not content.barrier.hides(tip.text)]
        before = some[-1].id
    return found[: PAGE + 1]


def check_seen(work: Work, content: Content, tip: Tip | None, person: Person) -> Tip:
    """A tip that this person may see now; of any other they hear the same as of none."""
    wards = check_moderator(work, person)
    if tip is None or tip.ward_id not in wards or not is_shown(work, content, tip):
        raise Refused("status.unknown")
    return tip


def is_shown(work: Work, content: Content, tip: Tip) -> bool:
    """Whether moderators of its ward see a tip."""
    kinds = content.barrier.allowed(words_of(work, content.rules, tip.ward_id or 0, "moderated_kinds"))
    found = tips_seen(work, tip.ward_id or 0, kinds, tip.id + 1, 1)
    return bool(found) and found[0].id == tip.id and not content.barrier.hides(tip.text)


def view(work: Work, content: Content, tip: Tip | None, person: Person) -> Tip:
    """Somebody looks at one tip, and that is written down."""
    tip = check_seen(work, content, tip, person)
    audit(work, tip.ward_id or 0, person, "moderator.viewed", tip.code)
    return tip


def text_for(work: Work, tip: Tip) -> str:
    """The words of a tip without names, numbers, doors; none where the ward wants them in no chat."""
    if ward_by_id(work, tip.ward_id or 0).desk_shows == "summary":
        return ""
    informant = informant_of(work, tip)
    return masked(tip.text, [informant.name] if informant else [])


# --- proposing


def check_free(work: Work, tip: Tip, person: Person, act: str) -> None:
    """One proposal of a sort by each moderator waits at a time, so that nobody floods the desk."""
    waiting = open_proposals(work, tip.id)
    if any(one.act == act and one.by.address == person.address for one in waiting):
        raise Refused("moderating.waits_already", code=tip.code)


def check_question(words: str) -> str:
    """A question that can be put to the officers."""
    words = " ".join(words.split())
    if not 1 <= len(words) <= LONGEST_QUESTION:
        raise Refused("moderating.how_question", most=LONGEST_QUESTION)
    return words


def propose(
    work: Work, content: Content, tip_id: int, person: Person, act: str, value: str = "", words: str = ""
) -> tuple[Tip, Proposal, Proposal | None]:
    """Put a proposal before the officers; with another's that waits and says the same, if there is one."""
    tip = check_seen(work, content, find_tip(work, tip_id), person)
    if not isinstance(after(Move.PROPOSE, tip.status, {Role.MODERATOR}), Status):
        raise Refused("stale")
    check_free(work, tip, person, act)
    waiting = [one for one in open_proposals(work, tip.id) if (one.act, one.value, one.by.words) == (act, value, words)]
    by = Proposed(person.address, person.name, words, group_of(work, tip.ward_id or 0, person))
    audit(work, tip.ward_id or 0, person, f"moderator.proposed_{act}", tip.code)
    return tip, add_proposal(work, tip, act, value, by), next(iter(waiting), None)


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
    if proposal.settled:
        raise Refused("moderator.settled_already")
    return proposal, tip


def is_void(proposal: Proposal, tip: Tip) -> bool:
    """Whether there is nothing left to decide: the tip has ended, is no longer the desk's, or is so already."""
    gone = tip.withdrawn_at is not None and not tip.followers
    same = {"sort": tip.kind, "urgency": tip.urgency}.get(proposal.act) == proposal.value
    return tip.status.is_over or tip.aside or tip.lead_id is not None or gone or same


def void_proposals(work: Work, tip: Tip) -> list[Proposal]:
    """Those that wait about a tip though there is nothing left to decide."""
    return [one for one in open_proposals(work, tip.id) if is_void(one, tip)]


def settle(work: Work, proposal: Proposal, tip: Tip, by: Person | None, *, agreed: bool) -> list[Proposal]:
    """An officer has decided, or the tip has moved on: about this proposal, and all that share its message."""
    settled = [one for one in proposals_at(work, proposal) if not one.settled]
    for one in settled:
        settle_proposal(work, one, agreed=agreed)
        what = "agreed" if agreed else "declined" if by else "void"
        audit(work, tip.ward_id or 0, by, f"tip.proposal_{what}", tip.code)
    return settled


def still_moderates(work: Work, tip: Tip, person: Person) -> bool:
    """Whether somebody holds the role where a tip is."""
    return tip.ward_id in wards_of(work, person)
