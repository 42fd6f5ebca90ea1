"""What waits in one chat: rows, their lanes, and whose turn it is among these.

A lane keeps the order of its rows, with one exception: in a congested chat a message takes along what waits further
back with its merge key, as far as there is room. So within a merge key the order always holds (a row that does not
fit ends the gathering, and nothing of its key passes it); between the keys of one lane it may differ. The head of a
lane is its oldest row, whatever its key, so every key has its turn.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import inf

from bot.delivery.gates import ChatGate
from bot.messages import Priority

MINUTE = 60.0
BETWEEN = 2  # characters: the empty line between two rows of a merged message


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
    merge: str | None = None  # rows with one key may go as one message, at the cost of the first
    size: int = 0  # characters; more than a message has room for: it never merges
    coalesce: str | None = None  # an edit: the newest with one key is the only one worth sending
    cost: int = 1  # messages, as the platform counts them


@dataclass(slots=True, eq=False)
class Place:
    """A place in a lane. The row in it may be replaced by a newer edit."""

    turn: int
    row: Row
    due: float
    gone: bool = False  # departed or withdrawn: what still lists it passes over it


class Lane:
    """Places in order, and beside it those of each merge key."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._places: deque[Place] = deque()
        self._alike: defaultdict[str, deque[Place]] = defaultdict(deque)
        for place in places:
            self.append(place)

    def __iter__(self) -> Iterator[Place]:
        return (place for place in self._places if not place.gone)

    def append(self, place: Place) -> None:
        self._places.append(place)
        if place.row.merge is not None:
            self._alike[place.row.merge].append(place)

    def put_back(self, places: Iterable[Place]) -> None:
        """To the head, in their order."""
        for place in reversed([*places]):
            self._places.appendleft(place)
            if place.row.merge is not None:
                self._alike[place.row.merge].appendleft(place)

    def head(self) -> Place | None:
        while self._places and self._places[0].gone:
            self._places.popleft()
        return self._places[0] if self._places else None

    def draw(self, now: float, room: int) -> list[Place]:
        """The head, and what merges with it in `room` characters; they are gone from here."""
        head = self._places.popleft()
        head.gone = True
        drawn, used = [head], head.row.size
        alike = self._alike[head.row.merge] if head.row.merge is not None else deque()
        while alike:
            place = alike[0]
            if not place.gone:
                used += BETWEEN + place.row.size
                if head.row.free or place.row.free or place.due > now or used > room:
                    return drawn
                place.gone = True
                drawn.append(place)
            alike.popleft()
        self._alike.pop(head.row.merge or "", None)
        return drawn


class Turns:
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
class Chat:
    """The lanes of one chat, one per priority, and its gate."""

    name: str
    gate: ChatGate
    turns: Turns
    room: int  # characters of a merged message
    lanes: dict[Priority, Lane] = field(default_factory=lambda: defaultdict(Lane))
    edits: dict[str, Place] = field(default_factory=dict)  # waiting, by coalesce key
    edited: dict[str, float] = field(default_factory=dict)  # when what was edited lately was, by coalesce key
    waiting: int = 0
    bulk: int = 0  # of these: relays and broadcasts
    flight: list[Place] = field(default_factory=list)
    lane: Priority = Priority.EMERGENCY  # which lane the flight came from
    left: float = 0.0  # when the flight departed
    stamp: int = 0  # places in queues with an older stamp are void
    successor: str | None = None

    def head(self, priority: Priority) -> Place | None:
        return self.lanes[priority].head()

    def heads(self) -> Iterator[tuple[Priority, Place]]:
        for priority, lane in self.lanes.items():
            if place := lane.head():
                yield priority, place

    def opens(self, place: Place, now: float) -> float:
        row = place.row
        if row.free:
            return max(place.due, self.gate.opens_free())
        urgent = row.priority <= Priority.ANSWER or self.turns.overdue(row.priority)
        merges = row.merge is not None and row.size < self.room
        at = self.gate.opens(now, group=row.group, urgent=urgent, merges=merges, backlog=self.bulk, cost=row.cost)
        again = -inf if row.priority <= Priority.ANSWER else self._edited(row) + self.gate.repaint(now)
        return max(place.due, at, again)

    def idle(self, now: float) -> bool:
        return not self.waiting and not self.flight and self.successor is None and self.gate.idle(now)

    def choose(self, now: float) -> tuple[Priority | None, float]:
        """The lane that may send now, if any, and when another lane may."""
        opens = {priority: self.opens(place, now) for priority, place in self.heads()}
        ready = [priority for priority, at in opens.items() if at <= now]
        return self.turns.choose(ready), min((at for at in opens.values() if at > now), default=inf)

    def add(self, place: Place) -> None:
        self.lanes[place.row.priority].append(place)
        self._enter(place)

    def supersede(self, place: Place, row: Row) -> None:
        """A newer edit takes this place, and with it the place among those of its merge key."""
        self._leave(place)
        place.row, place.due = replace(row, merge=place.row.merge), max(place.due, row.due)
        self._enter(place)

    def withdraw(self, place: Place) -> None:
        place.gone = True
        self._leave(place)

    def draw(self, priority: Priority, now: float) -> tuple[Row, ...]:
        """Starts a flight: the head of the lane and, in a congested chat, what merges with it."""
        self.turns.took(priority, [other for other, place in self.heads() if place.due <= now])
        room = self.room if self.gate.congested(self.bulk, now) else 0
        self.lane, self.left, self.flight = priority, now, self.lanes[priority].draw(now, room)
        for place in self.flight:
            self._leave(place)
        self._note_edit(self.flight[0].row, now)
        return tuple(place.row for place in self.flight)

    def put_back(self, at: float) -> list[Place]:
        """The flight failed: it waits at the head of its lane, not before `at`. Its new places."""
        self.flight[0].due = max(self.flight[0].due, at)
        places = [replace(place, gone=False) for place in self.flight]
        self.lanes[self.lane].put_back(places)
        for place in places:
            self._enter(place)
        self.flight = []
        return places

    def inherit(self, other: "Chat") -> None:
        """What waits in another chat waits here now; the older goes first."""
        self.gate.inherit(other.gate)
        for priority, lane in other.lanes.items():
            for place in lane:
                place.row = replace(place.row, chat=self.name)
            self.lanes[priority] = Lane(sorted([*self.lanes[priority], *lane], key=lambda place: place.turn))
        self.waiting += other.waiting
        self.bulk += other.bulk
        self.edits = {**other.edits, **self.edits}

    def _edited(self, row: Row) -> float:
        return self.edited.get(row.coalesce, -inf) if row.coalesce is not None else -inf

    def _note_edit(self, row: Row, now: float) -> None:
        if row.coalesce is not None:
            self.edited = {key: at for key, at in self.edited.items() if at + MINUTE > now}
            self.edited[row.coalesce] = now

    def _enter(self, place: Place) -> None:
        self._count(place.row, 1)
        if place.row.coalesce is not None:
            self.edits.setdefault(place.row.coalesce, place)

    def _leave(self, place: Place) -> None:
        self._count(place.row, -1)
        key = place.row.coalesce
        if key is not None and self.edits.get(key) is place:
            del self.edits[key]

    def _count(self, row: Row, by: int) -> None:
        self.waiting += by
        self.bulk += by if row.priority >= Priority.RELAY else 0
