import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import parse_html, utf16_len
from bot.sandbox.errors import ApiError
from tests.sandbox.client import RefusedError


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>xin</b> chào", "xin chào", [(0, 3, "bold")]),
        ("😀<i>đậm</i>", "😀đậm", [(2, 3, "italic")]),
        ("<b>a<i>b</i></b>", "ab", [(0, 2, "bold"), (1, 1, "italic")]),
        ("&lt;b&gt; &amp; &quot; &#225; &nbsp;", '<b> & " á &nbsp;', []),
        ('<a href="https://x.vn/?a=1&amp;b=2">đây</a>', "đây", [(0, 3, "text_link")]),
        ('<span class="tg-spoiler">kín</span>', "kín", [(0, 3, "spoiler")]),
        ("<blockquote expandable>dài</blockquote>", "dài", [(0, 3, "expandable_blockquote")]),
        ('<pre><code class="language-py">x=1</code></pre>', "x=1", [(0, 3, "pre")]),
        ("<b></b>rỗng", "rỗng", []),
        ("<B>hoa</B>", "hoa", [(0, 3, "bold")]),
        ('<a href="tg://user?id=5">bác</a>', "bác", [(0, 3, "text_mention")]),
        ("<tg-spoiler>kín</tg-spoiler>", "kín", [(0, 3, "spoiler")]),
        ("1 > 0", "1 > 0", []),
    ],
)
def test_markup_becomes_text_and_entities_in_utf16_units(source, text, entities):
    plain, found = parse_html(source)
    assert plain == text
    assert [(e["offset"], e["length"], e["type"]) for e in found] == entities


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a <x>b</x>", 'Unsupported start tag "x" at byte offset 2'),
        ("đ<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler"'),
    ],
)
async def test_broken_markup_is_refused_in_telegrams_words(cast, source, why):
    with pytest.raises(RefusedError) as refused:
        await cast.api("sendMessage", chat_id=cast.group.id, text=source, parse_mode="HTML")
    assert str(refused.value).startswith(f"Bad Request: can't parse entities: {why}")
    assert refused.value.status == 400


async def test_length_is_counted_after_markup_in_utf16_units(cast):
    where = {"chat_id": cast.group.id, "parse_mode": "HTML"}
    await cast.api("sendMessage", **where, text="<b>" + "ă" * 4096 + "</b>")
    await cast.api("sendMessage", **where, text="😀" * 2048)
    with pytest.raises(RefusedError, match="Bad Request: message is too long"):
        await cast.api("sendMessage", **where, text="😀" * 2048 + "a")
    await cast.api("sendDocument", {"document": b"x"}, **where, caption="<i>" + "a" * 1024 + "</i>")
    with pytest.raises(RefusedError, match="Bad Request: message caption is too long"):
        await cast.api("sendDocument", {"document": b"x"}, **where, caption="a" * 1025)


@pytest.mark.parametrize("text", ["", "  \n ", "<b> </b>"])
async def test_an_empty_text_is_refused(cast, text):
    with pytest.raises(RefusedError, match="message text is empty"):
        await cast.api("sendMessage", chat_id=cast.group.id, text=text, parse_mode="HTML")


async def test_phones_mark_commands_mentions_and_addresses(cast):
    said = cast.an.says("/kiemtra https://lua-dao.vn/x. hỏi @binhyen_bot, a@b.vn hoặc vneid.gov.vn #antt")
    text = said["text"].encode("utf-16-le")
    words = [text[e["offset"] * 2 : (e["offset"] + e["length"]) * 2].decode("utf-16-le") for e in said["entities"]]
    assert words == ["/kiemtra", "https://lua-dao.vn/x", "@binhyen_bot", "a@b.vn", "vneid.gov.vn", "#antt"]
    assert [e["type"] for e in said["entities"]] == ["bot_command", "url", "mention", "email", "url", "hashtag"]
    assert "entities" not in cast.an.says("1/2 đường 30/4, 8.30 sáng")


async def test_ends_are_trimmed_and_entities_follow(cast):
    sent = await cast.api("sendMessage", chat_id=cast.group.id, text="\n  <b> chào </b>\n", parse_mode="HTML")
    assert sent["text"] == "chào"
    assert sent["entities"] == [{"offset": 0, "length": 4, "type": "bold"}]


@given(st.text(alphabet=st.sampled_from("ab<>/&;=\"' đ😀bi"), max_size=40))
def test_any_source_either_parses_or_is_refused(source):
    try:
        text, entities = parse_html(source)
    except ApiError as error:
        text, entities = "", []
        code = error.code
    else:
        code = 400
    assert code == 400
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_len(text) for e in entities)
