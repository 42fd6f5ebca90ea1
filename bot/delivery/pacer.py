"""Which waiting message of one bot token goes next: pure rules, no clock, no network, one thread.

Emergencies first, then answers to people, then relays, then broadcasts; inside one chat and priority first come,
first served but for merging (see `lanes`); one message in flight per chat; the platform's limits are never broken
(see `windows` and `gates`).
"""

from dataclasses import replace
from itertools import count
from math import inf

from bot.delivery.gates import ChatGate, TokenGate
from bot.delivery.lanes import Chat, Place, Row, Turns
from bot.delivery.rota import Rota
from bot.delivery.windows import RoundTrips
from bot.messages import Priority
from bot.platforms.base import Limits

__all__ = ["Limits", "Pacer", "Row"]


class Pacer:
    """The rows of one bot token that wait, and which goes next.

    Nobody starves: of any `patience + 3` messages of the token at least one comes from each priority that had a row
    able to go, and likewise inside a chat. In a priority, wards take turns and the oldest row goes first, so the r-th
    chat of its ward among W wards goes within `(patience + 3) * r * W` messages, whatever floods in from above: at 30
    a second, 43 s for the hundredth chat of the only ward. Not promised to rows that cost several messages: an album
    waits for as many free places, and goes on waiting where urgent rows take each place of its group as it comes free.

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
        self._turns = Turns(patience)
        self._rota = Rota()
        self._chats: dict[str, Chat] = {}
        self._heirs: dict[str, str] = {}
        self._places: dict[int, Place] = {}
        self._numbers = count(1)
        self._flying = 0
        self._sweep_above = 1000

    def add(self, row: Row, now: float) -> int | None:
        """Returns the id of the waiting edit that this one supersedes; it waits in its place, or in a better lane."""
        self._sweep(now)
        chat = self._chat(row.chat)
        row = row if row.chat == chat.name else replace(row, chat=chat.name)
        older = chat.edits.get(row.coalesce) if row.coalesce is not None else None
        if older is None:
            self._line_up(chat, row, now)
            return None
        old = older.row.id
        if row.priority < older.row.priority:  # somebody pressed a button of what is only counting up
            self.drop(old)
            self._line_up(chat, row, now)
        else:
            chat.supersede(older, row)
            self._places[row.id] = self._places.pop(old)
        return old

    def _line_up(self, chat: Chat, row: Row, now: float) -> None:
        place = self._places[row.id] = Place(next(self._numbers), row, row.due)
        chat.add(place)
        if not chat.flight and chat.head(row.priority) is place:
            self._rota.enlist(chat, now)

    def take(self, now: float) -> tuple[Row, ...]:
        """The rows to send now as one message, now in flight; empty if none may go."""
        self._rota.rouse(now)
        while self._rota.free and self._token.opens_free() <= now:
            if drawn := self._rota.draw(None, now):
                return self._depart(*drawn, now)
        while (priority := self._turns.choose(self._rota.classes())) is not None and self._opens(priority, now) <= now:
            if drawn := self._rota.draw(priority, now):
                return self._depart(*drawn, now)
        return ()

    def wake_at(self, now: float) -> float | None:
        """When `take` may next give something; None: only after another call."""
        at = max(self._rota.rouse(now), self._token.opens_free())
        if self._rota.free:
            at = min(at, self._token.opens_free())
        if (priority := self._turns.choose(self._rota.classes())) is not None:
            at = min(at, self._opens(priority, now))
        return None if at == inf else max(at, now)

    def done(self, chat: str, now: float, *, sent: bool = True) -> None:
        """The platform answered: sent, or failed for good. `sent=False`: nothing was asked of it after all."""
        landed = self._land(chat, now, sent=sent, good=True)
        landed.flight = []
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

    def drop(self, row_id: int) -> bool:
        """Withdrawn, if it waits; what is in flight or unknown stays as it is."""
        place = self._places.pop(row_id, None)
        if place is None:
            return False
        chat = self._chats[place.row.chat]
        chat.withdraw(place)
        self._rota.reconsider(chat)
        return True

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

    def _chat(self, name: str) -> Chat:
        name = self._name(name)
        if name not in self._chats:
            limits = self._limits
            gate = ChatGate(limits.chat_per_second, limits.group_per_minute, self._reserve, self._trips)
            self._chats[name] = Chat(name, gate, Turns(self._patience), self._merge_room)
        return self._chats[name]

    def _sweep(self, now: float) -> None:
        """Forget chats long silent, whenever their number has doubled."""
        if len(self._chats) < self._sweep_above:
            return
        self._chats = {name: chat for name, chat in self._chats.items() if not chat.idle(now)}
        self._sweep_above = max(1000, 2 * len(self._chats))

    def _opens(self, priority: Priority, now: float) -> float:
        urgent = priority <= Priority.ANSWER or self._turns.overdue(priority)
        emergency, crowd, cost = priority is Priority.EMERGENCY, self._rota.crowd, self._rota.next_cost(priority)
        return self._token.opens(now, urgent=urgent, emergency=emergency, crowd=crowd, cost=cost)

    def _depart(self, chat: Chat, priority: Priority, now: float) -> tuple[Row, ...]:
        rows = chat.draw(priority, now)
        for row in rows:
            del self._places[row.id]
        self._flying += 1
        if not rows[0].free:
            self._turns.took(priority, [*self._rota.classes(), priority])
            self._token.leave(now, rows[0].cost)
            chat.gate.leave(now, group=rows[0].group, urgent=priority <= Priority.ANSWER, cost=rows[0].cost)
        return rows

    def _land(self, name: str, now: float, *, sent: bool, good: bool) -> Chat:
        chat = self._chats[self._name(name)]
        row = chat.flight[0].row
        self._flying -= 1
        if row.free:
            return chat
        if not sent:
            chat.gate.give_back(group=row.group, cost=row.cost)
            self._token.give_back(row.cost)
            return chat
        chat.gate.answer(now, group=row.group, cost=row.cost)
        self._token.answer(now, row.cost)
        if good:
            self._token.trust(chat.left, now)
            self._trips.saw(now - chat.left)
        return chat

    def _put_back(self, chat: Chat, at: float) -> None:
        self._places.update((place.row.id, place) for place in chat.put_back(at))

    def _settle(self, chat: Chat, now: float) -> None:
        if chat.successor is not None:
            self._move(chat)
        else:
            self._rota.enlist(chat, now)

    def _move(self, chat: Chat) -> None:
        self._rota.unlist(chat)
        del self._chats[chat.name]
        name = chat.successor or chat.name
        if self._name(name) == chat.name:  # it moves back
            del self._heirs[name]
        heir = self._chat(name)
        self._heirs[chat.name] = heir.name
        heir.inherit(chat)
        self._rota.reconsider(heir)
