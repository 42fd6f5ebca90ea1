"""What became of messages is written down, and counted where a plan counts it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.batching import Batching
from bot.delivery.feed import IDLE
from bot.delivery.metering import Meter
from bot.errors import Why
from data.engine import Database
from data.lessons import note_polls
from data.outbox import Done, Ready, drop_rows, park_rows, record_sent
from data.unit_of_work import Work

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """For /metrics."""

    sent: int = 0
    retried: int = 0
    slowed: int = 0
    parked: int = 0


class Outcomes:
    """`noted` is called when something was stored that the worker should see."""

    def __init__(self, database: Database, meter: Meter, noted: Callable[[], None]) -> None:
        self._database = database
        self._meter = meter
        self._noted = noted
        self._recording = Batching(self._record)
        self.counts = Counts()

    async def sent(self, done: Done) -> None:
        """A message went out; several that go together share a commit."""
        await self._recording.put([done])

    async def _record(self, done: list[Done]) -> None:
        def act(work: Work) -> None:
            record_sent(work, done)
            note_polls(work, {one.ready.id: one.poll for one in done if one.poll})
            self._meter.note(work, [one.ready for one in done])

        await self._database.write(act)

    async def write_off(self, rows: Sequence[Ready], why: Why) -> None:
        """Park rows and let staff know; or drop them, where nobody needs to."""
        if rows[0].message.optional:
            await self.drop(rows)
            return
        numbers = [row.id for row in rows]
        await self._conclude(rows, lambda work: park_rows(work, numbers, why))
        self.counts.parked += len(rows)
        log.warning("row %s is parked (%s)", rows[0].id, why.value)
        self._noted()

    async def drop(self, rows: Sequence[Ready]) -> None:
        """What these rows were about is gone."""
        numbers = [row.id for row in rows]
        await self._conclude(rows, lambda work: drop_rows(work, numbers))

    async def _conclude(self, rows: Sequence[Ready], outcome: Callable[[Work], None]) -> None:
        """Pages of rows that are given up may have gone all the same."""

        def act(work: Work) -> None:
            outcome(work)
            self._meter.note(work, rows)

        await self._database.write(act)


async def insist(outcome: Callable[[], Awaitable[None]]) -> None:
    """What came of a message must be written before its chat goes on, or a restart would repeat it."""
    while True:
        try:
            await outcome()
            return
        except SQLAlchemyError as error:
            log.error("an outcome cannot be written (%s); its chat waits", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(IDLE)
