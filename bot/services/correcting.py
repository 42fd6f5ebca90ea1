"""A broadcast's correction: other words, another file, or both; approved like what it corrects.

By the rule of the broadcast itself, or whoever had harmless words approved could then put any others in their place.
"""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import msgspec

from bot.domain.broadcasting import Status
from bot.errors import Refused
from bot.messages import Attachment, MediaKind, Outgoing, Person
from bot.services.broadcast_rights import broadcast_of, goes_alone
from bot.services.contents import CAPTIONED, forget_files
from bot.services.editions import LIVE, brings_files, drop_correction, next_edition
from data.audit import audit
from data.broadcasts import Broadcast, change
from data.people import RoleHolder
from data.places import Ward
from data.unit_of_work import Work

REPLACEABLE = CAPTIONED - {MediaKind.VOICE}


def corrected_message(broadcast: Broadcast, html: str, files: Sequence[Attachment]) -> Outgoing:
    """The message with other words, another file, or both. One file takes the place of one, or joins bare words."""
    if not html and not files:
        raise Refused("correct.how")
    if not files:
        return replace(broadcast.message, html=html)
    before = broadcast.message.attachments
    if len(files) > 1 or len(before) > 1 or any(item.kind not in REPLACEABLE for item in (*files, *before)):
        raise Refused("correct.one_file")
    return replace(broadcast.message, html=html or broadcast.message.html, attachments=tuple(files))


def propose(work: Work, broadcast: Broadcast, by: Person, message: Outgoing) -> Broadcast:
    """A correction waits for its approval, instead of one that may have waited."""
    dropped = drop_correction(work, broadcast)
    audit(work, broadcast.ward_id, by, "broadcast.correction_asked", str(broadcast.id))
    return change(work, dropped, correction=message, corrector=RoleHolder(by.address, by.name))


def mark_of(message: Outgoing) -> str:
    """A short mark of a correction: who approves it approves what was shown, not what was proposed since."""
    return sha256(msgspec.json.encode(message)).hexdigest()[:12]


def proposed(broadcast: Broadcast, mark: str) -> Outgoing:
    """The correction that waits, of which `mark` is."""
    if broadcast.status not in LIVE or broadcast.correction is None or mark_of(broadcast.correction) != mark:
        raise Refused("stale")
    return broadcast.correction


def to_correct(work: Work, ward: Ward, number: int, by: Person, mark: str) -> Broadcast:
    """A broadcast whose correction this chief may approve: never one's own, but for an alert of the only chief."""
    broadcast = broadcast_of(work, ward, number)
    proposed(broadcast, mark)
    if is_own(broadcast, by) and not goes_alone(work, ward, broadcast, by):
        raise Refused("correct.own")
    return broadcast


def is_own(broadcast: Broadcast, by: Person) -> bool:
    """Whether this person wrote the correction that waits; where nobody knows who did, everybody may have."""
    return broadcast.corrector is None or broadcast.corrector.address == by.address


def correct(work: Work, broadcast: Broadcast, by: Person) -> Broadcast:
    """The correction that waited is what every group is to have from now on."""
    if broadcast.correction is None:
        raise Refused("stale")
    act = "broadcast.corrected_alone" if is_own(broadcast, by) else "broadcast.corrected"
    audit(work, broadcast.ward_id, by, act, str(broadcast.id))
    brings = brings_files(broadcast, broadcast.correction)
    if brings and broadcast.schedule_id is None:
        forget_files(work, broadcast.message)
    corrected = change(
        work,
        broadcast,
        message=broadcast.correction,
        correction=None,
        corrector=None,
        corrected_at=work.now,
        new_files=broadcast.new_files or brings,
    )
    return next_edition(work, corrected, Status.SENDING)
