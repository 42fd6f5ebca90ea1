"""`/media/…` with readers who are slow, stuck, gone, or too many."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.web.door import Door, opened, refused

BIG = bytes(20_000_000)
PLACES = 2  # at this door


async def until(look: Callable[[], bool]) -> None:
    for _ in range(250):
        if look():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


@asynccontextmanager
async def stuck(door: Door, *urls: str) -> AsyncIterator[None]:
    """Readers who ask for these files and never take them."""
    with ExitStack() as stack:
        for url in urls:
            address = ("127.0.0.1", int(door.url.rpartition(":")[2]))
            reader = stack.enter_context(socket.create_connection(address))
            reader.sendall(f"GET {url.removeprefix(door.url)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await until(lambda: sum(lent.placed for lent in door.lending._lent.values()) == min(len(set(urls)), PLACES))
        yield


async def test_slow_readers_of_one_file_keep_nobody_from_others(door: Door) -> None:
    async with stuck(door, *[door.link(BIG, "video/mp4")] * 4):
        assert (await door.get(door.link()))[0].status == 200


async def test_while_too_many_files_are_read_a_good_link_may_come_back_and_a_bad_one_is_bad(tmp_path: Path) -> None:
    async with (
        opened(tmp_path, longest=3.0) as door,
        stuck(door, door.link(BIG, "video/mp4"), door.link(BIG, "video/mp4")),
    ):
        answer, body = await door.get(door.link())
        assert (answer.status, body, answer.headers["Retry-After"]) == (503, b"", "5")
        await refused(door, door.link() + "x")
        await until(lambda: not door.lending._lent)  # whoever does not read is cut off
        assert (await door.get(door.link()))[0].status == 200


async def test_a_reader_who_leaves_is_forgotten(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    async with stuck(door, *(door.link(BIG, "video/mp4") for _ in range(4))):
        pass
    await until(lambda: not door.lending._lent)
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


async def test_a_reader_who_does_not_read_holds_up_no_stop(door: Door) -> None:
    async with stuck(door, door.link(BIG, "video/mp4")), asyncio.timeout(3):
        await door.stop()
