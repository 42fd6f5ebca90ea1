"""Events come in: stored first, acknowledged after."""

import logging
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.batching import Batching
from bot.errors import NotStored
from bot.messages import Incoming
from bot.services.quotas import PEOPLE, Plan, hear
from data.engine import Database
from data.unit_of_work import Work

log = logging.getLogger(__name__)


class Intake:
    """The platforms' `Store`. Events that arrive together share a commit, and so do whom they make known to a plan."""

    def __init__(self, database: Database, stored: Callable[[], None], plans: Sequence[Plan] = ()) -> None:
        self._database = database
        self._stored = stored
        self._plans = [plan for plan in plans if PEOPLE in plan.allowed]
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
            await self._database.write(lambda work: self._keep(work, events))
            self.refused = False
        except SQLAlchemyError as error:
            self.refused = True
            log.error("events could not be stored (%s); they are not acknowledged", type(error.__cause__).__name__)  # noqa: TRY400 - a traceback would show them
            raise NotStored("the database takes nothing") from None

    def _keep(self, work: Work, events: list[Incoming]) -> None:
        work.receive(events)
        for plan in self._plans:
            hear(work, plan, events)
