"""Who may still use what is left of a month. Properties over random quotas, and the free plan's own figures."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotas import Level, admits, ceiling, level, month_level, month_of, stopped
from bot.messages import Priority

PRIORITIES = st.sampled_from(Priority)
ALLOWED = st.integers(0, 100_000)
USED = st.integers(0, 120_000)
COST = st.integers(0, 50)
MOMENTS = st.floats(0, datetime(2100, 1, 1, tzinfo=UTC).timestamp())
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@given(PRIORITIES, PRIORITIES, USED, COST, ALLOWED)
def test_what_is_admitted_for_a_lower_priority_is_admitted_for_a_higher(
    one: Priority, other: Priority, used: int, cost: int, allowed: int
) -> None:
    higher, lower = min(one, other), max(one, other)
    assert admits(higher, used, cost, allowed) or not admits(lower, used, cost, allowed)


@given(PRIORITIES, USED, USED, COST, COST, ALLOWED)
def test_what_goes_late_and_dear_would_have_gone_early_and_cheap(
    priority: Priority, used: int, more: int, cost: int, dearer: int, allowed: int
) -> None:
    late = admits(priority, max(used, more), max(cost, dearer), allowed)
    assert admits(priority, min(used, more), min(cost, dearer), allowed) or not late


@given(PRIORITIES, USED, COST)
def test_without_a_quota_everything_goes(priority: Priority, used: int, cost: int) -> None:
    assert admits(priority, used, cost, 0)
    assert not stopped(used, 0)
    assert month_level(used, 0) is Level.NONE


@given(PRIORITIES, USED, ALLOWED)
def test_what_is_no_message_always_goes(priority: Priority, used: int, allowed: int) -> None:
    assert admits(priority, used, 0, allowed)


@given(USED, COST, ALLOWED)
def test_an_emergency_is_tried_even_past_the_end(used: int, cost: int, allowed: int) -> None:
    assert admits(Priority.EMERGENCY, used, cost, allowed)


@given(USED, st.integers(1, 50), st.integers(1, 100_000))
def test_an_answer_goes_to_the_very_last_message_and_no_further(used: int, cost: int, allowed: int) -> None:
    assert admits(Priority.ANSWER, used, cost, allowed) == (used + cost <= allowed)


@given(st.integers(1, 100_000))
def test_broadcasts_leave_a_tenth_and_relays_a_twenty_fifth(allowed: int) -> None:
    assert (allowed - ceiling(Priority.BROADCAST, allowed)) * 100 >= allowed * 10
    assert (allowed - ceiling(Priority.RELAY, allowed)) * 100 >= allowed * 4


@given(USED, USED, ALLOWED)
def test_levels_only_rise_with_use(used: int, more: int, allowed: int) -> None:
    for of in (level, month_level):
        assert of(min(used, more), allowed) <= of(max(used, more), allowed)


@given(st.integers(1, 120_000), st.integers(1, 100_000))
def test_the_warning_of_broadcasts_comes_with_their_stop_and_not_before(used: int, allowed: int) -> None:
    assert (month_level(used, allowed) >= Level.BROADCASTS) == (Priority.BROADCAST in stopped(used, allowed))


@pytest.mark.parametrize(
    ("used", "found", "stops"),
    [
        (0, Level.NONE, ()),
        (2399, Level.NONE, ()),
        (2400, Level.NEAR, ()),
        (2699, Level.NEAR, ()),
        (2700, Level.BROADCASTS, (Priority.BROADCAST,)),
        (2880, Level.BROADCASTS, (Priority.RELAY, Priority.BROADCAST)),
        (2999, Level.BROADCASTS, (Priority.RELAY, Priority.BROADCAST)),
        (3000, Level.END, (Priority.ANSWER, Priority.RELAY, Priority.BROADCAST)),
        (3001, Level.END, (Priority.ANSWER, Priority.RELAY, Priority.BROADCAST)),
    ],
)
def test_the_free_plan(used: int, found: Level, stops: tuple[Priority, ...]) -> None:
    assert month_level(used, 3000) is found
    assert stopped(used, 3000) == stops


def test_people_and_groups_are_warned_of_at_four_fifths_and_at_the_end() -> None:
    assert [level(people, 50) for people in (39, 40, 49, 50, 51)] == [0, 1, 1, 3, 3]
    assert [level(groups, 3) for groups in (0, 1, 2, 3)] == [0, 0, 0, 3]


def test_a_month_begins_at_midnight_where_the_ward_is() -> None:
    before, after = datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
    assert month_of(before.timestamp(), HANOI) == "2026-10"
    assert month_of(after.timestamp(), HANOI) == "2026-11"


@given(MOMENTS, MOMENTS)
def test_a_later_month_sorts_after_an_earlier_one(one: float, other: float) -> None:
    assert month_of(min(one, other), HANOI) <= month_of(max(one, other), HANOI)
