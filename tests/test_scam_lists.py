"""Files with numbers and links: read line by line, whatever is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scamcheck import Listing, rest_of
from bot.services.scam_lists import MOST_BYTES, read_row, rows_of
from data.content import Content

names = Content.load().names


@pytest.mark.parametrize(
    ("cells", "kind", "value", "bank"),
    [
        (["0912 345 678"], Listing.PHONE, "+84912345678", ""),
        (["SĐT", "+84 912.345.678", "giả shipper"], Listing.PHONE, "+84912345678", ""),
        (["1903444555666", "Techcombank"], Listing.ACCOUNT, "1903444555666", "Techcombank"),
        (["Số tài khoản", "0123456789", "", "VCB"], Listing.ACCOUNT, "0123456789", "Vietcombank"),
        (["https://www.qua-tang.top/x"], Listing.LINK, "qua-tang.top", ""),
        (["link", "qua-tang.qz"], Listing.LINK, "qua-tang.qz", ""),
        (["facebook.com/gia.danh"], Listing.LINK, "facebook.com/gia.danh", ""),
        (["bks", "29A-123.45"], Listing.PLATE, "29A-123.45", ""),
    ],
)
def test_a_line_says_what_it_is_or_shows_it(cells: list[str], kind: Listing, value: str, bank: str) -> None:
    found = read_row(cells, names)
    assert found is not None
    assert (found[0], found[1].value, found[1].bank) == (kind, value, bank)


@pytest.mark.parametrize("cells", [["thằng Tư"], ["facebook.com"], ["sdt", "12"], ["link", "hai từ"], ["stk"], ["999"]])
def test_what_is_none_of_these_is_not_guessed(cells: list[str]) -> None:
    assert read_row(cells, names) is None


def test_the_note_keeps_neither_number_nor_link() -> None:
    assert rest_of("0912 345 678, stk 1903444555666 TCB: giả shipper https://a.top/x") == "stk TCB: giả shipper"


def test_a_file_may_be_separated_by_what_spreadsheets_use_here() -> None:
    assert rows_of("loại;giá trị\nsdt;0912345678\n".encode()) == [(2, ["sdt", "0912345678"])]
    assert rows_of("a\tb\n".encode("utf-16")) == [(1, ["a", "b"])]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x80abc", b"a" * (MOST_BYTES + 1), b'"' + b"x," * 200_000])
def test_of_what_is_no_list_nothing_is_read(data: bytes) -> None:
    assert rows_of(data) == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_not(data: bytes) -> None:
    for _, cells in rows_of(data):
        read_row(cells, names)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_line_is_read_or_not(cells: list[str]) -> None:
    found = read_row(cells, names)
    assert found is None or found[1].value
