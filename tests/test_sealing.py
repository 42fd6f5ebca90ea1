"""What is sealed opens for its own purpose only, and keys are kept to themselves."""

import base64
import stat
import subprocess
import sys
from pathlib import Path
from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadSettings
from bot.sealing import Seal, Unsealable, load_keys, new_key

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
ROOT = Path(__file__).parents[1]


@given(st.binary(max_size=2000), st.text(max_size=30))
def test_what_was_sealed_comes_back(plain, purpose):
    seal = Seal([NEW])
    assert seal.unseal(seal.seal(plain, purpose), purpose) == plain


@given(st.data())
def test_any_changed_bit_is_noticed(data):
    seal = Seal([NEW])
    blob = bytearray(seal.seal(b"bi mat", "inbox"))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unsealable):
        seal.unseal(bytes(blob), "inbox")


@given(st.binary(max_size=80))
def test_foreign_bytes_are_unsealable(blob):
    with pytest.raises(Unsealable):
        Seal([NEW]).unseal(blob, "inbox")


def test_a_truncated_blob_is_unsealable():
    blob = Seal([NEW]).seal(b"bi mat", "inbox")
    for length in range(len(blob)):
        with pytest.raises(Unsealable):
            Seal([NEW]).unseal(blob[:length], "inbox")


def test_a_blob_cannot_be_moved_to_another_column():
    seal = Seal([NEW])
    with pytest.raises(Unsealable):
        seal.unseal(seal.seal(b"bi mat", "tip.reporter"), "inbox.body")


def test_the_same_text_never_seals_alike():
    seal = Seal([NEW])
    assert seal.seal(b"bi mat", "inbox") != seal.seal(b"bi mat", "inbox")


def test_after_a_rotation_old_blobs_open_and_new_ones_need_the_new_key():
    before, during = Seal([OLD]), Seal([NEW, OLD])
    assert during.unseal(before.seal(b"bi mat", "inbox"), "inbox") == b"bi mat"
    assert Seal([NEW]).unseal(during.seal(b"bi mat", "inbox"), "inbox") == b"bi mat"
    with pytest.raises(Unsealable):
        before.unseal(during.seal(b"bi mat", "inbox"), "inbox")


def test_lookups_of_one_person_do_not_join_across_purposes():
    seal = Seal([NEW])
    assert seal.lookup("person", "12345") == seal.lookup("person", "12345")
    assert seal.lookup("person", "12345") != seal.lookup("reporter", "12345")
    assert len(bytes.fromhex(seal.lookup("person", "12345"))) >= 16
    assert Seal([OLD]).lookup("person", "12345") != seal.lookup("person", "12345")


def test_nothing_that_is_printed_shows_a_key_or_a_text():
    seal = Seal([NEW])
    with pytest.raises(Unsealable) as caught:
        seal.unseal(seal.seal(b"bi mat", "a"), "b")
    assert repr(seal) == "Seal()"
    assert "bi mat" not in str(caught.value)


@pytest.mark.parametrize("keys", [[], [b"short"], [NEW, b""]])
def test_a_seal_wants_whole_keys(keys):
    with pytest.raises(ValueError, match="32 bytes"):
        Seal(keys)


def test_sealing_is_cheap():
    seal, plain = Seal([NEW]), bytes(500)
    assert min(timeit(lambda: seal.seal(plain, "inbox"), number=1000) for _ in range(5)) < 0.01, "10 us each"


def test_keys_come_from_the_setting_newest_first(tmp_path):
    newest, older = new_key(), new_key()
    assert load_keys(f"{newest}, {older}", tmp_path / "key") == (base64.b64decode(newest), base64.b64decode(older))
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize(
    "setting",
    [
        "secret",
        "c2hvcnQ=",
        f"{base64.b64encode(bytes(32)).decode()}",
        "change-me",
        ",",
        base64.b64encode(b"k" * 32).decode(),
    ],
)
def test_a_bad_setting_is_refused_without_being_repeated(setting, tmp_path):
    with pytest.raises(BadSettings, match="openssl rand") as caught:
        load_keys(setting, tmp_path / "key")
    assert setting == "," or setting not in str(caught.value)


def test_a_missing_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "binhyen" / "key"
    first = load_keys(None, path)
    assert load_keys("", path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused_with_the_remedy(mode, tmp_path):
    path = tmp_path / "key"
    load_keys(None, path)
    path.chmod(mode)
    with pytest.raises(BadSettings, match="chmod 600"):
        load_keys(None, path)


def test_a_place_that_cannot_hold_a_key_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSettings, match="set BINHYEN_SECRET_KEY"):
        load_keys(None, tmp_path / "file" / "key")


def test_processes_that_race_get_the_same_key(tmp_path):
    script = "import sys, pathlib, bot.sealing as s; print(s.load_keys(None, pathlib.Path(sys.argv[1]))[0].hex())"
    command = [sys.executable, "-c", script, str(tmp_path / "d" / "key")]
    racers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(6)]
    assert len({racer.communicate()[0] for racer in racers}) == 1
    assert all(racer.returncode == 0 for racer in racers)
