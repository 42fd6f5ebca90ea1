"""A link opens what it was made for, for as long as it was made for; nobody makes, changes or guesses one."""

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import ENDINGS, FETCHED_LASTS, OPENED_LASTS, SAVED, TOLD, Grant, Links
from bot.sealing import Seal
from bot.services.contents import FILES_LAST
from bot.services.copies import KEEP_COPIES

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
PUBLIC = "https://bot.example.vn"
STORED = "00112233445566778899aabbccddeeff"
NOW = 1_790_000_000.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
names = st.binary(min_size=16, max_size=16).map(bytes.hex)


def links(*keys: bytes) -> Links:
    return Links(PUBLIC, Seal(keys or (NEW,)))


def token(stored: str = STORED, mime: str = "image/jpeg", lasts: float = FETCHED_LASTS, by: Links | None = None) -> str:
    return (by or links()).link(stored, mime, NOW, lasts).removeprefix(f"{PUBLIC}/media/")


@given(names, st.sampled_from(sorted(ENDINGS)), st.floats(1, 10**6))
def test_a_link_opens_what_it_was_made_for(stored: str, mime: str, lasts: float) -> None:
    grant = links().open(token(stored, mime, lasts), NOW)
    assert grant
    assert (grant.stored, grant.mime) == (stored, mime)
    assert 0 <= grant.ends - (NOW + lasts) <= 1


@given(st.text(max_size=100))
def test_any_other_type_is_forgotten_and_never_spoils_the_link(mime: str) -> None:
    grant = links().open(token(mime=mime), NOW)
    assert grant
    assert grant.mime in {"", *ENDINGS}


def test_a_type_is_known_however_it_is_written() -> None:
    for written in ("image/jpeg", "IMAGE/JPEG", "image/jpeg; charset=binary", " image/jpeg"):
        assert token(mime=written).endswith(".jpg")


def test_what_installs_or_runs_has_no_ending() -> None:
    for mime in ("application/vnd.android.package-archive", "text/html", "application/x-msdownload", "image/svg+xml"):
        assert "." not in token(mime=mime)
    assert not set(ENDINGS.values()) & {".apk", ".html", ".exe", ".svg", ".js", ".docm", ".zip", ".ipa"}
    assert not set(TOLD) & set(SAVED)


def test_a_link_works_until_its_time_and_not_after() -> None:
    made = token(lasts=60)
    assert links().open(made, NOW - 3600)
    assert links().open(made, NOW + 59.9)
    for later in (NOW + 60, NOW + 61, NOW + 10**9):
        assert links().open(made, later) is None


def test_without_a_public_address_there_is_no_link() -> None:
    assert Links("", Seal([NEW])).link(STORED, "image/jpeg", NOW) == ""


@pytest.mark.parametrize("stored", ["", "../../etc/passwd", STORED.upper(), STORED + "0", f"{STORED}\n", "có dấu"])
def test_only_names_of_the_vault_are_linked(stored: str) -> None:
    for public in (PUBLIC, ""):
        with pytest.raises(ValueError, match="vault"):
            Links(public, Seal([NEW])).link(stored, "image/jpeg", NOW)


@given(st.data())
def test_a_changed_letter_makes_a_token_good_for_nothing(data: st.DataObject) -> None:
    made = token(mime=data.draw(st.sampled_from(["image/jpeg", "video/mp4", "", "text/plain"])))
    at = data.draw(st.integers(0, len(made) - 1))
    put = data.draw(st.one_of(st.sampled_from(LETTERS), st.characters()))
    changed = made[:at] + put + made[at + 1 :]
    assert (links().open(changed, NOW) is None) == (changed != made)


@given(st.data())
def test_nothing_can_be_left_out_or_added(data: st.DataObject) -> None:
    made = token()
    at = data.draw(st.integers(0, len(made)))
    more = data.draw(st.text(min_size=1, max_size=5))
    assert links().open(made[:at] + more + made[at:], NOW) is None
    until = data.draw(st.integers(at, len(made)))
    assert links().open(made[:at] + made[until:], NOW) is None or at == until


@given(
    st.one_of(st.text(), st.text(LETTERS, max_size=400), st.binary().map(lambda raw: base64.b64encode(raw).decode()))
)
def test_what_we_did_not_make_is_refused_in_silence(made_up: str) -> None:
    assert links().open(made_up, NOW) is None


@given(st.integers(300, 100_000))
def test_an_endless_token_is_refused_unread(length: int) -> None:
    assert links().open("A" * length, NOW) is None


def test_every_token_is_far_shorter_than_what_is_refused() -> None:
    longest = max(len(token(mime=mime, lasts=OPENED_LASTS)) for mime in ENDINGS)
    assert longest == 203


@given(st.text(max_size=60), st.text(max_size=20))
def test_a_sealed_thing_of_another_kind_is_no_token(text: str, purpose: str) -> None:
    blob = Seal([NEW]).seal(text.encode(), purpose)
    assert links().open(base64.urlsafe_b64encode(blob).rstrip(b"=").decode(), NOW) is None


@given(st.one_of(st.text(max_size=60), st.just("9999999999 ../../../../etc/passwd image/jpeg")))
def test_even_a_token_of_ours_with_nonsense_in_it_is_refused(text: str) -> None:
    blob = Seal([NEW]).seal(text.encode(), "media-link")
    assert links().open(base64.urlsafe_b64encode(blob).rstrip(b"=").decode(), NOW) is None


def test_another_key_makes_other_tokens() -> None:
    assert links(OLD).open(token(), NOW) is None


def test_links_survive_a_restart_and_a_rotated_key_until_the_key_is_gone() -> None:
    before = token(by=links(OLD))
    assert links(OLD).open(before, NOW)
    assert links(NEW, OLD).open(before, NOW)
    assert links(NEW).open(before, NOW) is None


def test_a_link_tells_nothing_and_no_two_are_alike() -> None:
    first, second = token(), token()
    assert first[7:] != second[7:]
    raw = base64.urlsafe_b64decode(first.partition(".")[0] + "==")
    for told in (STORED.encode(), bytes.fromhex(STORED), b"image", b"1790003600"):
        assert told not in raw
    assert STORED not in repr(Grant(STORED, "", 0))


def test_the_name_cannot_be_told_from_the_length() -> None:
    assert len({len(token(secrets.token_hex(16))) for _ in range(50)}) == 1


def test_a_link_for_people_lasts_as_long_as_the_copy_it_leads_to() -> None:
    assert OPENED_LASTS == KEEP_COPIES == FILES_LAST
    assert FETCHED_LASTS < OPENED_LASTS
