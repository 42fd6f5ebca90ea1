"""Names of people in free text: after a word of address, or a family name in capitals.

Not handled: lower-case names that no word of address announces; family names outside the common ones.
"""

import re
from collections.abc import Iterator

from bot.domain.addresses import find_parts
from bot.domain.placewords import is_stop, is_surname
from bot.domain.spotting import Spot, apart, shadow, spelt

_TITLES = (
    "anh chị cô chú bác ông bà cụ cậu dì thím mợ em cháu bé thằng con tên nó bạn thầy mụ lão gã vợ chồng bố mẹ má cha"
)
_TITLE = re.compile(
    r"\b(?P<title>anh|chi|co|chu|bac|ong|ba|cu|cau|di|thim|mo|em|chau|be|thang|con|ten|ban|thay|mu|lao|ga|me|bo|ma|cha)"
    r"(?: (?:ten|la|ho ten|nha|gia|trai|gai))? (?=[^\W\d_])"
)
_SPELT = {shadow(word): word for word in _TITLES.split()}
_BARE_TITLES = {
    "anh",
    "chi",
    "bac",
    "ong",
    "ba",
    "chu",
    "cu",
    "thang",
    "thim",
    "con",
}  # others are other words when bare
# What follows a word of address and is no name, besides the words that end a place's name.
_NO_NAMES = (
    "ấy ta nào này kia đó đấy ơi ạ à nhé nha hàng chủ trưởng phó thợ già trẻ tổ công cán bộ dâu rể họ bên em mình"
    " hai ba bốn gái trai nuôi ruột lớn nhỏ bé con cháu ngoại nội nhà trong ngoài ở thì là bị có đi đang đã sẽ vừa"
    " mới cũng rất hay thường không chưa cứ lại còn mà với và cho của từ nó tôi tui tao họ chúng bạn người ai gì"
    " sao lái xe bán mua nhậu say uống ăn làm chơi ngủ nói kêu gọi nhờ xin hỏi báo cần muốn phải biết thấy nghe"
    " nhìn giúp đến tới về ra vào lên xuống qua đánh chém trộm cướp giật lừa đốt phá chửi quậy hát mở đỗ đậu để"
    " lấy đưa giao nhận gửi chuyển trả vay nợ đòi mất tìm lạc bị đuổi chạy đứng ngồi nằm khóc cười chết sống ốm"
    " đau giùm dùm thông nói chung quanh nhân shipper một mấy nhiều cả các những mỗi tên lạ mặt quen chó mèo gà"
    " lợn bò trâu đường sông số ngõ hẻm ngách phường xã quận thôn khu rể thứ vợ chồng bố mẹ dượng ghẻ kế bảo vệ"
    " giáo viên sinh học đồ hồi lúc khi nếu để ngày tháng năm tuổi"
)
_NOT_A_NAME: dict[str, list[str]] = {}
for _one in _NO_NAMES.split():
    _NOT_A_NAME.setdefault(shadow(_one), []).append(_one)
# Given names that are other words when bare ("nam" năm, "lan" lấn): after a word of address they are names.
_GIVEN = (
    "anh an bao binh cuong dat duc dung duy giang ha hai hang hanh hien hieu hoa hung huong huy khanh khoa lam lan linh"
    " loan loc long luan mai minh my nam nga ngoc nhung phong phuc phuong quan quang quyen son tam tan thanh thao thu"
    " thuy tien tin toan trang tri trinh trung tu tuan tung tuyet van vinh vy xuan yen dao chien thang manh quy"
    " ba tam chin muoi ut bay sau bon teo ti"
)
_FULL = re.compile(
    r"\b(?:nguyen|tran|pham|huynh|hoang|vu|vo|dang|bui|le|phan|ngo|do|ho|duong|ly|dinh) "
    r"(?:van|thi|duc|huu|quoc|ngoc|xuan) [^\W\d_]+"
)
_NEXT = re.compile(r" ?([^\W\d_]+)")
_MOST = 4  # syllables of a name


def find_names(text: str) -> list[Spot[str]]:
    """The names in text that `normalize` has seen, in order, without the word of address before them."""
    plain = shadow(text)
    called = apart(_merged(_called(text, plain)), ())
    places = [(part.start, part.end) for part in find_parts(text) if part.sort != "house"]
    taken = places + [(spot.start, spot.end) for spot in called]
    full = apart(_merged(_full(text, plain)), taken)
    return sorted([*called, *full], key=lambda spot: spot.start)


def _called(text: str, plain: str) -> Iterator[Spot[str]]:
    for match in _TITLE.finditer(plain):
        typed = text[slice(*match.span("title"))].lower()
        if not spelt(typed, _SPELT[match["title"]]):
            continue
        end = _capital_end(text, match.end())
        if end == match.end() and (match["title"] in _BARE_TITLES or not typed.isascii()):
            end = _lower_end(text, plain, match.end())
        if end > match.end():
            yield Spot(text[match.end() : end], match.end(), end)


def _full(text: str, plain: str) -> Iterator[Spot[str]]:
    """ "Nguyễn Văn Tuấn" without a word of address, or in lower case with the usual middle name."""
    for match in _FULL.finditer(plain):
        yield Spot(text[match.start() : match.end()], *match.span())
    for match in re.finditer(r"\b[^\W\d_]+", text):
        if match[0][0].isupper() and is_surname(match[0]):
            end = _capital_end(text, match.start())
            if " " in text[match.start() : end]:
                yield Spot(text[match.start() : end], match.start(), end)


def _merged(spots: Iterator[Spot[str]]) -> Iterator[Spot[str]]:
    """The spots in order; of two that overlap the first."""
    end = 0
    for spot in sorted(spots, key=lambda one: (one.start, -one.end)):
        if spot.start >= end:
            yield spot
            end = spot.end


def _capital_end(text: str, start: int) -> int:
    """Where a name in capitals ends; a text all in capitals shows none."""
    end, count = start, 0
    while count < _MOST and not text.isupper() and (match := _NEXT.match(text, end)):
        if not match[1][0].isupper():
            break
        end, count = match.end(), count + 1
    return end


def _lower_end(text: str, plain: str, start: int) -> int:
    end, count, most = start, 0, 1
    if (match := _NEXT.match(plain, start)) and match[1] in _GIVEN.split() and text[slice(*match.span(1))].isascii():
        return match.end()
    while count < most and (match := _NEXT.match(plain, end)):
        typed = text[match.start(1) : match.end(1)]
        if _is_no_name(typed, match[1]):
            break
        most = _MOST if not count and is_surname(typed) and not typed.isascii() else most
        end, count = match.end(), count + 1
    return end


def _is_no_name(typed: str, plain: str) -> bool:
    return is_stop(typed, plain) or any(spelt(typed.lower(), one) for one in _NOT_A_NAME.get(plain, ()))
