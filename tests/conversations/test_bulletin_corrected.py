"""A section of a bulletin is corrected: its picture is made anew and approved with it; all that is read says so."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot import press
from bot.sandbox import Sandbox, sample_photo
from data import tables as t
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import rows_of
from tests.conversations.broadcasting import count, result, told
from tests.conversations.bulletining import issued, now_says
from tests.conversations.reporting import with_button
from tests.processes import BotProcess

RIGHT = "Cảnh giác: shipper giả & khác\nKhông chuyển tiền trước khi nhận hàng."
OLD_WIDE, NEW_WIDE = 64, 96  # px


@pytest.fixture(autouse=True)
def fast_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture's width tells of which words it was made."""

    def drawn(_template: str, sheet: Any, *_: Any, **__: Any) -> bytes:
        return sample_photo(NEW_WIDE if "shipper giả" in str(asdict(sheet)) else OLD_WIDE, 48)

    monkeypatch.setattr(press, "set_in", drawn)


async def corrects(stage: Stage, by: Any, section: str = "Cảnh giác", words: str = RIGHT) -> dict[str, Any]:
    """The question that shows the section as it is was answered; that question."""
    by.presses(await result(stage), "Đính chính")
    by.presses(await stage.sees(stage.desk, "Mục nào của bản tin"), section)
    asked = await stage.sees(stage.desk, "bằng lời đúng của cả mục")
    by.says(words, stage.desk, reply_to=asked)
    return asked


async def proposed(stage: Stage, by: Any) -> dict[str, Any]:
    """What asks the chiefs."""
    await corrects(stage, by)
    return await stage.sees(stage.desk, "Nội dung đính chính", timeout=10)


def width_of(message: dict[str, Any]) -> int:
    return int(message["photo"][-1]["width"])


async def test_words_and_picture_change_together_in_groups_archive_and_print(stage: Stage) -> None:
    card = await issued(stage, stage.dung, stage.em)
    before = len(stage.group5.messages)
    asking = await proposed(stage, stage.dung)
    preview = asking["reply_to_message"]
    assert width_of(preview) == NEW_WIDE
    assert "shipper giả" in text_of(preview)
    stage.em.presses(asking, "Duyệt đính chính")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    copy = await stage.sees(stage.group5, "shipper giả")
    assert is_picture(copy)
    assert "Đính chính" in text_of(copy)
    if type(stage) is Stage:
        assert len(stage.group5.messages) == before
        assert width_of(copy) == NEW_WIDE
    assert await stage.sandbox.until(lambda: "shipper giả" in now_says(stage, card))
    stage.an.says("/bantin")
    read = text_of(await stage.sees(stage.an.chat_with(), "Bản tin số 1 ·"))
    assert "đã sửa mục “Cảnh giác: shipper giả & khác”" in read
    assert "Không chuyển tiền trước khi nhận hàng." in read
    assert read.count("Cảnh giác:") == 2  # in the line above, and the section itself: the wrong one is gone
    if type(stage) is Stage:
        assert width_of(next(m for m in stage.an.chat_with().messages if is_picture(m))) == NEW_WIDE
    stage.dung.presses(card, "Bản in và loa")
    assert "SHIPPER GIẢ" in text_of(await stage.sees(stage.desk, "Bảng LED", timeout=10))
    assert "Không chuyển tiền trước khi nhận hàng." in text_of(await stage.sees(stage.desk, "Loa phường"))


@pytest.mark.telegram_only("it happens at the desk")
async def test_until_another_chief_agrees_nothing_changes_anywhere(stage: Stage) -> None:
    await issued(stage, stage.dung, stage.em)
    asking = await proposed(stage, stage.em)
    assert "chỉ huy khác" in await told(stage, stage.em, asking, "Duyệt đính chính")
    assert count(stage.group5, "shipper giả") == 0
    stage.an.says("/bantin")
    assert "shipper giả" not in text_of(await stage.sees(stage.an.chat_with(), "Bản tin số 1 ·"))
    stage.dung.presses(asking, "Thôi")
    await stage.sees(stage.desk, "đính chính này đã bỏ")
    assert [row.sealed_next for row in await rows_of(stage, t.bulletins.c.sealed_next)] == [None]
    assert count(stage.group5, "shipper giả") == 0


