"""The words of Vietnamese places, and where a place's name ends. Source: domain facts 6.2, rule 9.

No list of streets is at hand here: a name is what capitals show, or the words up to one that begins something else.
"""

import re

from bot.domain.spotting import shadow, spelt

MEANT = {
    "ngo": "ngõ", "ngach": "ngách", "hem": "hẻm", "kiet": "kiệt", "nhanh": "nhánh", "to": "tổ",
    "to dan pho": "tổ dân phố",
    "khu pho": "khu phố", "khu": "khu", "khom": "khóm", "xom": "xóm", "thon": "thôn", "ap": "ấp", "ban": "bản",
    "buon": "buôn", "phuong": "phường", "xa": "xã", "duong": "đường", "pho": "phố", "so": "số", "nha": "nhà",
    "so nha": "số nhà", "nha so": "nhà số", "quoc lo": "quốc lộ", "tinh lo": "tỉnh lộ", "dai lo": "đại lộ",
    "chung cu": "chung cư", "khu do thi": "khu đô thị",
}  # fmt: skip
ONLY_WITH_MARKS = {"nhanh", "ban", "xa", "buon"}  # bare they are fast, sell, far and sad
_COUNTED = (
    r"(?! ?(?:nguoi|trieu|tr|k|km|m|cai|con|lan|tuoi|ngay|gio|phut|tang|phong|xe|thang|tuan|nam|nghin|ngan|ty|cu|chai"
    r"|met|h|p|dua|thang|chiec|dong|d|tieng|cay|nha|ho|can|mon|chi|vu|cho)\b)(?!\w)(?![.:-]?\d)"
)
_NUMBER = r"[0-9]{1,4}(?:bis|[a-z])?"
PATH = rf"(?P<path>{_NUMBER}(?:/{_NUMBER}){{0,5}})"
ALLEY = re.compile(rf"\b(?P<word>ngo|ngach|hem|kiet|nhanh) (?:so )?{PATH}{_COUNTED}")
NUMBERED = re.compile(
    r"(?<!hang )\b(?P<word>to dan pho|tdp|to|khu pho|kp|khu|khom|xom|thon|ap|ban|phuong|p)(?: |\. ?)?(?:so )?"
    rf"(?P<number>[0-9]{{1,3}}[a-e]?){_COUNTED}(?!/)"
)
NAMED = re.compile(r"\b(?P<word>thon|xom|ap|ban|buon|phuong|xa|chung cu|khu do thi) (?!hoi )(?=\w)")
STREET = re.compile(
    r"(?<!thanh )(?<!quan )(?<!an )(?<!to dan )(?<!khu )(?<!ban )(?<!bat )"
    r"\b(?P<word>duong|pho|quoc lo|tinh lo|dai lo|ql)"
    r"(?: ?(?P<number>(?:so )?[0-9]{1,3}[a-z]?(?:/[0-9]{1,2})?)(?!\w)| (?=[^\W\d]))"
)
HOUSE = re.compile(rf"\b(?P<word>so nha|nha so|sn|so|nha) ?{PATH}{_COUNTED}")
DOOR = re.compile(rf"(?<![\w/.,:-]){PATH}(?= )")
FAMILY = re.compile(r" (?:nguyen|tran|pham) \w")  # family names that are no other word when bare
LANDMARK = re.compile(
    r"\b(?:(?:ngay )?(?:doi dien|ben canh|phia sau|phia truoc|truoc cong|truoc cua|canh|sat|gan|sau|truoc|dau|cuoi"
    r"|trong|giua|tai|o|cong|khu vuc|duoi|tren))(?P<place> (?:cong |khu |cai |cho |cua |ngay ){0,2}"
    r"(?P<noun>nha van hoa|truong(?: hoc| mam non| tieu hoc| cap [123]| thcs| thpt| mau giao)?|nga (?:tu|ba|nam)|cho"
    r"|chua|cau|cong vien|benh vien|tram y te|tram xang|cay xang|uy ban|ubnd|sieu thi|nha tho|dinh|ben xe|buu dien"
    r"|san bong|bai rac|ho|nghia trang|tiem vang|tap hoa|bach hoa xanh|winmart|circle k|vong xuyen|san choi"
    r"|quan \w+|cong chao))\b"
    r"(?!(?<=cho) (?:em|toi|minh|con|chau|anh|chi|bac|co|hoi|xin|biet|nen)\b)"
)
_PLACES = {
    "cho": "chợ", "chua": "chùa", "cau": "cầu", "dinh": "đình", "ho": "hồ", "nga tu": "ngã tư", "nga ba": "ngã ba",
    "nha van hoa": "nhà văn hóa", "truong": "trường", "nha tho": "nhà thờ", "cong vien": "công viên",
}  # fmt: skip
_SHORT_PLACES = {"cho", "cau", "dinh", "ho", "chua"}  # bare they are also give, I, fix, they, not yet
_SURE_BEFORE = re.compile(r"(?:doi dien|canh|gan|truoc cong|dau|cuoi|trong|sau) $")
_WORD = re.compile(r" ?([^\W_]+)")
ENDS = re.compile(r"$|[^\S\n]*[\n,.;:!?()\-]")
ANNOUNCED = re.compile(r"(?:[0-9][a-z]?|\b(?:tren|tai|o|ngoai|doan|mat)) $")  # what comes before "duong" and a name
_REVOLUTION = re.compile(r" ?cach mang thang (?:8|tam)\b")  # a street name with a number in it
_SURNAMES = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh lâm trịnh mai tô hà tạ phùng"
)
_STOPS = (
    "có bị mất đang và là thì ở tại gần cạnh đối trước sau phía nhà số ngõ ngách hẻm kiệt tổ khu phường xã quận"
    " huyện thôn xóm của em tôi mình tui tao anh chị cô chú bác ông bà cháu con thằng nó người ai này kia đó đấy"
    " ấy nay qua hôm lúc hồi vừa mới đã sẽ không ko k chưa rồi r nhé nha ạ à ơi với vs cho đi về ra vào lên xuống"
    " đến tới từ nên nhưng hay được đc bán mua trộm cướp đánh cháy ngập cúp kẹt tắc tai xe cây chó mèo rác loa"
    " hát nhậu tụ mấy nhiều vắng xa nào gì sao ngày đêm tối sáng chiều trưa thấy nghe gọi nhờ xin báo lấn đỗ đậu"
    " đổ vứt chạy đua một hai hàng ồn cứ toàn trên dưới trong ngoài giữa đầu cuối cả bọn tụi bầy đám nhóm đội lực"
    " họp cát phèn trắng kính dây điện nước quá lắm luôn ngay còn hết hỏng vỡ sụt lún nhỏ lớn to trọ giềng trưởng"
    " chức phó mở karaoke phố đường toi chơi làm học ăn"
)
_NO_NAME = re.compile(r" ?(?:thanh nien|hang xom|cong an|ben canh|tu tap|dan pho|van hoa)\b")


