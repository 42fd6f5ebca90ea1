"""Many tips of one person: over the limit they become additions to the newest, and nothing is lost."""

import pytest

from bot.domain.codes import find_code
from data import tables as t
from data.rules import set_rule
from tests.cast import Stage, text_of
from tests.conversations.after import overhear, rows_of, sent
from tests.conversations.reporting import told, with_button


async def limit(stage: Stage, count: int) -> None:
    """The ward wants so many tips of one person in an hour."""
    assert stage.app is not None
    await stage.app.database.write(lambda work: set_rule(work, 1, "tips_an_hour", str(count)))


async def test_over_the_limit_a_tip_is_added_to_the_newest_and_its_reporter_told(stage: Stage) -> None:
    await limit(stage, 2)
    await sent(stage, stage.an, "mất xe đạp")
    second = await sent(stage, stage.an, "nhà số 5 đánh bạc")
    assert await sent(stage, stage.an, "đèn đường hỏng") == second
    assert "không mất gì" in text_of(await told(stage, stage.an, "ghi tiếp vào tin"))
    assert second in text_of(await stage.sees(stage.desk, "đèn đường hỏng"))
    assert len(await rows_of(stage, t.tips.c.id)) == 2


async def test_danger_is_never_held_up(stage: Stage) -> None:
    await limit(stage, 1)
    await sent(stage, stage.an, "mất xe đạp")
    stage.an.says("cháy nhà số 12 rồi")
    await stage.sees(stage.desk, "CHƯA XÁC NHẬN")
    stage.an.presses(await with_button(stage, stage.an.chat_with(), "Gửi", "cháy"), "Gửi")
    await stage.rests()
    assert [row.danger for row in await rows_of(stage, t.tips.c.danger)] == [None, "fire"]


async def test_an_anonymous_tip_never_joins_a_named_one(stage: Stage) -> None:
    await limit(stage, 1)
    named = await sent(stage, stage.an, "mất xe đạp")
    hidden = await sent(stage, stage.an, "nhà số 5 đánh bạc", "Ẩn danh")
    assert hidden != named
    assert await sent(stage, stage.an, "tối nào cũng chơi", "Ẩn danh") == hidden
    assert await sent(stage, stage.an, "xe màu xanh") == named


async def test_the_limit_is_each_persons_own_and_ends_with_the_hour(stage: Stage) -> None:
    await limit(stage, 1)
    first = await sent(stage, stage.an, "mất xe đạp")
    assert await sent(stage, stage.binh, "đèn hỏng") != first
    assert stage.app is not None
    await stage.app.database.write(lambda work: work.run(t.tries.update().values(since=work.now - 3601)))
    assert await sent(stage, stage.an, "việc khác") != first


async def test_thirty_tips_in_a_minute_are_all_kept(stage: Stage) -> None:
    for number in range(30):
        await sent(stage, stage.an, f"tin dồn {number:02} xong")
    await stage.rests()
    seen = " ".join(text_of(message) for message in stage.desk.messages)
    assert all(f"tin dồn {number:02} xong" in seen for number in range(30))
    assert len(await rows_of(stage, t.tips.c.id)) == 5


async def test_additions_of_a_flood_make_no_sound(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    said = overhear(monkeypatch)
    await limit(stage, 1)
    await sent(stage, stage.an, "mất xe đạp")
    await sent(stage, stage.an, "đèn đường hỏng")
    added = [message for message in said if "Người báo</b> <code>" in message.html]
    assert [message.silent for message in added] == [True]


async def test_in_a_group_too_and_never_joined_with_what_was_said_in_private(stage: Stage) -> None:
    await limit(stage, 1)
    hidden = await sent(stage, stage.an, "nhà số 5 đánh bạc", "Ẩn danh")
    stage.an.says("/tinbao đèn đường hỏng", stage.group5)
    first = find_code(text_of(await stage.sees(stage.group5, "Tin đã được ghi nhận")))
    assert first
    assert first != hidden
    stage.an.says("/tinbao cống cũng hỏng", stage.group5)
    await stage.sees(stage.group5, "ghi tiếp vào tin")
    assert first in text_of(await stage.sees(stage.desk, "cống cũng hỏng"))
    stage.an.says("/tinbao cháy nhà số 12 rồi", stage.group5)
    await stage.sees(stage.desk, "KHẨN")
