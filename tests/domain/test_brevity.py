"""Shorter words: whole sentences first, nothing cut within a word, nothing personal on a board."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.brevity import LED_LETTERS, cut, led_line, shared_out, shortened
from bot.domain.markup import units

LONG = "Câu một ngắn. Câu hai cũng ngắn. Câu ba thì dài hơn hai câu trước rất nhiều."


def test_whole_sentences_are_kept_as_long_as_there_is_room() -> None:
    assert shortened(LONG, 40) == "Câu một ngắn. Câu hai cũng ngắn."
    assert shortened(LONG, 500) == LONG


def test_a_sentence_that_is_too_long_ends_between_words_with_a_sign() -> None:
    assert shortened("Không ai được chuyển tiền cho người lạ", 20) == "Không ai được…"


@given(st.text(max_size=300), st.integers(1, 200))
def test_it_is_never_longer_than_its_room(text: str, room: int) -> None:
    assert units(shortened(text, room)) <= room
    assert units(cut(text, room)) <= room


@given(st.lists(st.text(max_size=200), min_size=1, max_size=8), st.integers(80, 600))
def test_together_they_have_room(texts: list[str], room: int) -> None:
    shared = shared_out(texts, room)
    assert sum(map(units, shared)) <= room
    assert len(shared) == len(texts)


def test_the_short_stay_whole_and_the_long_give_way() -> None:
    assert shared_out(["ngắn", LONG], 50) == ["ngắn", "Câu một ngắn. Câu hai cũng ngắn."]


def test_a_board_shows_capitals_with_their_marks_and_nobodys_number() -> None:
    line = led_line("⚠️ Gọi ngay 0912 345 678, xem https://abc.vn: nghiêng ngả, quẫy đạp")
    assert line == "GỌI NGAY, XEM: NGHIÊNG NGẢ, QUẪY ĐẠP"
    assert unicodedata.is_normalized("NFC", line)


@given(st.text(max_size=300))
def test_a_line_is_one_line_that_a_board_has_room_for(text: str) -> None:
    line = led_line(text)
    assert units(line) <= LED_LETTERS
    assert "\n" not in line
