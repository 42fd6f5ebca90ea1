"""Does a report involve an officer? Most people only say whom to call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.officials import named_in
from data.content import Content

officials = Content.load().officials
INVOLVED = """
anh cán bộ phường tên Dũng đòi tôi 2 triệu mới cho đăng ký
can bo phuong nhan tien cua quan karaoke
công an phường bao che cho sòng bạc ở ngõ 12
csgt vòi tiền ở ngã tư
thằng đó là công an nên không ai dám nói
quán này có người chống lưng
canh sat khu vuc hay nhau voi chu quan
đưa hối lộ cho chủ tịch phường
hôm qua công an đánh em tôi ở trụ sở
chong toi la cong an danh toi
dân phòng thu tiền của hàng rong
""".strip().splitlines()
ORDINARY = """
gọi công an giúp với, có đánh nhau
nhờ công an xuống xem giúp
có người giả danh cán bộ thuế gọi điện lừa tiền
nó xưng là công an bắt chuyển khoản
mất xe máy, mong cán bộ giúp
cán bộ ơi đèn đường hỏng
cháy nhà, báo công an và cứu hoả rồi
em đã báo cskv mà chưa thấy
cảm ơn cán bộ đã giúp
ke gian gia cong an goi cho me toi
karaoke ồn quá
""".strip().splitlines()


@pytest.mark.parametrize("text", INVOLVED)
def test_who_speaks_of_an_official_is_asked(text: str) -> None:
    assert officials.hinted(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_who_calls_for_one_is_not(text: str) -> None:
    assert not officials.hinted(text)


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert officials.hinted(text) in (True, False)


@pytest.mark.parametrize(
    ("name", "named", "same"),
    [
        ("Em", "anh Em ở trực ban", True),
        ("Nguyễn Văn Dũng", "ong dung", True),
        ("Giang", "anh Dũng", False),
        ("", "x", False),
    ],
)
def test_a_chief_is_named_where_any_word_of_the_name_is(name: str, named: str, *, same: bool) -> None:
    assert named_in(name, named) is same
