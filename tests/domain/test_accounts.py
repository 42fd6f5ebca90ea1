"""Accounts are told from phones, papers and amounts by the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import Account, find_accounts
from bot.domain.vietnamese import fold, normalize


def accounts(text):
    return [(spot.value.bank, spot.value.number) for spot in find_accounts(normalize(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chuyển vào stk 19033456789012 techcombank nhé", ("Techcombank", "19033456789012")),
        ("STK: 0912345678 VCB chủ tk Nguyen Van A", ("Vietcombank", "0912345678")),
        ("số tài khoản 1903 3456 7890 12", ("", "19033456789012")),
        ("BIDV 12510000123456", ("BIDV", "12510000123456")),
        ("mb bank 0912345678", ("MB", "0912345678")),
        ("chuyen khoan vao 0912345678", ("", "0912345678")),
        ("momo 0912345678", ("MoMo", "0912345678")),
    ],
)
def test_an_account_is_found_with_its_bank(text, found):
    assert accounts(text) == [found]


def test_two_accounts_keep_their_banks():
    assert accounts("VCB 1903345678, TCB 19033456789012") == [
        ("Vietcombank", "1903345678"),
        ("Techcombank", "19033456789012"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0912345678",
        "0912345678",
        "cccd 001085012345",
        "ck 500000 cho nó",
        "chuyển khoản 1.500.000đ hôm 12-11-2026",
        "mã vận đơn 84012345",
        "+84912345678 vcb",
    ],
)
def test_phones_papers_and_amounts_are_no_accounts(text):
    assert accounts(text) == []


def test_a_printed_account_shows_no_number():
    assert "1903" not in repr(Account("MB", "1903345678"))


numbers = st.from_regex(r"[1-79][0-9]{7,16}[1-9]", fullmatch=True)  # with 84 before it, it could be a phone from abroad


@given(
    numbers, st.sampled_from(["", " ", "."]), st.sampled_from(["stk", "số tài khoản", "STK số", "tk số"]), st.booleans()
)
def test_no_grouping_hides_an_account(number, gap, cue, bare):
    written = gap.join(number[i : i + 4] for i in range(0, len(number), 4))
    if gap and len(number) % 4 == 1:
        written = number
    text = f"nó bảo chuyển vào {cue} {written} vietcombank ngay"
    assert accounts(fold(text) if bare else text) == [("Vietcombank", number)]


@given(st.text())
def test_no_text_raises(text):
    accounts(text)
