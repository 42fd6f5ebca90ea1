"""A platform in simulated time: latency with jitter, exact limits counted at arrival, 429 in whole seconds.

All the jitter lies on the way there, which is the hardest case: nothing of it is spent harmlessly on the way back.
"""

import random
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import ceil

from bot.delivery.pacer import Limits, Pacer, Row
from bot.messages import Priority


class Count:
    """At most `limit` accepted arrivals in any `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit, self.seconds = limit, seconds
        self.arrivals: deque[float] = deque()

    def wait(self, now: float, cost: int = 1) -> float:
        """Until `cost` more fit; more than ever fit do so when there is nothing else."""
        while self.arrivals and self.arrivals[0] + self.seconds <= now:
            self.arrivals.popleft()
        over = len(self.arrivals) + min(cost, self.limit) - self.limit
        return self.arrivals[over - 1] + self.seconds - now if self.limit and over > 0 else 0.0


class Server:
    """Accepts or refuses; the limits may be stricter than those the pacer was told."""

    def __init__(self, limits: Limits) -> None:
        self.token = Count(limits.per_second, 1.0)
        pause = 1 / limits.chat_per_second if limits.chat_per_second else 0.0
        self.chats: dict[str, Count] = defaultdict(lambda: Count(int(pause > 0), pause))
        self.groups: dict[str, Count] = defaultdict(lambda: Count(limits.group_per_minute, 60.0))
        self.closed: list[tuple[float, float]] = []

    def arrive(self, row: Row, now: float) -> int:
        """0, or after how many seconds to try again."""
        closed = max((end - now for start, end in self.closed if start <= now < end), default=0.0)
        if row.free:
            return ceil(closed)
        counts = [self.token, self.chats[row.chat], *([self.groups[row.chat]] if row.group else [])]
        wait = max([closed, *(c.wait(now, row.cost) for c in counts)])
        if wait > 0:
            return max(1, ceil(wait))
        for each in counts:
            each.arrivals.extend([now] * row.cost)
        return 0


@dataclass
class Sent:
    row: Row
    added: float
    left: float
    arrived: float
    answered: float = 0.0


@dataclass
class World:
    pacer: Pacer
    server: Server
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    there: tuple[float, float] = (0.020, 0.060)  # s, uniform
    back: tuple[float, float] = (0.040, 0.040)
    lost: float = 0.0  # share of sends whose connection fails before anything arrives
    now: float = 0.0
    stops: float = float("inf")  # from here on nothing departs, but answers still come
    sent: list[Sent] = field(default_factory=list)
    messages: int = 0  # accepted messages, a merged one counted once
    departures: list[float] = field(default_factory=list)
    refusals: list[tuple[float, str]] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    added: dict[int, float] = field(default_factory=dict)
    lanes: dict[tuple[str, Priority, str | None], list[int]] = field(default_factory=lambda: defaultdict(list))
    flying: set[str] = field(default_factory=set)
    _events: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _wake: float | None = None

    def at(self, time: float, act: Callable[[], None]) -> None:
        heappush(self._events, (time, next(self._order), act))

    def add(self, time: float, row: Row) -> None:
        self.at(time, lambda: self._add(row))

    def run(self, until: float = float("inf")) -> None:
        while self._events and self._events[0][0] <= until:
            self.now, _, act = heappop(self._events)
            act()
            self._pump()

    def _add(self, row: Row) -> None:
        self.added[row.id] = self.now
        lane = self.lanes[row.chat, row.priority, row.merge]
        old = self.pacer.add(row, self.now)
        if old is None:
            lane.append(row.id)
        else:
            self.superseded.append(old)
            lane[lane.index(old)] = row.id

    def _pump(self) -> None:
        if self.now >= self.stops:
            return
        while rows := self.pacer.take(self.now):
            self._depart(rows)
        wake = self.pacer.wake_at(self.now)
        assert wake is None or wake > self.now, "wake_at promised what take did not give"
        if wake is not None and (self._wake is None or wake < self._wake or self._wake <= self.now):
            self._wake = wake
            self.at(wake, lambda: None)

    def _depart(self, rows: tuple[Row, ...]) -> None:
        chat, left = rows[0].chat, self.now
        assert chat not in self.flying, "two in flight for one chat"
        self.flying.add(chat)
        self.departures.append(left)
        if self.rng.random() < self.lost:
            self.at(left + 0.2, lambda: self._fail(chat))
        else:
            self.at(left + self.rng.uniform(*self.there), lambda: self._arrive(rows, left))

    def _fail(self, chat: str) -> None:
        self.flying.discard(chat)
        self.pacer.later(chat, self.now + 0.5, self.now)

    def _arrive(self, rows: tuple[Row, ...], left: float) -> None:
        after = self.server.arrive(rows[0], self.now)
        answered = self.now + self.rng.uniform(*self.back)
        if after:
            self.at(answered, lambda: self._refuse(rows[0].chat, after))
            return
        arrived = self.now
        self.messages += 1
        self.at(answered, lambda: self._answer(rows, left, arrived))

    def _refuse(self, chat: str, after: int) -> None:
        self.flying.discard(chat)
        self.refusals.append((self.now, chat))
        self.pacer.refused(chat, after, self.now)

    def _answer(self, rows: tuple[Row, ...], left: float, arrived: float) -> None:
        self.flying.discard(rows[0].chat)
        self.sent += [Sent(row, self.added[row.id], left, arrived, self.now) for row in rows]
        self.pacer.done(rows[0].chat, self.now)

    def sent_lanes(self) -> dict[tuple[str, Priority, str | None], list[int]]:
        """What was sent, in order, of each chat, priority and merge key; `lanes` is the same of what was added."""
        lanes = defaultdict(list)
        for sent in self.sent:
            lanes[sent.row.chat, sent.row.priority, sent.row.merge].append(sent.row.id)
        return lanes

    def finished(self, priority: Priority) -> float:
        return max(s.answered for s in self.sent if s.row.priority is priority)

    def waits(self, priority: Priority) -> list[float]:
        """Seconds from added to departed, sorted: what the pacer adds to the round trip."""
        return sorted(s.left - s.added for s in self.sent if s.row.priority is priority)
