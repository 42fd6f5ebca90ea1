"""What the log says of calls: names of errors and places; no token, no path, nobody."""

import logging
import time

import aiohttp
import pytest
from aiohttp import web

from bot.links import MEDIA, Links
from bot.web.server import WebServer
from tests.delivery.test_webhook import free_port
from tests.web.door import SEAL, Door, raw


async def test_no_log_has_a_token_a_name_or_a_caller(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    good, over = door.link(), door.link(lasts=-1)
    stored = door.vault.put(b"x")
    broken = Links(door.url, SEAL).link(stored, "image/jpeg", time.time())
    (door.vault._folder / stored).write_bytes(b"not sealed")
    for url in (good, over, broken, good + "x"):
        await door.get(url)
        await door.get(url, "POST")
    path = good.removeprefix(door.url).encode()
    for bad in (
        path + b" HTTP/9",
        path + b"\x01 HTTP/1.1",
        path + b"A" * 9000 + b" HTTP/1.1",
        path + b" HTTP/1.1\r\n:",
    ):
        await raw(door, b"GET " + bad + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
    said = "\n".join([caplog.text, *(repr(record.__dict__) for record in caplog.records)])
    assert "a file of the vault cannot be read (Unsealable)" in said
    assert "something went wrong (" in said
    for secret in (good, over, broken):
        token = secret.rpartition("/")[2]
        assert token[:20] not in said
        assert token[20:60] not in said
    assert stored not in said
    assert MEDIA not in said.replace(str(door.vault._folder), "")
    assert "127.0.0.1" not in said


async def test_an_error_in_a_hook_is_told_by_name_and_place(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise LookupError("mật khẩu")

    application = web.Application()
    application.router.add_get("/", broken)
    port = free_port()
    server = WebServer(application, "127.0.0.1", port)
    await server.start()
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/") as answer:
        assert answer.status == 500
    await server.stop()
    assert "something went wrong (LookupError at test_media_silence.py:" in caplog.text
    assert "mật khẩu" not in caplog.text
