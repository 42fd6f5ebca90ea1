"""The audit can be added to and nothing else; whoever gets around that is found out."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.cli import main
from bot.messages import Person
from bot.sealing import Seal, load_keys
from data import tables as t
from data.audit import Head, audit, find_head, hide_actors
from data.engine import Database
from data.keys import unlock
from data.migrate import migrate
from tests.cast import KEY, Stage
from tests.conversations.reporting import accepted
from tests.test_cli import away_from_home, use

__all__ = ["away_from_home"]
DUNG = Person("telegram", "77", "Dũng")
Edit = Callable[[sqlite3.Connection], object]


def opened(folder: Path, lines: int = 5) -> Database:
    """A database with some audit lines."""
    url = f"sqlite+aiosqlite:///{folder}/test.db"
    migrate(url, folder / "backups")
    database = Database(url, Seal(load_keys(KEY, folder / "no-file")))
    database.write_now(unlock)
    for number in range(lines):
        database.write_now(lambda work, n=number: audit(work, 1, DUNG, "tip.accepted", f"TB-{n}"))  # type: ignore[misc]
    return database


def tampered(folder: Path, *statements: str) -> None:
    """Somebody with the file, and no key, who takes the triggers away first."""
    with sqlite3.connect(folder / "test.db") as connection:
        for name in ("audit_stays", "audit_unchanged", "audit_unreplaced"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def verify(monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> int:
    use(monkeypatch, folder)
    return main(["audit", "verify", *more])


# --- adding


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit WHERE id = 2",
        "UPDATE audit SET subject = 'TB-9' WHERE id = 2",
        "UPDATE audit SET digest = NULL WHERE id = 2",
        "UPDATE audit SET actor_digest = 'x', sealed_actor = x'00' WHERE id = 2",
        "UPDATE audit SET id = 9 WHERE id = 2",
        "INSERT OR REPLACE INTO audit (id, ward_id, at, actor_key, act, subject) VALUES (2, 1, 1, '', '', '')",
    ],
)
def test_the_database_itself_refuses_to_change_a_line(tmp_path: Path, statement: str) -> None:
    opened(tmp_path)
    connection = sqlite3.connect(tmp_path / "test.db")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        connection.execute(statement)
    connection.close()


def test_a_whole_chain_is_proved_and_says_how_long_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(tmp_path)
    assert verify(monkeypatch, tmp_path) == 0
    said = capsys.readouterr().out
    assert "5 lines, unbroken" in said
    assert "TB-" not in said
    assert "Dũng" not in said


def test_an_empty_audit_is_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened(tmp_path, lines=0)
    assert verify(monkeypatch, tmp_path) == 0


def test_a_long_chain_is_proved_in_portions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("data.audit.PORTION", 2)
    opened(tmp_path, lines=6)
    assert verify(monkeypatch, tmp_path) == 0
    tampered(tmp_path, "UPDATE audit SET subject = 'TB-9' WHERE id = 6")
    assert verify(monkeypatch, tmp_path) == 1


# --- tampering


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE audit SET ward_id = 2 WHERE id = 3", 3),
        ("UPDATE audit SET at = at + 1 WHERE id = 3", 3),
        ("UPDATE audit SET actor_key = 'x' WHERE id = 3", 3),
        ("UPDATE audit SET act = 'tip.closed' WHERE id = 3", 3),
        ("UPDATE audit SET subject = 'TB-9' WHERE id = 3", 3),
        ("UPDATE audit SET sealed_actor = (SELECT sealed_actor FROM audit WHERE id = 2) WHERE id = 3", 3),
        ("UPDATE audit SET actor_digest = 'x' WHERE id = 3", 3),
        ("UPDATE audit SET digest = NULL WHERE id = 3", 3),
        ("DELETE FROM audit WHERE id = 3", 4),
        ("DELETE FROM audit WHERE id = 1", 2),
        ("UPDATE audit SET id = id + 10 WHERE id = 5", 0),
    ],
)
def test_a_changed_line_is_found_and_named(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    statement: str,
    line: int,
) -> None:
    opened(tmp_path)
    tampered(tmp_path, statement)
    assert verify(monkeypatch, tmp_path) == 1
    said = capsys.readouterr().out
    assert (f"broken at line {line}" if line else "1 missing at the end") in said


def test_a_line_put_between_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened(tmp_path)
    copy = "INSERT INTO audit SELECT 6, ward_id, at, actor_key, sealed_actor, act, subject, digest, actor_digest"
    tampered(tmp_path, f"{copy} FROM audit WHERE id = 5", "UPDATE audit SET id = 7 WHERE id = 5")
    assert verify(monkeypatch, tmp_path) == 1


def test_a_tail_cut_off_is_noticed_by_the_head(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(tmp_path)
    tampered(tmp_path, "DELETE FROM audit WHERE id >= 4")
    assert verify(monkeypatch, tmp_path) == 1
    assert "3 lines, then 2 missing at the end" in capsys.readouterr().out


@pytest.mark.parametrize(
    "gone", ["DELETE FROM meta WHERE name = 'audit head'", "UPDATE meta SET sealed = x'00' WHERE name = 'audit head'"]
)
def test_without_the_head_nothing_is_proved_not_even_after_more_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gone: str
) -> None:
    database = opened(tmp_path)
    tampered(tmp_path, "DELETE FROM audit WHERE id >= 4", gone)
    assert verify(monkeypatch, tmp_path) == 1
    database.write_now(lambda work: audit(work, 1, DUNG, "tip.accepted"))
    assert verify(monkeypatch, tmp_path) == 1


async def test_a_whole_chain_cut_back_with_its_head_is_found_against_a_backup(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stage.app is not None
    use(monkeypatch, tmp_path)
    older = await stage.app.database.write(find_head)
    await accepted(stage, stage.an, "hàng xóm ồn", stage.dung)
    await stage.rests()
    assert await asyncio.to_thread(main, ["backup", str(tmp_path / "b.tar")]) == 0
    assert await asyncio.to_thread(verify, monkeypatch, tmp_path, "--against", str(tmp_path / "b.tar")) == 0
    assert await asyncio.to_thread(verify, monkeypatch, tmp_path, "--against", str(older)) == 0
    forged = Head(1, 1, "0" * 32)
    assert await asyncio.to_thread(verify, monkeypatch, tmp_path, "--against", str(forged)) == 1
    assert "line 1 is not the one" in capsys.readouterr().out
    assert await asyncio.to_thread(verify, monkeypatch, tmp_path, "--against", "nonsense") == 2


async def test_an_older_copy_of_everything_is_found_against_a_newer_backup(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(monkeypatch, tmp_path)
    assert await asyncio.to_thread(main, ["backup", str(tmp_path / "older.tar")]) == 0
    await accepted(stage, stage.an, "hàng xóm ồn", stage.dung)
    await stage.rests()
    assert await asyncio.to_thread(main, ["backup", str(tmp_path / "newer.tar")]) == 0
    other = tmp_path / "other"
    other.mkdir()
    use(monkeypatch, other)
    assert await asyncio.to_thread(main, ["restore", str(tmp_path / "older.tar")]) == 0
    assert await asyncio.to_thread(main, ["audit", "verify"]) == 0, "by itself it is whole"
    assert await asyncio.to_thread(main, ["audit", "verify", "--against", str(tmp_path / "newer.tar")]) == 1
    assert await asyncio.to_thread(main, ["audit", "verify", "--against", str(tmp_path / "older.tar")]) == 0


# --- what came before, what goes after


@pytest.mark.parametrize("written", [True, False])
def test_lines_from_before_the_chain_are_its_beginning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: bool
) -> None:
    """Chained by the next line, or by whoever asks for a proof first."""
    database = opened(tmp_path, lines=0)
    columns = "id, ward_id, at, actor_key, sealed_actor, act, subject"
    old = f"INSERT INTO audit ({columns}) VALUES ({{0}}, 1, {{0}}.5, 'k', x'0{{0}}', 'a', '')"  # noqa: S608
    with sqlite3.connect(tmp_path / "test.db") as connection:
        for number in (1, 2, 4):
            connection.execute(old.format(number))
    connection.close()
    if written:
        database.write_now(lambda work: audit(work, 1, DUNG, "tip.accepted"))
    assert verify(monkeypatch, tmp_path) == 0
    tampered(tmp_path, "UPDATE audit SET act = 'b' WHERE id = 2")
    assert verify(monkeypatch, tmp_path) == 1


def test_after_years_the_chain_holds_and_nobody_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = opened(tmp_path)
    assert database.write_now(lambda work: hide_actors(work, work.now + 1, 3)) == 3
    named = select(func.count()).where(t.audit.c.id <= 3, t.audit.c.sealed_actor.is_not(None))
    assert database.write_now(lambda work: work.run(named).scalar()) == 0
    assert verify(monkeypatch, tmp_path) == 0
    tampered(tmp_path, "UPDATE audit SET sealed_actor = NULL WHERE id = 5")
    assert verify(monkeypatch, tmp_path) == 1
    assert "line 5 lost its actor" in capsys.readouterr().out


async def test_a_relayed_message_writes_no_line(stage: Stage) -> None:
    assert stage.app is not None
    count = select(func.count()).select_from(t.audit)
    before = await stage.app.database.write(lambda work: work.run(count).scalar())
    stage.an.says("/gui nước ngập", stage.group5)
    await stage.sees(stage.desk, "nước ngập")
    await stage.rests()
    assert await stage.app.database.write(lambda work: work.run(count).scalar()) == before
