"""The database: one thread that writes, read-only sessions beside it.

Measured (docs/architecture.md): an awaited statement costs four thread hops through an async driver, so a transaction
runs as one plain function on the database's own thread. That also keeps the network out of it by construction.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from bot.sealing import Seal
from data.unit_of_work import Posted, Work

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
REMEMBERED = 20_000  # entries of the memo, about 5 MB


class Database:
    """All writing goes through `write`, one transaction a call, in the order of the calls."""

    def __init__(self, url: str, seal: Seal, clock: Callable[[], float] = time.time) -> None:
        self.url = make_url(url)
        self.seal = seal
        self.clock = clock
        self._engine = writer_engine(self.url)
        self._connection: Connection | None = None
        self._memo: dict[object, Any] = {}
        self.posted: Callable[[Posted], None] | None = None  # told of each commit's messages, in order
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")

    async def write(self, act: Callable[[Work], T]) -> T:
        """Run `act` in one transaction; its result after the commit, or its error after the rollback."""
        result, posted = await asyncio.get_running_loop().run_in_executor(self._thread, self._commit, act)
        if posted and self.posted:
            self.posted(posted)
        return result

    def write_now(self, act: Callable[[Work], T]) -> T:
        """The same, from a thread that may wait (the command line, tests)."""
        return self._commit(act)[0]

    def _commit(self, act: Callable[[Work], T]) -> tuple[T, Posted]:
        if self._connection is None:
            self._connection = self._engine.connect()
        if len(self._memo) > REMEMBERED:
            self._memo.clear()
        try:
            with self._connection.begin():
                work = Work(self._connection, self.seal, self.clock(), self._memo)
                result = act(work)
                work.flush()
        except BaseException:
            self._memo.clear()  # it may remember what was rolled back
            raise
        return result, work.posted

    async def forget(self) -> None:
        """Another process may have written since: nothing is remembered any more."""
        await self.aside(self._memo.clear)

    async def aside(self, act: Callable[[], T]) -> T:
        """Run file work on the database's thread, in turn with the transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)

    async def empty_log(self) -> None:
        """Take what was erased out of SQLite's write-ahead log as well."""
        await self.aside(self._empty_log)

    def _empty_log(self) -> None:
        if self._connection is not None and self.url.get_backend_name() == "sqlite":
            raw = self._connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Finish what was begun, then give the file back."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def file_of(url: URL) -> Path | None:
    """The SQLite file behind a database URL; none for another kind of database."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def writer_engine(url: URL) -> Engine:
    """A synchronous engine for the writer's thread; on SQLite with this house's pragmas and BEGIN IMMEDIATE."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    if path := file_of(url):
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"), connect_args={"check_same_thread": False}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


class Reader:
    """Asynchronous sessions that cannot write: for health, metrics and the console."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine: AsyncEngine | None = None

    def connect(self) -> "AsyncConnection":
        """A connection, to be used in `async with`."""
        if self._engine is None:
            self._engine = reader_engine(self._url)
        return self._engine.connect()

    async def close(self) -> None:
        """Give the file back."""
        if self._engine is not None:
            await self._engine.dispose()


def reader_engine(url: URL) -> "AsyncEngine":
    """An asynchronous engine that cannot write."""
    from sqlalchemy.ext.asyncio import create_async_engine  # only when somebody asks: a fifth of a second of the start

    engine = create_async_engine(url, hide_parameters=True)
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_reader)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred: two writers would collide at COMMIT
    for pragma in (
        "busy_timeout=5000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: Any, _record: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter of aiosqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
