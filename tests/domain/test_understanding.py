"""One message, everything in it; no text breaks the reading, and what is printed says nothing personal."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts import Account
from bot.domain.accusing import accuses
from bot.domain.masking import masked
from bot.domain.understanding import LONGEST, understand
from data.content import Content

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 26, 19, 45, tzinfo=HANOI)
KINDS = Content.load().kinds
TIP = (
    "Tối qua khoảng 21h30 nhà em số 5 ngõ 12 Láng Hạ bị trộm xe 29A1-123.45 trị giá 20 triệu, gọi em 0912345678, "
    "nó bắt ck vào stk 19033456789012 techcombank qua https://abc.com/x, cccd em 001099012345"
)


def test_everything_in_one_message():
    read = understand(TIP, NOW, KINDS)
    assert (read.kind, read.urgency) == ("trom_cap", "high")
    assert read.when.start == datetime(2026, 11, 25, 21, 0, tzinfo=HANOI)
    assert read.place.key == "lang ha|12|5||"
    assert read.phones == ("+84912345678",)
    assert read.plates == ("29A1-123.45",)
    assert read.accounts == (Account("Techcombank", "19033456789012"),)
    assert [link.host for link in read.links] == ["abc.com"]
    assert read.amounts == (20_000_000,)
    assert read.papers == 1


def test_what_is_printed_says_nothing_personal():
    printed = repr(understand(TIP, NOW, KINDS))
    assert printed == "Understood(kind='trom_cap', urgency=<Urgency.HIGH: 'high'>, papers=1)"


def test_an_empty_message_tells_nothing():
    read = understand("", NOW, KINDS)
    assert (read.kind, read.urgency, read.when, read.place) == ("khac", "normal", None, None)


HOSTILE = [
    "0", "1 ", "1.", "12/", "a.", "a cham ", "http://", "ngõ 1 ", "tối qua ", "29A ", "5tr", "anh Tuấn ", "stk 123456 ",
    "\u0301", "ế", "[.]", "thằng ", "trộm ", "cách đây ", "@", "a@", "-", "\n", "\u200b", "xn--", "Nguyễn ", "𝗖",
    "ngay 1", "anh Tuấn trộm ", "trộm là anh Tuấn ", "số 5 ngõ 3 trộm ", "0912345678 lừa đảo ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_comes_to_an_end(piece):
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    understand(text, NOW, KINDS)
    for read in (masked, accuses):
        read(text[:LONGEST])


PIECES = st.sampled_from(
    [*HOSTILE, "20h ", "số 5/3 ", "hôm 30/2 ", "chợ ", "0912345678 ", "vcb ", "1.500.000đ ", "là "]
)


@settings(max_examples=50)
@given(st.one_of(st.text(), st.text(st.characters(codec=None)), st.lists(PIECES, max_size=60).map("".join)))
def test_no_text_raises(text):
    understand(text, NOW, KINDS)
    masked(text)
    accuses(text)
