"""Counts who is in the groups that a bulletin reached. Platforms are asked beside the conversations."""

import asyncio
import logging
from collections.abc import Mapping

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.intake import Intake
from bot.errors import DeliveryError
from bot.platforms.base import Platform
from data.bulletins import uncounted
from data.engine import Database
from data.reach import note_members
from data.unit_of_work import Place

log = logging.getLogger(__name__)
LOOK_AGAIN = 5.0
BETWEEN = 0.1  # s between two questions: nobody waits for the answer, and everybody for the platform's patience


class Headcount:
    """Runs while this process holds the lease."""

    def __init__(self, database: Database, platforms: Mapping[str, Platform]) -> None:
        self._database = database
        self._platforms = platforms

    async def run(self, _intake: Intake) -> None:
        """Count after each bulletin, for ever."""
        while True:
            try:
                await self._count_next()
            except SQLAlchemyError as error:
                log.error("members are not counted (%s)", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(LOOK_AGAIN)

    async def _count_next(self) -> None:
        found = await self._database.write(uncounted)
        if found is None:
            return
        bulletin, broadcast, addresses = found
        members = {group: await self._members(address) for group, address in addresses.items()}
        await self._database.write(lambda work: note_members(work, bulletin, broadcast, members))

    async def _members(self, address: str) -> int | None:
        """Members of a group, the bot left out; none where its platform does not say."""
        place = Place.of(address)
        platform = self._platforms.get(place.platform)
        if platform is None or not platform.capabilities.knows_members:
            return None
        await asyncio.sleep(BETWEEN)
        try:
            return max((await platform.chat_facts(place.chat)).members - 1, 0)
        except DeliveryError:
            return None
