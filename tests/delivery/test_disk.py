"""A database that takes nothing: nothing is acknowledged, the operator is told, and afterwards nothing is missing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest
from sqlalchemy import text

from bot.delivery import engine
from bot.delivery.drafting import TOPIC_LASTS
from data.unit_of_work import Work
from tests.cast import Stage, text_of
from tests.delivery.test_faults import arrive, numbers_at

LONG = "dài " * 900


def pragma(stage: Stage, words: str) -> Any:
    """Run a pragma on the connection that writes."""
    assert stage.app is not None
    database = stage.app.database
    assert database._connection is not None
    raw: Any = database._connection.connection.driver_connection
    return database._thread.submit(lambda: raw.execute(f"PRAGMA {words}").fetchall()).result()


@contextmanager
def full_disk(stage: Stage) -> Iterator[None]:
    pragma(stage, "max_page_count=1")  # as many as there are
    yield
    pragma(stage, "max_page_count=1000000")


@contextmanager
def read_only(stage: Stage) -> Iterator[None]:
    pragma(stage, "query_only=ON")
    yield
    pragma(stage, "query_only=OFF")


async def healthz(stage: Stage) -> tuple[int, str]:
    assert stage.app is not None
    port = stage.app.web._runner.addresses[0][1]
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as answer:
        return answer.status, await answer.text()


async def says_it_is_ill(stage: Stage) -> None:
    for _ in range(100):
        status, words = await healthz(stage)
        if status == 503:
            assert "database" in words
            return
        await asyncio.sleep(0.05)
    raise AssertionError("/healthz never said 503")


@pytest.mark.parametrize("refusing", [full_disk, read_only])
async def test_a_database_that_takes_nothing_leaves_everything_with_telegram(
    stage: Stage, refusing: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await healthz(stage))[0] == 200
    with refusing(stage):
        for number in range(40):
            stage.an.says(f"/gui việc số {number} {LONG}", stage.group5)
        await says_it_is_ill(stage)
        kept = [update for update in stage.bot.queue.waiting if "việc số 39" in update.text]
        assert kept, "what could not be stored was acknowledged"
        assert "events could not be stored" in caplog.text
        assert "việc số" not in caplog.text
        seen_before = len(numbers_at(stage))
    assert await arrive(stage, 40, timeout=30) == list(range(40))
    assert seen_before < 40
    assert await healthz(stage) == (200, "ok")


async def test_work_that_waits_while_the_database_refuses_is_done_afterwards(stage: Stage) -> None:
    """The events were stored; then neither an answer nor what came of a message can be written."""
    assert stage.app is not None
    stage.sandbox.faults.latency_ms = 300
    for number in range(5):
        stage.an.says(f"/gui việc số {number}", stage.group5)
    assert await stage.sandbox.until(lambda: numbers_at(stage))
    with read_only(stage):
        await asyncio.sleep(1.0)
    stage.sandbox.faults.clear()
    assert await arrive(stage, 5) == [0, 1, 2, 3, 4]
    assert not stage.app.delivery.faults()


@pytest.mark.long
async def test_a_message_drafted_while_the_database_refuses_is_sent_afterwards(stage: Stage) -> None:
    stage.an.says("/gui mở chủ đề", stage.group5)
    await stage.sees(stage.desk, "mở chủ đề")
    await asyncio.sleep(TOPIC_LASTS)  # so that the next draft asks the database for its topic
    stage.sandbox.faults.answer("sendMessage", 502)
    stage.an.says("/gui việc số 0", stage.group5)
    assert await stage.sandbox.until(lambda: not stage.sandbox.faults.errors["sendmessage"])
    with read_only(stage):
        await asyncio.sleep(3.0)
    assert await arrive(stage, 1) == [0]
    await stage.sees_nothing(stage.desk, "Không gửi được", within=0)


async def test_a_stop_while_the_database_refuses_is_clean(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stage.app is not None
    monkeypatch.setattr(engine, "DRAIN", 0.2)
    with read_only(stage):
        stage.an.says("/gui việc số 0", stage.group5)
        await says_it_is_ill(stage)
        await stage.app.delivery.stop()
    stage.app._loop = None


async def test_a_handler_that_fails_while_the_disk_is_full_stops_no_loop(stage: Stage) -> None:
    """A broken event is put off by a write; when that write fails too, it is put off later."""
    assert stage.app is not None
    app = stage.app
    route, failures = app.router.route, 0

    def broken(context: Any) -> None:
        nonlocal failures
        if "hỏng" in context.event.text and failures < 2:
            failures += 1
            if failures == 2:  # tried alone
                context.work.connection.execute(text("PRAGMA query_only=ON"))
            raise ZeroDivisionError
        route(context)

    app.router.route = broken  # type: ignore[method-assign]
    stage.an.says("/gui việc số 0 hỏng", stage.group5)
    for _ in range(300):
        if failures == 2:
            break
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    pragma(stage, "query_only=OFF")
    assert await arrive(stage, 1) == [0]
    assert not app.delivery.faults()
    await app.database.write(nothing)
    assert not [m for m in stage.group5.messages if "ZeroDivision" in text_of(m)]


def nothing(work: Work) -> None:
    """A write that changes nothing."""
