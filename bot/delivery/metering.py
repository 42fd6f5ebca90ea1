"""The gate of a platform's quota: what may still be sent this month, and what was."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.quotas import admits
from bot.messages import Action, Outgoing
from bot.services.quotas import MESSAGES, PEOPLE, Plan, count, meet, notice_rise, spend
from data.engine import Database
from data.outbox import Ready
from data.unit_of_work import Work

TRIES = 5  # of one row against a 429 while nothing else gets through: about five minutes on Zalo


@dataclass(slots=True)
class Tab:
    """Messages set aside for a row, and how many of them have gone."""

    held: int
    gone: int = 0


class Meter:
    """One per sender, which is the only one that sends there: so it counts in memory and writes with each outcome.

    What is on its way is set aside beforehand, so that many at once do not go past a limit together. A platform
    without a quota passes everything and counts nothing.

    A 429 is how a used-up quota looks, but a short stop looks the same and names no time. So a row is tried `TRIES`
    times, as long as the pacer asks between them; if nothing else got through meanwhile, it is given up (`refused`).
    From then on each row is tried once, emergencies too, until one gets through or the month ends: nothing circles,
    the platform hears one message a stop, and its return is noticed by the first that goes.
    """

    def __init__(self, database: Database, plan: Plan) -> None:
        self._database = database
        self._plan = plan
        self._allowed = plan.allowed.get(MESSAGES, 0)
        self._on = bool(self._allowed) or PEOPLE in plan.allowed
        self._month = ""
        self._used = 0
        self._tabs: dict[int, Tab] = {}
        self._refusals: Counter[int] = Counter()
        self._exhausted = False

    async def load(self) -> None:
        """Go on from what was written down; where the plan has become smaller meanwhile, the desk hears of it."""
        if self._on:
            await self._database.write(self._read)

    def _read(self, work: Work) -> None:
        self._month = self._plan.month(work.now)
        for what in self._plan.allowed:
            used = count(work, self._plan, what).used
            notice_rise(work, self._plan, what, 0, used)
            if what == MESSAGES:
                self._used = used

    # --- one row

    def opens(self, row: Ready, pages: Sequence[Outgoing]) -> bool:
        """Whether a row may be sent as these pages; if so they are set aside. What was begun is finished."""
        if not self._on:
            return True
        self._turn_month()
        begun = self._tabs.pop(row.id, None)
        cost = sum(messages_in(page) for page in pages)
        taken = self._used + sum(tab.held for tab in self._tabs.values())
        if not begun and not admits(row.priority, taken, cost, self._allowed):
            return False
        self._tabs[row.id] = Tab(cost, begun.gone if begun else 0)
        return True

    def arrived(self, row: Ready, page: Outgoing) -> None:
        """The platform took a page."""
        if tab := self._tabs.get(row.id):
            tab.gone += messages_in(page)
            self._refusals.clear()
            self._exhausted = False

    def pause(self, row: Ready) -> None:
        """A row waits for another try: only what has gone of it stays counted."""
        if (tab := self._tabs.get(row.id)) is None:
            return
        if tab.gone:
            tab.held = tab.gone
        else:
            del self._tabs[row.id]

    def refused(self, row: Ready) -> bool:
        """A 429; whether the row is to be given up."""
        if not self._allowed:
            return False
        self._refusals[row.id] += 1
        self._exhausted = self._exhausted or self._refusals[row.id] >= TRIES
        return self._exhausted

    def note(self, work: Work, rows: Sequence[Ready]) -> None:
        """Count what has gone of these rows, in the transaction that records their outcome."""
        if not self._on:
            return
        gone = [(row, tab.gone) for row in rows if (tab := self._tabs.get(row.id)) and tab.gone]
        spend(work, self._plan, sum(messages for _, messages in gone))
        meet(work, self._plan, {f"{self._plan.platform}:{row.chat}" for row, _ in gone if row.private})

    def close(self, row: Ready) -> None:
        """A row's outcome is written down."""
        if tab := self._tabs.pop(row.id, None):
            self._used += tab.gone
        self._refusals.pop(row.id, None)

    def _turn_month(self) -> None:
        month = self._plan.month(self._database.clock())
        if month > self._month:  # a clock that is put back gives nothing back
            self._month, self._used, self._exhausted = month, 0, False
            self._refusals.clear()


def messages_in(page: Outgoing) -> int:
    """As how many messages the plan counts a page: none for what is no new message, one for each file of an album."""
    return max(1, len(page.attachments)) if page.action is Action.SEND else 0
