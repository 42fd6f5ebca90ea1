"""Whoever keeps silent after the outcome agrees: days later the tip closes, and nobody is disturbed."""

from sqlalchemy import select

from data import tables as t
from tests.cast import Stage
from tests.conversations.reporting import accepted, told
from tests.conversations.test_tip_cases import closed
from tests.conversations.timing import later

DAY = 86400.0


async def status(stage: Stage) -> str:
    assert stage.app is not None
    return str(await stage.app.database.write(lambda work: work.run(select(t.tips.c.status)).scalar()))


async def test_silence_closes_after_the_wards_days(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    await told(stage, stage.an, "Có kết quả")
    heard = len(stage.an.chat_with().messages)
    await later(stage, 6 * DAY, "tip-lapse")
    assert await status(stage) == "answered"
    await later(stage, 1.1 * DAY, "tip-lapse")
    assert await status(stage) == "closed"
    assert len(stage.an.chat_with().messages) == heard


async def test_whoever_said_not_solved_is_not_closed_by_silence(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    stage.an.presses(await told(stage, stage.an, "Có kết quả"), "Chưa giải quyết")
    await told(stage, stage.an, "báo lại trực ban")
    await later(stage, 8 * DAY, "tip-lapse")
    assert await status(stage) == "accepted"


async def test_even_later_the_reporter_may_say_not_solved(stage: Stage) -> None:
    _code, card = await accepted(stage, stage.an, "mất xe đạp", stage.dung)
    await closed(stage, card, stage.dung)
    heard = await told(stage, stage.an, "Có kết quả")
    await later(stage, 8 * DAY, "tip-lapse")
    stage.an.presses(heard, "Chưa giải quyết")
    await told(stage, stage.an, "báo lại trực ban")
    assert await status(stage) == "accepted"
    await stage.sees(stage.desk, "Dũng xử lý tiếp")
