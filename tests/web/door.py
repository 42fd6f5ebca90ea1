"""A web server with a vault behind it, and who knocks."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.links import Links
from bot.sealing import Seal
from bot.web.lending import Lending
from bot.web.media import SAFE, MediaRoute
from bot.web.server import WebServer, build_web
from data.vault import Vault
from tests.delivery.test_webhook import free_port

SEAL = Seal([bytes(range(32))])
OTHER = Seal([bytes(range(32, 64))])
PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 4


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

    async def get(self, url: str, method: str = "GET") -> tuple[aiohttp.ClientResponse, bytes]:
        async with self.session.request(method, url) as answer:
            return answer, await answer.read()


async def nothing_wrong() -> list[str]:
    return []


async def no_metrics() -> bytes:
    return b""


async def keep(_events: object) -> None:
    pass


@asynccontextmanager
async def opened(folder: Path, longest: float = 2.0) -> AsyncIterator[Door]:
    """Room for two files at once; whoever does not read is cut off after `longest` seconds."""
    port, vault = free_port(), Vault(folder / "vault", SEAL)
    url, lending = f"http://127.0.0.1:{port}", Lending(vault, at_once=2, patience=1.0)
    route = MediaRoute(Links(url, SEAL), lending, longest=longest)
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


async def raw(door: Door, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer
