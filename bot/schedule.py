"""The clock: APScheduler only ever stores an event, so a schedule is as durable and idempotent as a message.

APScheduler 3 forgets its jobs at exit and drops what is over a second late. So jobs are built from the schedule table,
at the start and whenever it changes, nothing counts as a misfire, and what was missed is enumerated from the table.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.intake import Intake
from bot.domain.calendar import Rule, fires_between, next_fire
from bot.errors import NotStored
from bot.messages import Chat, ChatKind, EventKind, Incoming
from data.engine import Database
from data.schedules import Plan, active_plans

log = logging.getLogger(__name__)
READ_AGAIN = 2.0  # seconds; what was missed between two readings is found by the second
PLATFORM = "clock"


class RuleTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """A rule of this house as APScheduler asks for it."""

    __slots__ = ("rule", "zone")

    def __init__(self, rule: Rule, zone: ZoneInfo) -> None:
        self.rule = rule
        self.zone = zone

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The rule's next moment after the last one, or after now."""
        at = next_fire(self.rule, (previous or now).timestamp(), self.zone)
        return None if at is None else datetime.fromtimestamp(at, UTC)


class Schedule:
    """Runs while this process holds the lease; built once, begun anew for each term."""

    def __init__(
        self, database: Database, zone: ZoneInfo, read_again: float = READ_AGAIN, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._zone = zone
        self._read_again = read_again
        self._clock = clock
        self._plans: Sequence[Plan] | None = None

    async def run(self, intake: Intake) -> None:
        """Store an event at each moment of each schedule, for ever."""
        scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        scheduler.start()
        self._plans = None
        try:
            while True:
                await self._follow(scheduler, intake)
                await asyncio.sleep(self._read_again)
        finally:
            scheduler.shutdown(wait=False)

    async def _follow(self, scheduler: AsyncIOScheduler, intake: Intake) -> None:
        """Build the jobs anew where the table has changed."""
        try:
            plans = await self._database.write(active_plans)
        except SQLAlchemyError as error:
            log.error("the schedules cannot be read (%s); trying again", type(error).__name__)  # noqa: TRY400
            return
        if plans == self._plans:
            return
        self._plans = plans
        scheduler.remove_all_jobs()
        for plan in plans:
            scheduler.add_job(self._store_due, RuleTrigger(plan.rule, self._zone), [plan, intake])
            await self._store_due(plan, intake)  # after the job is there, so that no moment falls between the two

    async def _store_due(self, plan: Plan, intake: Intake) -> None:
        """Store the newest moment that has come and was not dealt with: its handler sees to the older ones."""
        due = fires_between(plan.rule, plan.checked_at, self._clock(), self._zone)
        if not due:
            return
        try:
            await intake.store([event_for(plan, due[-1])])
        except NotStored:
            self._plans = None  # read and enumerated again


def event_for(plan: Plan, at: float) -> Incoming:
    """A moment of a schedule as an event: its id names the schedule and the moment, so that twice is once."""
    subject = f"schedule:{plan.id}"
    chat = Chat(PLATFORM, subject, ChatKind.GROUP)
    return Incoming(PLATFORM, f"{subject}@{at:.0f}", EventKind.CLOCK, chat, data=f"{subject}:{at:.0f}", at=at)
