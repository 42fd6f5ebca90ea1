"""Bulletins: an officer opens the month's issue, drafted from what was verified; as a broadcast another approves it."""

from collections.abc import Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec

from bot.domain import bulletins as rules
from bot.domain.bulletins import LONGEST, Month, Section, Sections, Wish
from bot.domain.vietnamese import fold, normalize, words
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services.wards import check_officer
from data.audit import audit
from data.bulletins import (
    GONE,
    WAITING,
    Bulletin,
    add_bulletin,
    bulletin_carried,
    bulletin_of,
    bulletins_of,
    change_bulletin,
    drop_bulletin,
    find_bulletin,
    is_scheduled,
    last_broadcast,
    note_count,
)
from data.copies import results_of
from data.people import RoleHolder
from data.places import Ward
from data.reach import Reach, arrivals, forget_reach, note_reach, reach_of_groups
from data.sheets import Asked, Correction, Sheet, ask_sheet, sheet_waits
from data.unit_of_work import Work

CHANNELS = ("led", "loa", "fanpage")
LONGEST_SECTION = 1500
LONGEST_TITLE = 100
MOST_COUNTED = 10_000_000
FOLLOW = 3600.0  # s between two looks at whether it has left


class Stage(StrEnum):
    """Where a bulletin stands: it may be edited, waits for its broadcast, or has left."""

    OPEN = "open"
    WAITING = "waiting"
    ISSUED = "issued"


# --- drafting


def keep_draft(work: Work, ward: Ward, by: Person, month: Month, sections: Sections) -> Bulletin:
    """The ward's next issue; where another officer has opened it meanwhile, that one."""
    if found := bulletin_of(work, ward.id, month):
        return found
    bulletin = add_bulletin(work, ward.id, month, sections)
    audit(work, ward.id, by, "bulletin.drafted", str(bulletin.number))
    return bulletin


# --- editing


