"""What the tests of broadcasts do again and again."""

import time
from itertools import count as counting
from typing import Any

from sqlalchemy import select

from bot.messages import Chat, ChatKind, EventKind, Incoming
from data import tables as t
from tests.cast import Stage, text_of

NUMBERS = counting()
TEXT = "Tối nay kiểm tra phòng cháy"


async def drafted(stage: Stage, by: Any, text: str = TEXT) -> dict[str, Any]:
    """The card of a new draft."""
    by.says(f"/phat {text}", stage.desk)
    return await stage.sees(stage.desk, "Xem trước")


async def asked(stage: Stage, by: Any, text: str = TEXT) -> dict[str, Any]:
    """The card that asks the chiefs."""
    by.presses(await drafted(stage, by, text), "Gửi ngay")
    return await stage.sees(stage.desk, "Chờ duyệt")


async def told(stage: Stage, by: Any, card: dict[str, Any], button: str) -> str:
    """What somebody is told who presses a button that is not theirs."""
    await stage.sandbox.wait_answer(by.presses(card, button))
    return str(by.toasts[-1]["text"])


async def forges(stage: Stage, by: Any, message: dict[str, Any], data: str) -> str:
    """What somebody is told whose client sends the data of a button that is not there."""
    chat, current = by.current(message)
    await stage.sandbox.wait_answer(by.press(chat, current, {"text": "?", "callback_data": data}))
    return str(by.toasts[-1]["text"])


async def named(stage: Stage) -> None:
    """Giang is a second chief."""
    said = stage.giang.says("tôi trực hôm nay", stage.desk)
    stage.em.says("/chihuy", stage.desk, reply_to=said)
    await stage.sees(stage.desk, "nay là chỉ huy")


def count(group: Any, words: str) -> int:
    """In how many messages of a chat these words stand."""
    return sum(words in text_of(message) for message in group.messages)


async def sent(stage: Stage, text: str = TEXT) -> dict[str, Any]:
    """The card of a broadcast that went to every group."""
    stage.em.presses(await asked(stage, stage.dung, text), "Duyệt")
    return await result(stage)


async def result(stage: Stage, words: str = "Đã gửi", timeout: float = 8) -> dict[str, Any]:
    """The card at the desk once it says so."""
    return await stage.sees(stage.desk, words, timeout=timeout)


async def strikes(stage: Stage, data: str) -> None:
    """The clock says this now."""
    assert stage.app is not None
    chat = Chat("clock", data, ChatKind.GROUP)
    event = Incoming("clock", f"test {next(NUMBERS)}", EventKind.CLOCK, chat, data=data, at=time.time())
    await stage.app.delivery.intake.store([event])
    await stage.rests()


async def acts(stage: Stage) -> list[str]:
    """What the audit says was done."""
    assert stage.app is not None
    query = select(t.audit.c.act).order_by(t.audit.c.id)
    return await stage.app.database.write(lambda work: [row.act for row in work.all(query)])


async def linked(stage: Stage, numbers: range) -> list[Any]:
    """So many groups more, and the two that there were."""
    groups = [stage.sandbox.add_group(f"Tổ {number}", stage.hoa, [stage.binh]) for number in numbers]
    for group in groups:
        await stage.link(group.title, group)
    return [*groups, stage.group5, stage.group7]
