"""When a chat, and when the whole bot, may send: the windows of both, and what refusals say.

Times are seconds of any one monotonic clock, handed in by the caller; nothing here reads a clock.
"""

from math import inf

from bot.delivery.windows import RoundTrips, Strain, Window

SLACK = 0.008  # of the rate is given away, and an answer finds a free place where it would wait for one
CATCH_UP = 0.75  # slots an even flow may make good after a delay; more bunches it, less slows it


class ChatGate:
    """When a chat may be written to: once a second, and a group 20 times a minute (Bots FAQ; PTB wiki).

    An album or a long text leaves in one go and holds its chat for one second only ("short bursts", Bots FAQ), but
    each of its messages takes a place of the minute.
    """

    REPAINT = 2  # even slots between two edits of one message: half of the minute stays for what is said
    FLOOD = 2  # windows; a longer backlog takes minutes anyway, and evenly spaced it lets an urgent row in between

    def __init__(self, per_second: float, per_minute: int, reserve: int, trips: RoundTrips) -> None:
        self.second = Window(1, 1 / per_second, trips) if per_second else Window(0, 0.0, trips)
        self.minute = Window(per_minute, 60.0, trips)
        self._reserve = min(reserve, max(0, per_minute - 1))
        self._even = 60.0 / (per_minute - self._reserve) if per_minute else 0.0  # s from one bulk message to the next
        self._strain = Strain()
        self.stopped = -inf
        self.bulk_left = -inf  # when the last bulk message left; of one that costs several, when the last of them would

    def opens(self, now: float, *, group: bool, urgent: bool, merges: bool, backlog: int, cost: int = 1) -> float:
        stretch = self._strain.stretch(now)
        at = max(self.stopped, self.second.opens(0, stretch))
        if not group or not self.minute.limit:
            return at
        at = max(at, self.minute.opens(0 if urgent else self._reserve, stretch, cost))
        if not urgent and (self._flooded(backlog) or (merges and self._busy(now))):
            at = max(at, self._next_bulk(stretch))
        return at

    def opens_free(self) -> float:
        """For what costs no message: only a refusal stops it."""
        return self.stopped

    def congested(self, backlog: int, now: float) -> bool:
        return bool(self.minute.limit) and (self._flooded(backlog) or self._busy(now))

    def repaint(self, now: float) -> float:
        """How long after an edit of a message its next may go: in a busy group not at once, or they fill the minute."""
        return self.REPAINT * self._even if self.minute.limit and self._busy(now) else 0.0

    def leave(self, now: float, *, group: bool, urgent: bool, cost: int = 1) -> None:
        self.second.leave(cost)
        if group:
            self.minute.leave(cost)
        if group and not urgent:
            self.bulk_left = now + (cost - 1) * self._even

    def answer(self, at: float, *, group: bool, cost: int = 1) -> None:
        self.second.answer(at, cost)
        if group:
            self.minute.answer(at, cost)

    def give_back(self, *, group: bool, cost: int = 1) -> None:
        self.second.give_back(cost)
        if group:
            self.minute.give_back(cost)

    def refuse(self, until: float, now: float) -> None:
        self.stopped = max(self.stopped, until)
        self._strain.strike(now)

    def remember(self, at: float, *, group: bool) -> None:
        self.second.remember([at])
        if group:
            self.minute.remember([at])
            self.bulk_left = max(self.bulk_left, at)

    def inherit(self, other: "ChatGate") -> None:
        self.second.remember(other.second.answers)
        self.minute.remember(other.minute.answers)
        self.stopped = max(self.stopped, other.stopped)
        self.bulk_left = max(self.bulk_left, other.bulk_left)

    def idle(self, now: float) -> bool:
        return self.second.idle(now) and self.minute.idle(now) and self.stopped < now - 2 * Strain.HALVES

    def _next_bulk(self, stretch: float) -> float:
        if self.bulk_left == -inf:
            return -inf
        return self.bulk_left + max(self._even * stretch, self.minute.spread(self._reserve, self.bulk_left))

    def _flooded(self, backlog: int) -> bool:
        return backlog > self.FLOOD * self.minute.limit

    def _busy(self, now: float) -> bool:
        """A third of the minute is used: rows that could merge now gain more by waiting for each other."""
        return self.minute.opens(self.minute.limit - self.minute.limit // 3) > now


class TokenGate:
    """When the bot may send at all: 30 messages in any second (Bots FAQ), and what its refusals say.

    A 429 says nothing of its scope (levlam, tdlib/td#715), so after one the token waits for one more answer; a
    second chat's 429 stops it. After a stop one message probes, then the rate climbs to the full one within `ramp`.

    When something closes the whole bot, a second refusal confirms the first, so two are the least; at the full rate
    mostly three come, seldom four, because whatever left before the first came back (30 a second for 0.06 to 0.1 s)
    cannot be called back. Two at most would mean 10 a second. Stopping at a first refusal that our own counts do not
    explain would save none of these, as nothing leaves in doubt anyway; it would save one at low rates, at the price
    that any limit of one chat that we do not know could silence every ward.
    """

    SLOWEST = 4  # slots between two messages when the ramp begins

    def __init__(self, per_second: int, ramp: float, trips: RoundTrips) -> None:
        self._window = Window(per_second, 1.0, trips)
        self._per_second = per_second
        self._trips = trips
        self._ramp = ramp
        self._strain = Strain()
        self._even = -inf
        self._stopped = -inf
        self._accused: tuple[str, float] = ("", -inf)
        self._doubtful = self._resuming = False
        self._refused_at = -inf
        self._full_at = -inf

    def opens(self, now: float, *, urgent: bool, emergency: bool, crowd: int, cost: int = 1) -> float:
        """`crowd`: how many rows that are not urgent could go now."""
        if self._doubtful and self._window.flying:
            return inf
        stretch = self._strain.stretch(now)
        at = max(self._stopped, self._window.opens(0, stretch, cost))
        if emergency:
            return at
        smooth = now < self._full_at or (not urgent and self._crowded(crowd, stretch, now))
        return max(at, self._even) if smooth else at

    def opens_free(self) -> float:
        return self._stopped

    def leave(self, now: float, cost: int = 1) -> None:
        self._window.leave(cost)
        if self._per_second:
            slot = (1 + self._trips.margin + SLACK) * self._strain.stretch(now) / self._per_second
            rise = max(0.0, self._full_at - now) / self._ramp
            self._even = max(self._even, now - CATCH_UP * slot) + cost * slot * (1 + (self.SLOWEST - 1) * rise)

    def give_back(self, cost: int = 1) -> None:
        self._window.give_back(cost)

    def answer(self, now: float, cost: int = 1) -> None:
        self._window.answer(now, cost)

    def trust(self, left: float, now: float) -> None:
        """A message that left at `left` was accepted; if that was before the refusal it proves nothing."""
        if not self._doubtful or left < self._refused_at:
            return
        self._full_at = now + self._ramp if self._resuming else self._full_at
        self._doubtful = self._resuming = False

    def refuse(self, chat: str, until: float, now: float) -> None:
        self._doubtful, self._refused_at = True, now
        accused, its_end = self._accused
        if not self._resuming and (its_end <= now or accused == chat):
            self._accused = (chat, until)
            return
        if self._stopped <= now:
            self._strain.strike(now)
        self._stopped = max(self._stopped, until)
        self._resuming = True

    def remember(self, at: float) -> None:
        self._window.remember([at])

    def _crowded(self, crowd: int, stretch: float, now: float) -> bool:
        """What waits would fill more than half of the second: from there on it goes evenly, and answers find room."""
        return self._window.opens(crowd - 1 + self._per_second // 2, stretch) > now
