"""Each group's result; what is forged, repeated or interrupted sends nothing twice."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.messages import Chat, ChatKind, EventKind, Incoming, Person
from bot.sandbox import Sandbox
from data import tables as t
from tests.cast import Stage, settings_for, text_of
from tests.conversations.broadcasting import asked, count, drafted, forges
from tests.conversations.test_broadcast_corrected import proposed
from tests.processes import BotProcess


@pytest.mark.telegram_only("a bot is thrown out otherwise")
async def test_a_group_that_threw_the_bot_out_is_named_with_the_reason(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.sandbox.faults.answer("sendMessage", 403, 1)
    stage.em.presses(card, "Duyệt")
    result = text_of(await stage.sees(stage.desk, "Đã gửi 1/2 nhóm", timeout=8))
    failed = "Tổ 5" if count(stage.group7, "phòng cháy") else "Tổ 7"
    assert f"Không gửi được tới {failed}" in result
    assert count(stage.desk, f"Không gửi được tới {failed}") == 1  # not once more as a failure of its own


async def test_the_result_stands_on_the_card_that_was_approved(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.em.presses(card, "Duyệt")
    result = await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert result["message_id"] == card["message_id"]
    assert "Tổ 5, Tổ 7" in text_of(result)
    assert "Duyệt" not in str(result["reply_markup"])


async def test_a_group_unlinked_meanwhile_is_left_out(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.em.presses(await stage.sees(stage.desk, "Nhóm Tổ 7 đã liên kết"), "Huỷ liên kết")
    await stage.sees(stage.desk, "Đã huỷ liên kết nhóm Tổ 7")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã gửi 1/1 nhóm", timeout=8)


async def test_a_group_unlinked_afterwards_is_not_said_to_have_been_corrected(stage: Stage) -> None:
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    card = await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    stage.em.presses(await stage.sees(stage.desk, "Nhóm Tổ 7 đã liên kết"), "Huỷ liên kết")
    await stage.sees(stage.desk, "Đã huỷ liên kết nhóm Tổ 7")
    stage.em.presses(await proposed(stage, stage.dung, card), "Duyệt")
    result = await stage.sees(stage.desk, "Đã đính chính ở 1/2 nhóm", timeout=8)
    assert "Tổ 7 đã huỷ liên kết" in text_of(result)
    assert "Gửi lại" not in str(result["reply_markup"])


async def test_pressing_twice_sends_once(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    stage.em.presses(card, "Duyệt")
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert count(stage.group5, "phòng cháy") == 1


async def test_the_same_event_twice_sends_once(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    desk = Chat("telegram", str(stage.desk.id), ChatKind.GROUP)
    chief = Person("telegram", str(stage.em.id), "Em")
    data = next(
        b["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for b in row if b["text"] == "Duyệt"
    )
    press = Incoming("telegram", "twice", EventKind.BUTTON, desk, chief, str(card["message_id"]), data=data)
    assert stage.app is not None
    await stage.app.delivery.intake.store([press])
    await stage.sees(stage.group5, "phòng cháy")
    await stage.app.delivery.intake.store([press])
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=8)
    assert count(stage.group5, "phòng cháy") == 1


@pytest.mark.telegram_only("no buttons whose data could be forged")
async def test_forged_presses_do_nothing(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    welcome = await stage.sees(stage.group5, "Chào bà con")
    for data in ("send-yes:1", "send-now:1", "send-cancel:1", "schedule-scams", "schedule-stop:1", "unlink:1"):
        assert await forges(stage, stage.an, welcome, data) == ""  # in a group nobody hears them
    for data in ("send-yes:999", "send-yes:x", "send-yes:", "send-yes:-1", "send-yes:" + "9" * 40, "send-when:1:"):
        assert await forges(stage, stage.em, card, data)
    await forges(stage, stage.dung, card, "send-now:1")
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.2)


async def test_another_wards_broadcast_does_not_exist_here(stage: Stage) -> None:
    card = await asked(stage, stage.dung)
    assert stage.app is not None

    def give_away(work: Any) -> None:
        elsewhere = work.add(t.wards.insert().values(name="Phường khác", desk="telegram:-5", created_at=0))
        work.run(t.broadcasts.update().values(ward_id=elsewhere))

    await stage.app.database.write(give_away)
    assert "cũ" in await forges(stage, stage.em, card, "send-yes:1")
    await stage.sees_nothing(stage.group5, "phòng cháy", within=0.1)


async def test_a_forgotten_draft_expires(stage: Stage) -> None:
    await drafted(stage, stage.dung)
    assert stage.app is not None
    desk = Chat("clock", "soon", ChatKind.GROUP)
    await stage.app.delivery.intake.store([Incoming("clock", "soon", EventKind.CLOCK, desk, data="broadcast-expire:1")])
    await stage.sees(stage.desk, "quá 7 ngày")


async def test_a_broadcast_cut_off_in_the_middle_goes_on_after_the_restart(sandbox: Sandbox, tmp_path: Path) -> None:
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    groups = [sandbox.add_group(f"Tổ {number}", stage.hoa, [stage.binh]) for number in range(20, 26)]
    for group in groups:
        await stage.link(group.title, group)
    groups += [stage.group5, stage.group7]
    card = await asked(stage, stage.dung)
    await app.stop()

    slow = App(settings_for(sandbox, tmp_path, rate_global=4))
    await slow.start()
    stage.em.presses(card, "Duyệt")
    assert await sandbox.until(lambda: sum(count(group, "phòng cháy") for group in groups) >= 2)
    await slow.stop()
    reached = sum(count(group, "phòng cháy") for group in groups)
    assert reached < len(groups)

    again = App(settings_for(sandbox, tmp_path))
    await again.start()
    try:
        await stage.sees(stage.desk, "Đã gửi 8/8 nhóm", timeout=10)
        assert [count(group, "phòng cháy") for group in groups] == [1] * len(groups)
    finally:
        await again.stop()


async def test_killed_in_the_middle_every_group_still_gets_it(sandbox: Sandbox, tmp_path: Path) -> None:
    stage = Stage(sandbox, None)
    bot = BotProcess(sandbox, tmp_path)
    await bot.start()
    await stage.set_up_ward()
    groups = [sandbox.add_group(f"Tổ {number}", stage.hoa, [stage.binh]) for number in range(20, 26)]
    for group in groups:
        await stage.link(group.title, group)
    groups += [stage.group5, stage.group7]
    card = await asked(stage, stage.dung)
    await bot.stop()

    bot = BotProcess(sandbox, tmp_path, BINHYEN_TELEGRAM__RATE_GLOBAL="3")
    await bot.start()
    stage.em.presses(card, "Duyệt")
    assert await sandbox.until(lambda: sum(count(group, "phòng cháy") for group in groups) >= 2, timeout=15)
    await bot.kill()
    assert sum(count(group, "phòng cháy") for group in groups) < len(groups)
    await bot.start()
    await stage.sees(stage.desk, "Đã gửi 8/8 nhóm", timeout=20)
    await bot.stop()
    reached = [count(group, "phòng cháy") for group in groups]
    assert min(reached) == 1
    assert sum(reached) <= len(groups) + 1  # the one in flight when the process died may have come twice


async def test_progress_is_one_message_edited_until_it_ends(sandbox: Sandbox, tmp_path: Path) -> None:
    app = App(settings_for(sandbox, tmp_path))
    stage = Stage(sandbox, app)
    await app.start()
    await stage.set_up_ward()
    card = await asked(stage, stage.dung)
    stage.sandbox.faults.answer("sendMessage", 502, 1)
    before = len(stage.desk.messages)
    stage.em.presses(card, "Duyệt")
    await stage.sees(stage.desk, "Đang gửi")
    await stage.sees(stage.desk, "Đã gửi 2/2 nhóm", timeout=12)
    assert len(stage.desk.messages) == before
    assert sandbox.calls["editMessageText"] <= 6
    await app.stop()


async def test_rows_and_targets_are_one_commit(stage: Stage) -> None:
    stage.em.presses(await asked(stage, stage.dung), "Duyệt")
    await stage.sees(stage.group5, "phòng cháy")
    assert stage.app is not None
    query = select(t.broadcast_targets.c.group_id, t.outbox.c.about).join(
        t.outbox, t.outbox.c.id == t.broadcast_targets.c.row_id
    )
    rows = await stage.app.database.write(lambda work: work.all(query))
    assert sorted(row.group_id for row in rows) == [1, 2]
    assert {row.about for row in rows} == {"broadcast:1"}
