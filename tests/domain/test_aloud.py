"""What a loudspeaker says: numbers, dates and abbreviations in words, for about a minute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.aloud import LEAST, MOST, fit_script, number_words, read_aloud, syllables

DIALLED, SPOKEN = {"113", "156"}, {"OTP": "ô tê pê", "24/7": "suốt ngày đêm"}


def aloud(text: str) -> str:
    return read_aloud(text, DIALLED, SPOKEN)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (78742, "bảy mươi tám nghìn bảy trăm bốn mươi hai"),
        (1000001, "một triệu không trăm linh một"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("gọi 113 ngay", "gọi một một ba ngay"),
        ("113 vụ trong 12 tháng", "một một ba vụ trong mười hai tháng"),
        ("lúc 20h30", "lúc hai mươi giờ ba mươi"),
        ("8 giờ đến 11:00", "tám giờ đến mười một giờ"),
        ("ngày 25/12/2026", "ngày hai mươi lăm tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
        ("Ngày 5/4", "ngày mùng năm tháng tư"),
        ("tháng 4/2026", "tháng tư năm hai nghìn không trăm hai mươi sáu"),
        ("93,32%", "chín mươi ba phẩy ba mươi hai phần trăm"),
        ("78.742 hồ sơ", "bảy mươi tám nghìn bảy trăm bốn mươi hai hồ sơ"),
        ("trực 24/7", "trực suốt ngày đêm"),
        ("tổ 32/40", "tổ ba mươi hai trên bốn mươi"),
        ("không đưa OTP", "không đưa ô tê pê"),
        ("🚨 • xem https://abc.vn/x hoặc 0912 345 678 nhé", "xem hoặc nhé"),
    ],
)
def test_what_is_written_is_said(written: str, said: str) -> None:
    assert aloud(written) == said


@given(st.text(max_size=200))
def test_nothing_is_left_that_an_announcer_would_have_to_read_as_a_number(text: str) -> None:
    assert not any(letter in "0123456789" for letter in aloud(text))


def test_a_script_is_about_a_minute_long() -> None:
    ten = "một hai ba bốn năm sáu bảy tám chín mười."
    said = fit_script([ten, ten], [ten] * 3, [ten] * 50)
    assert LEAST <= sum(map(syllables, said)) <= MOST
    said = fit_script([ten, ten], [ten] * 50, [ten])
    assert sum(map(syllables, said)) == MOST


def test_what_must_be_said_is_said_first_and_last() -> None:
    said = fit_script(["đầu", "cuối"], ["giữa"], ["thêm"])
    assert said == ["đầu", "giữa", "thêm", "cuối"]
