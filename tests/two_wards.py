"""Two wards as rows, for tests of services: nothing crosses from one to the other."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import insert

from bot.sealing import Seal
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.places import Ward
from data.unit_of_work import Work

WARD, OTHER = Ward(1, "Phường Hoa Sữa", "telegram:-1", True, "full"), Ward(2, "Xã Bên", "telegram:-2", True, "full")


def two_wards(work: Work) -> None:
    """The rows of both."""
    for ward in (WARD, OTHER):
        values = {"id": ward.id, "name": ward.name, "desk": ward.desk, "desk_forum": True, "desk_shows": "full"}
        work.run(insert(t.wards).values(values | {"created_at": 0.0}))


@asynccontextmanager
async def kept_two_wards(folder: Path, clock: Callable[[], float] = lambda: 1000.0) -> AsyncIterator[Database]:
    """A database with both, on this clock (seconds)."""
    url = f"sqlite+aiosqlite:///{folder}/test.db"
    migrate(url, folder)
    base = Database(url, Seal([bytes(range(32))]), clock)
    await base.write(two_wards)
    yield base
    await base.close()
