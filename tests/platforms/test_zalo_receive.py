"""Receiving from Zalo: nothing is answered for, or let go of, before it is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.platforms.zalo_bot import ZaloBot, adapter
from tests.platforms.scripted import IDLE, SECRET, Kept, Scripted, said, serving, zalo

HEADERS = {"X-Bot-Api-Secret-Token": SECRET}
PUBLIC = "https://binhyen.vn/"
OURS = "https://binhyen.vn/zalo-bot/webhook"
BODY = json.dumps(said("mất xe")).encode()
FAILED = {"ok": False, "error_code": 500}


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(adapter, "LONGEST_WAIT", 0.02)
    monkeypatch.setattr(adapter, "LONGEST_REGISTER_WAIT", 0.02)


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    async with serving(scripted.handle) as url:
        scripted.url = url
        yield scripted


@asynccontextmanager
async def receiving(server: Scripted, kept: Kept, webhook: str = "") -> AsyncIterator[ZaloBot]:
    bot = zalo(server.url, webhook=webhook)
    await bot.open()
    task = asyncio.create_task(bot.receive(kept))
    yield bot
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await bot.close()


async def called(server: Scripted, method: str, number: int) -> None:
    async with asyncio.timeout(5):
        while server.counts[method] < number:  # noqa: ASYNC110 - a look at the other side, which tells nobody
            await asyncio.sleep(0.005)


def event(text: str, number: str) -> dict[str, Any]:
    return {"ok": True, "result": said(text, number=number)}


# --- the webhook


async def test_the_webhook_is_registered_with_its_secret_and_nothing_is_polled(server: Scripted) -> None:
    async with receiving(server, Kept(), PUBLIC) as bot:
        await called(server, "setWebhook", 1)
        assert ("setWebhook", {"url": OURS, "secret_token": SECRET}) in server.calls
        assert bot.hook is not None
        assert bot.hook.path == "/zalo-bot/webhook"
    assert server.counts["getUpdates"] == 0


async def test_a_registration_that_fails_is_insisted_on(server: Scripted) -> None:
    server.say("setWebhook", *[{"ok": False, "error_code": 400}] * 6)
    server.always["getWebhookInfo"] = {"ok": True, "result": {"url": "https://somebody.else/"}}
    async with receiving(server, Kept(), PUBLIC):
        await called(server, "setWebhook", 7)


async def test_where_zalo_has_our_address_already_a_failing_registration_is_no_end(
    server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    server.always["setWebhook"] = FAILED
    server.always["getWebhookInfo"] = {"ok": True, "result": {"url": OURS}}
    async with receiving(server, Kept(), PUBLIC):
        await called(server, "getWebhookInfo", 1)
        await asyncio.sleep(0.1)
    assert server.counts["setWebhook"] == adapter.PATIENT_TRIES
    assert "going on" in caplog.text


async def test_a_test_call_that_did_not_get_through_is_said(server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.say("setWebhook", {"ok": True, "result": {"url": OURS, "verification": {"ok": False, "outcome": "403"}}})
    async with receiving(server, Kept(), PUBLIC):
        await called(server, "setWebhook", 1)
        await asyncio.sleep(0.05)
    assert "did not get through" in caplog.text


async def test_a_call_is_answered_200_after_it_is_stored_and_503_when_it_cannot_be() -> None:
    bot, kept = zalo("http://127.0.0.1:9", webhook=PUBLIC), Kept(refusals=1)
    assert await bot.accept(HEADERS, BODY, kept) == 503
    assert await bot.accept(HEADERS, BODY, kept) == 200
    assert await bot.accept(HEADERS, b'{"ok": true, "result": ' + BODY + b"}", kept) == 200
    assert [(event.event_id, event.text) for event in kept.events] == [("m1", "mất xe")] * 2


@pytest.mark.parametrize("given", [None, "", "sai", SECRET[:-1], SECRET + "x", "mật khẩu", "\udcff"])
async def test_a_stranger_is_turned_away(given: str | None) -> None:
    bot, kept = zalo("http://127.0.0.1:9", webhook=PUBLIC), Kept()
    headers = {} if given is None else {"X-Bot-Api-Secret-Token": given}
    assert await bot.accept(headers, BODY, kept) == 401
    assert kept.tries == 0


async def test_without_a_secret_every_call_is_a_strangers() -> None:
    bot = zalo("http://127.0.0.1:9")
    assert bot.hook is None
    assert await bot.accept({"X-Bot-Api-Secret-Token": ""}, BODY, Kept()) == 401


async def test_a_probe_is_answered_and_junk_is_not_taken() -> None:
    bot, kept = zalo("http://127.0.0.1:9", webhook=PUBLIC), Kept()
    assert await bot.accept({}, b"", kept) == 200
    for body in (b"{", b"[]", b"5", b'"x"', b"\xff\xfe"):
        assert await bot.accept(HEADERS, body, kept) == 400
    for body in (b"{}", b'{"ok": true}', b'{"event_name": "message.text.received", "message": {}}'):
        assert await bot.accept(HEADERS, body, kept) == 200
    assert kept.events == []


# --- polling


async def test_polling_takes_the_webhook_away_and_says_what_it_risks(
    server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    server.say("deleteWebhook", FAILED)
    server.say("getUpdates", event("một", "m1"), event("hai", "m2"))
    async with receiving(server, kept):
        assert [event.text for event in await kept.until(2)] == ["một", "hai"]
    assert server.counts["deleteWebhook"] == 2
    assert caplog.text.count("is lost") == 1


async def test_an_event_that_cannot_be_stored_is_kept_and_no_other_is_asked_for(server: Scripted) -> None:
    kept = Kept(refusals=3)
    server.say("getUpdates", event("một", "m1"), event("hai", "m2"))
    async with receiving(server, kept):
        await called(server, "getUpdates", 1)
        assert [event.text for event in await kept.until(2)] == ["một", "hai"]
    assert kept.tries >= 5


async def test_a_failing_poll_goes_on(server: Scripted) -> None:
    kept = Kept()
    failures = [FAILED, (502, "<html>"), {"ok": False, "error_code": 400}, {"ok": True, "result": "?"}, (408, "")]
    server.say("getUpdates", *failures, event("một", "m1"))
    async with receiving(server, kept):
        assert [event.text for event in await kept.until(1)] == ["một"]


async def test_a_poll_that_nobody_answers_is_no_failure(
    server: Scripted, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "AT_ONCE", 0.0)
    server.say("getUpdates", IDLE, (408, json.dumps(IDLE)), (408, ""))
    async with receiving(server, Kept()):
        await called(server, "getUpdates", 5)
    assert "polling failed" not in caplog.text


async def test_a_poll_that_does_not_wait_is_no_storm(server: Scripted) -> None:
    server.always["getUpdates"] = {"ok": False, "error_code": 408}
    async with receiving(server, Kept()):
        await called(server, "getUpdates", 1)
        await asyncio.sleep(0.3)
    assert server.counts["getUpdates"] <= 2
