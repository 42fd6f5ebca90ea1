"""Guides are found as people type: without diacritics, with slips and spelling by ear, in teencode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.finding import FOUND, alike
from data.content import Content

content = Content.load()
finder = content.everywhere.finder
ASKED = {
    "mất giấy tờ": "mat-giay-to",
    "mat cccd": "mat-giay-to",
    "mat cmt": "mat-giay-to",
    "lam lai can cuoc": "can-cuoc",
    "mat can cuoc lam lai": "mat-giay-to",
    "lam can cuoc cho con": "can-cuoc",
    "cccd het han": "can-cuoc",
    "doi cmnd": "can-cuoc",
    "lam sao de len muc 2 vneid": "vneid-muc-2",
    "dinh dah muc 2": "vneid-muc-2",
    "vnied muc 2": "vneid-muc-2",
    "dk tam tru": "cu-tru",
    "đăng kí tạm trú": "cu-tru",
    "dang ky tam chu": "cu-tru",
    "nhập hộ khẩu": "cu-tru",
    "ca goi dien bao ck tien": "gia-danh-cong-an",
    "bi lua mat tien roi": "mat-tien",
    "lua ck mat tien": "mat-tien",
    "bij hack fb": "mat-tai-khoan",
    "phat nguoi": "phat-nguoi",
    "bao tin nhan rac": "rac-156",
    "tre lac": "tre-em",
    "bé bị bắt nạt": "tre-em",
    "dichvucong.gov.vn": "cong-dich-vu-cong",
    "nop ho so qua mang": "cong-dich-vu-cong",
    "link nay co that ko z": "kiem-tra-trang-web",
    "gplx tren vneid": "giay-phep-lai-xe",
    "pccc": "an-toan-chay",
    "hotline": "duong-day-nong",
    "ca quan con ko": "don-vi-moi",
}
FOREIGN = ["thời tiết hôm nay", "nấu phở", "xin chào", "giá vàng", "đèn đường hỏng", "mất xe máy", "", "???", "2+2"]


@pytest.mark.parametrize(("typed", "card"), ASKED.items())
def test_what_people_type_finds_its_guide(typed: str, card: str) -> None:
    best = finder.find(typed)[0]
    assert (best.name, best.score >= FOUND) == (card, True)


@pytest.mark.parametrize("typed", FOREIGN)
def test_what_no_guide_is_about_finds_none(typed: str) -> None:
    assert not [hit for hit in finder.find(typed) if hit.score >= FOUND]


def test_every_guide_is_found_by_its_title_and_its_ways_bare() -> None:
    for name, guide in content.everywhere.guides.items():
        for way in (guide.title, *guide.ways):
            assert finder.find(way)[0].score >= FOUND, way
            assert name in {hit.name for hit in finder.find(way) if hit.score >= FOUND}, way


def test_a_short_form_with_two_meanings_needs_a_neighbour() -> None:
    assert content.teencode.spell("ck tien") == ["chuyen", "khoan", "tien"]
    assert content.teencode.spell("ck say danh") == ["chong", "say", "danh"]
    assert content.teencode.spell("ck") == ["ck"]


@pytest.mark.parametrize(("one", "other"), [("tien", "dien"), ("mat", "mot"), ("an", "am"), ("bat", "bac")])
def test_other_syllables_are_no_slips(one: str, other: str) -> None:
    assert alike(one, other) == 0.0


@given(st.text(max_size=60))
def test_whatever_is_typed_a_score_lies_between_nothing_and_one(typed: str) -> None:
    assert all(0 < hit.score <= 1.0001 for hit in finder.find(typed))


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