def _by_letters(words: str) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for word in words.split():
        known.setdefault(shadow(word), []).append(word)
    return known


SURNAMES = _by_letters(_SURNAMES)
_STOP = _by_letters(_STOPS)


def says(text: str, match: re.Match[str]) -> bool:
    """Whether the key word of a match is the one meant, not one that only loses its marks alike."""
    word, typed = match["word"], text[match.start("word") : match.end("word")]
    if word in ONLY_WITH_MARKS and typed.isascii():
        return False
    return word not in MEANT or spelt(typed, MEANT[word])


def is_place(text: str, plain: str, match: re.Match[str]) -> bool:
    """Whether the noun of a landmark is a place: "gần chợ" and "gần cho"."""
    noun, typed = match["noun"], text[match.start("noun") : match.end("noun")]
    if noun in _PLACES and not spelt(typed, _PLACES[noun]):
        return False
    if noun in _SHORT_PLACES and typed.isascii() and not text.isascii():
        return False
    sure = _SURE_BEFORE.search(plain, max(0, match.start("noun") - 12), match.start("noun"))
    return not (noun in _SHORT_PLACES and typed.isascii()) or bool(sure)


def name_end(text: str, plain: str, start: int, *, sure: bool) -> int:
    """Where the name that begins at `start` ends; `start` where none does. `sure`: a word announced the name."""
    capital = capitals_end(text, start)
    if capital > start and not text.isupper():
        return capital
    if match := _REVOLUTION.match(plain, start):
        return match.end()
    end, count, most = start, 0, 0 if _NO_NAME.match(plain, start) else 2
    while count < most and (match := _WORD.match(plain, end)):
        if match[1].isdigit() or is_stop(text[match.start(1) : match.end(1)], match[1]):
            break
        most = 4 if not count and is_surname(text[match.start(1) : match.end(1)]) else most
        end, count = match.end(), count + 1
    return end if count > 1 or (count == 1 and sure) else start


def is_stop(typed: str, plain: str) -> bool:
    """Whether a word cannot belong to a name, as far as its marks tell."""
    return any(spelt(typed, stop) for stop in _STOP.get(plain, ()))


def capitals_end(text: str, start: int) -> int:
    """Where a run of up to five capitalised words ends."""
    end, count = start, 0
    while count < 5 and (match := _WORD.match(text, end)):
        after_month = text[start:end].lower().endswith("tháng") and match[1].isdigit()
        if not (match[1][0].isupper() or after_month):
            break
        end, count = match.end(), count + 1
    return end


def is_surname(typed: str) -> bool:
    """Whether a word is a common family name."""
    return any(spelt(typed, name) for name in SURNAMES.get(shadow(typed), ()))
