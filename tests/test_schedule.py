"""The clock stores an event at each moment: once, also those that came while nobody ran."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import select

from bot import schedule
from bot.delivery.intake import Intake
from bot.domain.calendar import Every, Rule
from bot.errors import NotStored
from bot.messages import Outgoing
from bot.schedule import RuleTrigger, Schedule
from bot.sealing import Seal
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.people import RoleHolder
from data.schedules import add_schedule, change_schedule
from data.unit_of_work import Work

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = Rule(Every.WEEK, 19, weekday=4)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database."""
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    opened = Database(url, Seal([b"k" * 32]))
    yield opened
    await opened.close()


def plan(work: Work, checked_at: float, rule: Rule = FRIDAY) -> int:
    """A schedule that was last looked at then."""
    work.run(t.wards.insert().prefix_with("OR IGNORE").values(id=1, name="Hoa Sữa", desk="telegram:-1", created_at=0))
    number = add_schedule(work, 1, "text", Outgoing(html="x"), rule, 2.0, "key", RoleHolder("", ""), None)
    change_schedule(work, number, checked_at=checked_at)
    return number


async def events(database: Database) -> list[str]:
    """What was stored, oldest first."""
    query = select(t.inbox.c.event_id).order_by(t.inbox.c.id)
    return await database.write(lambda work: [row.event_id for row in work.all(query)])


async def runs(clock: Schedule, intake: Intake, seconds: float) -> None:
    """One term of the lease, so long."""
    task = asyncio.create_task(clock.run(intake))
    await asyncio.sleep(seconds)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def every_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that fire each second."""
    monkeypatch.setattr(schedule, "next_fire", lambda _rule, after, _zone: float(int(after) + 1))
    monkeypatch.setattr(
        schedule,
        "fires_between",
        lambda _rule, after, until, _zone: [float(at) for at in range(int(after) + 1, int(until) + 1)],
    )


def test_apscheduler_asks_the_same_rule() -> None:
    trigger = RuleTrigger(FRIDAY, HANOI)
    first = trigger.get_next_fire_time(None, datetime(2026, 11, 23, tzinfo=UTC))
    assert first == datetime(2026, 11, 27, 19, tzinfo=HANOI)
    assert trigger.get_next_fire_time(first, datetime(2027, 1, 1, tzinfo=UTC)) == datetime(
        2026, 12, 4, 19, tzinfo=HANOI
    )
    assert RuleTrigger(Rule(Every.ONCE, 0), HANOI).get_next_fire_time(None, datetime.now(UTC)) is None


async def test_each_moment_becomes_one_event(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    every_second(monkeypatch)
    await database.write(lambda work: plan(work, time.time()))
    await runs(Schedule(database, HANOI, read_again=0.05), Intake(database, lambda: None), 2.3)
    stored = await events(database)
    assert 2 <= len(stored) <= 3
    assert len(set(stored)) == len(stored)
    assert all(name.startswith("schedule:1@") for name in stored)


async def test_what_was_missed_is_found_at_the_start_the_newest_only(database: Database) -> None:
    missed = datetime(2026, 11, 20, 19, tzinfo=HANOI).timestamp()
    await database.write(lambda work: plan(work, missed - 30 * 86400))
    clock = Schedule(database, HANOI, clock=lambda: missed + 3600)
    await runs(clock, Intake(database, lambda: None), 0.2)
    assert await events(database) == [f"schedule:1@{missed:.0f}"]
    await runs(clock, Intake(database, lambda: None), 0.2)  # the next term, before its handler came to it
    assert await events(database) == [f"schedule:1@{missed:.0f}"]


async def test_a_schedule_made_while_it_runs_is_followed(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    every_second(monkeypatch)
    clock = Schedule(database, HANOI, read_again=0.05)
    running = asyncio.create_task(runs(clock, Intake(database, lambda: None), 2.0))
    await asyncio.sleep(0.2)
    number = await database.write(lambda work: plan(work, time.time()))
    await asyncio.sleep(1.2)
    assert await events(database)
    await database.write(lambda work: change_schedule(work, number, active=False))
    await asyncio.sleep(0.2)
    stopped = await events(database)
    await running
    assert await events(database) == stopped


async def test_what_could_not_be_stored_is_tried_again(database: Database) -> None:
    missed = datetime(2026, 11, 20, 19, tzinfo=HANOI).timestamp()
    await database.write(lambda work: plan(work, missed - 86400))
    intake = Intake(database, lambda: None)
    store, failures = intake.store, [NotStored("full")]

    async def failing(found: list) -> None:
        if failures:
            raise failures.pop()
        await store(found)

    intake.store = failing  # type: ignore[method-assign]
    await runs(Schedule(database, HANOI, read_again=0.05, clock=lambda: missed + 60), intake, 0.4)
    assert len(await events(database)) == 1


async def test_nothing_counts_as_a_misfire(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[AsyncIOScheduler] = []
    real = schedule.AsyncIOScheduler
    monkeypatch.setattr(schedule, "AsyncIOScheduler", lambda **options: made.append(real(**options)) or made[-1])
    await database.write(lambda work: plan(work, time.time()))
    running = asyncio.create_task(runs(Schedule(database, HANOI), Intake(database, lambda: None), 0.3))
    await asyncio.sleep(0.15)
    (job,) = made[0].get_jobs()
    assert job.misfire_grace_time is None
    assert job.next_run_time > datetime.now(UTC)
    await running
