"""Files of the vault in memory while they are answered: each once, however many ask for it, and few at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from data.vault import Vault

AT_ONCE = 8  # files; of 20 MB each (the most that is taken in) that is 160 MB, and twice it while they are decrypted
PATIENCE = 10.0  # s that a call waits for its turn


@dataclass(slots=True)
class Lent:
    """One file and who reads it."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    readers: int = 0
    placed: bool = False
    content: bytes | None = field(default=None, repr=False)


class Lending:
    """Slow readers of one file cost one place and no more, so nobody with one link keeps others from theirs."""

    def __init__(self, vault: Vault, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._vault = vault
        self._patience = patience
        self._places = asyncio.Semaphore(at_once)
        self._lent: dict[str, Lent] = {}

    @asynccontextmanager
    async def lend(self, name: str) -> AsyncIterator[bytes]:
        """A file's bytes, read off the event loop.

        Raises TimeoutError when too many others are read, FileNotFoundError when it was erased, else what `Vault.get`
        raises.
        """
        lent = self._lent.setdefault(name, Lent())
        lent.readers += 1
        try:
            async with asyncio.timeout(self._patience):
                content = await self._content(name, lent)
            yield content
        finally:
            lent.readers -= 1
            if not lent.readers:
                self._take_back(name, lent)

    async def _content(self, name: str, lent: Lent) -> bytes:
        async with lent.lock:
            if not lent.placed:
                await self._places.acquire()
                lent.placed = True
            if lent.content is None:
                lent.content = await asyncio.to_thread(self._vault.get, name)
            return lent.content

    def _take_back(self, name: str, lent: Lent) -> None:
        del self._lent[name]
        if lent.placed:
            self._places.release()
