"""Zalo's settings: what is refused, in one line; and how `check` and `run` speak of several platforms."""

import asyncio
from pathlib import Path

import pytest

from bot import cli
from bot.app import build_platforms
from bot.checks import NO_PLATFORM
from bot.cli import main
from bot.config import Settings, read_settings
from bot.errors import BadSettings
from bot.platforms.base import Limits, Quota
from bot.sandbox import Sandbox, Zalo
from handlers import build_router
from tests.cast import Stage
from tests.platforms.scripted import SECRET, TOKEN
from tests.test_cli import away_from_home, use

__all__ = ["away_from_home"]
PUBLIC = "https://binhyen.vn"


def settings(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"BINHYEN_{name}", value)
    return read_settings(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "khong-phai-token"),
        ("TOKEN", "123:có dấu"),
        ("TOKEN", "123:abc/../x"),
        ("TOKEN", "123:your-token-here"),
        ("API_URL", "bot-api.zaloplatforms.com"),
        ("WEBHOOK_SECRET", "ngan"),
        ("WEBHOOK_SECRET", "a" * 257),
        ("WEBHOOK_SECRET", "có dấu và dài"),
        ("WEBHOOK_SECRET", "changeme-please"),
        ("QUOTA_MESSAGES", "-1"),
        ("QUOTA_USERS", "viele"),
        ("QUOTA_GROUPS", "-3"),
        ("RATE_GLOBAL", "-1"),
        ("RATE_GROUP_PER_MINUTE", "x"),
        ("RATE_CHAT", "-0.5"),
        ("MEDIA_BYTES", "0"),
        ("NAME", "x" * 101),
        ("UNHEARD_OF", "1"),
    ],
)
def test_a_bad_setting_is_one_line_without_its_value(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(BadSettings) as refused:
        settings(monkeypatch, **{f"ZALO_BOT__{name}": value, "WEB__PUBLIC_URL": PUBLIC})
    (fault,) = refused.value.faults
    assert f"BINHYEN_ZALO_BOT__{name}: " in fault
    assert value not in fault or len(value) < 5


@pytest.mark.parametrize("public", ["", "http://binhyen.vn", "http://127.0.0.1.evil.vn/"])
def test_a_webhook_needs_an_address_to_be_called_at(monkeypatch: pytest.MonkeyPatch, public: str) -> None:
    with pytest.raises(BadSettings) as refused:
        settings(monkeypatch, ZALO_BOT__WEBHOOK_SECRET=SECRET, WEB__PUBLIC_URL=public)
    (fault,) = refused.value.faults
    assert fault.startswith("BINHYEN_ZALO_BOT__WEBHOOK_SECRET: needs BINHYEN_WEB__PUBLIC_URL")
    assert SECRET not in fault


@pytest.mark.parametrize("public", [PUBLIC, f"{PUBLIC}/bot/", "http://127.0.0.1:8080", "http://localhost/"])
def test_https_or_this_machine_will_do(monkeypatch: pytest.MonkeyPatch, public: str) -> None:
    given = settings(monkeypatch, ZALO_BOT__WEBHOOK_SECRET=SECRET, WEB__PUBLIC_URL=public)
    assert given.web.public_url == public.rstrip("/")


def test_each_platform_with_a_token_is_built_from_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(
        monkeypatch,
        ZALO_BOT__TOKEN=TOKEN,
        ZALO_BOT__WEBHOOK_SECRET=SECRET,
        ZALO_BOT__NAME="Bot Bình Yên",
        ZALO_BOT__QUOTA_MESSAGES="100",
        ZALO_BOT__RATE_GLOBAL="2",
        WEB__PUBLIC_URL=PUBLIC,
    )
    platforms = build_platforms(given, build_router(), b"key")
    assert set(platforms) == set(given.platforms) == {"zalo_bot"}
    zalo = platforms["zalo_bot"]
    assert (zalo.quota, zalo.limits) == (Quota(100, 50, 3), Limits(2, 20, 1.0))
    assert zalo.hook is not None
    assert (zalo.hook.path, zalo.mention) == ("/zalo-bot/webhook", "@Bot Bình Yên")
    assert TOKEN not in repr(given)
    assert SECRET not in repr(given)


# --- the command line


async def test_check_says_one_line_for_each_platform(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Stage(sandbox, None)
    zalo = Zalo(sandbox)
    zalo.add_bot(TOKEN, "Bot Bình Yên")
    use(monkeypatch, tmp_path, BINHYEN_TELEGRAM__API_URL=sandbox.url)
    monkeypatch.setenv("BINHYEN_ZALO_BOT__TOKEN", TOKEN)
    monkeypatch.setenv("BINHYEN_ZALO_BOT__API_URL", zalo.url)
    assert await asyncio.to_thread(main, ["check"]) == 0
    said = capsys.readouterr().out
    assert "ok  telegram: @binhyen_bot\nok  zalo_bot: @Bot Bình Yên\nok  clock: " in said
    monkeypatch.setenv("BINHYEN_ZALO_BOT__TOKEN", "1:nobody")
    assert await asyncio.to_thread(main, ["check"]) == 1
    assert "BAD zalo_bot: BINHYEN_ZALO_BOT__TOKEN is not known there: copy it again" in capsys.readouterr().out
    monkeypatch.setenv("BINHYEN_ZALO_BOT__API_URL", "http://127.0.0.1:9")
    assert await asyncio.to_thread(main, ["check"]) == 1
    assert "BAD zalo_bot: http://127.0.0.1:9 cannot be reached" in capsys.readouterr().out


def test_without_any_token_check_and_run_say_which_there_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, tmp_path)
    monkeypatch.delenv("BINHYEN_TELEGRAM__TOKEN")
    assert main(["check"]) == 1
    assert f"BAD token: {NO_PLATFORM}" in capsys.readouterr().out
    assert main(["run"]) == 2
    assert capsys.readouterr().err.startswith(NO_PLATFORM)


@pytest.mark.parametrize(
    ("tokens", "command"), [({}, "demo"), ({"ZALO_BOT__TOKEN": TOKEN}, "run"), ({"TELEGRAM__TOKEN": TOKEN}, "run")]
)
def test_with_any_token_the_bot_runs(monkeypatch: pytest.MonkeyPatch, tokens: dict[str, str], command: str) -> None:
    assert cli.default_command(settings(monkeypatch, **tokens)) == command
