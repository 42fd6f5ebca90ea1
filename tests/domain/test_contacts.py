"""Phones and identity numbers leave a text before it is stored; evidence and hotlines stay."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.contacts import Contact, Kind, find_contacts, hide
from bot.domain.vietnamese import normalize

PHONES = [
    ("0912345678", "+84912345678"),
    ("0912 345 678", "+84912345678"),
    ("09.12.34.56.78", "+84912345678"),
    ("091-234-5678", "+84912345678"),
    ("+84 912 345 678", "+84912345678"),
    ("(+84) 0912 345 678", "+84912345678"),
    ("0084912345678", "+84912345678"),
    ("84912345678", "+84912345678"),
    ("O912345678", "+84912345678"),
    ("09l2 34S678".replace("S", "5"), "+84912345678"),
    ("0912 3o5 67o", "+84912305670"),
    ("\uff10912\u200b345678", "+84912345678"),
    ("0️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "+84912345678"),
    ("01234567890", "+84834567890"),
    ("0165.123.4567", "+84351234567"),
    ("+84 120 123 4567", "+84701234567"),
    ("024 3936 3636", "+842439363636"),
    ("(028) 3829 7643", "+842838297643"),
]
STAYS = [
    "gọi 113, 114, 115, 111, 112, 156 hoặc 1022",
    "tổng đài 19001009, 1900 1234, 18001091 hay 1900123456",
    "stk 0912345678 VCB",
    "chuyển khoản vào 0912345678",
    "0912345678 MB Bank",
    "số tài khoản 19033456789012 techcombank",
    "stk 045012345678 stb",
    "tk vpbank 123456789",
    "mất 500.000.000 đồng",
    "mất 500000000đ",
    "ngày 08.12.2024 10h và 09/01/2025 08:30",
    "mã TB-260731-0912 và TB-010203-0405",
    "nhà 35/12/4, biển số 29B1-123.45",
    "mã vận đơn 84012345",
]


@pytest.mark.parametrize(("written", "canonical"), PHONES)
def test_a_phone_is_hidden_however_it_is_written(written, canonical):
    hidden = hide(f"Liên hệ {written} nhé")
    assert [contact.value for contact in hidden.contacts] == [canonical]
    assert "[số điện thoại 1]" in hidden.text
    assert not set("23456789") & set(hidden.text)


@pytest.mark.parametrize("text", STAYS)
def test_hotlines_accounts_amounts_and_dates_stay(text):
    assert hide(text).text == text
    assert hide(text).contacts == ()


@pytest.mark.parametrize("number", ["001085012345", "001 085 012 345", "0010-8501-2345", "001 0 85 012345"])
def test_a_citizen_number_is_hidden(number):
    hidden = hide(f"Tôi tên An, {number}.")
    assert hidden.text == "Tôi tên An, [số giấy tờ 1]."
    assert hidden.contacts == (Contact(Kind.CCCD, "001085012345"),)


@pytest.mark.parametrize(
    "text", ["CMND 123456789", "123 456 789", "cmt 123.456.789", "cmnd số 190012345", "CMND 250500000"]
)
def test_an_old_identity_number_is_hidden(text):
    hidden = hide(text)
    assert [contact.kind for contact in hidden.contacts] == [Kind.CMND]
    assert not any(char.isdigit() for char in hidden.text.replace("[số giấy tờ 1]", ""))


def test_the_same_number_keeps_its_placeholder():
    hidden = hide("0912345678, 0987654321, +84 912 345 678, CCCD 001085012345")
    assert hidden.text == "[số điện thoại 1], [số điện thoại 2], [số điện thoại 1], CCCD [số giấy tờ 1]"
    assert [contact.kind for contact in hidden.contacts] == [Kind.MOBILE, Kind.MOBILE, Kind.CCCD]


def test_placeholders_come_from_the_caller():
    assert hide("0912345678 001085012345", phone="[phone {n}]", paper="[ID]").text == "[phone 1] [ID]"


@pytest.mark.parametrize(
    "text",
    [
        "ck em gọi số 0912345678 rồi kêu chuyển khoản",
        "stk 19033456789012 techcombank, sdt 0912345678",
        "19033456789012 techcombank 0912345678",
        "vợ ck em số nhà 5, 0912345678",
        "zalo.me/0912345678",
    ],
)
def test_a_number_of_unclear_role_is_hidden(text):
    assert [contact.value for contact in hide(text).contacts] == ["+84912345678"]


def test_nothing_that_is_printed_shows_a_number():
    assert "912" not in repr(hide("0912345678")) + repr(find_contacts("0912345678"))


mobiles = st.from_regex(r"0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}", fullmatch=True)
talk = st.text("xyđạ ,.!?\n", max_size=12)


@given(talk, mobiles, st.sampled_from(["", " ", ".", "-", " - ", "\u00a0", "\u200b"]), st.integers(1, 9), talk)
def test_no_grouping_leaves_a_phone(before, number, gap, group, after):
    written = gap.join(number[i : i + group] for i in range(0, len(number), group))
    hidden = hide(f"{before} {written} {after}")
    assert Contact(Kind.MOBILE, "+84" + number[1:]) in hidden.contacts
    assert not any(char.isdigit() for char in hidden.text.replace("[số điện thoại 1]", ""))


@given(st.text("0123456789 .-+()oOlI/,\nstkcmvb", max_size=80))
@example("09 0912345678 0912345678 1234567890")
def test_a_hidden_text_hides_nothing_more(text):
    hidden = hide(text).text
    assert find_contacts(normalize(hidden)) == []


@given(st.text())
def test_no_text_raises(text):
    hide(text)
