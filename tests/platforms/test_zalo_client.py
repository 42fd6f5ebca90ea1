"""Calls of the Zalo Bot API: what is sent, what each failure means, and what never reaches a log."""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.errors import BadToken, DeliveryError, Slowed, TryLater, Undeliverable, Why
from bot.messages import Action, Attachment, MediaKind, Outgoing
from bot.platforms.base import ChatFacts, Standing
from bot.platforms.zalo_bot import ZaloBot, client
from bot.platforms.zalo_bot.errors import SLOWED
from tests.platforms.scripted import NAME, SECRET, TOKEN, Kept, Scripted, said, serving, zalo

PHOTO = Attachment(MediaKind.PHOTO, url="https://binhyen.vn/f/1.jpg")
VOICE = Attachment(MediaKind.VOICE, url="https://binhyen.vn/f/1.aac")


@pytest.fixture
async def server() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    async with serving(scripted.handle) as url:
        scripted.url = url
        yield scripted


@pytest.fixture
async def bot(server: Scripted) -> AsyncIterator[ZaloBot]:
    bot = zalo(server.url)
    await bot.open()
    yield bot
    await bot.close()


def failure(code: int, says: str = "") -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": says}


async def send(bot: ZaloBot, message: Outgoing, chat: str = "an") -> tuple[str, ...]:
    return (await bot.send(chat, "", message, {})).message_ids


# --- sending


async def test_a_text_goes_plain_with_its_links_written_out(bot: ZaloBot, server: Scripted) -> None:
    ids = await send(bot, Outgoing(html='<b>Tin</b> &lt;1&gt;: <a href="https://b.vn/?a=1&amp;b=2">đọc</a>'))
    assert ids == ("sent-1",)
    assert server.calls[-1] == ("sendMessage", {"chat_id": "an", "text": "Tin <1>: đọc (https://b.vn/?a=1&b=2)"})


async def test_a_picture_goes_as_its_link(bot: ZaloBot, server: Scripted) -> None:
    assert await send(bot, Outgoing(html="<i>đèn</i>", attachments=(PHOTO,))) == ("sent-1",)
    assert server.calls[-1] == ("sendPhoto", {"chat_id": "an", "photo": PHOTO.url, "caption": "đèn"})
    await send(bot, Outgoing(attachments=(PHOTO,)))
    assert server.calls[-1] == ("sendPhoto", {"chat_id": "an", "photo": PHOTO.url})


async def test_a_voice_goes_to_a_private_chat_only(bot: ZaloBot, server: Scripted) -> None:
    await send(bot, Outgoing(attachments=(VOICE,)))
    assert server.calls[-1] == ("sendVoice", {"chat_id": "an", "voice_url": VOICE.url})
    with pytest.raises(Undeliverable):
        await send(bot, Outgoing(attachments=(VOICE,)), chat="zgr-77")


@pytest.mark.parametrize(
    "message",
    [
        *(Outgoing(action, html="x", message_id="1") for action in Action if action is not Action.SEND),
        Outgoing(),
        Outgoing(html="<b> </b>"),
        Outgoing(html="a" * 2001),
        Outgoing(html="🏮" * 1001),
        Outgoing(html="a" * 2001, attachments=(PHOTO,)),
        Outgoing(attachments=(PHOTO, PHOTO)),
        Outgoing(attachments=(Attachment(MediaKind.PHOTO, stored="x"),)),
        Outgoing(attachments=(Attachment(MediaKind.VOICE, url="https://b.vn/a.ogg"),)),
        Outgoing(html="x", attachments=(VOICE,)),
        Outgoing(attachments=(Attachment(MediaKind.DOCUMENT, url="https://b.vn/a.pdf"),)),
    ],
)
async def test_what_zalo_has_no_method_for_is_not_tried(bot: ZaloBot, server: Scripted, message: Outgoing) -> None:
    before = len(server.calls)
    with pytest.raises(Undeliverable) as refused:
        await send(bot, message)
    assert refused.value.why is Why.BAD_CONTENT
    assert len(server.calls) == before


async def test_exactly_two_thousand_units_go(bot: ZaloBot, server: Scripted) -> None:
    await send(bot, Outgoing(html="🏮" * 1000))
    await send(bot, Outgoing(html="&amp;" * 2000))
    assert len(server.calls[-1][1]["text"]) == 2000


async def test_what_zalo_cannot_tell_is_unknown_and_not_guessed(bot: ZaloBot) -> None:
    assert await bot.standing("zgr-77", "an") is Standing.UNKNOWN
    assert await bot.chat_facts("zgr-77") == ChatFacts()
    assert (bot.private_link("x"), bot.group_link("x"), bot.mention) == ("", "", f"@{NAME}")
    await bot.acknowledge("1", "x")
    with pytest.raises(Undeliverable):
        await bot.create_topic("zgr-77", "x")


# --- the bot's name


async def test_the_name_is_what_zalo_says_unless_a_setting_says_it(server: Scripted) -> None:
    for name, mention in (("", f"@{NAME}"), ("@Bot Khác", "@Bot Khác")):
        bot = zalo(server.url, name=name)
        await bot.open()
        await bot.close()
        assert bot.mention == mention