def bulletin_at(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Bulletin:
    """A bulletin of this ward, for its officers; another ward's does not exist here."""
    check_officer(work, ward, by, standing)
    bulletin = find_bulletin(work, number)
    if bulletin is None or bulletin.ward_id != ward.id:
        raise Refused("stale")
    return bulletin


def open_bulletin(work: Work, ward: Ward, number: int, by: Person, standing: Standing | None) -> Bulletin:
    """One that may still be changed."""
    bulletin = bulletin_at(work, ward, number, by, standing)
    if (stage := stage_of(work, bulletin)) is not Stage.OPEN:
        raise Refused("bulletin.issued_already" if stage is Stage.ISSUED else "bulletin.in_hand")
    if sheet_waits(work, bulletin, "send"):
        raise Refused("bulletin.being_made")
    return bulletin


def mark_of(words: Section | Sections) -> str:
    """A short mark of a section's words: who edits it edits what was shown, not what another has written since."""
    return sha256(msgspec.json.encode(words)).hexdigest()[:8]


def rewrite(work: Work, bulletin: Bulletin, section: int, words: str, by: Person) -> Bulletin:
    """A section in new words; 0 is a new one."""
    changed = reworded(bulletin, section, words)
    audit(work, bulletin.ward_id, by, "bulletin.edited", str(bulletin.number))
    return change_bulletin(work, bulletin, sections=changed)


def reworded(bulletin: Bulletin, section: int, words: str) -> Sections:
    """Its sections with one in new words, or one more. Raises Refused where that cannot be."""
    words = normalize(words)
    if not words.strip() or len(words) > LONGEST_SECTION:
        raise Refused("bulletin.size", most=LONGEST_SECTION)
    title, _, text = words.strip().partition("\n")
    if len(title) > LONGEST_TITLE and (text or section == 0):
        raise Refused("bulletin.long_title", most=LONGEST_TITLE)
    if section == 0 and len(bulletin.sections) >= LONGEST:
        raise Refused("bulletin.full", most=LONGEST)
    if section and section not in [one.id for one in bulletin.sections]:
        raise Refused("stale")
    return rules.edited(bulletin.sections, section, words) if section else rules.added(bulletin.sections, words)


def recount(work: Work, bulletin: Bulletin, counts: Section, by: Person) -> Bulletin:
    """Its counts as they are now."""
    audit(work, bulletin.ward_id, by, "bulletin.edited", str(bulletin.number))
    return change_bulletin(work, bulletin, sections=rules.recounted(bulletin.sections, counts))


def drop_section(work: Work, bulletin: Bulletin, section: int, by: Person) -> Bulletin:
    """One section less; the last one stays."""
    left = rules.without(bulletin.sections, section)
    if len(left) == len(bulletin.sections):
        raise Refused("stale")
    if not left:
        raise Refused("bulletin.last_section")
    audit(work, bulletin.ward_id, by, "bulletin.edited", str(bulletin.number))
    return change_bulletin(work, bulletin, sections=left)


def discard(work: Work, bulletin: Bulletin, by: Person) -> None:
    """A draft that was never issued goes; its number is free again where it was the newest."""
    audit(work, bulletin.ward_id, by, "bulletin.discarded", str(bulletin.number))
    if bulletin.picture:
        work.remind(f"erase-copy:{bulletin.picture}", work.now)
    drop_bulletin(work, bulletin)


# --- going out


def stage_of(work: Work, bulletin: Bulletin) -> Stage:
    """Where it stands; one that was taken back everywhere is open again."""
    if bulletin.issued_at is not None:
        return Stage.ISSUED
    sent = last_broadcast(work, bulletin)
    if sent is None:
        return Stage.OPEN
    if sent.status in GONE:
        return Stage.ISSUED
    waits = sent.status in WAITING and (sent.status != "scheduled" or is_scheduled(work, sent.schedule_id))
    return Stage.WAITING if waits else Stage.OPEN


def typeset(
    work: Work, bulletin: Bulletin, purpose: str, sheet: Sheet, by: Person, correction: Correction | None = None
) -> None:
    """Have it typeset, beside the conversation."""
    if sheet_waits(work, bulletin, purpose):
        raise Refused("bulletin.being_made")
    audit(work, bulletin.ward_id, by, f"bulletin.{purpose}", str(bulletin.number))
    ask_sheet(work, bulletin, purpose, Asked(sheet, RoleHolder(by.address, by.name), correction))


def hand_on(work: Work, bulletin: Bulletin, broadcast_id: int, picture: str | None) -> Bulletin:
    """From now on a broadcast carries it."""
    work.remind(f"bulletin-follow:{bulletin.id}:{broadcast_id}", work.now + FOLLOW)
    if bulletin.picture:
        work.remind(f"erase-copy:{bulletin.picture}", work.now)
    return change_bulletin(work, bulletin, broadcast_id=broadcast_id, picture=picture)


def follow(work: Work, bulletin: Bulletin) -> Bulletin:
    """Write down that it has left, and how many groups it reached, before its broadcast is erased."""
    sent = last_broadcast(work, bulletin)
    if sent is None or sent.status not in GONE:
        if stage_of(work, bulletin) is Stage.WAITING:
            work.remind(f"bulletin-follow:{bulletin.id}:{bulletin.broadcast_id}:{work.now:.0f}", work.now + FOLLOW)
        return bulletin
    note_reach(work, bulletin, arrivals(work, sent.id), {})
    reached, targets = reach_of(work, bulletin)
    issued = bulletin.issued_at or sent.started_at or work.now
    if sent.status == "sending":
        work.remind(f"bulletin-follow:{bulletin.id}:{bulletin.broadcast_id}:{work.now:.0f}", work.now + FOLLOW)
    return change_bulletin(work, bulletin, issued_at=issued, reached=reached, targets=targets)


def take_back(work: Work, broadcast_id: int) -> Bulletin | None:
    """Its broadcast was withdrawn: nobody reads it any more, and it may be put right and sent anew."""
    bulletin = bulletin_carried(work, broadcast_id)
    if bulletin is None:
        return None
    forget_reach(work, bulletin)
    return change_bulletin(work, bulletin, issued_at=None, reached=None, targets=None, members=None)


def reach_of(work: Work, bulletin: Bulletin) -> tuple[int, int]:
    """(groups reached, groups it went to): of its broadcast, or as written down once that was erased."""
    sent = last_broadcast(work, bulletin)
    if sent is None:
        return bulletin.reached or 0, bulletin.targets or 0
    results = results_of(work, sent.id, sent.edition)
    return sum(one.state == "sent" for one in results), len(results)


def groups_reached(work: Work, bulletin: Bulletin) -> Sequence[Reach]:
    """The same group by group, once it was written down."""
    sent = last_broadcast(work, bulletin)
    return reach_of_groups(work, bulletin, sent.id if sent else None)


def count(work: Work, bulletin: Bulletin, channel: str, number: int, by: Person) -> None:
    """An officer notes how many it reached by a channel."""
    if channel not in CHANNELS or not 0 <= number <= MOST_COUNTED:
        raise Refused("bulletin.no_number")
    audit(work, bulletin.ward_id, by, "bulletin.counted", f"{bulletin.number} {channel}")
    note_count(work, bulletin, channel, number)


# --- reading


def issued(work: Work, ward_id: int) -> list[Bulletin]:
    """What residents may read, the newest first."""
    return [one for one in bulletins_of(work, ward_id) if stage_of(work, one) is Stage.ISSUED]


def chosen(found: Sequence[Bulletin], wish: Wish) -> list[Bulletin]:
    """Those that are asked for, the likeliest first: a bare number is an issue's, and else a month's."""
    fits = [one for one in found if wish.fits(one.number, one.month)]
    if wish.number is not None:
        fits += [one for one in found if Wish(month=wish.number).fits(one.number, one.month) and one not in fits]
    return fits


def about(found: Sequence[Bulletin], typed: str) -> list[Bulletin]:
    """Those that speak of all that was typed, with or without marks, in the order given."""
    wanted = set(words(fold(typed)))
    return [one for one in found if wanted and wanted <= said_in(one)]


def said_in(bulletin: Bulletin) -> set[str]:
    """Every bare word of a bulletin."""
    parts = [
        part for one in bulletin.sections for part in (one.title, one.text, *(p for pair in one.points for p in pair))
    ]
    return set(words(fold(" ".join(parts))))


def readable(work: Work, number: int, ward_id: int | None) -> Bulletin | None:
    """A bulletin that has left, of this ward if one is given."""
    bulletin = find_bulletin(work, number)
    if bulletin is None or ward_id not in (None, bulletin.ward_id):
        return None
    return bulletin if stage_of(work, bulletin) is Stage.ISSUED else None
