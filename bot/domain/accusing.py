"""Does a message in a group accuse somebody? Naming a person with a crime may wrong them, and is taken down.

It errs towards leaving a post: warnings, victims and ordinary talk stay. Not handled: hints ("ai cũng biết là ai"),
pictures, an accusation spread over several sentences or messages.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.accounts import find_accounts
from bot.domain.addresses import find_parts
from bot.domain.contacts import Kind, find_contacts
from bot.domain.cues import Role, role
from bot.domain.danger import Index, Phrase, Word
from bot.domain.naming import find_names
from bot.domain.plates import find_plates
from bot.domain.spotting import shadow
from bot.domain.vietnamese import marks, normalize

_CRIMES = (
    "ăn trộm", "trộm", "ăn cắp", "lấy cắp", "lấy trộm", "móc túi", "cướp", "cướp giật", "giật đồ", "giật túi",
    "giật dây chuyền", "giật điện thoại", "lừa đảo", "lừa tiền", "lừa * tiền", "lừa bán", "lừa người", "lừa gạt",
    "kẻ lừa", "lừa em", "lừa tôi", "lừa bà", "bán ma tuý", "buôn ma tuý", "chơi ma tuý", "dùng ma tuý",
    "nghiện ma tuý", "thằng nghiện", "con nghiện", "nghiện hút", "nghiện ngập", "hút chích", "chơi đá", "đập đá",
    "bán hàng trắng", "buôn hàng cấm", "bắt cóc", "hiếp dâm", "dâm ô", "sàm sỡ", "sờ mó", "xâm hại", "ấu dâm",
    "biến thái", "giết người", "bán dâm", "làm gái", "chứa mại dâm", "môi giới mại dâm", "chứa bạc", "ghi đề",
    "ghi lô", "mở sòng", "cho vay nặng lãi", "đánh vợ", "đánh con", "đánh mẹ", "đánh người", "đánh cháu",
    "bạo hành", "quỵt tiền", "quỵt nợ", "giật nợ", "bùng nợ", "đâm người", "chém người", "đốt nhà", "phá xe",
    "đốt xe", "tham ô", "tham nhũng", "ăn tiền hối lộ", "nhận hối lộ", "trốn truy nã", "phản động", "tội phạm",
    "thủ phạm", "hung thủ", "kẻ gian", "lưu manh", "côn đồ", "buôn người", "bắt trộm chó", "câu trộm chó",
    "bán hàng giả", "chôm", "cuỗm", "gây tai nạn * bỏ chạy", "tông * bỏ chạy", "đầu độc", "phá hoại", "lừa tình",
    "tạt sơn", "giam giữ",
)  # fmt: skip
_EXACT = ("lừa", "nghiện", "đâm", "giật", "giết", "hiếp")  # bare they are silk, study, a crowd, to wash, and more
_BRAND = ("thằng trộm", "thằng cướp", "con lừa đảo", "thằng lừa đảo", "kẻ trộm", "kẻ cướp", "kẻ lừa đảo")
# Between a name and a crime: the name is of a victim, a witness, a helper or whoever is spoken to.
_SPARED = (
    "bị", "mất", "báo", "thấy", "nghe", "bắt được", "bắt kẻ", "bắt thằng", "bắt trộm", "bắt cướp", "gọi", "nhắc",
    "hỏi", "cảnh giác", "cảnh báo", "coi chừng", "cẩn thận", "đề phòng", "phòng", "chống", "giúp", "kể", "nói",
    "hộ", "biết", "ai", "ơi", "có trộm", "có cướp", "có vụ", "có người", "có thằng", "có mấy", "có kẻ", "có bọn",
    "vụ", "dặn", "nhờ", "xin", "công an", "cảnh sát", "điều tra", "xử lý", "không", "ko", "chưa", "nếu", "tránh",
    "cảm ơn", "gửi", "chia sẻ", "tuyên truyền", "xem", "phim", "họp", "dạy", "video", "luật", "sợ", "đuổi", "ngăn",
    "can", "tìm", "bắt", "săn", "tố giác", "oan", "tin", "chuyện", "bài", "là nạn nhân", "nhà văn", "hát",
    "tập huấn", "đọc", "đưa tin", "hiểu nhầm",
)  # fmt: skip
_OWN = re.compile(r"\b(?:bi|mat|cua (?:em|toi|minh|nha|con|bo|chong|vo|gia dinh)|xe (?:em|toi|minh|nha)|tim)\b")
_CALL = re.compile(
    r"\b(?:goi|lien he|lh|alo|bao|hotline|duong day nong|truc ban|nhan tin|goi ngay|inbox|zalo)\W*(?:\w+\W+){0,4}$"
)
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;](?=\S)[^.!?;\n]*)*")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 10_000  # no messenger here sends more in one message
_FAR = 70  # characters between who and what


class Span(NamedTuple):
    """Where something stands in the text."""

    start: int
    end: int


def accuses(text: str) -> bool:
    """Whether a message names or points at somebody together with a crime, or publishes an identity number."""
    text = normalize(text[:_LONGEST])
    if _publishes_paper(text):
        return True
    crimes = _crimes(text)
    return bool(crimes) and any(_in_sentence(text, Span(*match.span()), crimes) for match in _SENTENCE.finditer(text))


def _publishes_paper(text: str) -> bool:
    papers = [found for found in find_contacts(text) if not found.contact.kind.is_phone]
    return any(found.contact.kind is Kind.CCCD or role(text, found.start, found.end) is Role.PAPER for found in papers)


def _in_sentence(text: str, sentence: Span, crimes: Iterable[Span]) -> bool:
    inside = [crime for crime in crimes if sentence.start <= crime.start < sentence.end]
    if not inside:
        return False
    piece = text[sentence.start : sentence.end]
    moved = [Span(crime.start - sentence.start, crime.end - sentence.start) for crime in inside]
    return _names_culprit(piece, moved) or _points_at_house(piece, moved) or _publishes_number(piece, moved)


def _names_culprit(text: str, crimes: list[Span]) -> bool:
    plain = shadow(text)
    for spot in find_names(text):
        for crime in crimes:
            if 0 <= crime.start - spot.end <= _FAR and _leads_to(text[spot.end : crime.start]):
                return True
            gap = spot.start - crime.end  # "kẻ trộm là thằng Hùng"
            if 0 <= gap <= _FAR // 2 and re.search(r"\b(?:la|ten)\b", plain[crime.end : spot.start]):
                return True
    return False


def _points_at_house(text: str, crimes: list[Span]) -> bool:
    houses = [part for part in find_parts(text) if part.sort == "house"]
    between = [
        text[house.end : crime.start] for house in houses for crime in crimes if 0 <= crime.start - house.end <= _FAR
    ]
    return any(_leads_to(gap) and not re.search(r"\bco\b", shadow(gap)) for gap in between)


def _leads_to(between: str) -> bool:
    """Whether what stands between who and what does not make the one a victim, a witness or a helper."""
    return len(between) <= _FAR and next(_SPARING.matches(_typed(list(_WORD.finditer(between)))), None) is None


def _publishes_number(text: str, crimes: list[Span]) -> bool:
    """A plate, a phone or an account with an accusation: not the victim's own, and none to call for help."""
    plain = shadow(text)
    if any(re.search(r"\b(?:bi|mat|chong|phong|neu|khi)\b[^,]*$", plain[: crime.start]) for crime in crimes):
        return False
    plates = find_plates(text)
    phones = [found for found in find_contacts(text) if found.contact.kind.is_phone]
    starts = [found.start for found in phones] + [spot.start for spot in find_accounts(text)]
    if plates and not _OWN.search(plain):
        return True
    return any(not _CALL.search(plain, max(0, start - _FAR), start) for start in starts)


def _crimes(text: str) -> list[Span]:
    places = list(_WORD.finditer(text))
    return [Span(places[m.start].start(), places[m.end - 1].end()) for m in _INDEX.matches(_typed(places))]


def _typed(places: Iterable[re.Match[str]]) -> list[Word]:
    return [Word(shadow(place[0]), marks(place[0])) for place in places]


def _phrase(written: str, *, exact: bool = False) -> Phrase:
    parts = (None if part == "*" else Word(shadow(part), marks(part)) for part in written.split())
    return Phrase(tuple(parts), exact)


_INDEX = Index([*map(_phrase, _CRIMES + _BRAND), *(_phrase(word, exact=True) for word in _EXACT)])
_SPARING = Index(map(_phrase, _SPARED))
