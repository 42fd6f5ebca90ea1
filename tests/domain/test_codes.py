"""Codes survive being read aloud, typed on a phone and pasted with the wrong hyphen."""

import math
import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import codes

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
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
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    assert codes.tidy(typed) == codes.tidy(code)


def test_a_passphrase_is_four_plain_groups_of_more_than_forty_bits():
    phrase = codes.passphrase()
    assert re.fullmatch(r"(?:[a-z]{2,6}\d\d ){3}[a-z]{2,6}\d\d", phrase)
    assert len(set(codes._NATURE)) == len(codes._NATURE)
    assert 4 * math.log2(len(codes._NATURE) * 100) > 40
    assert len({codes.passphrase() for _ in range(200)}) == 200


def test_no_two_passphrases_are_typed_alike():
    assert len({codes.tidy(word) for word in codes._NATURE}) == len(codes._NATURE)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("TB-260731-7K10: nhớ thêm, Đường Láng", "", "nhớ thêm, Đường Láng"),
        ("tin tb 260731 7k1o hôm qua", "tin", "hôm qua"),
        ("TB-260731-7K10", "", ""),
        ("(TB2607317K10) ạ", "", "ạ"),
    ],
)
def test_a_code_is_cut_out_of_its_words(text: str, before: str, after: str):
    assert codes.cut_code(text) == codes.Cut("TB-260731-7K10", before, after)


@given(st.text(max_size=60), tip_codes, st.text(max_size=60))
def test_cutting_never_raises_and_agrees_with_finding(before: str, code: str, after: str):
    text = f"{before} {code} {after}"
    cut = codes.cut_code(text)
    assert cut.code == codes.find_code(text)
    if cut.code is None:
        assert cut.before == ""
