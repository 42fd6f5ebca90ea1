"""The desk turns to summaries: the cards that stand there lose their words too, in parts, and across a restart."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from bot.messages import Action
from bot.services import covering
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.after import rows_of, sent
from tests.conversations.reporting import accepted, labels, passes, reported

WORDS = ("mất xe đạp ở ngõ 12", "hàng xóm hát to ở ngõ 14", "đổ rác trộm ở ngõ 16")
TOLD = "Em đang che lời kể ở {count} thẻ tin"


def bare(stage: Stage) -> list[str]:
    """What of those stories the desk can still read."""
    return [words for words in WORDS for message in stage.desk.messages if words in text_of(message)]


async def covered(stage: Stage) -> bool:
    """Whether none of it can be read any more."""
    return await stage.sandbox.until(lambda: not bare(stage))


async def pending(stage: Stage) -> list[Any]:
    """The parts that are still to come."""
    waiting = await rows_of(stage, t.inbox.c.event_id, t.inbox.c.state, t.inbox.c.platform)
    return [row.event_id for row in waiting if row.event_id.startswith("cards-cover") and row.state == "waiting"]


async def test_open_and_closed_cards_lose_their_words_and_can_be_read_apart(stage: Stage) -> None:
    await reported(stage, stage.an, WORDS[0])
    code, case = await accepted(stage, stage.binh, WORDS[1], stage.dung)
    stage.dung.says(f"/tin {code}", stage.desk)
    await stage.sees(stage.desk, "Diễn biến")
    stage.dung.says(f"/tin {code}", stage.desk)  # the card that was asked for before has no words already
    assert await stage.sandbox.until(lambda: any("Thẻ mới hơn" in text_of(m) for m in stage.desk.messages))
    stage.dung.presses(case, "Đóng")
    assert await stage.sandbox.until(lambda: "Đã xử lý" in labels(stage.desk.history[case["message_id"]]))
    stage.dung.presses(case, "Đã xử lý")
    assert await stage.sandbox.until(lambda: "🏁" in text_of(stage.desk.history[case["message_id"]]))
    await stage.rests()
    assert sorted(bare(stage)) == sorted([WORDS[0], *[WORDS[1]] * 3])
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    assert TOLD.format(count=4) in text_of(await stage.sees(stage.desk, "nay là tóm tắt"))
    assert await covered(stage)
    assert "Đọc riêng" in labels(stage.desk.history[case["message_id"]])
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)  # nothing has changed: nothing is done again
    await stage.rests()
    assert sum("Em đang che" in text_of(message) for message in stage.desk.messages) == 1


async def test_it_goes_on_after_a_restart_at_the_pace_of_the_desk(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(covering, "PART", 1)
    for person, words in zip((stage.an, stage.binh, stage.chi), WORDS, strict=True):
        await reported(stage, person, words)
    assert stage.app is not None
    desk = stage.app.platforms["telegram"]
    monkeypatch.setattr(desk, "limits", replace(desk.limits, group_per_minute=1))
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    await stage.sees(stage.desk, TOLD.format(count=3))
    assert await stage.sandbox.until(lambda: len(bare(stage)) == 2)
    await stage.rests()
    assert len(await pending(stage)) == 1  # a minute away
    await stage.app.stop()
    stage.app = App(stage.settings(tmp_path))
    await stage.app.start()
    assert await stage.sandbox.until(lambda: stage.app is not None and stage.app.delivery.senders)
    await stage.rests()
    assert len(bare(stage)) == 2
    await passes(stage, "cards-cover")
    assert await covered(stage)
    assert not await pending(stage)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_what_is_to_be_shown_again_meanwhile_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "PART", 1)
    await reported(stage, stage.an, WORDS[0])
    await reported(stage, stage.binh, WORDS[1])
    assert stage.app is not None
    desk = stage.app.platforms["telegram"]
    monkeypatch.setattr(desk, "limits", replace(desk.limits, group_per_minute=1))
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    assert await stage.sandbox.until(lambda: bare(stage) == [WORDS[0]])
    stage.em.says("/caidat desk_shows đầy đủ", stage.desk)
    await stage.sees(stage.desk, "nay là đầy đủ")
    await passes(stage, "cards-cover")
    assert bare(stage) == [WORDS[0]]
    assert not await pending(stage)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_where_nothing_sent_can_be_changed_the_chief_is_told_how_much_stays(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accepted(stage, stage.an, WORDS[0], stage.dung)
    assert stage.app is not None
    desk = stage.app.platforms["telegram"]
    fixed = replace(desk.capabilities, actions=desk.capabilities.actions - {Action.EDIT, Action.DELETE})
    monkeypatch.setattr(desk, "capabilities", fixed)
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    await stage.sees(stage.desk, "2 thẻ tin trong nhóm vẫn còn lời kể")
    await stage.rests()
    assert bare(stage) == [WORDS[0]] * 2
    assert not await pending(stage)


@pytest.mark.telegram_only("a desk is on Telegram")
async def test_one_card_of_several_tips_is_changed_once(stage: Stage) -> None:
    await sent(stage, stage.an, "cháy nhà số 5 ngõ 12")
    await sent(stage, stage.binh, "cháy to ở số 5 ngõ 12")
    await stage.rests()
    assert len({row.card_row for row in await rows_of(stage, t.tips.c.card_row)}) == 1
    stage.em.says("/caidat desk_shows tóm tắt", stage.desk)
    await stage.sees(stage.desk, TOLD.format(count=1))
    await stage.rests()
    query = select(t.outbox.c.id).where(t.outbox.c.coalesce_key.like("card:%"), t.outbox.c.priority == 3)
    assert stage.app is not None
    assert len(await stage.app.database.write(lambda work: work.all(query))) == 1
