"""Which waiting message of one bot token goes next: pure rules, no clock, no network, one thread.

Emergencies first, then answers to people, then relays, then broadcasts; first come, first served inside one chat
and priority; one message in flight per chat; the platform's limits are never broken (see `windows`).
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from heapq import heappop, heappush, heapreplace
from itertools import count
from math import inf

from bot.delivery.windows import ChatGate, RoundTrips, TokenGate


class Priority(IntEnum):
    """Lower goes first."""

    EMERGENCY = 0
    ANSWER = 1
    RELAY = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What the platform permits; 0 switches one off. The defaults are Telegram's (Bots FAQ)."""

    per_second: int = 30  # messages of the token in any second
    group_per_minute: int = 20  # messages to one group in any 60 seconds
    chat_per_second: float = 1.0  # messages to one chat


@dataclass(frozen=True, slots=True)
class Row:
    """One waiting message, as much of it as pacing needs."""

    id: int
    chat: str
    ward: int
    priority: Priority
    group: bool  # the limit per minute applies
    free: bool = False  # costs no message (a deletion, a reaction): only order and one in flight apply
    due: float = 0.0  # not before; the rows behind it in its lane wait with it
    merge: str | None = None  # rows with one key may go as one message
    size: int = 0  # characters
    coalesce: str | None = None  # an edit: the newest with one key is the only one worth sending


@dataclass(slots=True)
class _Place:
    """A place in a lane. The row in it may be replaced by a newer edit, or withdrawn."""

    turn: int
    row: Row
    due: float
    withdrawn: bool = False


class _Turns:
    """Whose turn it is among classes: the highest, unless one was passed over `patience` times."""

    def __init__(self, patience: int) -> None:
        self._patience = patience
        self._passed = [0] * len(Priority)

    def overdue(self, priority: Priority) -> bool:
        return self._passed[priority] >= self._patience

    def choose(self, classes: list[Priority]) -> Priority | None:
        if not classes:
            return None
        longest = max(classes, key=self._passed.__getitem__)
        return longest if self.overdue(longest) else min(classes)

    def took(self, taken: Priority, classes: Iterable[Priority]) -> None:
        for priority in classes:
            self._passed[priority] += 1
        self._passed[taken] = 0


@dataclass(slots=True, eq=False)
class _Chat:
    """The lanes of one chat, one per priority, and its gate."""

    name: str
    gate: ChatGate
    turns: _Turns
    lanes: dict[Priority, deque[_Place]] = field(default_factory=lambda: defaultdict(deque))
    edits: dict[str, _Place] = field(default_factory=dict)  # waiting, by coalesce key
    waiting: int = 0
    bulk: int = 0  # of these: relays and broadcasts
    flight: list[_Place] = field(default_factory=list)
    lane: Priority = Priority.EMERGENCY  # which lane the flight came from
    left: float = 0.0  # when the flight departed
    stamp: int = 0  # places in queues with an older stamp are void
    listed: "_WardQueue | None" = None
    successor: str | None = None

    def count(self, row: Row, by: int) -> None:
        self.waiting += by
        self.bulk += by if row.priority >= Priority.RELAY else 0

    def head(self, priority: Priority) -> _Place | None:
        lane = self.lanes[priority]
        while lane and lane[0].withdrawn:
            lane.popleft()
        return lane[0] if lane else None

    def heads(self) -> Iterator[tuple[Priority, _Place]]:
        for priority in self.lanes:
            if place := self.head(priority):
                yield priority, place

    def opens(self, place: _Place, now: float) -> float:
        row = place.row
        if row.free:
            return max(place.due, self.gate.opens_free())
        urgent = row.priority <= Priority.ANSWER or self.turns.overdue(row.priority)
        merges = row.merge is not None
        at = self.gate.opens(now, group=row.group, urgent=urgent, merges=merges, backlog=self.bulk)
        return max(place.due, at)

    def idle(self, now: float) -> bool:
        return not self.waiting and not self.flight and self.successor is None and self.gate.idle(now)

    def choose(self, now: float) -> tuple[Priority | None, float]:
        """The lane that may send now, if any, and when another lane may."""
        opens = {priority: self.opens(place, now) for priority, place in self.heads()}
        ready = [priority for priority, at in opens.items() if at <= now]
        return self.turns.choose(ready), min((at for at in opens.values() if at > now), default=inf)

    def draw(self, priority: Priority, now: float, room: int) -> tuple[Row, ...]:
        """Starts a flight: the head of the lane and, in a congested chat, what merges with it."""
        self.turns.took(priority, [other for other, place in self.heads() if place.due <= now])
        self.lane, self.left = priority, now
        merging = self.gate.congested(self.bulk, now)
        while (place := self.head(priority)) and (not self.flight or (merging and self._merges(place, now, room))):
            self.lanes[priority].popleft()
            self.flight.append(place)
            self.leave(place)
        return tuple(place.row for place in self.flight)

    def enter(self, place: _Place) -> None:
        self.count(place.row, 1)
        if place.row.coalesce is not None:
            self.edits.setdefault(place.row.coalesce, place)

    def leave(self, place: _Place) -> None:
        self.count(place.row, -1)
        key = place.row.coalesce
        if key is not None and self.edits.get(key) is place:
            del self.edits[key]

    def _merges(self, place: _Place, now: float, room: int) -> bool:
        key = self.flight[0].row.merge
        if key is None or key != place.row.merge or place.row.free or place.due > now:
            return False
        return sum(flown.row.size for flown in self.flight) + place.row.size <= room


