"""A ward's own folder under the installation's: its residents read it, their neighbours in another ward do not."""

import asyncio
import logging
import shutil
from pathlib import Path

import pytest

from bot.app import App
from data import tables as t
from data.content import FOLDER
from tests.cast import AWAKE, Stage, text_of
from tests.conversations.after import rows_of
from tests.conversations.reporting import told, with_button
from tests.conversations.test_tip_wards import second_ward
from tests.conversations.test_weekly_lessons import LESSONS, planned, thursday_comes

pytestmark = pytest.mark.telegram_only("the bot is started anew, and what Zalo's poll was bringing is lost")

GUIDE = """title = "Gửi xe ở chợ phiên"
ways = ["gửi xe chợ phiên"]
steps = ["Gửi ở sân đình, có vé."]
source = "Thông báo của UBND xã"
checked = 2026-11-26
"""


def lay(folder: Path, file: str, text: str) -> None:
    """Write a file of a ward."""
    (folder / "own" / "wards" / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / "own" / "wards" / file).write_text(text, "utf-8")


async def begin_again(stage: Stage, folder: Path) -> None:
    """The installation is started anew with a folder of its own."""
    assert stage.app is not None
    shutil.copytree(AWAKE, folder / "own", dirs_exist_ok=True)
    await stage.app.stop()
    stage.app = App(stage.settings(folder).model_copy(update={"content_dir": folder / "own"}))
    await stage.app.start()


async def lives_in(stage: Stage, person: object, ward: str) -> None:
    """Somebody chooses a ward by its name, for a tip that they drop."""
    person.says("mất xe đạp")  # type: ignore[attr-defined]
    await told(stage, person, "phường, xã nào")
    person.says(ward)  # type: ignore[attr-defined]
    await with_button(stage, person.chat_with(), "Gửi", ward)  # type: ignore[attr-defined]
    person.says("/huy")  # type: ignore[attr-defined]


async def test_two_wards_read_different_guides_and_numbers(stage: Stage, tmp_path: Path) -> None:
    await second_ward(stage)
    lay(tmp_path, "xa-quang-la/guides/cho-phien.toml", GUIDE)
    lay(tmp_path, "xa-quang-la/numbers.toml", '[all]\nfire = "0203 114"')
    lay(tmp_path, "phuong-hoa-sua/guides/cu-tru.toml", 'warning = "Hỏi chị Lan, bàn số 3."')
    await begin_again(stage, tmp_path)

    await lives_in(stage, stage.an, "Quảng La")
    await lives_in(stage, stage.binh, "Hoa Sữa")
    for one in (stage.an, stage.binh):
        one.says("/huongdan gui xe cho phien")
        one.says("/huongdan dang ky tam tru")
        one.says("/huongdan chay nha")
    await told(stage, stage.an, "Gửi ở sân đình")
    await told(stage, stage.binh, "chưa có hướng dẫn")
    assert "0203 114" in text_of(await told(stage, stage.an, "xin gọi ngay"))
    assert "0203 114" not in text_of(await told(stage, stage.binh, "xin gọi ngay"))
    await told(stage, stage.binh, "Hỏi chị Lan")
    await stage.sees_nothing(stage.an.chat_with(), "Hỏi chị Lan", within=0.1)

    stage.chi.says("/huongdan dang ky tam tru", stage.group7)  # a group's ward is known by the group
    await stage.sees(stage.group7, "Hỏi chị Lan")


async def test_a_folder_for_no_ward_is_a_warning(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for code in ("phuong-hoa-sua", "phuong-hoa-su"):
        lay(tmp_path, f"{code}/numbers.toml", "")
    with caplog.at_level(logging.WARNING, logger="bot.app"):
        await begin_again(stage, tmp_path)
    assert [one.args for one in caplog.records if one.name == "bot.app"] == [("phuong-hoa-su",)]


async def test_a_wards_own_lesson_has_its_own_picture_and_questions(stage: Stage, tmp_path: Path) -> None:
    lesson = (FOLDER / "lessons" / "02-otp.toml").read_text("utf-8")
    lesson = lesson.replace("title = ", 'title = "Chợ phiên" # ')
    lay(tmp_path, "phuong-hoa-sua/lessons/00-cho-phien.toml", lesson)
    await begin_again(stage, tmp_path)
    await planned(stage)
    await thursday_comes(stage)
    await stage.sees(stage.group5, f"Bài 1/{len(LESSONS) + 1}: Chợ phiên")
    await stage.sandbox.wait_for(stage.group5, lambda m: "Nhân viên" in m.get("poll", {}).get("question", ""))
    for _ in range(500):
        made = {
            row.lesson: row.file for row in await rows_of(stage, t.lesson_pictures.c.lesson, t.lesson_pictures.c.file)
        }
        if made.get("00-cho-phien@1"):
            break
        await asyncio.sleep(0.02)
    assert made["00-cho-phien@1"]
