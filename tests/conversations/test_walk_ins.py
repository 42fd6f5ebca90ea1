"""An officer records what somebody came or called to report; nobody can be written to, and their numbers are sealed."""

from typing import Any

import pytest

from bot.sandbox import sample_photo
from data import tables as t
from data.reporters import caller_of
from data.tips import tip_by_id
from tests.cast import Stage, is_picture, text_of
from tests.conversations.after import rows_of
from tests.conversations.reporting import case_card, topic_of, with_button

SAID = "tên: Nguyễn Thị Lan, gọi 0912 345 678. Tối qua mất xe đạp ở số 5 ngõ 12 đường Láng"


async def recorded(stage: Stage, words: str) -> dict[str, Any]:
    """The card of what an officer records."""
    stage.dung.says(words, stage.desk)
    return await with_button(stage, stage.desk, "Tiếp nhận", "Ghi hộ: Dũng")


async def test_a_call_becomes_a_tip_with_its_facts_and_says_who_recorded_it(stage: Stage) -> None:
    card = await recorded(stage, f"/ghitin {SAID}")
    assert "gọi lại" in text_of(card)
    assert "mất xe đạp" in text_of(card)
    assert topic_of(stage, card) == "Tiếp nhận"
    assert "345 678" not in text_of(card)
    assert "Lan" not in text_of(card)
    await stage.sees(stage.desk, "Đã ghi đủ tin")
    (row,) = await rows_of(stage, t.tips)
    assert (row.source, row.kind, bool(row.place), row.happened_from is not None) == ("staff", "trom_cap", True, True)
    assert [tuple(line) for line in await rows_of(stage, t.audit.c.act, t.audit.c.subject)][-1][1] == row.code


async def test_name_and_number_lie_in_the_vault(stage: Stage) -> None:
    await recorded(stage, f"/tin mới {SAID}")
    assert stage.app is not None
    caller = await stage.app.database.write(lambda work: caller_of(work, tip_by_id(work, 1)))
    assert caller is not None
    assert (caller.name, caller.contacts, caller.is_reachable) == ("Nguyễn Thị Lan", ("+84912345678",), False)
    (row,) = await rows_of(stage, t.tips.c.text)
    assert "Lan" not in row.text


async def test_without_words_it_asks_and_then_for_place_and_time_at_most(stage: Stage) -> None:
    stage.dung.says("/tin moi", stage.desk)
    stage.dung.says("bà cụ bị mất xe đạp", stage.desk, reply_to=await stage.sees(stage.desk, "báo việc gì"))
    card = await with_button(stage, stage.desk, "Tiếp nhận", "bà cụ bị mất xe đạp")
    assert "không để lại số" in text_of(card)
    stage.dung.says("chỗ cây đa cũ", stage.desk, reply_to=await stage.sees(stage.desk, "ở đâu"))
    stage.dung.says("tối qua", stage.desk, reply_to=await stage.sees(stage.desk, "lúc nào"))
    await stage.sees(stage.desk, "Đã ghi đủ tin")
    assert await stage.sandbox.until(lambda: "tối qua" in text_of(stage.desk.history[card["message_id"]]))
    (row,) = await rows_of(stage, t.tips)
    assert "cây đa" in row.place
    assert row.happened_from is not None


async def test_a_number_given_later_can_be_called(stage: Stage) -> None:
    card = await recorded(stage, "/ghitin bà cụ bị mất xe đạp")
    stage.dung.says("ngõ 12, gọi 0912 345 678", stage.desk, reply_to=await stage.sees(stage.desk, "ở đâu"))
    assert await stage.sandbox.until(lambda: "gọi lại" in text_of(stage.desk.history[card["message_id"]]))
    assert "345" not in text_of(stage.desk.history[card["message_id"]])


async def test_danger_is_urgent(stage: Stage) -> None:
    assert "KHẨN" in text_of(await recorded(stage, "/ghitin cháy nhà số 12 ngõ 3"))


async def test_such_a_tip_is_worked_and_closed_without_anybody_to_tell(stage: Stage) -> None:
    card = await recorded(stage, "/ghitin mất xe đạp")
    (row,) = await rows_of(stage, t.tips.c.code)
    stage.dung.presses(card, "Tiếp nhận")
    own = await case_card(stage, row.code)
    stage.dung.says("/gui Xe màu gì ạ?", stage.desk, topic=own["message_thread_id"])
    await stage.sees(stage.desk, "không có nơi nhắn; xin gọi lại")
    stage.dung.says(f"/tamlang {row.code} báo giả", stage.desk)
    await stage.sees(stage.desk, "không có nơi nhắn nên không tạm lặng")
    stage.dung.presses(own, "Đóng")
    stage.dung.presses(await with_button(stage, stage.desk, "Đã xử lý"), "Đã xử lý")
    await stage.rests()
    assert [row.status for row in await rows_of(stage, t.tips.c.status)] == ["answered"]
    assert not [row for row in await rows_of(stage, t.outbox.c.tip_id) if row.tip_id is not None]


async def test_a_picture_with_the_command_is_kept_as_evidence(stage: Stage) -> None:
    stage.dung.sends_photo(sample_photo(note="hiện trường"), stage.desk, caption="/ghitin rác đổ ở ngõ 12")
    await stage.sandbox.wait_for(stage.desk, lambda m: is_picture(m) and m["from"]["is_bot"])
    assert [row.tip_id for row in await rows_of(stage, t.evidence.c.tip_id)] == [1]


@pytest.mark.telegram_only("the desk is on Telegram")
async def test_a_resident_records_nothing(stage: Stage) -> None:
    stage.an.says("/ghitin mất xe đạp")
    await stage.sandbox.wait_for(stage.an.chat_with(), lambda m: "chưa biết lệnh" in text_of(m))
    assert not await rows_of(stage, t.tips.c.id)
