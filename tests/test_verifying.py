"""What a text names of a ward's published contacts: a trick that names a real number is not called real."""

import pytest

from bot.services import scams
from bot.services.verifying import compare
from data.content import Content
from data.published import Published

CONTENT = Content.load()
CONTACTS = [
    Published(1, "Trực ban", "0243 000 1111"),
    Published(2, "Trang", "facebook.com/congan.hoasua"),
    Published(3, "Zalo", "Công an phường Hoa Sữa"),
    Published(4, "Khẩn cấp", "113"),
    Published(5, "Web", "https://hoasua.hanoi.gov.vn/"),
]


@pytest.mark.parametrize(
    ("text", "matches", "called", "others"),
    [
        ("+84 243.000.1111 gọi em", ["Trực ban"], [], False),
        ("trang https://www.facebook.com/congan.hoasua?ref=1 phải không", ["Trang"], [], False),
        ("hoasua.hanoi.gov.vn/lien-he", ["Web"], [], False),
        ("113 gọi", ["Khẩn cấp"], [], False),
        ("Trực ban 0243 000 1111, gọi lại 0987654321 để khai báo", ["Trực ban"], [], True),
        ("gọi 113 ngay https://bit.ly/x", ["Khẩn cấp"], [], True),
        ("evil.com/facebook.com/congan.hoasua", [], [], True),
        ("facebook.com/congan.hoasua.vn", [], [], True),
        ("hoasua.hanoi.gov.vn.xyz.top", [], [], True),
        ("người xưng cong an phuong hoa sua", [], ["Zalo"], False),
        ("Công an phường Hoa Sữa gọi từ 0987654321", [], ["Zalo"], True),
        ("có người xưng công an", [], [], False),
    ],
)
def test_what_is_named(text: str, matches: list[str], called: list[str], others: bool) -> None:
    claim = compare(CONTACTS, text, scams.read(CONTENT, text))
    assert [one.label for one in claim.matches] == matches
    assert [one.label for one in claim.called] == called
    assert claim.others is others
