"""A week's shifts: as they are typed, put over each other, and found again by the clock on the wall."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rosters import DAY, EVERY_DAY, WEEK, Shifts, Slot, began, coming, minute_of, put, read_line, slot_at
from bot.domain.vietnamese import fold

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
H = 60
WEEKDAYS = frozenset(range(5))
TYPED = [
    ("t2 7h-19h", {0}, 7 * H, 12 * H, ""),
    ("thứ hai 7h – 19h Dũng", {0}, 7 * H, 12 * H, "dung"),
    ("T2-T6 07:00-19:00 Nguyễn Văn Dũng", WEEKDAYS, 7 * H, 12 * H, "nguyen van dung"),
    ("thứ 2 đến thứ 6, 7h30 tới 17h cho Dũng", WEEKDAYS, 7 * H + 30, 10 * H - 30, "dung"),
    ("từ thứ hai tới thứ sáu từ 7 giờ sáng đến 7 giờ tối", WEEKDAYS, 7 * H, 12 * H, ""),
    ("thứ 2,4,6 7-19h", {0, 2, 4}, 7 * H, 12 * H, ""),
    ("t3 và t5 8h-8h", {1, 3}, 8 * H, DAY, ""),
    ("cn cả ngày Giang", {6}, 0, DAY, "giang"),
    ("chủ nhật 0h-24h", {6}, 0, DAY, ""),
    ("cuối tuần 24/24", {5, 6}, 0, DAY, ""),
    ("t7-t2 19h đến 7h hôm sau", {5, 6, 0}, 19 * H, 12 * H, ""),
    ("hằng ngày 19h đến 7h @dung", EVERY_DAY, 19 * H, 12 * H, "@dung"),
    ("7h tối tới 7h sáng mỗi ngày", EVERY_DAY, 19 * H, 12 * H, ""),
    ("cả tuần 12h-24h", EVERY_DAY, 12 * H, 12 * H, ""),
]
UNCLEAR = [
    "",
    "t2",
    "7h-19h",
    "t2 7h",
    "t2 7-19",
    "2-6 7h-19h",
    "t2-4-6 7h-19h",
    "t8 7h-19h",
    "t2 25h-3h",
    "t2 7h60-8h",
    "t2 24h-7h",
    "t2 7h-11h 13h-17h",
    "hằng ngày trừ cn 7h-19h",
    "t2 7h-19h " * 20,
]


@pytest.mark.parametrize(("typed", "days", "start", "length", "who"), TYPED)
@pytest.mark.parametrize("spelled", [str, fold, str.upper])
def test_a_line_as_it_is_typed(typed: str, days: set[int], start: int, length: int, who: str, spelled: type) -> None:
    line = read_line(spelled(typed))
    assert line is not None
    assert (line.shifts, line.who) == (Shifts(frozenset(days), start, length), who)


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_unclear_is_not_guessed(typed: str) -> None:
    assert read_line(typed) is None


MATERIAL = (
    "t2 t7 thứ hai cn 2 3 8 , - – đến tới toi và 7h 19h 7:30 24h 99h giờ sáng cả ngày hằng cuối tuần bỏ Dũng ٣h ｔ２"
)
PIECES = st.lists(st.sampled_from(MATERIAL.split(" ")), max_size=12).map(" ".join)


@given(st.one_of(st.text(), PIECES))
def test_nothing_typed_breaks_it_and_what_is_read_is_a_shift(typed: str) -> None:
    if line := read_line(typed):
        assert line.shifts.days <= EVERY_DAY
        assert line.shifts.days
        assert 0 <= line.shifts.start < DAY
        assert 0 < line.shifts.length <= DAY


SHIFTS = st.builds(Shifts, st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, DAY - 1), st.integers(1, DAY))
PUTS = st.lists(st.tuples(SHIFTS, st.sampled_from(["a", "b", ""])), max_size=5)


def who_at(week: list[Slot], minute: int) -> str:
    found = slot_at(week, minute)
    return found.who if found else ""


def covers(shifts: Shifts, minute: int) -> bool:
    return any((minute - day * DAY - shifts.start) % WEEK < shifts.length for day in shifts.days)


@given(PUTS, st.integers(0, WEEK - 1))
def test_at_any_minute_the_newest_shift_over_it_counts(puts: list[tuple[Shifts, str]], minute: int) -> None:
    week: list[Slot] = []
    expected = ""
    for shifts, who in puts:
        week = put(week, shifts.slots(who))
        expected = who if covers(shifts, minute) else expected
        assert who_at(week, minute) == expected


@given(PUTS)
def test_no_two_shifts_of_a_week_overlap(puts: list[tuple[Shifts, str]]) -> None:
    week: list[Slot] = []
    for shifts, who in puts:
        week = put(week, shifts.slots(who))
    assert sum(slot.length for slot in week) <= WEEK
    assert len({slot.start for slot in week}) == len(week)
    assert all(0 <= slot.start < WEEK and slot.length > 0 and slot.who for slot in week)


def test_a_night_runs_from_sunday_into_monday() -> None:
    week = put([], Shifts(EVERY_DAY, 19 * H, 12 * H).slots("a"))
    monday = datetime(2026, 11, 23, 2, 30, 59, tzinfo=HANOI)
    found = slot_at(week, minute_of(monday))
    assert found is not None
    assert began(found, monday) == datetime(2026, 11, 22, 19, 0, tzinfo=HANOI)
    assert slot_at(week, 7 * H) is None
    assert [slot.start for slot in coming(week, 6 * DAY + 19 * H, 2)] == [19 * H, DAY + 19 * H]


@given(st.integers(0, 4_000_000_000), SHIFTS)
def test_a_shift_that_goes_on_began_before_and_ends_after(at: int, shifts: Shifts) -> None:
    now = datetime.fromtimestamp(at, HANOI)
    found = slot_at(put([], shifts.slots("a")), minute_of(now))
    if found is not None:
        start = began(found, now)
        assert start <= now < start + timedelta(minutes=found.length)
        assert minute_of(start) == found.start
