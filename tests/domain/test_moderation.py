"""What residents who moderate never see, whatever kind it is filed under."""

import pytest

from data.content import Content
from tests.domain.labelled_kinds import LABELLED

CONTENT = Content.load()
BARRIER = CONTENT.barrier
NEVER = {kind.ma for kind in CONTENT.categories} - set(BARRIER.allowed(kind.ma for kind in CONTENT.categories))
USUAL = CONTENT.rules["moderated_kinds"].value.split()


def test_no_ward_can_open_drugs_gambling_violence_children_or_what_nobody_has_sorted() -> None:
    assert {"ma_tuy", "co_bac", "gay_thuong_tich", "cuop_giat", "bao_luc_gia_dinh", "xam_hai_tre_em", "khac"} <= NEVER
    assert {code for code, trait in CONTENT.kinds.traits.items() if trait.quiet} <= NEVER
    assert BARRIER.allowed(USUAL) == USUAL


@pytest.mark.parametrize(
    "text",
    [
        "thanh nien tu tap hat ho, co dua hut ma tuy",
        "karaoke ồn, bên trong đánh bạc suốt đêm",
        "cán bộ phường đỗ xe lấn chiếm vỉa hè",
        "cháu bé 5 tuổi đi lạc ở chợ",
        "chau be di lac o cho",
        "hàng xóm hát hò rồi đánh vợ",
        "quán karaoke ôm",
    ],
)
def test_words_of_what_is_never_theirs_hide_a_tip_of_any_kind(text: str) -> None:
    assert BARRIER.hides(text)


@pytest.mark.parametrize(
    "text",
    ["hát karaoke om sòm gần nhà văn hoá", "bà con em ơi rác quá", "gọi công an mà chưa ai tới, loa kẹo kéo ồn"],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert not BARRIER.hides(text)


def test_of_labelled_sentences_all_of_the_one_sort_hide_and_nearly_none_of_the_other() -> None:
    shown = [text for text, kind in LABELLED if kind in NEVER - {"khac"} and not BARRIER.hides(text)]
    usual = [text for text, kind in LABELLED if kind in USUAL]
    lost = [text for text in usual if BARRIER.hides(text)]
    assert not shown
    assert len(lost) <= len(usual) // 10, lost
