"""What the tests of broadcasts do again and again."""

from typing import Any

from tests.cast import Stage, text_of

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
