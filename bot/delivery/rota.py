"""Which chats could send now, in which order, and when the others could."""

from heapq import heappop, heappush, heapreplace
from itertools import count
from math import inf

from bot.delivery.lanes import Chat
from bot.messages import Priority


class WardQueue:
    """Chats that could send now: wards take turns, and in a ward the oldest row goes first."""

    def __init__(self) -> None:
        self.size = 0
        self._wards: dict[int, list[tuple[int, int, int, Chat]]] = {}
        self._ticks = count()  # after a move two chats may have an entry for one turn, and chats do not compare
        self._rota: list[tuple[int, int]] = []  # (when last served, ward)
        self._served: dict[int, int] = {}
        self._clock = 0

    def push(self, chat: Chat, ward: int, turn: int) -> None:
        if ward not in self._wards:
            self._wards[ward] = []
            heappush(self._rota, (self._served.get(ward, 0), ward))
        heappush(self._wards[ward], (turn, chat.stamp, next(self._ticks), chat))
        self.size += 1

    def discard(self) -> None:
        """One chat's entry stays in its heap, made void by the chat's new stamp."""
        self.size -= 1

    def peek(self) -> Chat:
        while True:
            ward = self._rota[0][1]
            _, stamp, _, chat = self._wards[ward][0]
            if stamp == chat.stamp:
                return chat
            heappop(self._wards[ward])
            self._turn(ward)

    def pop(self) -> Chat:
        chat = self.peek()
        ward = self._rota[0][1]
        heappop(self._wards[ward])
        self._clock += 1
        self._served[ward] = self._clock
        self._turn(ward)
        return chat

    def _turn(self, ward: int) -> None:
        if self._wards[ward]:
            heapreplace(self._rota, (self._served.get(ward, 0), ward))
        else:
            heappop(self._rota)
            del self._wards[ward]


class Rota:
    """Chats listed by what they could send (something free, or one priority), or asleep until a time."""

    def __init__(self) -> None:
        self._free = WardQueue()
        self._ready = {priority: WardQueue() for priority in Priority}
        self._listed: dict[Chat, WardQueue] = {}
        self._asleep: list[tuple[float, int, int, Chat]] = []
        self._ticks = count()

    @property
    def free(self) -> bool:
        """Whether any chat could send something free."""
        return self._free.size > 0

    @property
    def crowd(self) -> int:
        """How many chats could send a row that is not urgent."""
        return self._ready[Priority.RELAY].size + self._ready[Priority.BROADCAST].size

    def classes(self) -> list[Priority]:
        return [priority for priority, queue in self._ready.items() if queue.size]

    def next_cost(self, priority: Priority) -> int:
        """Messages that the next chat of a class would send."""
        place = self._ready[priority].peek().head(priority)
        return place.row.cost if place else 1

    def draw(self, priority: Priority | None, now: float) -> tuple[Chat, Priority] | None:
        """The next chat of a class (of none: with something free), unless it cannot send that any more."""
        queue = self._free if priority is None else self._ready[priority]
        chat = queue.pop()
        self.unlist(chat)
        chosen, _ = chat.choose(now)
        if chosen is not None and self._queue(chat, chosen) is queue:
            return chat, chosen
        self.enlist(chat, now)
        return None

    def enlist(self, chat: Chat, now: float) -> None:
        """Put the chat where `draw` or the time will find it; wherever it was before is void."""
        self.unlist(chat)
        if chat.flight or not chat.waiting:
            return
        priority, later = chat.choose(now)
        if priority is not None and (place := chat.head(priority)):
            queue = self._listed[chat] = self._queue(chat, priority)
            queue.push(chat, place.row.ward, place.turn)
        if later != inf:
            heappush(self._asleep, (later, next(self._ticks), chat.stamp, chat))

    def unlist(self, chat: Chat) -> None:
        chat.stamp += 1
        if queue := self._listed.pop(chat, None):
            queue.discard()

    def reconsider(self, chat: Chat) -> None:
        """List it at the next look at the time, whenever that is."""
        self.unlist(chat)
        heappush(self._asleep, (-inf, next(self._ticks), chat.stamp, chat))

    def rouse(self, now: float) -> float:
        """List whoever's time has come; when the next one's does."""
        while self._asleep and (self._asleep[0][0] <= now or self._asleep[0][2] != self._asleep[0][3].stamp):
            _, _, stamp, chat = heappop(self._asleep)
            if stamp == chat.stamp:
                self.enlist(chat, now)
        return self._asleep[0][0] if self._asleep else inf

    def _queue(self, chat: Chat, priority: Priority) -> WardQueue:
        place = chat.head(priority)
        return self._free if place and place.row.free else self._ready[priority]
