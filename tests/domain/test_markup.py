"""Links for whoever cannot press on words."""

import pytest

from bot.domain.markup import plain, spelled


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('Xem <a href="https://b.vn/x">tại đây</a> nhé', "Xem tại đây (https://b.vn/x) nhé"),
        ('<a href="https://b.vn/">https://b.vn/</a>', "https://b.vn/"),
        ('<a href="https://b.vn/?a=1&amp;b=2">https://b.vn/?a=1&amp;b=2</a>', "https://b.vn/?a=1&b=2"),
        ('<a href="https://b.vn/?a=1&amp;b=2"><b>đọc</b></a>', "đọc (https://b.vn/?a=1&b=2)"),
        ('<a href="tg://user?id=5">An</a>', "An"),
        ('<a href="http://a.vn">a</a><a href="http://b.vn">b</a>', "a (http://a.vn)b (http://b.vn)"),
        ("&lt;a href=&quot;https://b.vn&quot;&gt;x&lt;/a&gt;", '<a href="https://b.vn">x</a>'),
        ("<b>không</b> có", "không có"),
        ("", ""),
    ],
)
def test_a_link_is_written_out_where_its_words_do_not_say_it(given: str, shown: str) -> None:
    assert plain(spelled(given)) == shown
    assert spelled(spelled(given)) == spelled(given)
