"""A caption that names an identity paper says what is seen; a story about one does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.paperwords import says_paper

SHOWS = """
cccd của nó
ảnh căn cước người đó
gửi cán bộ ảnh CCCD của con nợ
đây là chứng minh nhân dân của hắn
mặt trước căn cước
mat sau cccd
CMND
căn cước của nó đây, nhà ở ngõ 12, chuyên lừa đảo bà con
chụp được hộ chiếu thằng đó, nó hay lảng vảng ở chợ buổi tối
""".strip().splitlines()
TELLS = """
mất căn cước ở chợ
bị giật túi có cả căn cước, ảnh camera đây
nhặt được cccd
nó bắt tôi đưa căn cước mới cho vào
làm lại cccd ở đâu
xe này đậu chắn ngõ
rơi giấy tờ tuỳ thân

""".strip().splitlines()


@pytest.mark.parametrize("caption", SHOWS)
def test_what_shows_a_paper(caption: str) -> None:
    assert says_paper(caption)


@pytest.mark.parametrize("caption", TELLS)
def test_what_only_speaks_of_one(caption: str) -> None:
    assert not says_paper(caption)


@given(st.text(max_size=200))
def test_any_caption_has_an_answer(caption: str) -> None:
    assert says_paper(caption) in (True, False)
