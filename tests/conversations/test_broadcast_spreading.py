"""A broadcast on its way: paused, resumed, stopped; and once more to the groups where it failed."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.sandbox import Sandbox
from tests.cast import Stage, settings_for, text_of
from tests.conversations.broadcasting import TEXT, acts, asked, count, linked, result, sent, told
from tests.conversations.test_broadcast_corrected import RIGHT, proposed

pytestmark = pytest.mark.telegram_only("it happens at the desk")


class Slow:
    """A ward with twelve groups, and a bot that sends four messages a second."""

    def __init__(self, stage: Stage, groups: list[Any], card: dict[str, Any]) -> None:
        self.stage = stage
        self.groups = groups
        self.card = card

    @property
    def copies(self) -> list[int]:
        """How often each group has it, whatever it says."""
        return [count(group, "kiểm tra phòng cháy") for group in self.groups]

    async def begins(self) -> None:
        """It is approved, and the first groups have it."""
        self.stage.em.presses(self.card, "Duyệt")
        assert await self.stage.sandbox.until(lambda: sum(self.copies) >= 2)

    async def pauses(self) -> int:
        """`Tạm dừng`: how many have it then, once what was leaving has arrived."""
        self.stage.dung.presses(self.card, "Tạm dừng")
        await result(self.stage, "Tạm dừng: đã gửi")
        await self.stage.sandbox.until(lambda: False, timeout=1.2)
        return sum(self.copies)


@pytest.fixture
async def slow(sandbox: Sandbox, tmp_path: Path) -> AsyncIterator[Slow]:
    """A broadcast that waits for its approval."""
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    groups = await linked(stage, range(20, 30))
    card = await asked(stage, stage.dung)
    await app.stop()
    stage.app = App(settings_for(sandbox, tmp_path, rate_global=4))
    await stage.app.start()
    yield Slow(stage, groups, card)
    await stage.app.stop()


async def test_paused_nothing_leaves_and_resumed_each_group_gets_it_once(slow: Slow) -> None:
    await slow.begins()
    reached = await slow.pauses()
    assert reached < len(slow.groups)
    await slow.stage.sandbox.until(lambda: False, timeout=0.8)
    assert sum(slow.copies) == reached
    slow.stage.em.presses(slow.card, "Tiếp tục")
    await result(slow.stage, "Đã gửi 12/12 nhóm", timeout=20)
    assert slow.copies == [1] * 12
    assert {"broadcast.paused", "broadcast.resumed"} <= set(await acts(slow.stage))


async def test_a_pause_survives_a_restart(slow: Slow, sandbox: Sandbox, tmp_path: Path) -> None:
    await slow.begins()
    reached = await slow.pauses()
    assert slow.stage.app is not None
    await slow.stage.app.stop()
    slow.stage.app = App(settings_for(sandbox, tmp_path))
    await slow.stage.app.start()
    await slow.stage.rests()
    assert sum(slow.copies) == reached
    slow.stage.em.presses(slow.card, "Tiếp tục")
    await result(slow.stage, "Đã gửi 12/12 nhóm", timeout=20)
    assert slow.copies == [1] * 12


async def test_stopped_the_others_do_not_get_it_and_the_card_says_so(slow: Slow) -> None:
    await slow.begins()
    reached = await slow.pauses()
    slow.stage.em.presses(slow.card, "Dừng hẳn")
    card = await result(slow.stage, f"Đã gửi {reached}/12 nhóm", timeout=12)
    assert f"{12 - reached} nhóm không nhận" in text_of(card)
    assert "Gửi lại" not in str(card["reply_markup"])
    assert sum(slow.copies) == reached


async def test_corrected_while_paused_the_others_get_the_right_words_at_once(slow: Slow) -> None:
    await slow.begins()
    reached = await slow.pauses()
    card = await result(slow.stage, "Tạm dừng")
    slow.stage.em.presses(await proposed(slow.stage, slow.stage.dung, card), "Duyệt")
    await result(slow.stage, "Đã đính chính ở 12/12 nhóm", timeout=20)
    assert [count(group, RIGHT) for group in slow.groups] == [1] * 12
    assert slow.copies == [1] * 12
    assert sum("edit_date" in m for group in slow.groups for m in group.messages if RIGHT in text_of(m)) == reached


async def test_what_failed_is_sent_again_and_nothing_else(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.sandbox.faults.answer("sendMessage", 403, 1)
    stage.em.presses(card, "Duyệt")
    card = await result(stage, "Đã gửi 1/2 nhóm")
    stage.dung.presses(card, "Gửi lại nhóm lỗi")
    await result(stage, "Đã gửi 2/2 nhóm")
    assert count(stage.group5, TEXT) == count(stage.group7, TEXT) == 1
    assert "broadcast.resent" in await acts(stage)


async def test_a_correction_that_failed_is_tried_again(stage: Stage) -> None:
    card = await sent(stage)
    question = await proposed(stage, stage.dung, card)
    await stage.rests()
    stage.sandbox.faults.answer("editMessageText", 403, 4)  # two copies, the card, the question
    stage.em.presses(question, "Duyệt")
    card = await result(stage, "Đã đính chính ở 0/2 nhóm")
    stage.dung.presses(card, "Gửi lại nhóm lỗi")
    await result(stage, "Đã đính chính ở 2/2 nhóm")
    assert count(stage.group5, RIGHT) == count(stage.group7, RIGHT) == 1


async def test_there_is_nothing_to_send_again_where_nothing_failed(stage: Stage) -> None:
    card = await sent(stage)
    assert "Gửi lại" not in str(card["reply_markup"])


async def test_an_officer_who_did_not_write_it_does_not_stop_it(slow: Slow) -> None:
    await slow.begins()
    card = await result(slow.stage, "Đang gửi")
    assert "người soạn" in await told(slow.stage, slow.stage.giang, card, "Dừng hẳn")
