"""The command line: what an operator types, and what is said when it cannot be done."""

import asyncio
import base64
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import COMMANDS, main
from bot.config import ROOT
from bot.sandbox import Sandbox
from tests.cast import Stage, environment, text_of

WORDS = "mất xe máy ở ngõ mười hai"


@pytest.fixture(autouse=True)
def away_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No .env of this machine is read, no key of it is made, and logging is left as it was."""
    import logging

    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level
    for name in [name for name in os.environ if name.startswith("BINHYEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, **more: str) -> None:
    """The settings of a bot that keeps everything in this folder."""
    nowhere = Sandbox(limits=False)
    nowhere.url = "http://127.0.0.1:9"
    for name, value in (environment(nowhere, folder) | more).items():
        if name.startswith("BINHYEN_"):
            monkeypatch.setenv(name, value)


def run_process(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", *arguments]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, timeout=30, env=env, check=False)


# --- plain commands


def test_version_and_help_in_a_process_of_their_own() -> None:
    said = run_process("version")
    assert (said.returncode, said.stdout.strip()) == (0, "0.1.0")
    helped = run_process("--help")
    assert all(command in helped.stdout for command in COMMANDS)


def test_migrate_says_whether_there_was_anything_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    assert main(["migrate"]) == 0
    assert main(["migrate"]) == 0
    assert capsys.readouterr().out.split("\n")[:2] == ["migrated", "nothing to do"]


async def test_a_ward_code_made_while_the_bot_runs_sets_a_ward_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    assert await asyncio.to_thread(main, ["ward-code"]) == 0
    code = capsys.readouterr().out.split()[-1]
    other = stage.sandbox.add_group("Trực ban khác", stage.giang)
    other.add_bot(stage.bot)
    stage.giang.says(f"/thietlap {code} Phường Khác", other)
    await stage.sees(other, "Đã thiết lập Phường Khác")


async def test_a_list_of_scams_is_read_while_the_bot_runs(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    file = tmp_path / "list.csv"
    file.write_text("sdt;0912345678;giả shipper\nkhông phải số\n", "utf-16")
    assert await asyncio.to_thread(main, ["scam-list", str(file), "--ward", "hoa sua"]) == 0
    assert capsys.readouterr().out.strip() == "1 new, 0 known; lines that could not be read: 2"
    assert await asyncio.to_thread(main, ["scam-list", str(file), "--ward", "khác"]) == 2
    assert "Phường Hoa Sữa" in capsys.readouterr().err
    stage.an.says("/kiemtra 0912 345 678")
    await stage.sandbox.wait_for(stage.an.chat_with(), lambda message: "NGUY HIỂM" in text_of(message))


async def test_check_says_of_each_thing_whether_it_is_well(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Stage(sandbox, None)
    use(monkeypatch, tmp_path, BINHYEN_TELEGRAM__API_URL=sandbox.url)
    assert await asyncio.to_thread(main, ["check"]) == 0
    assert "ok  telegram: @binhyen_bot" in capsys.readouterr().out
    monkeypatch.setenv("BINHYEN_TELEGRAM__TOKEN", "200:NOBODY")
    assert await asyncio.to_thread(main, ["check"]) == 1
    assert "BAD telegram: BINHYEN_TELEGRAM__TOKEN is not known there" in capsys.readouterr().out
    monkeypatch.setenv("BINHYEN_TELEGRAM__API_URL", "http://127.0.0.1:9")
    assert await asyncio.to_thread(main, ["check"]) == 1
    assert "cannot be reached" in capsys.readouterr().out


# --- what cannot be


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BINHYEN_TELEGRAM__TOKEN", "nonsense-token"),
        ("BINHYEN_TELEGRAM__TOKEN", "123:your-token-here"),
        ("BINHYEN_TELEGRAM__API_URL", "ftp://nowhere"),
        ("BINHYEN_TELEGRAM__WEBHOOK_URL", "binhyen.vn/telegram"),
        ("BINHYEN_TELEGRAM__RATE_GLOBAL", "viele"),
        ("BINHYEN_TELEGRAM__RATE_CHAT", "-1"),
        ("BINHYEN_TELEGRAM__UNHEARD_OF", "1"),
        ("BINHYEN_TIMEZONE", "Mars/Base"),
        ("BINHYEN_WEB__PORT", "99999"),
        ("BINHYEN_SECRET_KEY", "kurz-und-schlecht"),
        ("BINHYEN_SECRET_KEY", base64.b64encode(bytes(32)).decode()),
        ("BINHYEN_SETUP_CODE", "change-me"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name_and_without_its_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    use(monkeypatch, tmp_path, **{name: value})
    assert main(["ward-code"]) == 2
    lines = capsys.readouterr().err.strip().split("\n")
    assert len(lines) == 1
    assert name in lines[0]
    assert value not in lines[0] or len(value) < 3


def test_two_bad_settings_are_two_lines(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path, BINHYEN_TIMEZONE="Mars/Base", BINHYEN_WEB__PORT="-1")
    assert main(["check"]) == 2
    assert len(capsys.readouterr().err.strip().split("\n")) == 2


def test_a_database_newer_than_the_code_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path)
    assert main(["migrate"]) == 0
    with sqlite3.connect(tmp_path / "test.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    said = run_process("run")
    assert said.returncode == 2
    assert "start the newer code" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////proc/nowhere/x.db",
        "nonsense",
        "nothing+here://x",
    ],
)
def test_a_database_that_cannot_be_opened_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    use(monkeypatch, tmp_path, BINHYEN_DATABASE_URL=url)
    assert main(["migrate"]) in (1, 2)
    assert len(capsys.readouterr().err.strip().split("\n")) == 1


def test_a_damaged_database_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    (tmp_path / "test.db").write_bytes(b"no database at all, but long enough to look at" * 40)
    assert main(["migrate"]) in (1, 2)
    assert len(capsys.readouterr().err.strip().split("\n")) == 1
