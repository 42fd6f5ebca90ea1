"""A schedule through its life: looked at whenever, off for weeks, skipped, moved. Each moment fires exactly once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Every, Rule, find_due, fires_between, next_fire
from tests.domain.test_calendar import RECURRING, ZONES

DAY = 86400.0
BERLIN, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
STARTS = st.floats(datetime(2000, 1, 1, tzinfo=UTC).timestamp(), datetime(2090, 1, 1, tzinfo=UTC).timestamp())
PAUSES = st.lists(st.floats(1, 45 * DAY), min_size=1, max_size=20)


@given(RECURRING, STARTS, PAUSES, st.floats(0, 1000), ZONES)
def test_each_moment_is_fired_or_told_of_exactly_once(
    rule: Rule, start: float, pauses: list[float], late: float, zone: ZoneInfo
) -> None:
    checked, now, fired, older = start, start, Counter[float](), 0
    for pause in pauses:
        now += pause
        if due := find_due(rule, checked, now, late, zone):
            fired[due.at] += 1
            older += due.older
            checked = due.at
    every = fires_between(rule, start, now, zone)
    assert all(count == 1 for count in fired.values())
    assert set(fired) <= set(every)
    assert len(fired) + older == len(every)


@given(RECURRING, STARTS, ZONES)
def test_looked_at_in_time_every_moment_fires_itself(rule: Rule, start: float, zone: ZoneInfo) -> None:
    checked, fired = start, []
    for _ in range(6):
        at = next_fire(rule, checked, zone)
        assert at is not None
        due = find_due(rule, checked, at + 30, 2, zone)
        assert due is not None
        assert (due.at, due.older, due.too_late) == (at, 0, False)
        fired.append(due.at)
        checked = due.at
    assert fired == sorted(set(fired))


@given(RECURRING, STARTS, ZONES)
def test_skipping_the_next_leaves_every_later_one(rule: Rule, now: float, zone: ZoneInfo) -> None:
    skipped = next_fire(rule, now, zone)
    assert skipped is not None
    following = next_fire(rule, skipped, zone)
    assert find_due(rule, skipped, skipped + 1, 2, zone) is None
    due = find_due(rule, skipped, following or 0, 2, zone)
    assert due is not None
    assert (due.at, due.older) == (following, 0)


@given(RECURRING, RECURRING, STARTS, st.floats(0, 90 * DAY), ZONES)
def test_moved_nothing_of_the_past_is_due(old: Rule, new: Rule, start: float, length: float, zone: ZoneInfo) -> None:
    assert fires_between(old, start, start + length, zone) is not None
    moved_at = start + length
    assert find_due(new, moved_at, moved_at, 1e6, zone) is None
    due = find_due(new, moved_at, moved_at + 40 * DAY, 1e6, zone)
    assert due is None or due.at > moved_at


@pytest.mark.parametrize(("zone", "changes"), [(BERLIN, (3, 10)), (LORD_HOWE, (4, 10))])
def test_through_both_clock_changes_a_daily_hour_comes_once_a_week_each_weekday(
    zone: ZoneInfo, changes: tuple[int, int]
) -> None:
    start = datetime(2027, 1, 1, tzinfo=zone)
    for weekday in range(7):
        fires = fires_between(
            Rule(Every.WEEK, 2, 15, weekday=weekday), start.timestamp(), start.timestamp() + 364 * DAY, zone
        )
        days = [datetime.fromtimestamp(at, zone).date() for at in fires]
        assert len(days) == len(set(days)) == 52
        assert {after - before for before, after in pairwise(days)} == {timedelta(days=7)}
        assert {day.month for day in days} >= set(changes)


def test_across_month_ends_and_leap_days() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    start = datetime(2027, 12, 31, 9, tzinfo=zone).timestamp()
    rule = Rule(Every.MONTH_DAY, 8, day=31)
    days = [
        datetime.fromtimestamp(at, zone).date().isoformat() for at in fires_between(rule, start, start + 95 * DAY, zone)
    ]
    assert days == ["2028-01-31", "2028-02-29", "2028-03-31"]


def test_the_edge_of_lateness() -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    rule, at = Rule(Every.WEEK, 8, weekday=3), datetime(2026, 11, 26, 8, tzinfo=zone).timestamp()
    for seconds, too_late in ((0, False), (7200, False), (7201, True)):
        due = find_due(rule, at - 60, at + seconds, 2.0, zone)
        assert due is not None
        assert due.too_late is too_late
