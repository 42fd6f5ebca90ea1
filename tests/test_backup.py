"""Backup of a running bot, and a restore that only the key can read."""

import asyncio
import base64
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.cli import main
from bot.sealing import Seal, Unsealable, load_keys, new_key
from data import tables as t
from data.engine import Database
from data.relays import relay_by_id, source_of
from data.unit_of_work import Work
from tests.cast import KEY, Stage
from tests.media_samples import photo
from tests.test_cli import away_from_home, use

__all__ = ["away_from_home"]
WORDS = "mất xe máy ở ngõ mười hai"


async def backed_up(stage: Stage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bot that runs, with a relay, a tip and a file; and an archive of it."""
    use(monkeypatch, folder)
    stage.an.sends_document(photo(), "anh.jpg", "image/jpeg", stage.group5, caption=f"/gui {WORDS}")
    await stage.sees(stage.desk, WORDS)
    stage.an.says("/tinbao cột điện nghiêng", stage.group5)
    await stage.sees(stage.group5, "TB-")
    await stage.rests()
    to = folder / "copy.tar"
    assert await asyncio.to_thread(main, ["backup", str(to)]) == 0
    return to


def read(folder: Path, key: str) -> tuple[Any, Any]:
    """What a restored database says of the relay and of who reported the tip, to whoever has this key."""
    database = Database(f"sqlite+aiosqlite:///{folder}/test.db", Seal(load_keys(key, folder / "no-file")))

    def look(work: Work) -> tuple[Any, Any]:
        relay = relay_by_id(work, 1)
        reporter = work.run(select(t.reporters.c.sealed)).scalar()
        assert relay is not None
        return source_of(work, relay), work.seal.unseal(reporter, "reporter")

    try:
        return database.write_now(look)
    finally:
        database._close()


async def test_what_was_restored_is_readable_with_the_key_and_not_without(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive, new = await backed_up(stage, tmp_path, monkeypatch), tmp_path / "new"
    new.mkdir()
    use(monkeypatch, new)
    assert await asyncio.to_thread(main, ["restore", str(archive)]) == 0
    source, reporter = read(new, KEY)
    assert source.text == f"/gui {WORDS}"
    assert source.name == "An"
    assert f"telegram:{stage.an.id}".encode() in reporter
    with pytest.raises(Unsealable):
        read(new, new_key())
    kept = sorted(file.name for file in (new / "vault").iterdir())
    assert kept == sorted(file.name for file in (tmp_path / "vault").iterdir())
    assert kept


async def test_the_key_and_what_is_sealed_are_not_in_the_archive(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = await backed_up(stage, tmp_path, monkeypatch)
    content = archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    for secret in (KEY.encode(), base64.b64decode(KEY), str(stage.an.id).encode(), WORDS.encode(), photo()[:64]):
        assert secret not in content
    with tarfile.open(archive) as opened:
        assert {name.split("/")[0] for name in opened.getnames()} == {"binhyen.db", "vault"}


async def test_a_restore_is_refused_while_a_bot_works_there(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stage.app is not None
    archive = await backed_up(stage, tmp_path, monkeypatch)
    monkeypatch.setattr("bot.maintenance.me", lambda: "another/1/1")  # as from another process
    before = (tmp_path / "test.db").stat().st_ino
    assert await asyncio.to_thread(main, ["restore", str(archive)]) == 2
    assert "the bot is running" in capsys.readouterr().err
    assert (tmp_path / "test.db").stat().st_ino == before


async def test_what_was_there_before_a_restore_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, new = await backed_up(stage, tmp_path, monkeypatch), tmp_path / "new"
    new.mkdir()
    use(monkeypatch, new)
    assert await asyncio.to_thread(main, ["migrate"]) == 0
    assert await asyncio.to_thread(main, ["restore", str(archive)]) == 0
    assert "the old one is" in capsys.readouterr().out
    assert list(new.glob("test.db.before-restore-*"))
    assert read(new, KEY)[0].name == "An"


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b broken"])
def test_what_is_no_backup_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    use(monkeypatch, tmp_path)
    (tmp_path / "x.tar").write_bytes(content)
    assert main(["restore", str(tmp_path / "x.tar")]) == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 1
    assert main(["restore", str(tmp_path / "missing.tar")]) in (1, 2)
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


def test_an_archive_without_a_database_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    assert main(["migrate"]) == 0
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(tmp_path / "test.db", "../evil.db")
    shutil.copy(tmp_path / "test.db", tmp_path / "before.db")
    assert main(["restore", str(tmp_path / "x.tar")]) == 2
    assert not (tmp_path.parent / "evil.db").exists()
    assert (tmp_path / "test.db").exists()
    assert main(["backup", str(tmp_path / "made.tar")]) == 0
    assert "made.tar" in capsys.readouterr().out


def test_there_is_nothing_to_back_up_before_the_first_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    assert main(["backup"]) == 2
    assert "no database yet" in capsys.readouterr().err
