"""Time passes in a conversation: what happened is moved into the past, and the clock speaks."""

import time
from itertools import count
from typing import Any

from sqlalchemy import update

from bot.messages import Chat, ChatKind, EventKind, Incoming
from data import tables as t
from tests.cast import Stage
from tests.conversations.reporting import passes

TIMES = ("created_at", "touched_at", "confirmed_at", "accepted_at", "acted_at", "passed_at", "answered_at")
NUMBERS = count()
CHAT = Chat("clock", "test", ChatKind.GROUP)


async def ages(stage: Stage, seconds: float, tip: int | None = None) -> None:
    """Everything about tips (or one of them), and what was said once, happened so much earlier."""
    assert stage.app is not None

    def shift(work: Any) -> None:
        changed = update(t.tips).values({name: t.tips.c[name] - seconds for name in TIMES})
        work.run(changed if tip is None else changed.where(t.tips.c.id == tip))
        work.run(update(t.notices).values(at=t.notices.c.at - seconds))

    await stage.app.database.write(shift)


async def later(stage: Stage, seconds: float, subject: str) -> None:
    """So much later the clock says `subject`; asserts that it was waiting to."""
    await ages(stage, seconds)
    await passes(stage, subject)


async def strikes(stage: Stage, seconds: float, subject: str) -> None:
    """So much later the clock says `subject:1`, whether that was planned or not."""
    assert stage.app is not None
    await ages(stage, seconds)
    event = Incoming("clock", f"test-{next(NUMBERS)}", EventKind.CLOCK, CHAT, data=f"{subject}:1", at=time.time())
    await stage.app.database.write(lambda work: work.receive([event]))
    stage.app.delivery.worker.wake()
    await stage.rests()


def said(stage: Stage, words: str) -> list[str]:
    """Everything the bot said at the desk with these words, oldest first."""
    return [m["text"] for m in stage.desk.messages if m["from"]["is_bot"] and words in str(m.get("text"))]
