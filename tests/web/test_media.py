"""`/media/…`: who has a good link gets the file and nothing else; anybody else gets one and the same 404."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.links import MEDIA, Links
from bot.sealing import Seal
from bot.web.lending import Lending
from bot.web.media import SAFE, MediaRoute
from bot.web.server import WebServer, build_web
from data.vault import Vault
from tests.delivery.test_webhook import free_port

SEAL = Seal([bytes(range(32))])
OTHER = Seal([bytes(range(32, 64))])
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 4
BIG = bytes(20_000_000)


@dataclass
class Door:
    """A server, its vault, and who knocks."""

    url: str
    vault: Vault
    lending: Lending
    session: aiohttp.ClientSession
    stop: Callable[[], Awaitable[None]]

    def link(self, content: bytes = PICTURE, mime: str = "image/jpeg", lasts: float = 60) -> str:
        return Links(self.url, SEAL).link(self.vault.put(content), mime, time.time(), lasts)

    async def get(self, url: str, method: str = "GET", **headers: str) -> tuple[aiohttp.ClientResponse, bytes]:
        async with self.session.request(method, url, headers=headers) as answer:
            return answer, await answer.read()


async def nothing_wrong() -> list[str]:
    return []


async def no_metrics() -> bytes:
    return b""


async def keep(_events: object) -> None:
    pass


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    port, vault = free_port(), Vault(tmp_path / "vault", SEAL)
    url, lending = f"http://127.0.0.1:{port}", Lending(vault, at_once=2, patience=0.3)
    route = MediaRoute(Links(url, SEAL), lending, longest=0.7)
    server = WebServer(build_web([], keep, nothing_wrong, no_metrics, route), "127.0.0.1", port)
    await server.start()
    async with aiohttp.ClientSession() as session:
        yield Door(url, vault, lending, session, server.stop)
    await server.stop()


def plain_headers(answer: aiohttp.ClientResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "Date"}


async def refused(door: Door, url: str) -> None:
    answer, body = await door.get(url)
    assert answer.status == 404
    assert body == b""
    assert plain_headers(answer).keys() == {*SAFE, "Content-Length", "Server"}


# --- a good link


async def test_the_file_comes_as_it_was_kept_and_as_what_it_is(door: Door) -> None:
    answer, body = await door.get(door.link())
    assert (answer.status, body) == (200, PICTURE)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Length"] == str(len(PICTURE))
    assert "Content-Disposition" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert SAFE.items() <= dict(answer.headers).items()


def test_a_browser_runs_keeps_and_tells_nothing_of_it() -> None:
    assert SAFE == {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


@pytest.mark.parametrize(
    ("mime", "told", "saved"),
    [
        ("image/png", "image/png", ""),
        ("image/webp", "image/webp", ""),
        ("image/gif", "image/gif", ""),
        ("audio/aac", "audio/aac", ""),
        ("audio/mpeg", "audio/mpeg", ""),
        ("audio/ogg", "audio/ogg", ""),
        ("video/mp4", "video/mp4", ""),
        ("application/pdf", "application/pdf", "binhyen.pdf"),
        ("text/plain", "application/octet-stream", "binhyen.txt"),
        ("text/html", "application/octet-stream", "binhyen.bin"),
        ("image/svg+xml", "application/octet-stream", "binhyen.bin"),
        ("application/vnd.android.package-archive", "application/octet-stream", "binhyen.bin"),
        ("", "application/octet-stream", "binhyen.bin"),
        ("x/y\r\nSet-Cookie: a=b", "application/octet-stream", "binhyen.bin"),
    ],
)
async def test_only_harmless_types_are_shown(door: Door, mime: str, told: str, saved: str) -> None:
    answer, body = await door.get(door.link(b"<script>", mime))
    assert body == b"<script>"
    assert answer.headers["Content-Type"] == told
    assert answer.headers.get("Content-Disposition") == (f'attachment; filename="{saved}"' if saved else None)
    assert "Set-Cookie" not in answer.headers


async def test_head_says_the_same_without_the_file(door: Door) -> None:
    link = door.link()
    told, body = await door.get(link, "HEAD")
    shown, _ = await door.get(link)
    assert (told.status, body) == (200, b"")
    assert plain_headers(told) == plain_headers(shown)
    answer, _ = await door.get(link, "HEAD", Range="bytes=0-1")
    assert answer.status == 200


async def test_a_big_and_an_empty_file_come_whole(door: Door) -> None:
    for size in (20 * 1024 * 1024 + 1, 0):
        content = (bytes(range(251)) * (size // 251 + 1))[:size]
        answer, body = await door.get(door.link(content, "video/mp4"))
        assert answer.status == 200
        assert answer.headers["Content-Length"] == str(size)
        assert body == content


@pytest.mark.parametrize(
    ("wish", "part"),
    [
        ("bytes=0-1", slice(0, 2)),
        ("bytes=0-", slice(0, 200_000)),
        ("bytes=70000-199998", slice(70_000, 199_999)),
        ("bytes=-500", slice(199_500, 200_000)),
        ("bytes=199999-999999", slice(199_999, 200_000)),
    ],
)
async def test_a_player_gets_the_part_it_asks_for(door: Door, wish: str, part: slice) -> None:
    content = bytes(range(250)) * 800
    answer, body = await door.get(door.link(content, "video/mp4"), Range=wish)
    assert answer.status == 206
    assert body == content[part]
    assert answer.headers["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/200000"


@pytest.mark.parametrize(
    "wish", ["bytes=5000-", "bytes=9-3", "bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=" + "9" * 5000]
)
async def test_a_part_that_makes_no_sense_is_the_whole(door: Door, wish: str) -> None:
    answer, body = await door.get(door.link(), Range=wish)
    assert (answer.status, body) == (200, PICTURE)


# --- any other


async def test_every_bad_link_is_refused_alike(door: Door) -> None:
    good = door.link()
    stored = door.vault.put(b"x")
    erased = Links(door.url, SEAL).link(stored, "image/jpeg", time.time())
    door.vault.erase(stored)
    broken = door.vault.put(b"x")
    (door.vault._folder / broken).write_bytes(b"not sealed")
    for url in (
        good[:-5] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
        good + "x",
        good.removesuffix(".jpg"),
        good.replace(".jpg", ".png"),
        good + "/",
        door.link(lasts=-1),
        Links(door.url, OTHER).link(stored, "image/jpeg", time.time()),
        erased,
        Links(door.url, SEAL).link(broken, "image/jpeg", time.time()),
        door.url + MEDIA,
        door.url + MEDIA + stored,
        door.url + MEDIA + "A" * 5000,
    ):
        await refused(door, url)
    assert (await door.get(good))[0].status == 200


async def raw(door: Door, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/healthz",
        "%00",
        "%",
        "%ff%fe",
        "a/b/../../c",
        "?a=b",
        "//x",
    ],
)
async def test_odd_paths_are_refused_like_any_other(door: Door, path: str) -> None:
    answer = await raw(door, f"GET {MEDIA}{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert answer.endswith(b"\r\n\r\n")


async def test_only_reading_is_allowed(door: Door) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert (await door.get(door.link(), method))[0].status == 405


# --- many and slow readers


@asynccontextmanager
async def stuck(door: Door, *urls: str) -> AsyncIterator[None]:
    """Readers who ask for these files and never take them."""
    with ExitStack() as stack:
        for url in urls:
            address = ("127.0.0.1", int(door.url.rpartition(":")[2]))
            reader = stack.enter_context(socket.create_connection(address))
            reader.sendall(f"GET {url.removeprefix(door.url)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await asyncio.sleep(0.1)
        yield


async def test_slow_readers_of_one_file_keep_nobody_from_others(door: Door) -> None:
    async with stuck(door, *[door.link(BIG, "video/mp4")] * 4):
        assert (await door.get(door.link()))[0].status == 200


async def test_while_too_many_files_are_read_a_good_link_may_come_back_and_a_bad_one_is_bad(door: Door) -> None:
    async with stuck(door, door.link(BIG, "video/mp4"), door.link(BIG, "video/mp4")):
        answer, body = await door.get(door.link())
        assert (answer.status, body, answer.headers["Retry-After"]) == (503, b"", "5")
        await refused(door, door.link() + "x")
        await asyncio.sleep(0.7)
        assert (await door.get(door.link()))[0].status == 200, "whoever does not read is cut off"


async def test_a_reader_who_leaves_is_forgotten(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    async with stuck(door, *(door.link(BIG, "video/mp4") for _ in range(4))):
        assert len(door.lending._lent) == 4
    await asyncio.sleep(0.1)
    assert not door.lending._lent
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_a_reader_who_does_not_read_holds_up_no_stop(door: Door) -> None:
    async with stuck(door, door.link(BIG, "video/mp4")), asyncio.timeout(3):
        await door.stop()


# --- silence


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
    assert "something went wrong (LookupError at test_media.py:" in caplog.text
    assert "mật khẩu" not in caplog.text
