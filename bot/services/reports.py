"""Tips that begin in a group: written there with a command, or made at the desk from what was relayed."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.domain import contacts
from bot.domain.danger import Danger
from bot.domain.kinds import Kinds
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import Chat, Person
from bot.services import facts
from bot.services.drafts import fresh_code
from data import tables as t
from data.audit import audit
from data.places import Ward
from data.relays import Relay, Source, relay_by_id, relays_of_row, source_of
from data.reporters import add_tip, keep_contacts
from data.sent import row_of_message
from data.tips import Part, Tip, change_tip, find_tip, note_event, sealed_parts
from data.unit_of_work import Work


def report(
    work: Work,
    person: Person,
    parts: Sequence[Part],
    *,
    ward_id: int,
    group_id: int,
    source: str,
    kinds: Kinds,
    danger: Danger | None,
    zone: ZoneInfo,
) -> Tip:
    """A tip at once, under the name that everybody in the group has seen anyway."""
    hidden = contacts.hide("\n".join(part.text for part in parts))
    tip = add_tip(
        work,
        person,
        ward_id=ward_id,
        group_id=group_id,
        code=fresh_code(work, zone),
        status=Status.NEW,
        danger=danger,
        text=hidden.text,
        sealed=sealed_parts(work, parts),
        source=source,
        confirmed_at=work.now,
    )
    keep_contacts(work, tip, [contact.value for contact in hidden.contacts])
    note_event(work, tip, f"from {source}")
    return change_tip(work, tip, **facts.columns(facts.known_of(work, tip, kinds, zone)))


# --- from what was relayed


def pressed_relays(work: Work, ward: Ward, desk: Chat, message_id: str, relay_id: int) -> list[Relay]:
    """What the pressed message relayed, or (from a list of several) the one message that was chosen."""
    if relay_id:
        chosen = relay_by_id(work, relay_id)
        relays = (
            [relay for relay in relays_of_row(work, chosen.row_id) if relay.row_id == chosen.row_id] if chosen else []
        )
    else:
        row = row_of_message(work, desk.address, message_id)
        relays = relays_of_row(work, row[0]) if row else []
    relays = [relay for relay in relays if relay.inward and relay.ward_id == ward.id]
    if not relays:
        raise Refused("stale")
    return relays


def check_unused(work: Work, relays: Sequence[Relay]) -> None:
    """A relayed message becomes one tip."""
    used = next((relay.tip_id for relay in relays if relay.tip_id), None)
    if used and (tip := find_tip(work, used)):
        raise Refused("case.made_already", code=tip.code)


def sources_of(work: Work, relays: Sequence[Relay]) -> list[Source]:
    """What they said. Raises Refused when it was erased, 48 h later."""
    sources = [source for relay in relays if (source := source_of(work, relay))]
    if not sources:
        raise Refused("case.too_old")
    return sources


def note_made(work: Work, relays: Sequence[Relay], tip: Tip, by: Person) -> None:
    """These became this tip."""
    numbers = [relay.id for relay in relays]
    work.run(update(t.relays).where(t.relays.c.id.in_(numbers)).values(tip_id=tip.id))
    audit(work, tip.ward_id or 0, by, "tip.made_from_relay", tip.code)