class _WardQueue:
    """Chats that could send now: wards take turns, and in a ward the oldest row goes first."""

    def __init__(self) -> None:
        self.size = 0
        self._wards: dict[int, list[tuple[int, int, _Chat]]] = {}
        self._rota: list[tuple[int, int]] = []  # (when last served, ward)
        self._served: dict[int, int] = {}
        self._clock = 0

    def push(self, chat: _Chat, ward: int, turn: int) -> None:
        if ward not in self._wards:
            self._wards[ward] = []
            heappush(self._rota, (self._served.get(ward, 0), ward))
        heappush(self._wards[ward], (turn, chat.stamp, chat))
        chat.listed = self
        self.size += 1

    def discard(self, chat: _Chat) -> None:
        """Its entry stays in the heap, made void by the chat's new stamp."""
        chat.listed = None
        self.size -= 1

    def pop(self) -> _Chat:
        while True:
            ward = self._rota[0][1]
            _, stamp, chat = heappop(self._wards[ward])
            valid = stamp == chat.stamp
            self._turn(ward, served=valid)
            if valid:
                self.discard(chat)
                return chat

    def _turn(self, ward: int, *, served: bool) -> None:
        if served:
            self._clock += 1
            self._served[ward] = self._clock
        if self._wards[ward]:
            heapreplace(self._rota, (self._served.get(ward, 0), ward))
        else:
            heappop(self._rota)
            del self._wards[ward]


