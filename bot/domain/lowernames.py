"""Names that an officer typed in lower case, as in "ông nguyễn văn a", "anh tư". Pure.

Strict where `naming` is generous: there a name too many is a word hidden, here a sentence is left out of a board and an
officer warned for nothing. So family names want their marks, and what else such words may begin is looked at.
Not handled: given names that begin other words ("chị liên", "anh đạt") without a family name; names without marks.
"""

import re
from collections.abc import Iterator

_TITLES = "anh|chị|ông|bà|cô|chú|bác|cụ|cậu|dì|thím|mợ"
_CALLED = rf"(?:{_TITLES}|em|cháu|thằng|tên|vợ|chồng)"
_FAMILY = (
    "(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đinh|lâm|trịnh|mai|tô|hà|tạ|phùng"
    "|đoàn|lương|trương|cao|châu|chu|quách|thái)"
)
_MIDDLE = (
    r"(?:văn(?! (?:nghệ|công|hoá|hóa|phòng|bản|kiện)\b)|thị(?! (?:trường|trấn|xã)\b)|hữu|đình)"  # "quản lý thị trường"
)
_GIVEN = (
    "lan|hương|tuấn|cường|ngọc|yến|huệ|loan|oanh|phượng|tùng|hùng|dũng|nga|nhung|quỳnh|trâm|tuyết|tú|vân|vy"
    "|trinh|thuỷ|thủy|thuý|thúy|hà|khang|khôi|diễm"
)
_WITH_FAMILY = (
    f"{_GIVEN}|an|anh|bảo|bình|công|đức|duy|giang|hải|hạnh|hằng|hiền|hiếu|hoa|hoà|hòa|hồng|huy|hưng|khánh|khoa|kiên"
    "|kim|lâm|liên|linh|long|mai|minh|my|nam|phong|phúc|phương|quân|quang|quốc|quyên|sơn|tâm|tân|thanh|thành|thảo"
    "|thắng|thịnh|thu|tiến|toàn|trang|trung|việt|vinh|xuân|đạt"
)
_BORN = "hai|ba|tư|năm|sáu|bảy|tám|chín|mười|út"  # by the order of birth, as people of the South are called
_FULL = rf"{_FAMILY} {_MIDDLE} [^\W\d_]+(?: (?:{_WITH_FAMILY})\b)?"
_OTHER_WORD = (  # what such a word begins when it is no name
    r"(?! (?:\d|vấn|pháp|nhân|cách|liệu|thế|nay|ngoái|trước|sau|tới|qua|người|lần|cái|chiếc|tờ|bản|câu|bước|việc|ngày"
    r"|đêm|tuần|tháng|năm|giờ|phút|tuổi|con|mẹ|má|mươi|chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|đồng|bên|nơi|loại|hộ|nhà|xe|số"
    r"|mặt|toả|tỏa|truyền|rộng|ước|khói|độ|tài)\b)"
)
_NAMES = (
    re.compile(rf"\b(?P<name>{_FULL})", re.IGNORECASE),
    re.compile(rf"\b{_CALLED} (?P<name>{_FAMILY} (?:{_WITH_FAMILY}|[a-z])\b)", re.IGNORECASE),
    re.compile(
        rf"(?P<before>\S+ +)?(?<![\w/])(?P<title>{_TITLES}) (?P<name>(?:{_GIVEN}|{_BORN})\b){_OTHER_WORD}",
        re.IGNORECASE,
    ),
)
_NOBODY_AFTER = frozenset(  # many, "áo bà ba", "chợ bà hoa"
    f"các|những|mọi|mấy|quý|nhiều|{_TITLES}|em|áo|bộ|quần|chợ|chùa|đền|miếu|đường|phố|ngõ|hẻm|cầu|bến|núi".split("|")
)
_WORDS = frozenset({"anh hùng", "anh dũng"})  # heroes, bravely


def find_lower_names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in text that `normalize` has seen, with or without capitals; they may overlap."""
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            if "title" not in match.groupdict() or _of_one(match):
                yield match.span("name")


def _of_one(match: re.Match[str]) -> bool:
    before = (match["before"] or "").strip().lower()
    return before not in _NOBODY_AFTER and f"{match['title']} {match['name']}".lower() not in _WORDS
