"""Months are the ward's; small counts are not told and cannot be worked out; wishes are read however they are typed."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bulletins import (
    LEAST,
    NEWEST,
    Month,
    Section,
    Wish,
    added,
    asked_for,
    edited,
    month_due,
    most_told,
    noted,
    publishable,
    read_wish,
    without,
)

HANOI, UTC = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("UTC")
KINDS = ("trom_cap", "gay_roi", "giao_thong", "ma_tuy")
ALLOWED = frozenset(KINDS) - {"ma_tuy"}


def at(*when: int, zone: ZoneInfo = HANOI) -> float:
    return datetime(*when, tzinfo=zone).timestamp()  # type: ignore[arg-type, misc]


# --- months


def test_a_month_begins_when_it_does_where_the_ward_is() -> None:
    last = at(2026, 10, 31, 16, 59, 59, zone=UTC)  # 23:59:59 in Hà Nội
    assert Month.at(last, HANOI) == Month(2026, 10)
    assert Month.at(last + 1, HANOI) == Month(2026, 11)
    assert Month.at(last + 1, UTC) == Month(2026, 10)


@pytest.mark.parametrize(("month", "days"), [((2024, 2), 29), ((2026, 2), 28), ((2100, 2), 28), ((2026, 12), 31)])
def test_a_month_is_as_long_as_it_is_in_leap_years_too(month: tuple[int, int], days: int) -> None:
    start, end = Month(*month).span(HANOI)
    assert end - start == days * 86400
    assert Month.at(end - 0.001, HANOI) == Month(*month)
    assert Month.at(end, HANOI) == Month(*month).after


def test_the_year_turns() -> None:
    assert Month(2026, 12).after == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)
    assert min(Month(2027, 1), Month(2026, 12)).key == "2026-12"
    assert Month.of_key("2026-12") == Month(2026, 12)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ((2027, 1, 1, 0, 0, 0), (2026, 12)),
        ((2024, 3, 10, 23, 59, 59), (2024, 2)),
        ((2024, 3, 11, 0, 0, 0), (2024, 3)),
        ((2024, 2, 29, 23, 59, 59), (2024, 2)),
        ((2026, 11, 30, 23, 59, 59), (2026, 11)),
    ],
)
def test_early_in_a_month_the_bulletin_is_of_the_one_that_ended(day: tuple[int, ...], due: tuple[int, int]) -> None:
    assert month_due(at(*day), HANOI) == Month(*due)


# --- counts


def test_a_count_under_three_is_not_told_and_the_total_is_without_it() -> None:
    counted = publishable({"trom_cap": 5, "gay_roi": 2, "giao_thong": 3}, ALLOWED)
    assert counted.shown == (("trom_cap", 5), ("giao_thong", 3))
    assert counted.total == 8
    assert counted.held


def test_of_what_may_not_be_spoken_of_nothing_is_told_not_even_that_there_was_some() -> None:
    assert publishable({"trom_cap": 5, "ma_tuy": 1}, ALLOWED) == publishable({"trom_cap": 5, "ma_tuy": 90}, ALLOWED)
    assert not publishable({"trom_cap": 5, "ma_tuy": 1}, ALLOWED).held


def small_changed(counts: Mapping[str, int], to: Mapping[str, int]) -> dict[str, int]:
    """The same month as it would be if the small counts had been others (small ones)."""
    return {kind: to[kind] if 0 < count < LEAST else count for kind, count in counts.items()}


@given(
    st.fixed_dictionaries({kind: st.integers(0, 9) for kind in KINDS}),
    st.fixed_dictionaries({kind: st.integers(1, LEAST - 1) for kind in KINDS}),
)
def test_whatever_the_small_counts_are_the_bulletin_is_the_same(counts: dict[str, int], others: dict[str, int]) -> None:
    told = publishable(counts, ALLOWED)
    assert told == publishable(small_changed(counts, others), ALLOWED)
    assert all(count >= LEAST for _, count in told.shown)


# --- the scam of the month

SCAMS = ("Giả shipper, xin chuyển tiền cho đơn hàng", "Quét mã QR nhận quà chiếm Zalo", "Giả điện lực doạ cắt điện")


def test_the_scam_that_three_reports_tell_of_is_found() -> None:
    assert most_told(SCAMS, ["shipper gọi báo đơn hàng", "có shipper lạ đòi tiền đơn", "giả shipper xin tiền"]) == 0


def test_two_reports_are_too_few_to_be_told() -> None:
    assert most_told(SCAMS, ["shipper gọi báo đơn hàng", "có shipper lạ đòi tiền đơn", "mất tiền"]) is None
    assert most_told(SCAMS, []) is None


# --- wishes


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("", NEWEST),
        ("mới nhất", NEWEST),
        ("3", Wish(number=3)),
        ("số 12", Wish(number=12)),
        ("tháng 3", Wish(month=3)),
        ("THANG 3/2026", Wish(month=3, year=2026)),
        ("tháng 3 năm 2026.", Wish(month=3, year=2026)),
        ("thang 13", None),
        ("tháng 0", None),
        ("hôm qua", None),
    ],
)
def test_a_wish_is_read(typed: str, wish: Wish | None) -> None:
    assert read_wish(typed) == wish


@pytest.mark.parametrize(
    "said", ["bản tin", "Ban tin thang 3", "cho bác xem bản tin số 2 với", "xem bản tin mới nhất."]
)
def test_free_words_ask_for_a_bulletin(said: str) -> None:
    assert asked_for(said) is not None


@pytest.mark.parametrize("said", ["bản tin giả lan truyền", "tin báo", "có bản tin nói nhà tôi", "3", ""])
def test_other_words_do_not(said: str) -> None:
    assert asked_for(said) is None


@given(st.text(max_size=120))
def test_any_words_are_read_without_complaint(said: str) -> None:
    asked_for(said)
    read_wish(said)


def test_a_month_without_a_year_is_of_any_and_a_number_is_an_issues() -> None:
    assert Wish(month=3).fits(9, Month(2025, 3))
    assert not Wish(month=3, year=2026).fits(9, Month(2025, 3))
    assert Wish(number=9).fits(9, Month(2025, 3))
    assert not Wish(number=3).fits(9, Month(2025, 3))


# --- sections

SECTIONS = (
    Section(1, "scam", "Cảnh giác", points=(("Nhận biết", "gọi điện"),)),
    Section(2, "numbers", "Số khẩn cấp", points=(("113", "Công an"),)),
)


def test_one_line_is_new_words_several_begin_with_the_title() -> None:
    assert edited(SECTIONS, 1, " lời mới ")[0] == Section(1, "scam", "Cảnh giác", "lời mới")
    assert edited(SECTIONS, 1, "Tên\n\nlời mới")[0] == Section(1, "scam", "Tên", "lời mới")
    assert edited(SECTIONS, 1, "x")[1] == SECTIONS[1]


def test_a_new_section_stands_before_the_numbers_and_has_a_number_of_its_own() -> None:
    more = added(SECTIONS, "Tiếp dân\nThứ Năm")
    assert [one.id for one in more] == [1, 3, 2]
    assert more[1] == Section(3, "free", "Tiếp dân", "Thứ Năm")
    assert [one.id for one in added((), "Một")] == [1]


def test_a_dropped_section_is_gone_and_no_other() -> None:
    assert without(SECTIONS, 1) == SECTIONS[1:]
    assert without(SECTIONS, 9) == SECTIONS


def test_what_was_corrected_is_told_first_the_newest_above_and_each_thing_once() -> None:
    once = noted(SECTIONS, "Đính chính", "26/11: sửa mục A")
    twice = noted(noted(once, "Đính chính", "27/11: sửa mục B"), "Đính chính", "27/11: sửa mục B")
    assert [one.text for one in twice if one.kind == "correction"] == ["27/11: sửa mục B\n26/11: sửa mục A"]
    assert twice[1:] == SECTIONS
    assert len({one.id for one in twice}) == len(twice)
