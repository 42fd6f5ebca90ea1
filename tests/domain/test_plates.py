"""Plates are read however they are typed; hours, prices and phones are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plates import find_plates
from bot.domain.vietnamese import normalize


def plates(text):
    return [spot.value for spot in find_plates(normalize(text))]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("xe 29A-123.45", "29A-123.45"),
        ("29A12345", "29A-123.45"),
        ("29a12345", "29A-123.45"),
        ("biển 29 A1 12345", "29A1-123.45"),
        ("59X2 678.90", "59X2-678.90"),
        ("bks 59x267890", "59X2-678.90"),
        ("30E 1234", "30E-1234"),
        ("29-H1 123.45", "29H1-123.45"),
        ("29A1-2345", "29A1-2345"),
        ("bien so 51g 123 45", "51G-123.45"),
        ("29MĐ1-123.45", "29MD1-123.45"),
        ("80LD-123.45", "80LD-123.45"),
    ],
)
def test_a_plate_is_canonical(text, plate):
    assert plates(text) == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "20h 2611",
        "lúc 20h 2024",
        "giá 50k 1234",
        "chuyen 20 ck 12345",
        "ngày 12/11/2026",
        "nhà 35/12A 1234",
        "20m 1234",
        "29A-123.456",
        "bán 2 con gà 12345",
    ],
)
def test_hours_prices_and_houses_are_no_plates(text):
    assert plates(text) == []


provinces = st.sampled_from(["11", "29", "30", "43", "51", "59", "99"])
series = st.sampled_from("ABCDEFGHKLMNPSTUVXYZ")
numbers = st.from_regex(r"[0-9]{5}", fullmatch=True)


@given(
    provinces,
    series,
    st.sampled_from(["", *"123456789"]),
    numbers,
    st.sampled_from(["-", " ", "- ", "."]),
    st.sampled_from(["", "."]),
    st.booleans(),
)
def test_no_way_of_typing_hides_a_plate(province, letter, digit, number, gap, dot, low):
    written = f"{province}{letter}{digit}{gap}{number[:3]}{dot}{number[3:]}"
    text = f"xe biển {written.lower() if low else written} chạy mất"
    assert plates(text) == [f"{province}{letter}{digit}-{number[:3]}.{number[3:]}"]


@given(st.text())
def test_no_text_raises(text):
    plates(text)
