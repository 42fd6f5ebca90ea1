"""Events come in: stored first, acknowledged after."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.batching import Batching
from bot.errors import NotStored
from bot.messages import Incoming
from data.engine import Database

log = logging.getLogger(__name__)


class Intake:
    """The platforms' `Store`. Events that arrive together share a commit."""

    def __init__(self, database: Database, stored: Callable[[], None]) -> None:
        self._database = database
        self._stored = stored
        self._batching = Batching(self._write)
        self.refused = False  # whether the last events could not be stored

    async def store(self, events: Sequence[Incoming]) -> None:
        """Return when these are on disk. Raises NotStored, and then none of them is."""
        if not events:
            return
        await self._batching.put(events)
        self._stored()

    async def _write(self, events: list[Incoming]) -> None:
        try:
            await self._database.write(lambda work: work.receive(events))
            self.refused = False
        except SQLAlchemyError as error:
            self.refused = True
            log.error("events could not be stored (%s); they are not acknowledged", type(error.__cause__).__name__)  # noqa: TRY400 - a traceback would show them
            raise NotStored("the database takes nothing") from None
