"""Links that look like what they are not, and those that only look unusual."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lookalike import Flag, Sign, own_part, registered, skeleton
from bot.domain.vietnamese import normalize
from bot.domain.weblinks import Link, find_links
from data.content import Content

names = Content.load().names


def signs_of(text: str) -> tuple[Sign, ...]:
    """What is wrong with the first link of a text."""
    found = find_links(normalize(text))
    assert found, text
    return names.signs(found[0].value)


def flags(text: str) -> set[Flag]:
    """Only what kind of wrong."""
    return {sign.flag for sign in signs_of(text)}


@pytest.mark.parametrize(
    "host",
    [
        "dichvucong.gov.vn", "www.bocongan.gov.vn", "hoasua.hanoi.gov.vn", "vietcombank.com.vn",
        "portal.vietcombank.com.vn",
        "youtube.com", "vnexpress.net", "zalo.me", "csgt.vn", "momo.vn", "evnhcmc.vn", "congan.com.vn",
    ],
)  # fmt: skip
def test_who_is_really_there_is_never_doubted(host: str) -> None:
    assert signs_of(f"https://{host}/x?y=1") == ()


@pytest.mark.parametrize(
    "host", ["phohoasua.vn", "nhahang-ngon.com", "truongtieuhoc5.edu.vn", "iphonecu.vn", "sachcu.net"]
)
def test_an_unknown_shop_is_not_doubted_either(host: str) -> None:
    assert signs_of(f"http://{host}") == ()


@pytest.mark.parametrize(
    "host",
    [
        "dichvucong-gov.vn",
        "bocongan.gov.vn.top",
        "gov-vn.com",
        "vneid.gov-vn.net",
        "dichvucong.govvn.org",
        "thue.gov.com",
    ],
)
def test_who_pretends_to_be_of_the_state_is_dangerous(host: str) -> None:
    found = signs_of(f"http://{host}/dang-nhap")
    assert found[0].flag is Flag.STATE
    assert found[0].grave


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("vneid-capnhat.com", "VNeID"),
        ("capnhatvneid.net", "VNeID"),
        ("vietcombank.com.vn.dang-nhap.com", "Vietcombank"),
        ("vietcornbank.com", "Vietcombank"),
        ("vietconbank.com", "Vietcombank"),
        ("v1etcombank.com", "Vietcombank"),
        ("tech-combank.com", "Techcombank"),
        ("vcb-online.net", "Vietcombank"),
        ("vietcombank.github.io", "Vietcombank"),
        ("tra-cuu-phatnguoi.com", "Cục Cảnh sát giao thông"),
        ("xn--vietcmbank-7za.com", "Vietcombank"),
        ("vіetcombank.com", "Vietcombank"),
    ],
)
def test_who_bears_a_banks_or_offices_name_is_dangerous(host: str, name: str) -> None:
    grave = [sign for sign in signs_of(f"https://{host}/") if sign.grave]
    assert name in {sign.name for sign in grave}


def test_who_bears_a_shops_name_is_only_suspicious() -> None:
    found = signs_of("https://shopee-tuyendung.com")
    assert [sign.flag for sign in found] == [Flag.NAME]
    assert not found[0].grave


@pytest.mark.parametrize(
    ("link", "flag"),
    [
        ("http://103.12.7.9/x", Flag.ADDRESS),
        ("https://bit.ly/3x", Flag.SHORT),
        ("https://quatang-abc.top", Flag.ENDING),
        ("https://abc.com/tai/vay.apk", Flag.PACKAGE),
        ("https://abc.com/vay.apk?x=1", Flag.PACKAGE),
        ("https://drive.google.com/vneid.apk", Flag.PACKAGE),
        ("https://vietcombank.com.vn@abc.com/x", Flag.DISGUISED),
        ("https://pаypal.com", Flag.LETTERS),
    ],
)
def test_each_other_trick_has_its_sign(link: str, flag: Flag) -> None:
    assert flag in flags(link)


@pytest.mark.parametrize("link", ["https://tiếngviệt.vn", "https://quánngon.com"])
def test_vietnamese_letters_are_no_foreign_ones(link: str) -> None:
    assert Flag.LETTERS not in flags(link)


def test_a_short_name_inside_of_a_word_is_none() -> None:
    assert signs_of("http://vibrant.vn") == ()
    assert signs_of("http://tikitaka.vn") == ()


@pytest.mark.parametrize(
    ("host", "own", "whole"),
    [
        ("a.b.com.vn", "a.b", "b.com.vn"),
        ("x.gov.vn", "x", "x.gov.vn"),
        ("localhost", "localhost", "localhost"),
        ("me.github.io", "me", "me.github.io"),
    ],
)
def test_public_suffixes_tell_what_its_owner_chose(host: str, own: str, whole: str) -> None:
    assert (own_part(host), registered(host)) == (own, whole)


def test_letters_that_are_drawn_alike_are_read_alike() -> None:
    assert skeleton("νіеtсоmbаnk0") == "vietcombanko"


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=80))
def test_any_link_has_an_answer(host: str, path: str, written: str) -> None:
    found = names.signs(Link("https", host, path, written))
    assert all(isinstance(sign.flag, Flag) for sign in found)


@given(st.from_regex(r"\A[a-z0-9-]{1,20}(\.[a-z0-9-]{1,15}){0,3}\Z"))
def test_what_ends_in_the_states_domain_is_the_states(head: str) -> None:
    assert names.is_trusted(Link("https", f"{head}.gov.vn", "", ""))
    assert not names.is_trusted(Link("https", f"{head}.gov.vn.{head}.com", "", ""))
