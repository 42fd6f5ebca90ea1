"""The machine that delivers: receive, work and send, for as long as this process holds the lease."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.intake import Intake
from bot.delivery.sender import Sender
from bot.delivery.worker import Worker
from bot.logs import error_place
from bot.platforms.base import Platform
from bot.services.quotas import Plan
from data.engine import Database
from data.leases import give_lease, me, take_lease
from data.unit_of_work import Posted

log = logging.getLogger(__name__)
LEASE = "delivery"
RENEW = 5.0
ASK_AGAIN = 1.0
STUCK = 30.0
DRAIN = 3.0


class Delivery:
    """Builds its worker and senders anew each time the lease is won: what they held in memory may be old."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        build_worker: Callable[[], Worker],
        build_sender: Callable[[Platform, Callable[[], None]], Sender],
        clocks: Sequence[Callable[[Intake], Coroutine[None, None, None]]] = (),
        plans: Sequence[Plan] = (),
    ) -> None:
        self._database = database
        database.posted = self._hand
        self._platforms = platforms
        self._build_worker = build_worker
        self._build_sender = build_sender
        self._clocks = clocks
        self.intake = Intake(database, self._wake_worker, plans)
        self.worker: Worker | None = None
        self.senders: list[Sender] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._owner = me()
        self._renewed = True

    @property
    def leading(self) -> bool:
        """Whether this process is the one that works and sends."""
        return bool(self._tasks)

    async def run(self) -> None:
        """Win the lease, work while it lasts; for ever."""
        waited = False
        while True:
            if await self._take_lease():
                if not self.leading:
                    await self._database.forget()
                    self._start()
                waited = False
            elif self.leading:
                log.error("another process took the lease; this one stops working")
                await self._stop()
            elif not waited:
                log.warning("another process works on this database; waiting for it to end")
                waited = True
            await asyncio.sleep(RENEW if self.leading else ASK_AGAIN)

    async def stop(self) -> None:
        """Finish what is on its way and give the lease back."""
        await self._stop()
        try:
            await self._database.write(lambda work: give_lease(work, LEASE, self._owner))
        except SQLAlchemyError as error:
            log.error("the lease cannot be given back (%s); it runs out by itself", type(error).__name__)  # noqa: TRY400

    def faults(self) -> list[str]:
        """What stands still."""
        refusing = self.intake.refused or not self._renewed
        faults = ["database: takes nothing, so nothing is acknowledged"] if refusing else []
        if self.worker is None:
            return faults
        now = time.monotonic()
        loops = [("worker", self.worker.turned_at), *(("sender", sender.turned_at) for sender in self.senders)]
        faults += [f"{name}: no turn for {now - at:.0f} s" for name, at in loops if now - at > STUCK]
        return faults + [f"{task.get_name()}: ended" for task in self._tasks if task.done()]

    async def _take_lease(self) -> bool:
        try:
            taken = await self._database.write(lambda work: take_lease(work, LEASE, self._owner))
        except SQLAlchemyError as error:
            self._renewed = False
            log.error("the lease cannot be renewed (%s)", type(error).__name__)  # noqa: TRY400
            return self.leading
        self._renewed = True
        return taken

    def _start(self) -> None:
        self.senders = [self._build_sender(platform, self._wake_worker) for platform in self._platforms.values()]
        self.worker = self._build_worker()
        loops = [("worker", self.worker.run()), *(("sender", sender.run()) for sender in self.senders)]
        loops += [("receive", platform.receive(self.intake.store)) for platform in self._platforms.values()]
        loops += [("clock", clock(self.intake)) for clock in self._clocks]
        self._tasks = [asyncio.create_task(loop, name=name) for name, loop in loops]
        for task in self._tasks:
            task.add_done_callback(ended)

    async def _stop(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(sender.drain(DRAIN) for sender in self.senders))
        self.worker = None

    def _wake_worker(self) -> None:
        if self.worker:
            self.worker.wake()

    def _hand(self, posted: Posted) -> None:
        for sender in self.senders:
            sender.hand(posted)


def ended(task: "asyncio.Future[None]") -> None:
    """A loop of this machine never ends by itself."""
    if not task.cancelled() and (error := task.exception()):
        log.critical("a loop ended: %s at %s", type(error).__name__, error_place(error))
