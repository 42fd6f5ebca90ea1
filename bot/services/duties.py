"""Who is on duty at a desk: who took a shift by hand, else who the roster names. Residents' questions call them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.rosters import began, minute_of, slot_at
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services.wards import check_officer
from data.audit import audit
from data.duties import Duty, begin_duty, end_duties, last_duty
from data.people import has_role
from data.places import Ward
from data.rosters import roster_of
from data.unit_of_work import Work

HOUR = 3600.0
LONGEST = 48  # hours


def on_duty(work: Work, ward_id: int, zone: ZoneInfo) -> Duty | None:
    """Who is on duty now; nobody whose rights were taken away meanwhile. The roster is read on the clocks of `zone`."""
    return by_hand(work, ward_id) or by_plan(work, ward_id, zone)


def by_hand(work: Work, ward_id: int) -> Duty | None:
    """Whoever took a shift that goes on."""
    duty = last_duty(work, ward_id)
    if duty is None or duty.until <= work.now or has_role(work, ward_id, duty.person, "barred"):
        return None
    return duty


def by_plan(work: Work, ward_id: int, zone: ZoneInfo) -> Duty | None:
    """Whose hour it is in the week's roster."""
    now, roster = datetime.fromtimestamp(work.now, zone), roster_of(work, ward_id)
    slot = slot_at(roster.slots, minute_of(now))
    if slot is None:
        return None
    one, since = roster.people[slot.who], began(slot, now)
    if has_role(work, ward_id, one.holder.person, "barred"):
        return None
    until = (since + timedelta(minutes=slot.length)).timestamp()
    address, name = one.holder.address, one.holder.name
    return Duty(ward_id, address, name, since.timestamp(), until, one.private_at, planned=True)


def take(work: Work, ward: Ward, by: Person, standing: Standing | None, hours: int) -> Duty:
    """An officer is on duty from now on, for so many hours; they relieve whoever was."""
    check_officer(work, ward, by, standing)
    if not 1 <= hours <= LONGEST:
        raise Refused("duty.hours", most=LONGEST)
    until = work.now + hours * HOUR
    begin_duty(work, ward.id, by, until)
    audit(work, ward.id, by, "duty.taken", str(hours))
    work.remind(f"duty-over:{ward.id}:{int(until)}", until)
    duty = by_hand(work, ward.id)
    if duty is None:
        raise LookupError("the shift just begun")
    return duty


def end(work: Work, ward: Ward, by: Person, standing: Standing | None) -> Duty:
    """A shift that was taken ends before its time, by whoever has it or a chief; whose it was."""
    check_officer(work, ward, by, standing)
    duty = by_hand(work, ward.id)
    if duty is None:
        raise Refused("duty.over_already")
    if duty.address != by.address and not has_role(work, ward.id, by, "chief"):
        raise Refused("duty.only_own")
    end_duties(work, ward.id)
    audit(work, ward.id, by, "duty.ended")
    return duty


def leave(work: Work, ward: Ward, person: Person) -> bool:
    """Whoever leaves the desk, or may not act there any more, is not on duty; whether they were."""
    duty = last_duty(work, ward.id)
    if duty is None or duty.until <= work.now or duty.address != person.address:
        return False
    end_duties(work, ward.id)
    audit(work, ward.id, person, "duty.left")
    return True


def ended_by_itself(work: Work, ward_id: int, until: int) -> Duty | None:
    """The shift whose end was to be at this second, where it ended so and nobody has begun another since."""
    duty = last_duty(work, ward_id)
    return duty if duty and int(duty.until) == until and duty.until <= work.now else None
