"""Posts that accuse somebody are told from warnings, victims and everyday talk.

On the sentences held back (66, written by the author of the rules): precision 0.97, recall 0.91.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accusing import accuses
from tests.domain.labelled_accusing import (
    ACCUSING,
    MORE_ACCUSING,
    MORE_ORDINARY,
    ORDINARY,
    UNSEEN_ACCUSING,
    UNSEEN_ORDINARY,
    cells,
    halves,
)

TUNING = halves(ACCUSING)[0] + cells(MORE_ACCUSING), halves(ORDINARY)[0] + cells(MORE_ORDINARY)
HELD_BACK = halves(ACCUSING)[1] + cells(UNSEEN_ACCUSING), halves(ORDINARY)[1] + cells(UNSEEN_ORDINARY)


def figures(accusing, ordinary):
    right, wrong = sum(map(accuses, accusing)), sum(map(accuses, ordinary))
    return right / (right + wrong), right / len(accusing)


def test_the_labelled_set_is_large_and_even():
    assert len(cells(ACCUSING)) + len(cells(ORDINARY)) >= 80
    assert abs(len(HELD_BACK[0]) - len(HELD_BACK[1])) <= 4


def test_sentences_it_was_made_with_are_told_apart():
    assert figures(*TUNING) == (1, 1)


def test_sentences_it_was_not_made_with_are_mostly_told_apart():
    precision, recall = figures(*HELD_BACK)
    assert precision >= 0.95
    assert recall >= 0.85


@pytest.mark.parametrize(
    "text",
    [
        "thằng Tuấn nhà số 5 ăn trộm xe",
        "biển 29A-123.45 là thằng bắt cóc, ai thấy chặn lại",
        "con Lan ngõ 3 bán ma tuý",
        "cccd của nó 001099012345",
        "001099012345",
    ],
)
def test_what_must_go(text):
    assert accuses(text)


@pytest.mark.parametrize(
    "text", ["anh Tuấn ơi mai họp", "số bác Hoa 0912345678", "bán xe 29A-12345", "cảnh báo: có trộm ở ngõ 5", ""]
)
def test_what_must_stay(text):
    assert not accuses(text)


@given(st.text())
def test_no_text_raises(text):
    accuses(text)
