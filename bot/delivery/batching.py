"""Group commit: whatever gathers while one write is under way goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Batching(Generic[T]):
    """`put` returns when its items are written. A failed write raises in every `put` that shared it."""

    def __init__(self, write: Callable[[list[T]], Awaitable[None]]) -> None:
        self._write = write
        self._waiting: list[tuple[Sequence[T], asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def put(self, items: Sequence[T]) -> None:
        """Write these, perhaps together with others, keeping their order."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        await done

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write([item for items, _ in batch for item in items])
            except Exception as error:  # noqa: BLE001 - passed on to everyone who waits for this write
                settle(batch, error)
            else:
                settle(batch, None)


def settle(batch: Sequence[tuple[object, asyncio.Future[None]]], error: Exception | None) -> None:
    """Tell those who wait; somebody cancelled meanwhile no longer does."""
    for _, done in batch:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
