"""A sender's tips may arrive without a sound for some days. Staff never learn who it is, nor which tips are theirs."""

from sqlalchemy import delete, insert, select

from bot.errors import Refused
from bot.messages import Person
from bot.services import casework
from data import tables as t
from data.reporters import informant_of
from data.rules import SECONDS, Rules, number_of
from data.tips import Tip
from data.unit_of_work import Work


def mute(work: Work, rules: Rules, tip: Tip, by: Person, days: int | None, why: str) -> float:
    """Silence whoever sent this tip, for a reason; until when. The same words whether or not they already were."""
    rule = rules["mute_days"]
    if days is not None and not rule.least <= days <= rule.most:
        raise Refused("mute.days", least=int(rule.least), most=int(rule.most))
    key = key_of(work, tip)
    lasts = days * SECONDS["days"] if days else number_of(work, rules, tip.ward_id or 0, "mute_days")
    end(work, tip, key)
    sealed = work.seal.seal(f"{by.address} {by.name}\n{why}".encode(), "mute")
    work.run(insert(t.mutes).values(ward_id=tip.ward_id, person_key=key, sealed=sealed, until=work.now + lasts))
    casework.record(work, tip, by, "muted", why)
    return work.now + lasts


def unmute(work: Work, tip: Tip, by: Person) -> None:
    """Let whoever sent this tip be heard again."""
    end(work, tip, key_of(work, tip))
    casework.record(work, tip, by, "unmuted")


def end(work: Work, tip: Tip, key: str) -> None:
    """Take a mute away, and those of the ward that are over."""
    mine = t.mutes.c.ward_id == tip.ward_id
    work.run(delete(t.mutes).where(mine, (t.mutes.c.person_key == key) | (t.mutes.c.until <= work.now)))


def silences(work: Work, tip: Tip) -> bool:
    """Whether what comes of a tip makes no sound and pages nobody: its sender is muted, and it tells of no danger."""
    table = t.mutes
    lasting = (table.c.ward_id == tip.ward_id) & (table.c.until > work.now)
    if tip.danger or work.one(select(table.c.ward_id).where(lasting).limit(1)) is None:
        return False
    informant = informant_of(work, tip)
    key = _hash(work, tip, informant.address) if informant else ""
    return work.one(select(table.c.ward_id).where(lasting, table.c.person_key == key)) is not None


def hushes(work: Work, ward_id: int, person: Person) -> bool:
    """Whether what somebody asks of a ward makes no sound and calls nobody."""
    table = t.mutes
    key = work.seal.lookup("mute", f"{ward_id} {person.address}")
    mine = (table.c.ward_id == ward_id) & (table.c.person_key == key)
    return work.one(select(table.c.ward_id).where(mine, table.c.until > work.now)) is not None


def key_of(work: Work, tip: Tip) -> str:
    """The hash of a tip's sender among the muted of its ward."""
    informant = informant_of(work, tip)
    if informant is None:
        raise Refused("mute.nobody")
    return _hash(work, tip, informant.address)


def _hash(work: Work, tip: Tip, address: str) -> str:
    return work.seal.lookup("mute", f"{tip.ward_id} {address}")
