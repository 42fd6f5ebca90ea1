"""Terms in working days. Public holidays are not known here: a term that falls on one is too short, never too long."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def after_workdays(at: float, days: int, zone: ZoneInfo) -> float:
    """The same time of day so many working days (Monday to Friday) later."""
    moment = datetime.fromtimestamp(at, UTC).astimezone(zone)
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() < SATURDAY
    return moment.timestamp()
