"""A section of a bulletin that has left is put right: typeset anew, approved by a second person, then read everywhere.

Nothing of the bulletin changes before it is approved: until then its sections as they will be lie beside the others.
"""

from dataclasses import replace

from bot.domain.bulletins import Section, Sections
from bot.errors import Refused
from bot.messages import Outgoing, Person
from bot.services import correcting
from bot.services.bulletins import mark_of, reworded
from bot.services.contents import forget_files
from bot.services.editions import LIVE
from data.broadcasts import Broadcast, find_broadcast, seal_message
from data.bulletins import Bulletin, bulletin_carried, change_bulletin
from data.schedules import change_schedule, find_schedule
from data.sheets import Correction
from data.unit_of_work import Work
from data.vault import Vault


def correctable(bulletin: Bulletin) -> list[Section]:
    """What may be put right: all but what says what was."""
    return [one for one in bulletin.sections if one.kind != "correction"]


def section_at(work: Work, broadcast: Broadcast, number: int) -> tuple[Bulletin, Section]:
    """The bulletin that a broadcast carries, and one of its sections."""
    bulletin = bulletin_carried(work, broadcast.id)
    section = next((one for one in correctable(bulletin) if one.id == number), None) if bulletin else None
    if bulletin is None or section is None:
        raise Refused("stale")
    return bulletin, section


def corrected(bulletin: Bulletin, section: Section, words: str) -> tuple[Sections, Section]:
    """Its sections with this one in new words, and that one. Raises Refused where it cannot be, or says nothing new."""
    sections = reworded(bulletin, section.id, words)
    right = next(one for one in sections if one.id == section.id)
    if right == section:
        raise Refused("correct.same")
    return sections, right


def wish_for(broadcast: Broadcast, bulletin: Bulletin, sections: Sections) -> Correction:
    """These sections instead of those that it has now."""
    return Correction(broadcast.id, sections, mark_of(bulletin.sections))


def still_wanted(work: Work, bulletin: Bulletin, wish: Correction) -> Broadcast | None:
    """The broadcast to be corrected, where neither it nor the bulletin has become another meanwhile."""
    broadcast = find_broadcast(work, wish.broadcast_id)
    unchanged = mark_of(bulletin.sections) == wish.before
    return broadcast if broadcast and broadcast.status in LIVE and unchanged else None


def propose(
    work: Work, broadcast: Broadcast, by: Person, message: Outgoing, bulletin: Bulletin, sections: Sections
) -> Broadcast:
    """It waits for its approval, instead of one that may have waited."""
    proposed = correcting.propose(work, broadcast, by, message)
    change_bulletin(work, bulletin, following=sections)
    return proposed


def put_right(work: Work, broadcast: Broadcast, vault: Vault) -> Bulletin | None:
    """It was approved: what is read and printed from now on is that, with the new picture."""
    bulletin = bulletin_carried(work, broadcast.id)
    if bulletin is None or bulletin.following is None:
        return None
    if bulletin.picture:
        work.remind(f"erase-copy:{bulletin.picture}", work.now)
    renew_schedule(work, broadcast, vault)
    made = next((one.stored for one in broadcast.message.attachments if vault.has(one.stored)), None)
    picture = vault.put(vault.get(made)) if made else None  # the broadcast erases its own in time
    return change_bulletin(work, bulletin, sections=bulletin.following, following=None, picture=picture)


def renew_schedule(work: Work, broadcast: Broadcast, vault: Vault) -> None:
    """A schedule that sends it again sends it as corrected, with a picture of its own."""
    schedule = find_schedule(work, broadcast.schedule_id or 0)
    if schedule is None or not schedule.active:
        return
    forget_files(work, schedule.message)
    files = tuple(
        replace(one, stored=vault.put(vault.get(one.stored)))
        for one in broadcast.message.attachments
        if vault.has(one.stored)
    )
    message = replace(broadcast.message, attachments=files)
    change_schedule(work, schedule.id, sealed=seal_message(work, message))
