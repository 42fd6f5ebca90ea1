"""The morning digest: what is new, overdue, waiting for its reporter; once a day, and nothing where nothing waits."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from bot.messages import EventKind, Incoming
from data import tables as t
from tests.cast import Stage, text_of
from tests.conversations.reporting import accepted, passes, reported, told
from tests.conversations.test_tip_cases import asked, closed
from tests.conversations.timing import CHAT, ages, said

DAY = 86400.0
pytestmark = pytest.mark.telegram_only("a desk is on Telegram")


async def test_new_overdue_and_waiting_tips_stand_in_it_by_code(stage: Stage) -> None:
    late, _card = await accepted(stage, stage.binh, "đèn đường hỏng", stage.dung)
    await ages(stage, 8 * DAY)
    waiting, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await asked(stage, card, stage.dung)
    fresh, _card = await reported(stage, stage.chi, "chó thả rông")
    await passes(stage, "digest")
    digest = text_of(await stage.sees(stage.desk, "Điểm tin buổi sáng"))
    new, overdue, asking = digest.splitlines()[1:]
    assert (fresh in new, late in overdue, waiting in asking) == (True, True, True)
    assert digest.count("TB-") == 3
    assert "xe đạp" not in digest


async def test_nothing_is_said_where_nothing_waits_and_tomorrow_is_planned(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    await told(stage, stage.an, "Có kết quả")
    (before,) = await planned(stage)
    await come(stage, float(before.partition("@")[2]) - DAY)
    assert not said(stage, "Điểm tin")
    assert await planned(stage) == [before]


async def test_a_ward_that_has_no_digest_planned_gets_one_within_the_hour(stage: Stage) -> None:
    assert stage.app is not None
    await stage.app.database.write(stage.app._plan_digests)
    (first,) = await planned(stage)
    await stage.app.database.write(stage.app._plan_digests)
    assert await planned(stage) == [first]


async def come(stage: Stage, at: float) -> None:
    """The hour of a day has come, and no other was planned."""
    assert stage.app is not None

    def event(work: Any) -> None:
        work.run(delete(t.inbox).where(t.inbox.c.event_id.startswith("digest:")))
        work.receive([Incoming("clock", f"digest:1@{at:.0f}", EventKind.CLOCK, CHAT, data="digest:1", at=at)])

    await stage.app.database.write(event)
    stage.app.delivery.worker.wake()
    await stage.rests()


async def planned(stage: Stage) -> list[str]:
    """The digests that wait for their hour."""
    assert stage.app is not None
    query = select(t.inbox.c.event_id).where(t.inbox.c.state == "waiting", t.inbox.c.event_id.startswith("digest:"))
    return await stage.app.database.write(lambda work: [row.event_id for row in work.all(query)])


async def test_one_a_day_however_often_the_clock_speaks(stage: Stage) -> None:
    await reported(stage, stage.an, "mất xe đạp")
    await reported(stage, stage.binh, "đèn đường hỏng")
    assert len(await planned(stage)) == 1
    stage.em.says("/caidat digest_hour 23", stage.desk)
    await stage.sees(stage.desk, "nay là 23 giờ")
    await passes(stage, "digest")
    assert len(said(stage, "Điểm tin buổi sáng\n")) == 1
    stage.em.says("/caidat digest_hour 22", stage.desk)
    await stage.sees(stage.desk, "nay là 22 giờ")
    await passes(stage, "digest")
    assert len(said(stage, "Điểm tin buổi sáng\n")) == 1


async def test_a_tip_kept_aside_is_never_in_it(stage: Stage) -> None:
    code, _card = await reported(stage, stage.an, "mất xe đạp")
    assert stage.app is not None

    def put_aside(work: Any) -> None:
        work.run(update(t.tips).values(aside=True))

    await stage.app.database.write(put_aside)
    await passes(stage, "digest")
    assert not [line for line in said(stage, "Điểm tin") if code in line]
    assert not said(stage, "Điểm tin buổi sáng\n")
