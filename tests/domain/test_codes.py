"""Codes survive being read aloud, typed on a phone and pasted with the wrong hyphen."""

import math
import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import codes
from bot.domain.vietnamese import fold

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = codes.load_words(Path(__file__).parents[2] / "data" / "content" / "words.txt")
tip_codes = st.from_regex(r"TB-[0-9]{6}-[0-9A-HJKMNP-TV-Z]{4}", fullmatch=True)


def test_a_tip_code_carries_the_day_of_the_ward():
    code = codes.tip_code(datetime(2026, 7, 31, 17, 30, tzinfo=UTC), ZONE)
    assert re.fullmatch(r"TB-\d{6}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert code.startswith("TB-260801-")


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="aware"):
        codes.tip_code(datetime(2026, 7, 31), ZONE)  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    "typed",
    [
        "TB-260731-7K10",
        "tb-260731-7k10",
        "TB2607317K10",
        "tb 260731 7k1o",
        "tb 26 07 31 - 7k lo",
        "TB\u2013260731\u20137KIO",
        "mã tin là TB-260731-7K10.",
        "/trangthai TB-26O73l-7K10 ạ",
    ],
)
def test_a_code_is_found_however_it_is_typed(typed):
    assert codes.find_code(typed) == "TB-260731-7K10"


@pytest.mark.parametrize(
    "text", ["", "TB", "TB-260731", "TB-260731-7K1", "TB-260731-7K10X", "XTB-260731-7K10", "tb 2 xe máy"]
)
def test_what_is_no_code_is_not_found(text):
    assert codes.find_code(text) is None


@given(tip_codes)
def test_a_found_code_is_the_code(code):
    assert codes.find_code(f"mã {code.lower().replace('-', ' ')} ạ") == code


@given(st.text())
def test_finding_never_raises(text):
    codes.find_code(text)


def test_link_codes_ride_in_a_start_parameter_and_never_repeat():
    made = {codes.link_code() for _ in range(500)}
    assert len(made) == 500
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", code) for code in made)
    assert min(map(len, made)) * math.log2(len(codes.CROCKFORD)) >= 60


def test_a_setup_code_is_grouped_and_forgives_the_typist():
    code = codes.setup_code()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code)
    assert codes.same_code(f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ", code)
    assert not codes.same_code(codes.setup_code(), code)


def test_an_empty_code_opens_nothing():
    assert not codes.same_code("", "")
    assert not codes.same_code("--", "")


def test_a_passphrase_is_four_words_of_36_bits_at_least():
    assert 4 * math.log2(len(WORDS)) >= 36
    assert all(word in WORDS for word in codes.passphrase(WORDS).split())
    assert len(codes.passphrase(WORDS).split()) == 4
    assert codes.tidy_passphrase("  Hoa, SEN\u00a0- nắng.Mưa ") == "hoa sen nang mua"


def test_passphrase_words_are_short_bare_and_unlike():
    assert all(re.fullmatch(r"[a-z]{3,6}", word) for word in WORDS)
    assert len({fold(word) for word in WORDS}) == len(WORDS)


@pytest.mark.parametrize(
    ("content", "fault"), [("hoa\nhoà\n", "repeats"), ("hoa # a flower\n\nsen\n", "needs at least 512")]
)
def test_a_poor_list_of_words_is_refused(tmp_path, content, fault):
    (tmp_path / "words.txt").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=fault):
        codes.load_words(tmp_path / "words.txt")
