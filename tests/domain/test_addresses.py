"""Places are read as neighbours say them, and two ways of saying one place compare equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import find_address
from bot.domain.vietnamese import fold, normalize


def place(text):
    spot = find_address(normalize(text))
    return spot and spot.value


PLACES = [
    ("nhà em số 5 ngách 3 ngõ 12 Láng Hạ bị trộm", "lang ha|12/3|5||"),
    ("12A/3/5 đường Lê Văn Sỹ mất xe", "le van sy|12a/3|5||"),
    ("ở hẻm 35/12/4", "|35/12|4||"),
    ("hẻm 35/12 có đánh nhau", "|35/12|||"),
    ("số 4 hẻm 35/12 Cách Mạng Tháng 8", "cach mang thang 8|35/12|4||"),
    ("kiệt 12 Trần Cao Vân", "tran cao van|12|||"),
    ("tổ 7, khu phố 3, phường 12", "||||to 7,kp 3,p 12"),
    ("tổ dân phố 7 có trộm", "||||to 7"),
    ("tdp 7 mất điện", "||||to 7"),
    ("đánh nhau đối diện chợ", "|||cho|"),
    ("cạnh nhà văn hoá", "|||nha van hoa|"),
    ("trước cổng trường", "|||truong|"),
    ("ở gần ngã tư Vọng", "|||nga tu vong|"),
    ("ngõ 12 Láng Hạ", "lang ha|12|||"),
    ("số nhà 12 tổ 4", "||12||to 4"),
    ("đầu ngõ 5, đối diện chợ", "|5||cho|"),
    ("ngách 12/3 ngõ 12 Láng Hạ", "lang ha|12/3|||"),
    ("số 7 hẻm 2 ngách 3 ngõ 12", "|12/3/2|7||"),
    ("12 Nguyễn Trãi có cháy", "nguyen trai||12||"),
    ("trên đường Láng bị ngập", "lang||||"),
    ("cây đổ trước số 40 phố Huế", "hue||40||"),
    ("hàng xóm số 8 ngõ 120 Láng Hạ nhậu", "lang ha|120|8||"),
    ("hẻm 47 đường số 8 có đá gà", "so 8|47|||"),
    ("xóm 3 thôn Thượng", "||||xom 3,thon thuong"),
]


@pytest.mark.parametrize(("text", "key"), PLACES)
@pytest.mark.parametrize("spelled", [str, fold])
def test_a_place_is_read_with_and_without_diacritics(text, key, spelled):
    assert place(spelled(text)).key == key


def test_what_is_shown_back_is_what_was_said():
    found = place("em ở số 5 ngách 3  ngõ 12 Láng Hạ, phường Láng Hạ ạ")
    assert found.said == "số 5 ngách 3 ngõ 12 Láng Hạ, phường Láng Hạ"
    assert (found.house, found.alleys, found.street) == ("5", ("12", "3"), "Láng Hạ")
    assert (found.unit, found.landmark) == ("phường Láng Hạ", "")


def test_a_printed_place_says_nothing():
    assert "Láng" not in repr(place("ngõ 12 Láng Hạ"))


def test_the_fullest_place_is_taken():
    assert place("đi qua tổ 3. Nhà em số 5 ngõ 12 Láng Hạ").key == "lang ha|12|5||"


@pytest.mark.parametrize(
    "text",
    [
        "tổ chức họp tổ dân phố",
        "số điện thoại 5",
        "xóm nhậu ồn ào",
        "xóm trọ em mất nước",
        "ra phố chơi",
        "đi ra đường bị ngã",
        "bán 5 triệu",
        "đề về số 5",
        "nhà 3 tầng",
        "ngày 12/11/2026 mất xe",
        "xã hội đen đòi nợ",
        "công an phường ơi",
        "phường mình có gì mới",
        "anh Tuấn gần cho em hỏi",
        "cho em hỏi",
        "tờ 7",
        "bản thân em",
        "khu vực này",
        "mất 2 con chó",
        "quán phở ngon",
        "thành phố Hồ Chí Minh",
        "",
    ],
)
@pytest.mark.parametrize("spelled", [str, fold])
def test_words_that_only_look_like_places_are_none(text, spelled):
    if spelled(text) != "to 7":  # bare it may be a "tổ"
        assert place(spelled(text)) is None


numbers = st.from_regex(r"[1-9][0-9]{0,2}[A-C]?", fullmatch=True)
streets = st.sampled_from(["Láng Hạ", "Nguyễn Trãi", "Lê Văn Sỹ", "Trần Hưng Đạo", "Cầu Giấy", "Kim Mã"])


@given(numbers, numbers, numbers, streets, st.sampled_from([" ", ", ", "  "]), st.sampled_from([str, fold, str.lower]))
def test_northern_and_numbered_alleys_agree(house, inner, alley, street, gap, spelled):
    north = gap.join([f"số {house}", f"ngách {inner}", f"ngõ {alley} {street}"])
    slashes = f"số {alley}/{inner}/{house} đường {street}"
    for text in (north, slashes):
        found = place(spelled(f"có trộm ở {text}"))
        assert found.key == f"{fold(street)}|{alley}/{inner}|{house}||".lower()


@given(st.text())
def test_no_text_raises(text):
    place(text)


def test_hostile_lengths_end():
    for piece in ("ngõ 1 ", "số 1/", "đường A ", "gần chợ A B ", "1/", " ", "thôn "):
        place((piece * 20_000)[:100_000])
