"""The questions that officers send with one tap: five for a kind, in both languages, each short enough for a button."""

import re

from data.content import Content
from handlers.questions import LONGEST_LABEL

content = Content.load()
ours = content.everywhere
KINDS = {kind.ma for kind in content.categories}


def test_every_kind_has_five_in_both_languages() -> None:
    assert set(ours.questions) <= KINDS
    for kind in KINDS:
        asked = ours.questions_for(kind)
        assert {language: len(words) for language, words in asked.items()} == {"vi": 5, "en": 5}


def test_each_fits_a_button_asks_one_thing_and_is_polite() -> None:
    for asked in ours.questions.values():
        assert len(set(asked["vi"])) == 5
        for words in asked["vi"]:
            assert len(words) <= LONGEST_LABEL
            assert words.endswith(" ạ?")
            assert words.count("?") == 1
            assert not re.search(r"căn cước|CCCD|đối tượng|họ tên", words)


def test_a_kind_without_its_own_has_the_common_ones() -> None:
    assert ours.questions_for("cu_tru") == ours.questions_for("khac")
