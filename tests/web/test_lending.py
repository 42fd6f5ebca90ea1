"""Files in memory: each once, few at a time, and given back."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from threading import get_ident

import pytest

from bot.sealing import Seal
from bot.web.lending import Lending
from data.vault import Vault


class Counting(Vault):
    """A vault that counts what it reads, and where."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Seal([bytes(range(32))]))
        self.reads = 0
        self.threads: set[int] = set()

    def get(self, name: str) -> bytes:
        self.reads += 1
        self.threads.add(get_ident())
        return super().get(name)


@pytest.fixture
def vault(tmp_path: Path) -> Counting:
    return Counting(tmp_path)


async def test_a_file_is_read_once_for_all_who_read_it_now(vault: Counting) -> None:
    lending, name = Lending(vault, at_once=1), vault.put(b"mot tep")
    async with AsyncExitStack() as stack:
        lent = await asyncio.gather(*(stack.enter_async_context(lending.lend(name)) for _ in range(20)))
        assert {id(content) for content in lent} == {id(lent[0])}
        assert vault.reads == 1
    async with lending.lend(name) as content:
        assert content == b"mot tep"
    assert vault.reads == 2


async def test_files_are_read_off_the_event_loop(vault: Counting) -> None:
    async with Lending(vault).lend(vault.put(b"x")):
        assert get_ident() not in vault.threads


async def test_more_files_than_places_wait_and_then_give_up(vault: Counting) -> None:
    lending = Lending(vault, at_once=2, patience=0.05)
    first, second, third = (vault.put(b"x") for _ in range(3))
    async with lending.lend(first), lending.lend(second):
        with pytest.raises(TimeoutError):
            async with lending.lend(third):
                pass
        async with lending.lend(first) as content:
            assert content == b"x"
    async with lending.lend(third) as content:
        assert content == b"x"


async def test_who_waits_gets_the_place_that_comes_free(vault: Counting) -> None:
    lending = Lending(vault, at_once=1)
    first, second = vault.put(b"1"), vault.put(b"2")

    async def read_second() -> bytes:
        async with lending.lend(second) as content:
            return content

    async with lending.lend(first):
        waiting = asyncio.create_task(read_second())
        await asyncio.sleep(0.02)
        assert not waiting.done()
    assert await waiting == b"2"


async def test_a_file_that_is_gone_or_a_reader_who_is_takes_no_place(vault: Counting) -> None:
    lending, name = Lending(vault, at_once=1, patience=1.0), vault.put(b"x")
    for _ in range(5):
        with pytest.raises(FileNotFoundError):
            async with lending.lend("0" * 32):
                pass
        with pytest.raises(ConnectionError):
            async with lending.lend(name):
                raise ConnectionError
    async with asyncio.timeout(1), lending.lend(name) as content:
        assert content == b"x"
