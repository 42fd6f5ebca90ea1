"""To whom a broadcast goes, and when a ward is not woken."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.broadcasting import Manner, quiet_until

HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
HOURS = st.integers(0, 23)
MOMENTS = st.floats(0, datetime(2100, 1, 1, tzinfo=UTC).timestamp())


def at(*parts: int, zone: ZoneInfo = HANOI) -> float:
    return datetime(*parts, tzinfo=zone).timestamp()


def test_it_goes_to_all_unless_somebody_is_named() -> None:
    assert Manner(pinned=True, lasts=1.0).reaches(1, "telegram", None)
    assert not Manner(groups=(2,)).reaches(1, "telegram", None)


def test_whatever_is_named_is_added_together() -> None:
    manner = Manner(areas=("Chợ",), platforms=("zalo_bot",), groups=(7,))
    assert manner.reaches(7, "telegram", None)
    assert manner.reaches(1, "zalo_bot", None)
    assert manner.reaches(1, "telegram", "Chợ")
    assert not manner.reaches(1, "telegram", "Bờ sông")


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(2026, 11, 26, 21, 59), None),
        (at(2026, 11, 26, 22), at(2026, 11, 27, 6)),
        (at(2026, 11, 27, 0, 30), at(2026, 11, 27, 6)),
        (at(2026, 11, 27, 5, 59), at(2026, 11, 27, 6)),
        (at(2026, 11, 27, 6), None),
        (at(2026, 12, 31, 23), at(2027, 1, 1, 6)),
        (at(2028, 2, 29, 22), at(2028, 3, 1, 6)),
    ],
)
def test_the_night_ends_in_the_morning(now: float, until: float | None) -> None:
    assert quiet_until(now, 22, 6, HANOI) == until


def test_hours_within_a_day_are_quiet_too() -> None:
    assert quiet_until(at(2026, 11, 26, 13), 12, 14, HANOI) == at(2026, 11, 26, 14)
    assert quiet_until(at(2026, 11, 26, 14), 12, 14, HANOI) is None


def test_the_night_of_a_clock_change_ends_by_the_clock_on_the_wall() -> None:
    assert quiet_until(at(2027, 3, 27, 23, zone=BERLIN), 22, 6, BERLIN) == at(2027, 3, 28, 6, zone=BERLIN)


@given(MOMENTS, HOURS)
def test_without_hours_nothing_is_quiet(now: float, hour: int) -> None:
    assert quiet_until(now, hour, hour, HANOI) is None


@given(MOMENTS, HOURS, HOURS, st.sampled_from([HANOI, BERLIN]))
def test_what_waits_never_waits_again(now: float, begins: int, ends: int, zone: ZoneInfo) -> None:
    until = quiet_until(now, begins, ends, zone)
    if until is not None:
        assert now < until <= now + timedelta(hours=26).total_seconds()
        assert quiet_until(until, begins, ends, zone) is None
