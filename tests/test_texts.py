"""Every sentence that the code asks for exists, the languages agree, and the manner is kept."""

import ast
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from bot.app import TEXTS
from bot.config import ROOT, PlatformSettings, Settings
from bot.errors import Why
from bot.texts import Texts

SAYING = {"say", "reply", "ask", "button", "tell_desk", "Refused"}
FORBIDDEN = ("đối tượng", "bạn ơi", "submit")
texts = Texts.load(TEXTS)
vi, en = texts._languages["vi"], texts._languages["en"]


def asked_for() -> Iterator[tuple[str, str]]:
    """(where, pattern of the key) for each sentence that the code says by a name it spells out."""
    files = [
        *(ROOT / "handlers").glob("*.py"),
        *(ROOT / "bot" / "services").glob("*.py"),
        *(ROOT / "bot").glob("[ac]*.py"),
    ]
    for file in sorted(set(files) - {ROOT / "bot" / "checks.py"}):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) in SAYING:
                yield from ((f"{file.name}:{node.lineno}", pattern) for pattern in keys_in(node))


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


def keys_in(call: ast.Call) -> Iterator[str]:
    """The keys among the first two arguments: constants, both arms of a choice, f-strings with holes."""
    for argument in call.args[:2]:
        for part in [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]:
            if isinstance(part, ast.JoinedStr):
                pieces = [re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w-]+" for v in part.values]
                yield "".join(pieces)
            elif isinstance(part, ast.Constant) and isinstance(part.value, str) and is_key(part.value, call):
                yield re.escape(part.value)


def is_key(value: str, call: ast.Call) -> bool:
    """Names without a dot are keys only where nothing else can stand."""
    return "." in value or name_of(call.func) in ("reply", "Refused")


def test_every_sentence_that_the_code_says_exists() -> None:
    found = list(asked_for())
    assert len(found) > 100
    missing = [(where, key) for where, key in found if not any(re.fullmatch(key, known) for known in vi)]
    assert not missing


def test_every_platform_has_a_name_for_people() -> None:
    sections = [name for name, value in Settings(_env_file=None) if isinstance(value, PlatformSettings)]
    assert len(sections) > 1
    assert {f"platform.{name}" for name in sections} <= set(vi)


def test_every_reason_why_a_message_did_not_arrive_has_a_sentence() -> None:
    assert {f"failed.{why.value}" for why in Why} <= set(vi)


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_english_says_nothing_that_vietnamese_does_not() -> None:
    assert set(en) <= set(vi)
    assert {key for key in en if placeholders(en[key]) != placeholders(vi[key])} == set()


@pytest.mark.parametrize("language", texts.languages)
def test_no_sentence_has_a_word_that_is_not_our_manner(language: str) -> None:
    rude = [
        key for key, said in texts._languages[language].items() if any(word in said.casefold() for word in FORBIDDEN)
    ]
    assert not rude
    assert not [key for key, said in texts._languages[language].items() if not said]