async def test_a_bot_that_zalo_does_not_name_says_so(server: Scripted, caplog: pytest.LogCaptureFixture) -> None:
    server.say("getMe", {"ok": True, "result": {"account_name": "bot.x"}})
    bot = zalo(server.url, name="")
    await bot.open()
    await bot.close()
    assert "BINHYEN_ZALO_BOT__NAME" in caplog.text
    assert bot.mention == "@Bot"


# --- failures


@pytest.mark.parametrize(
    ("answer", "error", "value"),
    [
        (failure(401, "Unauthorized"), BadToken, 60.0),
        ((401, "<html>"), BadToken, 60.0),
        (failure(429, "Quota exceeded"), Slowed, SLOWED),
        ((429, ""), Slowed, SLOWED),
        (failure(404, "Not found"), Undeliverable, Why.NOT_FOUND),
        (failure(400, "Bad request: chat not found"), Undeliverable, Why.NOT_FOUND),
        (failure(400, "Invalid text"), Undeliverable, Why.BAD_CONTENT),
        ((413, ""), Undeliverable, Why.TOO_BIG),
        (failure(403, "internal server error"), TryLater, 5.0),
        (failure(408, "Request timeout"), TryLater, 1.0),
        (failure(500), TryLater, 1.0),
        ((502, "<html>Bad gateway</html>"), TryLater, 1.0),
        ((200, "<html>hello</html>"), TryLater, 1.0),
        ((200, "[" * 100_000), TryLater, 1.0),
        ((200, "[]"), TryLater, 1.0),
        ((200, '{"ok": "yes"}'), TryLater, 1.0),
        ({"ok": False}, TryLater, 1.0),
        ({"ok": False, "error_code": "401"}, BadToken, 60.0),
        ({"ok": False, "errorCode": 429}, Slowed, SLOWED),
        ({"ok": False, "error_code": [], "description": {}}, TryLater, 1.0),
        ((404, '{"ok": false, "error_code": 401, "description": "x"}'), BadToken, 60.0),
    ],
)
async def test_each_failure_says_what_to_do(
    bot: ZaloBot, server: Scripted, answer: Any, error: type[DeliveryError], value: object
) -> None:
    server.say("sendMessage", answer)
    with pytest.raises(error) as failed:
        await send(bot, Outgoing(html="x"))
    assert type(failed.value) is error
    assert getattr(failed.value, "why", None) or failed.value.after == value


async def test_an_answer_is_read_by_its_body_whatever_the_http_status(bot: ZaloBot, server: Scripted) -> None:
    server.say("sendMessage", (500, '{"ok": true, "result": {"message_id": "m9"}}'))
    assert await send(bot, Outgoing(html="x")) == ("m9",)
    for odd in ({"ok": True}, {"ok": True, "result": []}, {"ok": True, "result": {"message_id": None}}):
        server.say("sendMessage", odd)
        assert await send(bot, Outgoing(html="x")) == ()


async def test_a_cut_line_a_closed_port_and_silence_are_tried_later(
    bot: ZaloBot, server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.cut.add("sendMessage")
    with pytest.raises(TryLater):
        await send(bot, Outgoing(html="x"))
    with pytest.raises(TryLater):
        await zalo("http://127.0.0.1:9").open()
    with pytest.raises(TryLater):
        await send(zalo(server.url), Outgoing(html="never opened"))
    monkeypatch.setattr(client, "READ_TIMEOUT", 0.05)
    monkeypatch.setattr(server, "answer", lambda _method: asyncio.sleep(1))
    with pytest.raises(TryLater):
        await send(bot, Outgoing(html="x"))


# --- secrets


async def test_no_token_no_secret_and_no_words_reach_a_log_or_an_error(
    server: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bot = zalo(server.url, webhook="https://binhyen.vn")
    caplog.set_level(logging.DEBUG, logger="httpx")
    await bot.open()
    receiving = asyncio.create_task(bot.receive(Kept()))
    shown = [repr(bot), repr(bot._client), repr(bot.hook)]
    for answer in ({"ok": True, "result": {}}, failure(401), failure(400, "chuyện riêng"), (500, "")):
        server.say("sendMessage", answer)
        shown += await said_of_failure(bot)
    server.cut.add("sendMessage")
    shown += await said_of_failure(bot)
    await bot.accept({"X-Bot-Api-Secret-Token": SECRET}, b'{"event_name": "chuy\xe1\xbb\x87n ri\xc3\xaang"}', Kept())
    await bot.accept({"X-Bot-Api-Secret-Token": "sai"}, str(said("chuyện riêng")).encode(), Kept())
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await bot.close()
    for hidden in (TOKEN, TOKEN.partition(":")[2], SECRET, "chuyện riêng"):
        assert hidden not in caplog.text
        assert hidden not in str(shown)
    assert "webhook registered" in caplog.text


async def said_of_failure(bot: ZaloBot) -> list[str]:
    try:
        await send(bot, Outgoing(html="chuyện riêng"))
    except DeliveryError as error:
        return [repr(error), str(error), repr(error.__cause__)]
    return []
