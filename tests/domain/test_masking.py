"""A moderator sees what happened and where, and neither who nor which door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "anh Tuấn nhà số 5 ngõ 12 Láng Hạ mất xe, gọi 0912345678",
            "anh [tên] nhà số [số nhà] ngõ 12 Láng Hạ mất xe, gọi [số điện thoại]",
        ),
        ("anh tuan o nha 12 to 7", "anh [tên] o nha [số nhà] to 7"),
        ("bà Nguyễn Thị Hoa, cccd 001099012345", "bà [tên], cccd [số giấy tờ]"),
        ("ck vào stk 19033456789012 vcb", "ck vào stk [số tài khoản] vcb"),
        ("ông Ba hẻm 35/12/4", "ông [tên] hẻm 35/12/[số nhà]"),
        ("xe 29A-123.45", "xe [biển số]"),
        ("vào https://abc.com/x hay abc chấm com", "vào [đường dẫn] hay [đường dẫn]"),
        ("an@gmail.com", "[thư điện tử]"),
        ("Nguyễn Văn An ở đường Nguyễn Trãi", "[tên] ở đường Nguyễn Trãi"),
        ("NGUYEN VAN A 0912 345 678", "[tên] [số điện thoại]"),
        ("12 Nguyễn Trãi có cháy, bác Hùng bị thương", "[số nhà] Nguyễn Trãi có cháy, bác [tên] bị thương"),
        ("bé An đi lạc, mẹ tên Lan", "bé [tên] đi lạc, mẹ tên [tên]"),
    ],
)
def test_who_and_which_door_are_hidden(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "có trộm ở tổ 7 gần chợ lúc 2h sáng, mất 5 triệu",
        "Anh ơi cho em hỏi chị gái em bị mất con chó",
        "đánh nhau ở ngõ 12 Láng Hạ",
        "gọi 113",
        "",
    ],
)
def test_what_happened_stays_readable(text):
    assert masked(text) == text


names = st.sampled_from(["Tuấn", "Hoa", "Nguyễn Văn Hùng", "Trần Thị Lan", "Ba", "Đức Anh"])
titles = st.sampled_from(["anh", "chị", "bà", "ông", "bác", "chú", "thằng", "em", "con", "Ông"])
phones = st.from_regex(r"0(3[2-9]|9[0-46-9])[0-9]{7}", fullmatch=True)


@given(titles, names, phones, st.sampled_from(["", " ", ".", "-"]), st.integers(1, 9))
def test_no_name_or_phone_is_left(title, name, phone, gap, group):
    written = gap.join(phone[i : i + group] for i in range(0, len(phone), group))
    shown = masked(f"hôm qua {title} {name} gọi {written} rồi bỏ đi")
    assert name not in shown
    assert not any(char.isdigit() for char in shown)


@given(st.text())
def test_no_text_raises(text):
    masked(text)


@pytest.mark.parametrize(
    ("text", "known", "shown"),
    [
        ("toi la  nguyen van  tuan, on qua", "Nguyễn Văn Tuấn", "toi la [tên], on qua"),
        ("Minh Châu báo: karaoke ồn", "Minh Châu", "[tên] báo: karaoke ồn"),
        ("mất an ninh quá, chào, An đây", "An", "mất an ninh quá, chào, [tên] đây"),
        ("karaoke ồn quá", "", "karaoke ồn quá"),
        ("karaoke ồn quá", "a.*(", "karaoke ồn quá"),
    ],
)
def test_a_known_name_is_hidden_however_it_is_written(text, known, shown):
    assert masked(text, [known]) == shown
