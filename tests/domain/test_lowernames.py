"""Names in lower case are found where they can hardly be anything else; our own words name nobody."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import msgspec
import pytest

from bot.app import TEXTS
from bot.domain.impersonal import Personal, personal_in
from bot.domain.lowernames import find_lower_names
from bot.domain.vietnamese import normalize
from bot.texts import Texts
from data.content import Content

MESSAGES = Path(__file__).parent / "scam_messages"


def names_in(text: str) -> list[str]:
    text = normalize(text)
    return [text[start:end] for start, end in find_lower_names(text)]


def lower_in(text: str) -> list[str]:
    """Those that only this finds: `naming` finds the others."""
    return [name for name in names_in(text) if any(word[0].islower() for word in name.split())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ông nguyễn văn a giả cán bộ điện lực", "nguyễn văn a"),
        ("anh tư đầu ngõ cho vay nặng lãi", "tư"),
        ("Bà năm bán vé số bị giật túi", "năm"),
        ("chị lan bị lừa 20 triệu", "lan"),
        ("bắt lê thị hồng nhung về tội trộm", "lê thị hồng nhung"),
        ("Nguyễn văn Tèo trốn nợ", "Nguyễn văn Tèo"),
        ("cô trần hà tổ 5 mất xe", "trần hà"),
        ("tên đỗ đình cường", "đỗ đình cường"),
        ("chú út hay nhậu", "út"),
        ("vợ chồng lê văn b", "lê văn b"),
    ],
)
def test_a_name_in_lower_case_is_found(text: str, name: str) -> None:
    assert names_in(text) == [name]
    assert Personal.NAME in personal_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "anh/chị tư vấn giúp bà con, anh hùng liệt sĩ, chiến đấu anh dũng",
        "mời ông bà năm nay đã đủ 75 tuổi, các anh chị hai bên đường",
        "báo anh ba lần không được, gửi chị hai tờ, chụp cho chị hai mặt căn cước",
        "mặc bộ bà ba nâu, trước chùa bà ngọc, cô chú lan toả tin này, bác hồ dạy",
        "khu đô thị mới, hồ sơ, đỗ xe, lê la, lý do, vũ khí, dương tính",
        "đường nguyễn thị minh khai, trường lê văn tám, phường trần văn ơn",
        "đoàn văn nghệ, đoàn văn công huyện về diễn, quản lý thị trường kiểm tra",
    ],
)
def test_what_only_looks_like_one_is_not(text: str) -> None:
    assert Personal.NAME not in personal_in(text)


def strings(value: object) -> Iterator[str]:
    """Every string in a value, however deep."""
    if isinstance(value, str):
        yield re.sub("<[^>]+>", "", value)
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif is_dataclass(value):
        yield from strings([getattr(value, one.name) for one in fields(value)])
    elif isinstance(value, msgspec.Struct):
        yield from strings(list(msgspec.structs.asdict(value).values()))


def test_nothing_that_we_wrote_ourselves_is_taken_for_one() -> None:
    content = Content.load().everywhere
    ours = [content.guides, content.lessons, content.scams, content.bulletin, Texts.load(TEXTS)._languages["vi"]]
    texts = list(strings(ours))
    assert len(texts) > 1500
    assert [text for text in texts if lower_in(text)] == []


def test_in_thousands_of_harmless_messages_of_others_hardly_any_is() -> None:
    lines = [line for file in MESSAGES.glob("*harmless.txt") for line in file.read_text("utf-8").splitlines()]
    assert len(lines) > 5000
    assert sum(bool(lower_in(line)) for line in lines) < len(lines) / 500  # "cô hai ơi", "chú tư" are names
