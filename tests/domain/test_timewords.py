"""When, as people type it. Seen from Monday, 23 November 2026, 19:45 in Việt Nam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Every, Rule, next_fire
from bot.domain.timewords import read_when
from bot.domain.vietnamese import fold

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 23, 19, 45, tzinfo=HANOI)
TYPED = [
    ("20h", "23/11 20:00"),
    ("20:30", "23/11 20:30"),
    ("20h30 25/12", "25/12 20:30"),
    ("20 giờ 30 phút 25-12", "25/12 20:30"),
    ("8h ngày 25 tháng 12 năm 2026", "25/12 08:00"),
    ("mai 7h", "24/11 07:00"),
    ("sáng mai 7h", "24/11 07:00"),
    ("7h", "24/11 07:00"),  # gone by today
    ("tối nay 20h", "23/11 20:00"),
    ("8h tối nay", "23/11 20:00"),
    ("11h đêm nay", "23/11 23:00"),
    ("1h trưa mai", "24/11 13:00"),
    ("3h chiều thứ tư", "25/11 15:00"),
    ("thứ sáu 8h", "27/11 08:00"),
    ("thứ năm 20:15", "26/11 20:15"),
    ("thứ 5 tuần sau 8h", "03/12 08:00"),
    ("20h ngày 25", "25/11 20:00"),
    ("30 phút nữa", "23/11 20:15"),
    ("2 tiếng nữa", "23/11 21:45"),
    ("hôm nay lúc 21h nhé", "23/11 21:00"),
]
RECURRING = [
    ("thứ 5 hàng tuần 8h", Rule(Every.WEEK, 8, weekday=3)),
    ("hằng tuần thứ Năm 8 giờ sáng", Rule(Every.WEEK, 8, weekday=3)),
    ("T7 hàng tuần lúc 9g", Rule(Every.WEEK, 9, weekday=5)),
    ("thứ sáu hàng tuần 19h", Rule(Every.WEEK, 19, weekday=4)),
    ("mỗi chủ nhật 7 giờ rưỡi tối", Rule(Every.WEEK, 19, 30, weekday=6)),
    ("ngày 1 hàng tháng 8h", Rule(Every.MONTH_DAY, 8, day=1)),
    ("mỗi tháng ngày 15 lúc 8h", Rule(Every.MONTH_DAY, 8, day=15)),
    ("ngày 31 hàng tháng 8h", Rule(Every.MONTH_DAY, 8, day=31)),
    ("thứ hai đầu tiên hàng tháng 8h", Rule(Every.MONTH_WEEKDAY, 8, weekday=0, nth=1)),
    ("thứ hai tuần thứ 2 hàng tháng 8h", Rule(Every.MONTH_WEEKDAY, 8, weekday=0, nth=2)),
    ("thứ năm đầu tiên hằng tháng 8h", Rule(Every.MONTH_WEEKDAY, 8, weekday=3, nth=1)),
    ("ngày cuối tháng 8h", Rule(Every.MONTH_DAY, 8, day=31)),
    ("17h30 ngày cuối tháng", Rule(Every.MONTH_DAY, 17, 30, day=31)),
    ("ngày cuối tháng hằng tháng 8h", Rule(Every.MONTH_DAY, 8, day=31)),
    ("chủ nhật cuối cùng hàng tháng 8h30", Rule(Every.MONTH_WEEKDAY, 8, 30, weekday=6, nth=-1)),
]
UNCLEAR = [
    "",
    "hủy",
    "mai",  # no hour
    "25:00",
    "8h60",
    "31/2 8h",
    "hàng tháng 8h",
    "hàng ngày 8h",
    "thứ hai hàng tháng 8h",
    "không gửi thứ 5 8h",  # half of it is understood
    "thứ 5 thứ 6 8h",
    "8h 9h",
    "thứ 5 hàng tuần 8h muộn 0 giờ",
    "20h 25/12/9999",
    "8h " * 200,
]


@pytest.mark.parametrize(("typed", "meant"), TYPED)
@pytest.mark.parametrize("spelled", [str, fold, str.upper])
def test_once(typed: str, meant: str, spelled: type) -> None:
    when = read_when(spelled(typed), NOW)
    assert when is not None
    at = next_fire(when.rule, NOW.timestamp(), HANOI)
    assert at is not None
    assert f"{datetime.fromtimestamp(at, HANOI):%d/%m %H:%M}" == meant


@pytest.mark.parametrize(("typed", "rule"), RECURRING)
@pytest.mark.parametrize("spelled", [str, fold, str.upper])
def test_again_and_again(typed: str, rule: Rule, spelled: type) -> None:
    when = read_when(spelled(typed), NOW)
    assert when is not None
    assert when.rule == rule


@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_by_its_name(weekday: int) -> None:
    name = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")[weekday]
    for typed in (f"{name} hằng tuần 8h", fold(f"8h {name} hằng tuần")):
        when = read_when(typed, NOW)
        assert when is not None
        assert when.rule == Rule(Every.WEEK, 8, weekday=weekday)


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_is_unclear_is_not_guessed(typed: str) -> None:
    assert read_when(typed, NOW) is None


@pytest.mark.parametrize("typed", ["8h hôm nay", "20h 22/11", "20h 1/1/2020", "thứ hai tuần này 8h"])
def test_what_has_passed_is_understood_and_never_comes(typed: str) -> None:
    when = read_when(typed, NOW)
    assert when is not None
    assert next_fire(when.rule, NOW.timestamp(), HANOI) is None


def test_a_date_long_gone_is_next_years() -> None:
    when = read_when("20h 1/1", NOW)
    assert when is not None
    assert when.rule.on == date(2027, 1, 1)


def test_how_late_it_may_go() -> None:
    when = read_when("thứ sáu hàng tuần 19h, trễ tối đa 3 giờ", NOW)
    assert when is not None
    assert (when.rule, when.late_hours) == (Rule(Every.WEEK, 19, weekday=4), 3.0)


MATERIAL = (
    "thu thứ hai ba năm sau bay cn chủ nhật ngày 1 31 99 hàng hang tuần thang mai kia nay 8h 20:30 24h 25/12 0/0 cuối "
    "dau tien muộn 3 giờ nữa sau phút tối ٣h ８ｈ \u200b 2026 9999 / - . , hủy"
)
WORDS = st.sampled_from(MATERIAL.split(" "))


@given(st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join)))
def test_nothing_typed_breaks_it(typed: str) -> None:
    when = read_when(typed, NOW)
    if when is not None:
        assert 0 <= when.rule.hour < 24
        next_fire(when.rule, NOW.timestamp(), HANOI)


@given(st.integers(0, 4_000_000_000), st.sampled_from([t for t, _ in TYPED + RECURRING]))
def test_it_never_breaks_on_any_day(at: int, typed: str) -> None:
    now = datetime.fromtimestamp(at, HANOI)
    assert (when := read_when(typed, now)) is None or next_fire(when.rule, now.timestamp(), HANOI) != now.timestamp()
