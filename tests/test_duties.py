"""Shifts as the service keeps them: one officer at a time, wards apart, rights asked, forgotten on request."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.rosters import DAY, EVERY_DAY, Shifts
from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services import duties, rosters
from data import tables as t
from data.chiefs import note_private
from data.duties import forget_duties
from data.engine import Database
from data.people import give_role
from data.places import Ward
from data.unit_of_work import Work
from tests.two_wards import OTHER, WARD, kept_two_wards

DUNG, GIANG = Person("telegram", "1", "Dũng"), Person("telegram", "2", "Giang")
IN = Standing.MEMBER
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, tzinfo=HANOI).timestamp()


class Clock:
    now = 1000.0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    Clock.now = 1000.0
    async with kept_two_wards(tmp_path, lambda: Clock.now) as base:
        yield base


def name_on(work: Work, ward: Ward = WARD) -> str:
    duty = duties.on_duty(work, ward.id, HANOI)
    return duty.name if duty else ""


async def test_one_officer_at_a_time_and_no_other_wards(database: Database) -> None:
    await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 24))
    assert await database.write(name_on) == "Dũng"
    await database.write(lambda work: duties.take(work, WARD, GIANG, IN, 2))
    assert await database.write(name_on) == "Giang"
    assert await database.write(lambda work: name_on(work, OTHER)) == ""


async def test_a_shift_ends_by_itself_and_says_so_once_it_has(database: Database) -> None:
    duty = await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 1))
    until = int(duty.until)
    assert await database.write(lambda work: duties.ended_by_itself(work, 1, until)) is None
    Clock.now = duty.until
    assert await database.write(name_on) == ""
    assert await database.write(lambda work: duties.ended_by_itself(work, 1, until)) is not None
    await database.write(lambda work: duties.take(work, WARD, GIANG, IN, 1))
    assert await database.write(lambda work: duties.ended_by_itself(work, 1, until)) is None


async def test_nobody_from_outside_or_barred_is_on_duty(database: Database) -> None:
    with pytest.raises(Refused, match="only_officer"):
        await database.write(lambda work: duties.take(work, WARD, DUNG, Standing.OUTSIDE, 1))
    await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 1))
    await database.write(lambda work: give_role(work, WARD.id, DUNG, "barred"))
    assert await database.write(name_on) == ""


async def test_whether_somebody_can_be_written_to_is_known_from_shift_to_shift(database: Database) -> None:
    assert (await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 1))).private_at is None
    await database.write(lambda work: note_private(work, DUNG))
    await database.write(lambda work: duties.take(work, WARD, GIANG, IN, 1))
    assert (await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 1))).private_at == 1000.0


async def test_past_shifts_are_forgotten_on_request_and_nothing_is_readable_meanwhile(database: Database) -> None:
    await database.write(lambda work: duties.take(work, WARD, DUNG, IN, 1))
    (row,) = await database.write(lambda work: work.all(t.duties.select()))
    assert not [value for value in row if "Dũng" in str(value) or str(value) == "telegram:1"]
    await database.write(lambda work: forget_duties(work, DUNG))
    assert await database.write(name_on) == "Dũng"
    Clock.now += 7200
    await database.write(lambda work: forget_duties(work, DUNG))
    assert not await database.write(lambda work: work.all(t.duties.select()))


# --- the week's roster


def planned(work: Work, officer: Person, start: int, days: frozenset[int] = EVERY_DAY) -> None:
    """Giang, a chief, gives twelve hours from this one on to an officer."""
    give_role(work, WARD.id, GIANG, "chief")
    rosters.give(work, WARD, GIANG, IN, Shifts(days, start * 60, DAY // 2), officer)


async def test_the_roster_names_who_is_on_where_nobody_took_a_shift(database: Database) -> None:
    await database.write(lambda work: planned(work, DUNG, 7))
    await database.write(lambda work: planned(work, GIANG, 19))
    for hour, name in ((6, "Giang"), (7, "Dũng"), (18.99, "Dũng"), (19, "Giang"), (7 * 24, "Giang")):
        Clock.now = MONDAY + hour * 3600
        assert await database.write(name_on) == name
    Clock.now = MONDAY + 8 * 3600
    duty = await database.write(lambda work: duties.on_duty(work, WARD.id, HANOI))
    assert duty is not None
    assert (duty.since, duty.until, duty.planned) == (MONDAY + 7 * 3600, MONDAY + 19 * 3600, True)
    assert await database.write(lambda work: name_on(work, OTHER)) == ""
    await database.write(lambda work: duties.take(work, WARD, GIANG, IN, 1))
    assert await database.write(name_on) == "Giang"
    Clock.now += 3600
    assert await database.write(name_on) == "Dũng"
    Clock.now = MONDAY + 8 * 3600
    london = await database.write(lambda work: duties.on_duty(work, WARD.id, ZoneInfo("Europe/London")))
    assert london is not None
    assert london.name == "Giang"  # it is one in the morning there


async def test_only_chiefs_plan_and_nobody_barred_is_planned_or_called(database: Database) -> None:
    shifts = Shifts(EVERY_DAY, 0, DAY)
    with pytest.raises(Refused, match="only_chief"):
        await database.write(lambda work: rosters.give(work, WARD, DUNG, IN, shifts, DUNG))
    with pytest.raises(Refused, match="only_officer"):
        await database.write(lambda work: rosters.week(work, WARD, DUNG, Standing.OUTSIDE))
    await database.write(lambda work: planned(work, DUNG, 0))
    await database.write(lambda work: give_role(work, WARD.id, DUNG, "barred"))
    Clock.now = MONDAY + 3600
    assert await database.write(name_on) == ""
    with pytest.raises(Refused, match="barred"):
        await database.write(lambda work: rosters.give(work, WARD, GIANG, IN, shifts, DUNG))


async def test_whether_the_bot_may_write_is_known_of_planned_officers_too(database: Database) -> None:
    await database.write(lambda work: planned(work, DUNG, 7))
    await database.write(lambda work: note_private(work, DUNG))
    Clock.now = MONDAY + 8 * 3600
    await database.write(lambda work: planned(work, DUNG, 7, frozenset({0})))
    duty = await database.write(lambda work: duties.on_duty(work, WARD.id, HANOI))
    assert duty is not None
    assert duty.private_at == 1000.0


async def test_whoever_goes_drops_out_and_nothing_of_a_roster_is_readable(database: Database) -> None:
    await database.write(lambda work: planned(work, DUNG, 7))
    await database.write(lambda work: planned(work, GIANG, 19))
    rows = await database.write(lambda work: work.all(t.rosters.select()))
    assert not [value for row in rows for value in row if "Dũng" in str(value) or str(value) == "telegram:1"]
    assert await database.write(lambda work: rosters.drop_officer(work, WARD, DUNG)) == ("Dũng", 7)
    assert await database.write(lambda work: rosters.drop_officer(work, WARD, DUNG)) == ("", 0)
    assert len(await database.write(lambda work: work.all(t.rosters.select()))) == 7
