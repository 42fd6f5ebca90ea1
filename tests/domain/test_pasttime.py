"""When it happened, as people tell it. Seen from Thursday, 26 November 2026, 19:45 in Việt Nam."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pasttime import read_moment
from bot.domain.vietnamese import fold, normalize

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 26, 19, 45, tzinfo=HANOI)
TOLD = [
    ("tối qua nhà em mất xe", "25/11 18:00", "25/11 23:59"),
    ("đêm qua có trộm", "25/11 20:00", "26/11 04:59"),
    ("2h đêm qua", "26/11 02:00", "26/11 02:00"),
    ("sáng nay lúc 5h", "26/11 05:00", "26/11 05:00"),
    ("2h sáng có tiếng nổ", "26/11 02:00", "26/11 02:00"),
    ("2h sáng hôm qua", "25/11 02:00", "25/11 02:00"),
    ("đêm hôm kia", "24/11 20:00", "25/11 04:59"),
    ("chiều thứ 7", "21/11 12:00", "21/11 18:59"),
    ("chiều thứ năm", "26/11 12:00", "26/11 18:59"),
    ("thứ 7 tuần trước", "21/11 00:00", "21/11 23:59"),
    ("thứ hai tuần trước", "16/11 00:00", "16/11 23:59"),
    ("hôm 12/11", "12/11 00:00", "12/11 23:59"),
    ("ngày 12 tháng 11", "12/11 00:00", "12/11 23:59"),
    ("ngày 12", "12/11 00:00", "12/11 23:59"),
    ("ngày 28", "28/10 00:00", "28/10 23:59"),
    ("mùng 3 Tết", "19/02 00:00", "19/02 23:59"),
    ("tuần trước", "16/11 00:00", "22/11 23:59"),
    ("từ tháng trước", "01/10 00:00", "26/11 19:45"),
    ("đang đánh nhau", "26/11 19:45", "26/11 19:45"),
    ("khoảng 21h30 tối qua", "25/11 21:00", "25/11 22:00"),
    ("9 giờ rưỡi tối qua", "25/11 21:30", "25/11 21:30"),
    ("8h tối", "25/11 20:00", "25/11 20:00"),
    ("mất xe lúc 5h", "26/11 17:00", "26/11 17:00"),
    ("lúc 8h", "26/11 08:00", "26/11 08:00"),
    ("lúc 20:30", "25/11 20:30", "25/11 20:30"),
    ("5 phút trước", "26/11 19:38", "26/11 19:42"),
    ("cách đây 2 tiếng", "26/11 17:25", "26/11 18:05"),
    ("2 ngày trước", "24/11 00:00", "24/11 23:59"),
    ("hồi nãy có người lạ", "26/11 16:45", "26/11 19:45"),
    ("vừa xong", "26/11 19:30", "26/11 19:45"),
    ("12h đêm qua", "26/11 00:00", "26/11 00:00"),
    ("trưa nay", "26/11 11:00", "26/11 13:59"),
    ("hôm qua", "25/11 00:00", "25/11 23:59"),
    ("3 hôm nay nó nhậu", "23/11 19:45", "26/11 19:45"),
    ("mấy ngày nay", "23/11 19:45", "26/11 19:45"),
]


def told(text, now=NOW):
    return read_moment(normalize(text), now)


def shown(at):
    return f"{at:%d/%m %H:%M}"


@pytest.mark.parametrize(("text", "start", "end"), TOLD)
@pytest.mark.parametrize("spelled", [str, fold, str.upper])
def test_a_moment_is_read(text, start, end, spelled):
    moment = told(spelled(text))
    assert (shown(moment.start), shown(moment.end)) == (start, end)


def test_the_wording_is_kept():
    assert told("nhà em khoảng 21h30 tối qua mất xe").said == "khoảng 21h30 tối qua"
    assert told("TỐI QUA mất xe").said == "TỐI QUA"


def test_a_date_to_come_was_last_years():
    assert told("hôm 12/12").start.year == 2025


@pytest.mark.parametrize(
    "text",
    [
        "tôi qua nhà bạn",
        "toi qua nha ban choi",
        "cho toi qua voi",
        "tối quá không thấy gì",
        "dang ky tam tru",
        "đăng tin",
        "mùng 5",
        "nhà 35/12/4",
        "mất 5 triệu",
        "tối nay họp lúc 22h",
        "thu 5 triệu tiền điện",
        "lần thứ hai",
        "sáng mai cúp điện từ 8h",
        "30/2",
        "",
    ],
)
def test_what_tells_no_time_is_none(text):
    assert told(text) is None


def test_tối_qua_without_marks_is_a_time_where_nobody_goes():
    assert told("toi qua nha em bi trom").said == "toi qua"
    assert told("toi qua em thay no").said == "toi qua"


MATERIAL = (
    "tối qua toi hôm nay 12/11 2h 25h sáng khoảng 5 phút trước thứ 7 tuần mùng 3 Tết ngày 31 tháng 2 vừa xong đang từ "
    "rằm 12 kém đêm kia 29/2 2h30 chiều cn t7 :00 24h 0h"
)
PIECES = st.sampled_from(MATERIAL.split(" "))


@given(
    st.one_of(st.text(), st.lists(PIECES, max_size=10).map(" ".join)),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - the zone comes next
)
def test_no_moment_lies_ahead_and_nothing_raises(text, naive):
    now = naive.replace(tzinfo=HANOI)
    moment = told(text, now)
    assert moment is None or moment.start <= moment.end <= now


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["h", ":", " giờ ", "g"]), st.booleans())
def test_every_hour_of_yesterday_comes_back(hour, minute, sign, bare):
    text = f"hôm qua lúc {hour}{sign}{minute:02} mất xe"
    moment = told(fold(text) if bare else text)
    assert shown(moment.start) == f"25/11 {hour:02}:{minute:02}"
