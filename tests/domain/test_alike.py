"""Likely duplicates: what neighbours write of one thing is alike, of two things is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alike import LIKELY, Sketch, likely_same, same_place
from bot.domain.vietnamese import fold

HOUR = 3600.0
NGO_12 = " lang ha|12|||".strip()
HOUSE_5 = "lang ha|12|5||"


def sketch(number: int, words: str, kind: str = "trom_cap", place: str = "", at: float = 0.0) -> Sketch:
    return Sketch(number, kind, fold(words), place, at)


BIKE = sketch(1, "Mất xe máy Wave đỏ tối qua trước nhà số 5 ngõ 12 Láng Hạ", place=HOUSE_5)
SAME = [
    sketch(2, "toi qua trom lay mat chiec wave do o ngo 12 lang ha", place=NGO_12, at=HOUR),
    sketch(3, "nhà số 5 bị mất xe wave màu đỏ", place=HOUSE_5, at=5 * HOUR),
    sketch(4, "Mất xe máy Wave đỏ trước nhà số 5", at=2 * HOUR),
]
OTHER = [
    sketch(5, "Mất xe máy Wave đỏ tối qua trước nhà số 8 ngõ 30 Láng Hạ", place="lang ha|30|8||"),
    sketch(6, "Karaoke ồn quá ở ngõ 12 Láng Hạ", kind="gay_roi", place=NGO_12),
    sketch(7, "mất ví ở chợ", at=48 * HOUR),
    sketch(8, "có người bị tai nạn ở ngã tư", kind="tai_nan_gt"),
]


@pytest.mark.parametrize("other", SAME, ids=lambda other: other.words)
def test_the_same_thing_in_other_words_is_likely_the_same(other: Sketch) -> None:
    assert [number for number, _ in likely_same(BIKE, [other])] == [other.number]


@pytest.mark.parametrize("other", OTHER, ids=lambda other: other.words)
def test_another_thing_is_not(other: Sketch) -> None:
    assert likely_same(BIKE, [other]) == []


def test_the_likeliest_comes_first_and_a_tip_is_not_its_own_duplicate() -> None:
    found = likely_same(BIKE, [*OTHER, *SAME, BIKE])
    assert len(found) == 3
    assert found == sorted(found, key=lambda one: -one[1])
    assert BIKE.number not in dict(found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (NGO_12, HOUSE_5, True),
        (HOUSE_5, "lang ha|12|7||", False),
        (NGO_12, "lang ha|30|||", False),
        ("lang ha|12/3|||", NGO_12, True),
        ("lang ha|1|||", NGO_12, False),
        ("|||cho thanh cong|", "|||cho thanh cog|", True),
        ("|||cho thanh cong|", NGO_12, False),
        ("", NGO_12, False),
        ("", "", False),
    ],
)
def test_places_are_the_same_where_all_that_both_say_agrees(one: str, other: str, *, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


@given(st.text(), st.text(), st.text(), st.text(), st.floats(0, 1e9), st.floats(0, 1e9))
def test_any_two_reports_compare(words: str, others: str, place: str, there: str, at: float, then: float) -> None:
    found = likely_same(sketch(1, words, place=place, at=at), [sketch(2, others, place=there, at=then)])
    assert all(LIKELY <= likeness <= 1.0001 for _, likeness in found)
