"""Schedules: approved once, then sent by the clock; what came too late is skipped and told."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.calendar import Due, Every, Rule, find_due, next_fire, week_number
from bot.errors import Refused
from bot.messages import Outgoing, Person
from bot.services.contents import forget_files
from data import tables as t
from data.audit import audit
from data.broadcasts import Broadcast, add_broadcast, change, encode_manner, key_of, open_with_content
from data.local import Scam
from data.people import RoleHolder, has_role
from data.places import Ward
from data.schedules import Schedule, add_schedule, change_schedule, find_schedule
from data.unit_of_work import Work

LATE_HOURS = 2.0
SCAM_RULE = Rule(Every.WEEK, 19, weekday=4)  # Friday evening: people are at home, and scams come at weekends
NOBODY = RoleHolder("clock", "")


def start(work: Work, broadcast: Broadcast) -> Broadcast:
    """An approved broadcast with a rule becomes a schedule; made anew at each time where its content is."""
    if broadcast.rule is None:
        raise LookupError("a broadcast without a rule")
    message = broadcast.message if broadcast.content == "text" else Outgoing()
    late = LATE_HOURS if broadcast.late_hours is None else broadcast.late_hours
    number = add_schedule(
        work,
        broadcast.ward_id,
        broadcast.content,
        message,
        broadcast.rule,
        late,
        broadcast.author_key,
        broadcast.author,
        broadcast.approved_key,
        broadcast.manner,
    )
    return change(work, broadcast, status="scheduled", schedule_id=number)


def check_no_scams(work: Work, ward: Ward) -> None:
    """One weekly scam warning is enough."""
    if scam_schedule(work, ward.id) or open_with_content(work, ward.id, "scams"):
        raise Refused("schedule.scams_already")


def scam_schedule(work: Work, ward_id: int) -> int | None:
    """The ward's weekly scam warning."""
    table = t.schedules
    query = select(table.c.id).where(table.c.ward_id == ward_id, table.c.content == "scams", table.c.active.is_(True))
    return work.run(query).scalar()


def seed_scam_schedule(work: Work, ward_id: int, rule: Rule = SCAM_RULE, late_hours: float = LATE_HOURS) -> int:
    """The weekly scam warning without anybody's press, for the demo; once, however often this is asked."""
    if found := scam_schedule(work, ward_id):
        return found
    key = work.seal.lookup("broadcast", NOBODY.address)
    audit(work, ward_id, None, "schedule.seeded", "scams")
    return add_schedule(work, ward_id, "scams", Outgoing(), rule, late_hours, key, NOBODY, None)


def scam_of(scams: Sequence[Scam], at: float, zone: ZoneInfo) -> Scam:
    """The scam of the week: each in turn, and the same one however often this is asked."""
    return scams[week_number(at, zone) % len(scams)]


def stop(work: Work, ward: Ward, number: int, by: Person) -> Schedule:
    """End a schedule, for its author or a chief."""
    schedule = own_schedule(work, ward, number, by)
    change_schedule(work, number, active=False)
    forget_files(work, schedule.message)
    audit(work, ward.id, by, "schedule.stopped", str(number))
    return schedule


def schedule_of(work: Work, ward: Ward, number: int) -> Schedule:
    """A schedule of this ward that is not over."""
    schedule = find_schedule(work, number)
    if schedule is None or schedule.ward_id != ward.id or not schedule.active:
        raise Refused("schedule.stopped_already")
    return schedule


def own_schedule(work: Work, ward: Ward, number: int, by: Person) -> Schedule:
    """The same, for its author or a chief."""
    schedule = schedule_of(work, ward, number)
    if schedule.author_key != key_of(work, by) and not has_role(work, ward.id, by, "chief"):
        raise Refused("schedule.only_author")
    return schedule


def settle(work: Work, number: int, at: float, zone: ZoneInfo) -> tuple[Schedule, Due] | None:
    """What is due of a schedule at a clock event; none when all of it was dealt with, so that twice is once."""
    schedule = find_schedule(work, number)
    if schedule is None or not schedule.active or schedule.paused:
        return None
    due = find_due(schedule.rule, schedule.checked_at, max(work.now, at), schedule.late_hours, zone)
    if due is None:
        return None
    active = next_fire(schedule.rule, due.at, zone) is not None
    change_schedule(work, number, checked_at=due.at, active=active)
    if not active:
        forget_files(work, schedule.message)
    if due.too_late:
        audit(work, schedule.ward_id, None, "schedule.skipped", str(number))
    return replace(schedule, active=active), due


def broadcast_for(work: Work, schedule: Schedule, message: Outgoing) -> Broadcast:
    """The broadcast of one moment of a schedule, approved when the schedule was."""
    audit(work, schedule.ward_id, None, "schedule.fired", str(schedule.id))
    return add_broadcast(
        work,
        schedule.ward_id,
        schedule.author_key,
        schedule.author,
        message,
        content=schedule.content,
        status="sending",
        schedule_id=schedule.id,
        manner=encode_manner(schedule.manner),
        approved_key=schedule.approved_key,
    )
