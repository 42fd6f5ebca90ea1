"""Links are seen through what hides them, and shown so that nobody presses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.vietnamese import normalize
from bot.domain.weblinks import defanged, find_links


def links(text):
    return [spot.value for spot in find_links(normalize(text))]


@pytest.mark.parametrize(
    ("text", "host", "path", "shown"),
    [
        ("vào https://abc.com/x nhé", "abc.com", "/x", "hxxps://abc[.]com/x"),
        ("hxxps://abc[.]com.", "abc.com", "", "hxxps://abc[.]com"),
        ("vneid (.) top", "vneid.top", "", "vneid[.]top"),
        ("abc chấm com", "abc.com", "", "abc[.]com"),
        ("abc cham com cham vn", "abc.com.vn", "", "abc[.]com[.]vn"),
        ("shopee dot xyz", "shopee.xyz", "", "shopee[.]xyz"),
        ("gov-vn.com/dang-nhap?a=1,", "gov-vn.com", "/dang-nhap?a=1", "gov-vn[.]com/dang-nhap?a=1"),
        ("http://103.12.4.5:8080/a.apk", "103.12.4.5", ":8080/a.apk", "hxxp://103[.]12[.]4[.]5:8080/a.apk"),
        ("bit.ly/3xYz", "bit.ly", "/3xYz", "bit[.]ly/3xYz"),
        ("VIETCOMBANK.VN", "vietcombank.vn", "", "vietcombank[.]vn"),
        ("http://xn--bcher-kva.com", "bücher.com", "", "hxxp://bücher[.]com"),
        ("http://user@evil.top/a", "evil.top", "/a", "hxxp://evil[.]top/a"),
    ],
)
def test_a_link_is_read_and_defanged(text, host, path, shown):
    (link,) = links(text)
    assert (link.host, link.path) == (host, path)
    assert defanged(link) == shown


@pytest.mark.parametrize(
    "text",
    [
        "xong.co người tới",
        "an@gmail.com",
        "1.500.000đ",
        "09.12.34.56.78",
        "mai họp.Mọi người nhớ",
        "rau luộc chấm cơm",
        "http://",
        "1.200.100.250đ",
    ],
)
def test_what_only_looks_like_a_link_is_none(text):
    assert links(text) == []


def test_broken_punycode_stays_as_written():
    assert links("http://xn--99999999999.com")[0].host.endswith(".com")


names = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,5})?", fullmatch=True).filter(lambda name: name != "cham")


@given(
    names,
    names,
    st.sampled_from(["com", "vn", "top", "xyz", "com.vn"]),
    st.sampled_from([".", "[.]", "(.)", " chấm ", " cham ", " dot ", "[dot]", " [.] "]),
    st.sampled_from(["", "http://", "hxxps://", "https[:]//"]),
    st.booleans(),
)
def test_no_disguise_hides_a_host(sub, name, ending, dot, scheme, loud):
    host = f"{sub}.{name}.{ending}"
    text = f"bấm: {scheme}{host.replace('.', dot)}"
    assert [link.host for link in links(text.upper() if loud else text)] == [host]


@given(st.text())
def test_no_text_raises(text):
    for link in links(text):
        defanged(link)