class Pacer:
    """The rows of one bot token that wait, and which goes next.

    Nobody starves: of any `patience + 3` messages of the token at least one comes from each priority that had a row
    able to go, and likewise inside a chat. In a priority, wards take turns and the oldest row goes first, so the r-th
    chat of its ward among W wards goes within `(patience + 3) * r * W` messages, whatever floods in from above: at 30
    a second, 43 s for the hundredth chat of the only ward.

    reserve: messages a minute in each group that only emergencies and answers may use
    patience: how often a priority is passed over before its turn comes
    merge_room: characters of a merged message
    ramp: seconds from the first message after a stop of the token to the full rate
    safety: seconds added to what a 429 asks for
    """

    def __init__(
        self,
        limits: Limits,
        *,
        reserve: int = 2,
        patience: int = 10,
        merge_room: int = 3500,
        ramp: float = 3.0,
        safety: float = 0.1,
    ) -> None:
        self._limits = limits
        self._reserve = reserve
        self._patience = patience
        self._merge_room = merge_room
        self._safety = safety
        self._trips = RoundTrips()
        self._token = TokenGate(limits.per_second, ramp, self._trips)
        self._turns = _Turns(patience)
        self._free = _WardQueue()
        self._ready = {priority: _WardQueue() for priority in Priority}
        self._asleep: list[tuple[float, int, int, _Chat]] = []
        self._chats: dict[str, _Chat] = {}
        self._heirs: dict[str, str] = {}
        self._places: dict[int, _Place] = {}
        self._numbers = count(1)
        self._flying = 0
        self._sweep_above = 1000

    def add(self, row: Row, now: float) -> int | None:
        """Returns the id of the waiting edit that this one supersedes, in whose place it now waits."""
        self._sweep(now)
        chat = self._chat(row.chat)
        row = row if row.chat == chat.name else replace(row, chat=chat.name)
        if row.coalesce is not None and (place := chat.edits.get(row.coalesce)):
            return self._supersede(chat, place, row)
        place = _Place(next(self._numbers), row, row.due)
        chat.lanes[row.priority].append(place)
        self._enter(chat, place)
        if not chat.flight and chat.head(row.priority) is place:
            self._list(chat, now)
        return None

    def take(self, now: float) -> tuple[Row, ...]:
        """The rows to send now as one message, now in flight; empty if none may go."""
        self._rouse(now)
        while (queue := self._choose(now)) is not None:
            chat = queue.pop()
            priority, _ = chat.choose(now)
            if priority is not None and self._queue(chat, priority) is queue:
                return self._depart(chat, priority, now)
            self._list(chat, now)
        return ()

    def wake_at(self, now: float) -> float | None:
        """When `take` may next give something; None: only after another call."""
        self._rouse(now)
        at = max(self._asleep[0][0], self._token.opens_free()) if self._asleep else inf
        if self._free.size:
            at = min(at, self._token.opens_free())
        if (priority := self._turns.choose(self._classes())) is not None:
            at = min(at, self._opens(priority, now))
        return None if at == inf else max(at, now)

    def done(self, chat: str, now: float, *, sent: bool = True) -> None:
        """The platform answered: sent, or failed for good. `sent=False`: nothing was asked of it after all."""
        landed = self._land(chat, now, sent=sent, good=True)
        landed.flight.clear()
        self._settle(landed, now)

    def later(self, chat: str, at: float, now: float, *, sent: bool = True) -> None:
        """No answer, or one that asks for patience: back to the head of the lane, not before `at`."""
        landed = self._land(chat, now, sent=sent, good=False)
        self._put_back(landed, at)
        self._settle(landed, now)

    def refused(self, chat: str, after: float, now: float) -> None:
        """A 429 that asks for `after` seconds: stops the chat, and the token if a second chat's stop overlaps."""
        until = now + after + self._safety
        landed = self._land(chat, now, sent=True, good=False)
        landed.gate.refuse(until, now)
        self._token.refuse(landed.name, until, now)
        self._put_back(landed, now)
        self._settle(landed, now)

    def moved(self, old: str, new: str) -> None:
        """A group became a supergroup: what waits and what was counted follows, once nothing of `old` is in flight."""
        if old == new:
            return
        chat = self._chat(old)
        chat.successor = new
        if not chat.flight:
            self._move(chat)

    def remember(self, chat: str, group: bool, at: float) -> None:
        """At the start: what was sent within the last minute, so that a restart makes no burst."""
        self._token.remember(at)
        self._chat(chat).gate.remember(at, group=group)

    def drop(self, row_id: int) -> None:
        """Withdrawn; what is in flight or unknown stays as it is."""
        place = self._places.pop(row_id, None)
        if place is None:
            return
        place.withdrawn = True
        chat = self._chats[place.row.chat]
        chat.leave(place)
        self._reconsider(chat)

    def backlog(self, chat: str) -> int:
        """Rows that wait in one chat."""
        found = self._chats.get(self._name(chat))
        return found.waiting if found else 0

    def waiting(self) -> int:
        """Rows that wait in all chats."""
        return len(self._places)

    def in_flight(self) -> int:
        """Messages without an answer yet."""
        return self._flying

    def _name(self, name: str) -> str:
        while name in self._heirs:
            name = self._heirs[name]
        return name

    def _chat(self, name: str) -> _Chat:
        name = self._name(name)
        if name not in self._chats:
            limits = self._limits
            gate = ChatGate(limits.chat_per_second, limits.group_per_minute, self._reserve, self._trips)
            self._chats[name] = _Chat(name, gate, _Turns(self._patience))
        return self._chats[name]

    def _enter(self, chat: _Chat, place: _Place) -> None:
        chat.enter(place)
        self._places[place.row.id] = place

    def _supersede(self, chat: _Chat, place: _Place, row: Row) -> int:
        old = place.row
        chat.leave(place)
        del self._places[old.id]
        place.row, place.due = row, max(place.due, row.due)
        self._enter(chat, place)
        return old.id

    def _queue(self, chat: _Chat, priority: Priority) -> _WardQueue:
        return self._free if chat.lanes[priority][0].row.free else self._ready[priority]

    def _list(self, chat: _Chat, now: float) -> None:
        """Put the chat where `take` or the time will find it; wherever it was before is void."""
        self._unlist(chat)
        if chat.flight or not chat.waiting:
            return
        priority, later = chat.choose(now)
        if priority is not None:
            place = chat.lanes[priority][0]
            self._queue(chat, priority).push(chat, place.row.ward, place.turn)
        if later != inf:
            heappush(self._asleep, (later, next(self._numbers), chat.stamp, chat))

    def _unlist(self, chat: _Chat) -> None:
        chat.stamp += 1
        if chat.listed is not None:
            chat.listed.discard(chat)

    def _reconsider(self, chat: _Chat) -> None:
        """List it at the next look at the time, whenever that is."""
        self._unlist(chat)
        heappush(self._asleep, (-inf, next(self._numbers), chat.stamp, chat))

    def _rouse(self, now: float) -> None:
        while self._asleep and (self._asleep[0][0] <= now or self._asleep[0][2] != self._asleep[0][3].stamp):
            _, _, stamp, chat = heappop(self._asleep)
            if stamp == chat.stamp:
                self._list(chat, now)

    def _classes(self) -> list[Priority]:
        return [priority for priority, queue in self._ready.items() if queue.size]

    def _sweep(self, now: float) -> None:
        """Forget chats long silent, whenever their number has doubled."""
        if len(self._chats) < self._sweep_above:
            return
        self._chats = {name: chat for name, chat in self._chats.items() if not chat.idle(now)}
        self._sweep_above = max(1000, 2 * len(self._chats))

    def _choose(self, now: float) -> _WardQueue | None:
        if self._free.size and self._token.opens_free() <= now:
            return self._free
        priority = self._turns.choose(self._classes())
        return None if priority is None or self._opens(priority, now) > now else self._ready[priority]

    def _opens(self, priority: Priority, now: float) -> float:
        urgent = priority <= Priority.ANSWER or self._turns.overdue(priority)
        crowd = self._ready[Priority.RELAY].size + self._ready[Priority.BROADCAST].size
        return self._token.opens(now, urgent=urgent, emergency=priority is Priority.EMERGENCY, crowd=crowd)

    def _depart(self, chat: _Chat, priority: Priority, now: float) -> tuple[Row, ...]:
        rows = chat.draw(priority, now, self._merge_room)
        for row in rows:
            del self._places[row.id]
        self._unlist(chat)
        self._flying += 1
        if not rows[0].free:
            self._turns.took(priority, [*self._classes(), priority])
            self._token.leave(now)
            chat.gate.leave(now, group=rows[0].group, urgent=priority <= Priority.ANSWER)
        return rows

    def _land(self, name: str, now: float, *, sent: bool, good: bool) -> _Chat:
        chat = self._chats[self._name(name)]
        row = chat.flight[0].row
        self._flying -= 1
        if row.free:
            return chat
        if not sent:
            chat.gate.give_back(group=row.group)
            self._token.give_back()
            return chat
        chat.gate.answer(now, group=row.group)
        self._token.answer(now)
        if good:
            self._token.trust(chat.left, now)
            self._trips.saw(now - chat.left)
        return chat

    def _put_back(self, chat: _Chat, at: float) -> None:
        chat.flight[0].due = max(chat.flight[0].due, at)
        for place in reversed(chat.flight):
            chat.lanes[chat.lane].appendleft(place)
            self._enter(chat, place)
        chat.flight.clear()

    def _settle(self, chat: _Chat, now: float) -> None:
        if chat.successor is not None:
            self._move(chat)
        else:
            self._list(chat, now)

    def _move(self, chat: _Chat) -> None:
        self._unlist(chat)
        del self._chats[chat.name]
        name = chat.successor or chat.name
        if self._name(name) == chat.name:  # it moves back
            del self._heirs[name]
        heir = self._chat(name)
        self._heirs[chat.name] = heir.name
        heir.gate.inherit(chat.gate)
        for priority, lane in chat.lanes.items():
            for place in lane:
                place.row = replace(place.row, chat=heir.name)
            heir.lanes[priority] = deque(sorted([*heir.lanes[priority], *lane], key=lambda p: p.turn))
        heir.waiting += chat.waiting
        heir.bulk += chat.bulk
        heir.edits = {**chat.edits, **heir.edits}
        self._reconsider(heir)
