"""What messages about scams sound like; what is near to one and is none."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.scam_patterns import Patterns
from bot.domain.scamcheck import Answer
from data.content import FOLDER, Scam
from tests.domain.scam_set import Judge, messages

judge = Judge()
scams = msgspec.json.decode((FOLDER / "scams.json").read_bytes(), type=list[Scam])


def test_every_scam_of_the_library_has_a_pattern() -> None:
    assert judge.patterns.scams == {scam.id for scam in scams}


def test_the_set_is_large_half_harmless_and_no_message_stands_twice() -> None:
    parts = {(part, sort): messages(part, sort) for part in ("tuning", "held") for sort in ("scam", "harmless")}
    every = [text for texts in parts.values() for text in texts]
    assert len(every) >= 200
    assert len(set(every)) == len(every)
    for part in ("tuning", "held"):
        assert len(parts[part, "scam"]) == len(parts[part, "harmless"]) >= 50


def test_of_what_it_was_developed_on_it_tells_nearly_all() -> None:
    found = judge.measure("tuning")
    assert found["precision"] >= 0.95
    assert found["recall"] >= 0.95


def test_what_was_held_back_does_not_get_worse() -> None:
    found = judge.measure("held")
    assert found["precision"] >= FLOOR[0]
    assert found["recall"] >= FLOOR[1]


FLOOR = (0.92, 0.89)
"""What was reached; the aim is 0.95 for both, and `make bench` prints how near it is."""


@pytest.mark.parametrize(
    "text",
    [
        "Cảnh báo lừa đảo: có người giả công an đòi chuyển tiền, bà con cảnh giác",
        "Mã OTP là 482913. Không chia sẻ mã này cho bất kỳ ai",
        "bà con lưu ý công an không làm việc qua điện thoại",
    ],
)
def test_who_warns_of_scams_is_no_scam(text: str) -> None:
    assert judge.answer(text) is Answer.UNKNOWN


def test_a_warning_with_a_false_link_is_still_dangerous() -> None:
    text = "Cảnh báo lừa đảo từ ngân hàng, bà con cảnh giác, xác minh ở https://vietcombank.login-vn.top"
    assert judge.answer(text) is Answer.DANGEROUS


@pytest.mark.parametrize(
    ("text", "scam"),
    [
        ("công an gọi nói em dính án rửa tiền, chuyển tiền vào tài khoản tạm giữ", 14),
        ("CONG AN goi noi em dinh an rua tien, chuyen tien vao tai khoan tam giu", 14),
        ("𝗖𝗼̂𝗻𝗴 𝗮𝗻 gọi nói em dính án rửa tiền, chuyển tiền vào tài khoản tạm giữ", 14),
        ("ctv chốt đơn hoa hồng 20%, ứng trước tiền hàng", 12),
        ("bắt cóc con chị, đòi tiền chuộc 200 triệu, đừng báo công an", 26),
    ],
)
def test_it_is_recognised_however_it_is_typed(text: str, scam: int) -> None:
    assert scam in {trick.scam for trick in judge.patterns.read(text, {"money"}).tricks}


@pytest.mark.parametrize(
    "text",
    [
        "ck vào stk 1903444555666 VCB",
        "stk 1903444555666 techcombank có uy tín không",
        "số 0912345678 gọi em hoài, có phải lừa đảo không",
        "chuyển khoản 200k tiền hàng vào stk 0123456789 MB tên Lan",
        "shop này bán hàng uy tín không: facebook.com/abc",
    ],
)
def test_a_bare_number_is_not_suspicious_by_how_it_is_asked_about(text: str) -> None:
    assert judge.answer(text) is Answer.UNKNOWN


def test_one_mark_alone_says_nothing() -> None:
    assert judge.patterns.read("mật khẩu wifi quán là gì").marks == ()
    assert judge.patterns.read("chuyển tiền cho em").marks == ()


def test_a_pattern_that_names_no_known_group_stops_the_start() -> None:
    broken = {"groups": {}, "own": {}, "short": {}, "warning": [], "marks": {}, "enough": 3}
    with pytest.raises(KeyError):
        Patterns(broken | {"pattern": [{"scam": 1, "needs": [["@nothing"]]}]})


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert judge.answer(text) in set(Answer)
