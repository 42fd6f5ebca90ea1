"""What people do again and again in the conversations about tips."""

import re
from typing import Any

from sqlalchemy import select, update

from bot.domain.codes import find_code
from data import tables as t
from tests.cast import Stage, text_of

Message = dict[str, Any]
CHOICE = re.compile(r"^\d+\. (.+)$", re.MULTILINE)


async def told(stage: Stage, person: Any, words: str, after: Message | None = None) -> Message:
    """The newest thing the bot said to this person in private with these words."""
    seen = after["message_id"] if after else 0
    return await stage.sandbox.wait_for(
        person.chat_with(),
        lambda m: m["from"]["is_bot"] and words in text_of(m) and m["message_id"] > seen,
    )


async def drafted(stage: Stage, person: Any, words: str) -> Message:
    """Somebody writes; the bot shows the draft."""
    person.says(words)
    return await with_button(stage, person.chat_with(), "Gửi", words)


async def with_button(stage: Stage, chat: Any, label: str, words: str = "") -> Message:
    """The newest message with such a button."""
    return await stage.sandbox.wait_for(chat, lambda m: words in text_of(m) and label in labels(m))


def labels(message: Message) -> str:
    """The labels of a message's buttons, or of its numbered choices."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return " | ".join([*(button["text"] for row in rows for button in row), *CHOICE.findall(text_of(message))])


async def reported(stage: Stage, person: Any, words: str, how: str = "Gửi") -> tuple[str, Message]:
    """A tip is sent: its code, and its card at the desk."""
    person.presses(await drafted(stage, person, words), how)
    receipt = await told(stage, person, "Tin đã được ghi nhận")
    code = find_code(text_of(receipt))
    assert code
    return code, await with_button(stage, stage.desk, "Tiếp nhận", code)


async def accepted(stage: Stage, person: Any, words: str, officer: Any) -> tuple[str, Message]:
    """A tip is sent and taken on: its code, and the card in its own topic."""
    code, card = await reported(stage, person, words)
    officer.presses(card, "Tiếp nhận")
    return code, await case_card(stage, code)


async def case_card(stage: Stage, code: str) -> Message:
    """The card in a tip's own topic."""
    return await stage.sandbox.wait_for(
        stage.desk, lambda m: code in topic_of(stage, m) and "Đóng" in labels(m) and code in text_of(m)
    )


def topic_of(stage: Stage, message: Message) -> str:
    """The name of the topic in which a message stands."""
    thread = message.get("message_thread_id")
    return stage.desk.topics[thread].name if thread in stage.desk.topics else ""


async def answer(stage: Stage, person: Any, message: Message, label: str) -> str:
    """What the bot answers to a pressed button, in its little window."""
    press = person.presses(message, label)
    assert await stage.sandbox.until(lambda: press.answer is not None)
    return str((press.answer or {}).get("text") or "")


async def forges(stage: Stage, person: Any, message: Message, data: str) -> str:
    """A changed client sends a button's data that was never shown."""
    chat, current = person.current(message)
    press = person.press(chat, current, {"text": "x", "callback_data": data})
    assert await stage.sandbox.until(lambda: press.answer is not None)
    return str((press.answer or {}).get("text") or "")


async def passes(stage: Stage, subject: str) -> None:
    """The clock says `subject` (a prefix) now, however far away it was; asserts that it was waiting to."""
    assert stage.app is not None

    def hurry(work: Any) -> int:
        keys = [
            row.id for row in work.all(select(t.inbox).where(t.inbox.c.state == "waiting")) if clock(row) == subject
        ]
        work.run(update(t.inbox).where(t.inbox.c.id.in_(keys)).values(due_at=work.now - 1))
        return len(keys)

    def clock(row: Any) -> str:
        return row.event_id.partition(":")[0].partition("@")[0] if row.platform == "clock" else ""

    assert await stage.app.database.write(hurry)
    stage.app.delivery.worker.wake()
    await stage.rests()
