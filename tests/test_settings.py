"""`.env.example` is the settings: every one stands there, nothing else does, and its defaults are the real ones."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.config import ROOT, RetentionSettings, Settings, read_settings
from bot.errors import BadSettings

LINE = re.compile(r"^(# )?(BINHYEN_\w+)=(.*)$", re.MULTILINE)


def walk(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from walk(inner, f"{prefix}{name.upper()}__")
        else:
            yield prefix + name.upper(), field


def shown() -> dict[str, tuple[bool, str]]:
    found = LINE.findall((ROOT / ".env.example").read_text("utf-8"))
    assert len({name for _, name, _ in found}) == len(found)
    return {name: (bool(hidden), value) for hidden, name, value in found}


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    assert set(shown()) == {name for name, _ in walk(Settings, "BINHYEN_")}


def test_the_example_shows_the_real_defaults() -> None:
    for name, field in walk(Settings, "BINHYEN_"):
        _, value = shown()[name]
        default: Any = "" if field.default is None else field.default
        assert value == (f"{default:g}" if isinstance(default, float) else str(default)), name


def test_the_example_as_it_is_can_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for name in shown():
        monkeypatch.delenv(name, raising=False)
    copy = tmp_path / ".env"
    copy.write_text((ROOT / ".env.example").read_text("utf-8").replace("# BINHYEN", "BINHYEN"), "utf-8")
    assert read_settings(_env_file=copy) == Settings(_env_file=None)


def test_a_fault_never_repeats_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINHYEN_TELEGRAM__TOKEN", "mat-khau-cua-toi")
    with pytest.raises(BadSettings) as refused:
        read_settings(_env_file=None)
    assert "BINHYEN_TELEGRAM__TOKEN" in refused.value.faults[0]
    assert "mat-khau" not in str(refused.value.faults)


@pytest.mark.parametrize(
    "url",
    [
        "bot.example.vn",
        "https://",
        "ftp://bot.example.vn",
        "https://bot.example.vn?x=1",
        "https://bot.example.vn/#a",
        "https://an:mat-khau@bot.example.vn",
        "https://bot.example.vn /",
        "https://bot.example.vn\n",
        "https://công-an.vn",
        "https://bot.example.vn:port",
    ],
)
def test_a_public_address_is_an_address_and_nothing_more(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("BINHYEN_WEB__PUBLIC_URL", url)
    with pytest.raises(BadSettings) as refused:
        read_settings(_env_file=None)
    (fault,) = refused.value.faults
    assert fault.startswith("BINHYEN_WEB__PUBLIC_URL: must be the address")
    assert "mat-khau" not in fault


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("", ""),
        ("https://bot.example.vn/", "https://bot.example.vn"),
        ("https://bot.example.vn:8443/binh-yen//", "https://bot.example.vn:8443/binh-yen"),
        ("http://10.0.0.5:8080", "http://10.0.0.5:8080"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ],
)
def test_a_public_address_is_kept_without_its_last_slash(monkeypatch: pytest.MonkeyPatch, url: str, kept: str) -> None:
    monkeypatch.setenv("BINHYEN_WEB__PUBLIC_URL", url)
    assert read_settings(_env_file=None).web.public_url == kept


def test_the_operating_guide_names_every_term_with_its_default() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8")
    for name, field in walk(RetentionSettings, "BINHYEN_RETENTION__"):
        assert f"| `{name}` | {field.default} |" in guide
