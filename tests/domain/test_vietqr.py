"""A transfer's code says where the money goes; anything else says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.vietqr import Transfer, checksum, find_transfers, read_transfer, split
from tests.domain.vietqr import field, vietqr

DIGITS = "0123456789"


def test_the_checksum_is_that_of_the_standard() -> None:
    assert checksum("123456789") == 0x29B1


def test_a_code_says_bank_account_amount_and_purpose() -> None:
    code = vietqr("970418", "12345678", 150_000, "tien hoc")
    assert read_transfer(code) == Transfer("970418", "12345678", 150_000, "tien hoc")


def test_a_code_without_an_amount_leaves_it_to_the_payer() -> None:
    assert read_transfer(vietqr()) == Transfer("970436", "0123456789", 0, "")


@pytest.mark.parametrize(
    "code",
    [
        "",
        "https://dichvucong.gov.vn",
        "001099012345|123456789|Nguyễn Văn A|01011999|Nam|Hà Nội|01012021",
        vietqr()[:-1] + "0" if vietqr()[-1] != "0" else vietqr()[:-1] + "1",
        vietqr().replace("A000000727", "A000000728"),
        vietqr()[:-8],
        "000201" + "6304" + f"{checksum('0002016304'):04X}",
    ],
)
def test_other_codes_and_broken_ones_are_no_transfers(code: str) -> None:
    assert read_transfer(code) is None


def test_each_transfer_is_found_once() -> None:
    assert len(find_transfers([vietqr(), "x", vietqr(), vietqr(number="999")])) == 2


def test_a_length_that_leads_past_the_end_gives_nothing() -> None:
    assert split("0099ab") == {}
    assert split("00０２ab") == {}


@given(st.text(DIGITS, min_size=6, max_size=6), st.text(DIGITS, min_size=4, max_size=19), st.integers(0, 10**12))
def test_what_is_written_is_read(bank: str, number: str, amount: int) -> None:
    assert read_transfer(vietqr(bank, number, amount)) == Transfer(bank, number, amount)


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert read_transfer(text) is None
    assert isinstance(split(text), dict)


@given(st.text(max_size=60))
def test_even_with_a_true_checksum_any_content_has_an_answer(content: str) -> None:
    body = "000201" + field("38", content[:99]) + "6304"
    found = read_transfer(body + f"{checksum(body):04X}")
    assert found is None or found.number
