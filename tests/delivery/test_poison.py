"""Poisoned updates between good ones: the neighbours get through, and no chat ever sees a traceback."""

import json
import re
from typing import Any

import pytest
from sqlalchemy import select, text

from data import tables as t
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.delivery.poison import STRANGE, broken_messages, forged_presses, inject, inject_text, message

LEAK = re.compile(r"Traceback|Error\b|Exception|File \"|\bNone\b|\{\w+\}|<class|0x[0-9a-f]{6}")


async def neighbours_get_through(stage: Stage) -> None:
    stage.binh.says("/gui vẫn sống", stage.group5)
    stage.chi.says("/gui vẫn khoẻ", stage.group7)
    stage.em.says("/trogiup")
    await stage.sees(stage.desk, "vẫn sống", timeout=20)
    await stage.sees(stage.desk, "vẫn khoẻ")
    await stage.sees(stage.em.chat_with(), "Cứ nhắn việc cần báo")
    await stage.rests(20)
    assert stage.app is not None
    assert await stage.app.database.write(failed) == []
    assert not stage.app.delivery.faults()


def failed(work: Work) -> list[Any]:
    """Events that raised, and messages that could not be sent."""
    events = work.all(select(t.inbox.c.id).where((t.inbox.c.attempts > 0) | (t.inbox.c.state == "parked")))
    rows = work.all(select(t.outbox.c.id, t.outbox.c.error).where(t.outbox.c.state == "parked"))
    return [*events, *rows]


def leaks(stage: Stage, written: str = "") -> list[str]:
    chats = [stage.desk, stage.group5, stage.group7, stage.an.chat_with(), stage.em.chat_with(), stage.chi.chat_with()]
    texts = [text_of(m) for chat in chats for m in chat.messages if m["from"]["id"] == stage.bot.id]
    return [said for said in texts if LEAK.search(said) and not (written and written in said)]


async def test_broken_messages_stop_nobody(stage: Stage) -> None:
    for body in broken_messages(stage):
        inject(stage, "message", body)
        inject(stage, "edited_message", body)
    await neighbours_get_through(stage)
    assert not leaks(stage, written="thuốc độc")


async def test_updates_of_unknown_and_broken_kinds_stop_nobody(stage: Stage) -> None:
    for kind in ("callback_query", "my_chat_member", "message_reaction", "poll", "new_in_2030", ""):
        for body in (None, {}, [], "x", 5, [{}], {"id": "1"}, {"chat": stage.group5.face}):
            inject(stage, kind, body)
    await neighbours_get_through(stage)
    assert not leaks(stage)


async def test_what_is_no_update_at_all_stops_nobody(stage: Stage) -> None:
    for raw in ("null", "[]", "5", '"x"', "{}", '{"update_id":null}', '{"update_id":"x"}'):
        inject_text(stage, next(stage.bot.queue.numbers), raw)
    await neighbours_get_through(stage)


async def test_strange_characters_arrive_as_they_were_written(stage: Stage) -> None:
    for strange in STRANGE:
        inject(stage, "message", message(stage, text=strange))
        expected = strange.removeprefix("/gui ").encode("utf-8", "replace").decode().strip()
        assert text_of(await stage.sees(stage.desk, expected)) == f"An: {expected}"


async def test_a_text_of_four_megabytes_stops_nobody_and_does_not_flood_the_desk(stage: Stage) -> None:
    before = len(stage.desk.messages)
    inject(stage, "message", message(stage, text="/gui " + "thuốc độc " * 420_000))
    await neighbours_get_through(stage)
    assert len(stage.desk.messages) - before < 20


async def test_forged_buttons_of_outsiders_do_nothing_and_stop_nobody(stage: Stage) -> None:
    assert stage.app is not None
    names = sorted(stage.app.router._buttons)
    assert len(names) > 10
    stage.chi.starts(stage.bot)  # what everybody may read she is told
    await stage.rests()
    before = await stage.app.database.write(snapshot)
    presses = forged_presses(stage, names)
    for press in presses:
        inject(stage, "callback_query", press)
    await stage.rests(60)
    assert await stage.app.database.write(snapshot) == before
    await neighbours_get_through(stage)
    assert not leaks(stage)


async def test_a_statement_that_fails_stops_only_its_own_chat(stage: Stage) -> None:
    assert stage.app is not None
    route = stage.app.router.route

    def broken(context: Any) -> None:
        if "hỏng" in context.event.text:
            context.work.connection.execute(text("SELECT nonsense"))
        route(context)

    stage.app.router.route = broken  # type: ignore[method-assign]
    stage.an.says("/gui hỏng", stage.group5)
    stage.chi.says("/gui vẫn khoẻ", stage.group7)
    await stage.sees(stage.desk, "vẫn khoẻ")
    assert not stage.app.delivery.faults()
    await stage.sees_nothing(stage.group5, "nonsense", within=0)


def snapshot(work: Work) -> dict[str, list[Any]]:
    """What outsiders must not change."""
    tables = (t.wards, t.groups, t.roles, t.tips, t.broadcasts, t.schedules, t.codes)
    return {table.name: [tuple(row) for row in work.all(select(table))] for table in tables}


async def test_the_log_says_which_update_could_not_be_read_and_nothing_of_it(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    inject(stage, "message", message(stage, date="bí mật", text="/gui bí mật"))
    await neighbours_get_through(stage)
    assert "could not be read" in caplog.text
    assert "bí mật" not in caplog.text
    assert json.dumps("bí mật") not in caplog.text