@pytest.mark.telegram_only("it happens at the desk")
async def test_what_could_not_be_typeset_changes_nothing_and_can_be_asked_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> bytes:
        raise RuntimeError("no")

    await issued(stage, stage.dung, stage.em)
    with monkeypatch.context() as broken:
        broken.setattr(press, "set_in", fails)
        await corrects(stage, stage.dung)
        await stage.sees(stage.desk, "chưa dựng được hình mới của Bản tin số 1", timeout=10)
    assert [row.sealed_next for row in await rows_of(stage, t.bulletins.c.sealed_next)] == [None]
    assert [row.sealed_next for row in await rows_of(stage, t.broadcasts.c.sealed_next)] == [None]
    stage.em.presses(await proposed(stage, stage.dung), "Duyệt đính chính")
    await result(stage, "Đã đính chính ở 2/2 nhóm")


@pytest.mark.telegram_only("it happens at the desk")
async def test_of_two_corrections_at_once_the_later_starts_from_what_was_approved(stage: Stage) -> None:
    await issued(stage, stage.dung, stage.em)
    asking = await proposed(stage, stage.dung)
    stage.em.presses(asking, "Duyệt đính chính")
    card = await result(stage, "Đã đính chính ở 2/2 nhóm")
    asked = await stage.sees(stage.desk, "bằng lời đúng của cả mục")
    stage.giang.says("Cảnh giác: việc khác\nLời khác.", stage.desk, reply_to=asked)
    await stage.sees(stage.desk, "người soạn hoặc chỉ huy")
    stage.em.says("Cảnh giác: việc khác\nLời khác.", stage.desk, reply_to=asked)
    again = await stage.sees(stage.desk, "vừa được người khác sửa")
    assert "shipper giả" in text_of(again)
    stage.em.says("hủy", stage.desk, reply_to=again)
    await stage.sees(stage.desk, "không đính chính nữa")
    stage.dung.presses(card, "Đính chính")
    chosen = await with_button(stage, stage.desk, "Số gọi khẩn cấp", "Mục nào của bản tin")
    stage.dung.presses(chosen, "Số gọi khẩn cấp")
    asked = await stage.sees(stage.desk, "113 Công an", after=again["message_id"])
    stage.dung.says("Số gọi khẩn cấp\n113, 114, 115.", stage.desk, reply_to=asked)
    last = await stage.sees(stage.desk, "Nội dung đính chính", timeout=10, after=asking["message_id"])
    words = text_of(last["reply_to_message"])
    assert words.index("Số gọi khẩn cấp”") < words.index("shipper giả & khác”")  # both are told, the newest first
    assert "113, 114, 115." in words


async def test_killed_while_typesetting_and_while_spreading_every_copy_becomes_the_right_one(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    stage = Stage(sandbox, None)
    bot = BotProcess(sandbox, tmp_path)
    await bot.start()
    await stage.set_up_ward()
    await issued(stage, stage.dung, stage.em)
    old = {group.id: [m for m in group.messages if is_picture(m)] for group in (stage.group5, stage.group7)}
    asked = await corrects(stage, stage.dung)
    await stage.sees(stage.desk, "Em đang dựng bản tin", timeout=10, after=asked["message_id"])
    await bot.kill()

    bot = BotProcess(sandbox, tmp_path, BINHYEN_TELEGRAM__RATE_GLOBAL="1")
    await bot.start()
    asking = await stage.sees(stage.desk, "Nội dung đính chính", timeout=25)
    assert [m for group in (stage.group5, stage.group7) for m in group.messages if "shipper giả" in text_of(m)] == []
    stage.em.presses(asking, "Duyệt đính chính")
    groups = (stage.group5, stage.group7)
    assert await sandbox.until(lambda: any(count(group, "shipper giả") for group in groups), timeout=15)
    await bot.kill()
    await bot.start()
    await stage.sees(stage.desk, "Đã đính chính ở 2/2 nhóm", timeout=25)
    await bot.stop()
    for group in groups:
        pictures = [m for m in group.messages if is_picture(m)]
        assert len(pictures) == len(old[group.id]) == 1
        assert "shipper giả" in text_of(pictures[0])
        assert pictures[0]["photo"][-1]["file_unique_id"] != old[group.id][0]["photo"][-1]["file_unique_id"]
