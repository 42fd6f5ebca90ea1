"""Text as people type it compares as people read it."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.vietnamese import fold, normalize, words

anything = st.text(st.characters(codec=None))


def test_zero_width_and_control_characters_go_newline_and_tab_stay():
    assert normalize("lừa\u200b đ\u2060ảo\ufeff\u00ad\x00\x07\n\tqua\u202emạng") == "lừa đảo\n\tquamạng"


def test_line_breaks_of_every_kind_are_one_kind():
    assert normalize("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


def test_no_break_spaces_collapse_into_one_space():
    assert normalize("stk\u00a0\u00a0\u202f123") == "stk 123"


def test_bold_letters_of_scammers_become_text():
    assert fold("𝗖𝗼̂𝗻𝗴 𝗮𝗻") == "cong an"


def test_a_mark_meets_its_letter_across_a_zero_width_character():
    assert normalize("cha\u200b\u0301y") == "cháy"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("ủy", "uỷ"),
        ("ĐƯỜNG", "duong"),
        (unicodedata.normalize("NFD", "Nguyễn"), "nguyen"),
    ],
)
def test_spellings_of_one_word_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_words_keep_their_diacritics_and_lose_punctuation():
    assert words("Cháy nhà!!! (số 5/12)_cứu") == ["cháy", "nhà", "số", "5", "12", "cứu"]


def test_every_single_character_normalizes_and_folds_once_and_for_all():
    for codepoint in range(0, sys.maxunicode + 1, 7):
        char = chr(codepoint)
        assert normalize(normalize(char)) == normalize(char)
        assert fold(fold(char)) == fold(char)


@given(anything)
def test_normalizing_is_idempotent_and_leaves_nothing_invisible(text):
    once = normalize(text)
    assert normalize(once) == once
    assert all(char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in once)


@given(anything)
@example("¯ ")
def test_folding_is_idempotent_and_leaves_no_marks(text):
    once = fold(text)
    assert fold(once) == once
    assert not any(unicodedata.category(char) == "Mn" for char in once)


@given(anything)
def test_words_never_raise(text):
    assert all(words(text))
