"""What people do again and again in the conversations about sent tips."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.codes import find_code
from bot.messages import Action, Outgoing
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.conversations.reporting import drafted, told, with_button

TOLD = re.compile("đã được ghi nhận|ghi tiếp vào tin")
PHRASE = re.compile(r"\b(?:[a-z]+\d\d ){3}[a-z]+\d\d\b")


async def phrase_of(stage: Stage, person: Any, words: str = "Tin đã được ghi nhận") -> str:
    """The words that a receipt showed."""
    found = PHRASE.search(text_of(await told(stage, person, words)))
    assert found
    return found[0]


async def sent(stage: Stage, person: Any, words: str, how: str = "Gửi") -> str:
    """Somebody writes and sends, again or for the first time: the code that they are told."""
    before = newest(person)
    person.presses(await drafted(stage, person, words), how)
    told = await stage.sandbox.wait_for(
        person.chat_with(),
        lambda m: m["from"]["is_bot"] and m["message_id"] > before and TOLD.search(text_of(m)),
    )
    code = find_code(text_of(told))
    assert code
    return code


async def card_of(stage: Stage, code: str) -> dict[str, Any]:
    """The card of a tip that nobody has taken on."""
    return await with_button(stage, stage.desk, "Tiếp nhận", code)


def newest(person: Any) -> int:
    """The number of the last message in somebody's private chat."""
    return max((message["message_id"] for message in person.chat_with().messages), default=0)


async def rows_of(stage: Stage, *columns: Any) -> list[Any]:
    """Columns of a table."""
    assert stage.app is not None
    return list(await stage.app.database.write(lambda work: work.all(select(*columns))))


def overhear(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """Everything that is said from now on, as it goes into the outbox: platforms do not tell what makes a sound."""
    said: list[Outgoing] = []
    post = Work.post

    def noting(work: Work, message: Outgoing, *where: Any, **how: Any) -> int:
        said.append(message)
        return post(work, message, *where, **how)

    monkeypatch.setattr(Work, "post", noting)
    return said


def silent(said: list[Outgoing], words: str) -> list[bool]:
    """Whether what was newly said with these words makes no sound."""
    return [message.silent for message in said if words in message.html and message.action is Action.SEND]
