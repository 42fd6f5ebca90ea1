"""A hand-over file opens with its password, in any spelling, and with nothing else."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cli
from bot.binder import MOST, archive, breakable, document, parts_of
from bot.parcels import BadParcel, close_parcel, new_password, open_parcel
from bot.services.handover import Exhibit, without_name
from data.reporters import Informant

PARCEL = close_parcel(b"content", "ABCDE-FGH01-JKMNP-QRSTV")


@pytest.mark.parametrize("typed", ["ABCDE-FGH01-JKMNP-QRSTV", "abcdefghoijkmnpqrstv\n", " ABCDE FGHOL JKMNP QRSTV "])
def test_the_password_may_be_typed_as_people_do(typed: str) -> None:
    assert open_parcel(PARCEL, typed) == b"content"


CHANGED = {
    "empty": b"",
    "its head": PARCEL[:20],
    "cut": PARCEL[:-1],
    "shifted": b"x" + PARCEL,
    "one byte": PARCEL[:25] + bytes([PARCEL[25] ^ 1]) + PARCEL[26:],
}


@pytest.mark.parametrize("parcel", CHANGED.values(), ids=CHANGED.keys())
def test_what_was_changed_does_not_open(parcel: bytes) -> None:
    with pytest.raises(BadParcel):
        open_parcel(parcel, "ABCDE-FGH01-JKMNP-QRSTV")


def test_another_password_does_not_open() -> None:
    with pytest.raises(BadParcel):
        open_parcel(PARCEL, new_password())
    assert new_password() != new_password()


def test_the_command_line_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "TB-1.byhs"
    file.write_bytes(close_parcel(archive({"bang-chung/001.jpg": b"picture"}), "ABCDE"))
    monkeypatch.setattr("sys.stdin", io.StringIO("abcde\n"))
    assert cli.main(["open-handover", str(file)]) == 0
    assert (tmp_path / "TB-1" / "bang-chung" / "001.jpg").read_bytes() == b"picture"
    assert "001.jpg" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("wrong\n"))
    assert cli.main(["open-handover", str(file), str(tmp_path / "other")]) == 2
    assert not (tmp_path / "other").exists()


def test_the_archive_has_the_sums_of_everything() -> None:
    with zipfile.ZipFile(io.BytesIO(archive({"a": b"1", "b": b"2"}))) as packed:
        assert packed.read("SHA256SUMS").decode().count("\n") == 2


def test_evidence_too_big_for_one_file_goes_in_several() -> None:
    items = [Exhibit(str(n), "video", "", size, "", 0) for n, size in enumerate([MOST, 1, MOST - 1, 5])]
    assert [[item.name for item in part] for part in parts_of(items)] == [["0"], ["1", "2"], ["3"]]
    assert parts_of([]) == [[]]


DATA = {
    "title": "T", "subtitle": "", "code": "TB", "exhibits_title": "E", "exhibits": [], "remark": "",
}  # fmt: skip


@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_words_can_be_document(lines: list[str]) -> None:
    words = [breakable(line) for line in lines]
    made = document(DATA | {"facts": [["x", word] for word in words], "sections": [{"title": "S", "lines": words}]})
    assert made.startswith(b"%PDF")


def test_long_words_may_break() -> None:
    assert json.dumps(breakable("x" * 70)).count("200b") == 2
    assert breakable("nghiêng ngả") == "nghiêng ngả"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Nguyễn Thị An", "tôi là Nguyễn Thị An ở đây", "tôi là … ở đây"),
        ("Nguyễn Thị An", "nguyễn thị an báo", "… báo"),
        ("An", "Chào chị An, công An ninh", "Chào chị …, công An ninh"),
        ("An", "em An đây", "em … đây"),
        ("", "chị An", "chị An"),
    ],
)
def test_whoever_reported_is_not_named(name: str, text: str, left: str) -> None:
    assert without_name(text, Informant("telegram:1", name)) == left
