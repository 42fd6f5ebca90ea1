"""A schedule afterwards: paused, resumed, its next time skipped, silent on holidays, moved to another hour.

Moments up to `checked_at` have been dealt with. So whatever changes begins with now, and nothing of the past is sent.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.domain.calendar import Every, Rule, moments, next_fire
from bot.domain.holidays import Holiday, holiday_on
from bot.errors import Refused
from bot.messages import Person
from bot.services.schedules import own_schedule
from data.audit import audit
from data.places import Ward
from data.schedules import Schedule, change_schedule, find_schedule
from data.unit_of_work import Work

SHOWN = 5
LOOKED_AT = 60  # moments; a schedule on holidays only does not exist


def is_holiday(schedule: Schedule, at: float, holidays: Sequence[Holiday], zone: ZoneInfo) -> str | None:
    """The holiday on which a schedule is silent at this moment."""
    return holiday_on(holidays, datetime.fromtimestamp(at, zone).date()) if schedule.skips_holidays else None


def coming(work: Work, schedule: Schedule, holidays: Sequence[Holiday], zone: ZoneInfo) -> list[float]:
    """The next moments at which it is sent."""
    after = max(work.now, schedule.checked_at)
    later = (at for at in islice(moments(schedule.rule, after, zone), LOOKED_AT) if at > after)
    return list(islice((at for at in later if not is_holiday(schedule, at, holidays, zone)), SHOWN))


def pause(work: Work, ward: Ward, number: int, by: Person) -> Schedule:
    """Nothing is sent until it is resumed."""
    return changed(work, own_schedule(work, ward, number, by), by, "schedule.paused", paused=True)


def resume(work: Work, ward: Ward, number: int, by: Person) -> Schedule:
    """From now on; what fell into the pause is not made up for."""
    schedule = own_schedule(work, ward, number, by)
    return changed(work, schedule, by, "schedule.resumed", paused=False, checked_at=max(work.now, schedule.checked_at))


def skip(
    work: Work, ward: Ward, number: int, by: Person, at: float, holidays: Sequence[Holiday], zone: ZoneInfo
) -> Schedule:
    """The next time is left out, if it is `at`: of two who press at once, the second does not skip one more."""
    schedule = own_schedule(work, ward, number, by)
    if schedule.rule.every is Every.ONCE:
        raise Refused("schedule.skip_once")
    if coming(work, schedule, holidays, zone)[:1] != [at]:
        raise Refused("schedule.skipped_already")
    return changed(work, schedule, by, "schedule.skipped_next", checked_at=at)


def set_silent(work: Work, ward: Ward, number: int, by: Person, *, silent: bool) -> Schedule:
    """Silent on holidays, or not."""
    schedule = own_schedule(work, ward, number, by)
    return changed(work, schedule, by, "schedule.holidays", skips_holidays=silent)


def move(
    work: Work, ward: Ward, number: int, by: Person, rule: Rule, late_hours: float | None, zone: ZoneInfo
) -> Schedule:
    """By another rule from now on."""
    schedule = own_schedule(work, ward, number, by)
    if next_fire(rule, work.now, zone) is None:
        raise Refused("schedule.past_again")
    late = schedule.late_hours if late_hours is None else late_hours
    return changed(work, schedule, by, "schedule.moved", rule=rule, late_hours=late, checked_at=work.now)


def changed(work: Work, schedule: Schedule, by: Person, act: str, **columns: object) -> Schedule:
    """Change it and write down who did; the schedule as it is then."""
    change_schedule(work, schedule.id, **columns)
    audit(work, schedule.ward_id, by, act, str(schedule.id))
    found = find_schedule(work, schedule.id)
    if found is None:
        raise LookupError(f"schedule {schedule.id}")
    return found
