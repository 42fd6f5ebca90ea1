"""When things recur. Properties over random rules, and the days that calendars are got wrong on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import LAST, Every, Rule, find_due, fires_between, next_fire, nth_weekday, week_number

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = st.sampled_from(
    [HANOI, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]
)
MOMENTS = st.floats(0, datetime(2100, 1, 1, tzinfo=UTC).timestamp())
DAYS = st.dates(date(1970, 1, 3), date(2099, 12, 31))
RULES = st.builds(
    Rule,
    st.sampled_from(Every),
    st.integers(0, 23),
    st.integers(0, 59),
    DAYS,
    st.integers(0, 6),
    st.integers(1, 31),
    st.sampled_from([1, 2, 3, 4, LAST]),
)
RECURRING = RULES.filter(lambda rule: rule.every is not Every.ONCE)


def local(at: float, zone: ZoneInfo = HANOI) -> datetime:
    return datetime.fromtimestamp(at, zone)


def moment(*parts: int) -> float:
    return datetime(*parts, tzinfo=HANOI).timestamp()


@given(RULES, MOMENTS, ZONES)
def test_the_next_moment_is_later(rule: Rule, now: float, zone: ZoneInfo) -> None:
    at = next_fire(rule, now, zone)
    assert at is None or at > now
    assert at is not None or rule.every is Every.ONCE


@given(RECURRING, MOMENTS)
def test_it_falls_on_the_day_and_hour_asked_for(rule: Rule, now: float) -> None:
    at = next_fire(rule, now, HANOI)
    assert at is not None
    when = local(at)
    if at > moment(1976, 1, 1):  # Sài Gòn changed its clocks in 1975
        assert (when.hour, when.minute) == (rule.hour, rule.minute)
    match rule.every:
        case Every.WEEK:
            assert when.weekday() == rule.weekday
        case Every.MONTH_DAY:
            assert when.day == rule.day or (when + timedelta(days=1)).day == 1
        case Every.MONTH_WEEKDAY:
            assert when.weekday() == rule.weekday
            last = (when + timedelta(days=7)).month != when.month
            assert last if rule.nth == LAST else (when.day + 6) // 7 == rule.nth


@given(RULES, MOMENTS, st.floats(0, 400 * 86400), ZONES)
def test_enumerating_is_stepping(rule: Rule, start: float, length: float, zone: ZoneInfo) -> None:
    stepped, at = [], next_fire(rule, start, zone)
    while at is not None and at <= start + length:
        stepped.append(at)
        at = next_fire(rule, at, zone)
    assert fires_between(rule, start, start + length, zone) == stepped


@given(RULES, MOMENTS, st.floats(0, 40 * 86400), st.floats(0, 40 * 86400))
def test_a_split_span_has_the_same_moments(rule: Rule, start: float, first: float, second: float) -> None:
    middle, end = start + first, start + first + second
    halves = fires_between(rule, start, middle, HANOI) + fires_between(rule, middle, end, HANOI)
    assert halves == fires_between(rule, start, end, HANOI)


@given(RECURRING, MOMENTS, st.floats(0, 100 * 86400), st.floats(0, 48))
def test_only_the_newest_is_due(rule: Rule, start: float, length: float, late: float) -> None:
    now = start + length
    fires, due = fires_between(rule, start, now, HANOI), find_due(rule, start, now, late, HANOI)
    assert (due is None) == (not fires)
    if due:
        assert (due.at, due.older) == (fires[-1], len(fires) - 1)
        assert due.too_late == (now - due.at > late * 3600)


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    fires = fires_between(Rule(Every.MONTH_DAY, 8, day=31), moment(2027, 1, 1), moment(2027, 5, 1), HANOI)
    assert [local(at).date().isoformat() for at in fires] == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]


def test_the_29th_in_a_leap_year() -> None:
    at = next_fire(Rule(Every.MONTH_DAY, 8, day=29), moment(2028, 2, 1), HANOI)
    assert at == moment(2028, 2, 29, 8)


@pytest.mark.parametrize(("nth", "day"), [(1, 2), (2, 9), (4, 23), (LAST, 30)])
def test_the_mondays_of_a_month(nth: int, day: int) -> None:
    assert nth_weekday(2026, 11, 0, nth) == date(2026, 11, day)


def test_a_moment_that_has_come_is_not_next() -> None:
    rule = Rule(Every.WEEK, 8, weekday=3)
    at = moment(2026, 11, 26, 8)
    assert next_fire(rule, at - 1, HANOI) == at
    assert next_fire(rule, at, HANOI) == at + 7 * 86400


def test_an_hour_that_the_clock_change_leaves_out_still_happens() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2027, 3, 27, 12, tzinfo=berlin).timestamp()
    at = next_fire(Rule(Every.WEEK, 2, 30, weekday=6), start, berlin)
    assert at is not None
    assert local(at, berlin) == datetime(2027, 3, 28, 3, 30, tzinfo=berlin)


def test_an_hour_that_comes_twice_happens_once() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 24, 12, tzinfo=berlin).timestamp()
    assert len(fires_between(Rule(Every.WEEK, 2, 30, weekday=6), start, start + 86400, berlin)) == 1


def test_the_week_changes_on_monday() -> None:
    sunday, monday = moment(2026, 11, 22, 23, 59), moment(2026, 11, 23)
    assert week_number(monday, HANOI) == week_number(sunday, HANOI) + 1
    assert week_number(monday, HANOI) == week_number(moment(2026, 11, 29, 23, 59), HANOI)
