"""What waits in the outbox comes to the pacer: handed over as it is committed, or read from the table."""

import time
from collections.abc import Callable, Sequence
from math import inf

from bot.delivery.pacer import Pacer, Row
from bot.messages import Outgoing
from data.engine import Database
from data.outbox import Ready, drop_rows, ready_of, waiting_after
from data.unit_of_work import Posted, Reporter

LOAD = 500
HELD = 20_000
IDLE = 1.0


class Feed:
    """The rows of one platform that wait, unsealed. `cost` says as how many messages the platform counts one.

    Rows are handed over only while nothing older is missing here; otherwise they are read from the table in their turn.
    """

    def __init__(
        self,
        database: Database,
        platform: str,
        pacer: Pacer,
        cost: Callable[[Outgoing], int],
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._platform = platform
        self._pacer = pacer
        self._cost = cost
        self._clock = clock
        self._newest = 0  # every waiting row up to this one is here
        self._behind = True
        self._missed = False
        self._loaded_at = float("-inf")
        self._again = inf  # from this row on the table is read again; a reading under way is none of it
        self._superseded: list[int] = []
        self._stopped: set[int] = set()  # while in flight: they are let go of as they come back
        self.ready: dict[int, Ready] = {}

    def hand(self, posted: Posted) -> None:
        """What was just committed, of whatever platform."""
        self._stop(posted.stopped)
        self._resume(posted.released)
        if not posted.rows:
            return
        gap = posted.after != self._newest or any(isinstance(fresh.to, Reporter) for fresh in posted.rows)
        if self._behind or gap or len(self.ready) >= HELD:
            self._behind = self._missed = True
            return
        self._newest += len(posted.rows)
        mine = (fresh for fresh in posted.rows if fresh.to.platform == self._platform)
        self._admit([ready_of(self._database.seal, fresh) for fresh in mine])

    def _stop(self, rows: Sequence[int]) -> None:
        for row in rows:
            if row in self.ready and self._pacer.drop(row):
                del self.ready[row]
            elif row in self.ready:
                self._stopped.add(row)

    def _resume(self, rows: Sequence[int]) -> None:
        """They are read from the table, and what else waits there is known already."""
        if rows:
            self._stopped -= set(rows)
            self._again = min(self._again, *rows)
            self._behind = self._missed = True

    def lets_go(self, row: int) -> bool:
        """Whether this row, in flight until now, was stopped meanwhile; asked once."""
        stopped = row in self._stopped
        self._stopped.discard(row)
        return stopped

    def forget(self, row: int) -> None:
        """This row is done with."""
        self.ready.pop(row, None)
        self._stopped.discard(row)

    async def load(self) -> bool:
        """Read what was not handed over; whether there is more."""
        now = self._clock()
        if len(self.ready) >= HELD or not (self._behind or now - self._loaded_at > IDLE):
            return False
        self._newest, self._again = int(min(self._newest, self._again - 1)), inf
        self._behind, self._missed, self._loaded_at, last = True, False, now, self._newest
        rows, upto, full = await self._database.write(lambda work: waiting_after(work, self._platform, last, LOAD))
        self._newest = upto
        self._admit(rows)
        self._behind = self._missed or full
        return self._behind

    async def tidy(self) -> None:
        """Mark the edits whose place a newer one took."""
        if self._superseded:
            rows, self._superseded = self._superseded, []
            await self._database.write(lambda work: drop_rows(work, rows))

    def _admit(self, rows: Sequence[Ready]) -> None:
        now, wall = self._clock(), time.time()
        for ready in rows:
            if ready.id in self.ready:
                continue  # its table is read again for the sake of a row that was released
            self.ready[ready.id] = ready
            superseded = self._pacer.add(row_for(ready, now - wall, self._cost(ready.message)), now)
            if superseded is not None:
                self.ready.pop(superseded, None)
                self._superseded.append(superseded)


def row_for(ready: Ready, behind: float, cost: int) -> Row:
    """A row as the pacer knows it; `behind` is the pacer's clock minus the wall's."""
    return Row(
        ready.id,
        ready.chat_key,
        ready.ward_id,
        ready.priority,
        group=not ready.private,
        free=ready.free,
        due=ready.due_at + behind if ready.due_at else 0.0,
        merge=ready.merge_key,
        size=ready.size,
        coalesce=ready.coalesce_key,
        cost=cost,
    )
