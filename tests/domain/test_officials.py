"""Does a report involve an officer? Most people only say whom to call."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


NAMED = [
    ("Em", "anh Em ở trực ban", True),
    ("Nguyễn Văn Dũng", "ong dung", True),
    ("Nguyễn Văn Dũng", "ông Nguyễn", True),
    ("Nguyễn Thị Hương", "anh Nguyễn Văn Dũng", False),
    ("Trần Hoài An", "công an phường", False),
    ("Trần Hoài An", "công an tên An", True),
    ("Nguyễn Tuấn Anh", "anh Dũng", False),
    ("Nguyễn Tuấn Anh", "anh Anh", True),
    ("Lê Anh", "ông Lê Anh ở phường", True),
    ("Anh", "Anh", True),
    ("Giang", "anh Dũng", False),
    ("", "x", False),
]
TOLD = [
    ("Em", "em thấy anh Dũng nhận tiền", False),
    ("Em", "thấy anh Em nhận tiền", True),
    ("Nguyễn Thị Hương", "nhà có đám, nói thì cán bộ đòi tiền", False),
    ("Nguyễn Thị Hương", "ba huong can bo phuong doi tien", True),
    ("Phạm Văn Bình", "đang yên bình thường thì cán bộ tới", False),
    ("Phạm Văn Bình", "Bình cskv hay nhậu với chủ quán", True),
    ("Trần Hoài An", "công an phường bao che", False),
    ("Trần Hoài An", "Công an phường bao che, có ông An nữa", True),
    ("Công an Hoa Sữa", "công an phường bao che", False),
    ("Nguyễn Hoàng Hòa", "ông Hoà trực ban", True),
    ("", "ông Hoà", False),
]


@pytest.mark.parametrize(("name", "answer", "same"), NAMED)
def test_an_answer_means_whoever_shares_more_than_a_family_name(name: str, answer: str, *, same: bool) -> None:
    assert officials.names(name, answer) is same


@pytest.mark.parametrize(("name", "story", "same"), TOLD)
def test_a_story_speaks_of_whom_it_names_and_not_of_who_shares_a_word(name: str, story: str, *, same: bool) -> None:
    assert officials.tells_of(name, story) is same


@pytest.mark.parametrize("text", ["con trai trưởng công an phường đánh người", "pho truong cong an vòi tiền"])
def test_who_leads_is_named_by_what_they_are(text: str) -> None:
    assert officials.heads_named(text)
    assert not officials.heads_named("anh Dũng cảnh sát khu vực nhận tiền")


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_name_and_any_text_have_an_answer(name: str, text: str) -> None:
    assert officials.names(name, text) in (True, False)
    assert officials.tells_of(name, text) in (True, False)
