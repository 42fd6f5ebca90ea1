"""The limits of a platform, kept by somebody who sees departures and answers but never arrivals.

Times are seconds of any one monotonic clock, handed in by the caller; nothing here reads a clock.
"""

from collections import deque
from collections.abc import Iterable
from math import inf

FLOOR = 0.010  # s; kept free beyond what was measured, for a trip shorter than any yet seen
DOUBT = 10  # round trips; with this many seen, half of what they show is believed
USUAL = 32  # round trips; over about so many the usual one is averaged
CATCH_UP = 0.75  # slots an even flow may make good after a delay; more bunches it, less slows it
SAMPLE = 256  # round trips; the shortest of the last one to two samples counts, so a slower route is learnt too


class RoundTrips:
    """What the round trips (departure to answer) tell about the moment of arrival.

    A trip cannot beat the shortest one by much, so whatever an answer took longer than that may have been spent on
    the way there. `lead` is how long before its answer a message had arrived at the latest, in the time of
    departures: a message answered at `a` weighs like one that left at `a - lead` and met no delay at all.
    """

    def __init__(self) -> None:
        self.lead = 0.0  # s; before anything was seen a message counts as arriving with its answer
        self.margin = 0.0  # s; what the lead leaves of a usual round trip: by this much a window is longer
        self._usual = 0.0
        self._now = self._before = inf
        self._seen = 0

    def saw(self, seconds: float) -> None:
        if self._seen % SAMPLE == 0:
            self._before, self._now = self._now, inf
        self._seen += 1
        self._now = min(self._now, seconds)
        trust = self._seen / (self._seen + DOUBT)
        self.lead = max(0.0, min(self._now, self._before) * trust - FLOOR)
        self._usual += (seconds - self._usual) / min(self._seen, USUAL)
        self.margin = self._usual - self.lead


class Window:
    """At most `limit` arrivals in any `seconds`; a limit of 0 is none.

    A message holds a place from its departure until `seconds` after its answer, less the lead of `RoundTrips`. If
    the way there varies no more than the round trips do, no `limit + 1` arrivals can share a window at the platform.
    """

    def __init__(self, limit: int, seconds: float, trips: RoundTrips) -> None:
        self.limit = limit
        self.seconds = seconds
        self._trips = trips
        self.flying = 0
        self.answers: deque[float] = deque(maxlen=limit)

    def leave(self) -> None:
        self.flying += 1

    def answer(self, at: float) -> None:
        self.flying -= 1
        if self.answers and at < self.answers[-1]:
            self.remember([at])
        else:
            self.answers.append(at)

    def give_back(self) -> None:
        """Nothing was sent after all."""
        self.flying -= 1

    def remember(self, answers: Iterable[float]) -> None:
        self.answers = deque(sorted([*self.answers, *answers]), maxlen=self.limit)

    def idle(self, now: float) -> bool:
        return not self.flying and (not self.answers or self.answers[-1] + 2 * self.seconds < now)

    def opens(self, keep: int = 0, stretch: float = 1.0) -> float:
        """When one more may leave with `keep` places still free after it; infinity: not before an answer."""
        if not self.limit:
            return -inf
        others = self.limit - keep - 1 - self.flying  # answered messages that may still count beside it
        if others < 0:
            return inf
        if others >= len(self.answers):
            return -inf
        return self.answers[-1 - others] + self.seconds * stretch - self._trips.lead

    def spread(self, keep: int, since: float) -> float:
        """Seconds apart that, from `since`, make the free places last until the next one comes free."""
        ends = [at + self.seconds - self._trips.lead for at in self.answers]
        ends = [end for end in ends if end > since]
        free = self.limit - keep - self.flying - len(ends)
        return (ends[0] - since) / free if ends and free > 0 else 0.0


class Strain:
    """Refusals against our own count: the platform is stricter than configured, so windows stretch for a while."""

    STEP = 0.25  # each refusal after the first lengthens the windows by a quarter,
    MOST = 2.0  # up to double,
    HALVES = 600.0  # s; and half of it is forgotten every ten minutes

    def __init__(self) -> None:
        self._strikes = 0.0
        self._at = 0.0

    def strike(self, now: float) -> None:
        self._strikes = self._left(now) + 1
        self._at = now

    def stretch(self, now: float) -> float:
        if not self._strikes:
            return 1.0
        return min(self.MOST, 1 + self.STEP * max(0.0, self._left(now) - 1))

    def _left(self, now: float) -> float:
        return self._strikes * 0.5 ** ((now - self._at) / self.HALVES) if self._strikes else 0.0


class ChatGate:
    """When a chat may be written to: once a second, and a group 20 times a minute (Bots FAQ; PTB wiki)."""

    FLOOD = 2  # windows; a longer backlog takes minutes anyway, and evenly spaced it lets an urgent row in between

    def __init__(self, per_second: float, per_minute: int, reserve: int, trips: RoundTrips) -> None:
        self.second = Window(1, 1 / per_second, trips) if per_second else Window(0, 0.0, trips)
        self.minute = Window(per_minute, 60.0, trips)
        self._reserve = min(reserve, max(0, per_minute - 1))
        self._strain = Strain()
        self.stopped = -inf
        self.bulk_left = -inf

    def opens(self, now: float, *, group: bool, urgent: bool, merges: bool, backlog: int) -> float:
        stretch = self._strain.stretch(now)
        at = max(self.stopped, self.second.opens(0, stretch))
        if not group or not self.minute.limit:
            return at
        at = max(at, self.minute.opens(0 if urgent else self._reserve, stretch))
        if not urgent and (self._flooded(backlog) or (merges and self._busy(now))):
            even = 60.0 * stretch / (self.minute.limit - self._reserve)
            at = max(at, self.bulk_left + max(even, self.minute.spread(self._reserve, self.bulk_left)))
        return at

    def opens_free(self) -> float:
        """For what costs no message: only a refusal stops it."""
        return self.stopped

    def congested(self, backlog: int, now: float) -> bool:
        return bool(self.minute.limit) and (self._flooded(backlog) or self._busy(now))

    def leave(self, now: float, *, group: bool, urgent: bool) -> None:
        self.second.leave()
        if group:
            self.minute.leave()
            self.bulk_left = self.bulk_left if urgent else now

    def answer(self, at: float, *, group: bool) -> None:
        self.second.answer(at)
        if group:
            self.minute.answer(at)

    def give_back(self, *, group: bool) -> None:
        self.second.give_back()
        if group:
            self.minute.give_back()

    def refuse(self, until: float, now: float) -> None:
        self.stopped = max(self.stopped, until)
        self._strain.strike(now)

    def remember(self, at: float, *, group: bool) -> None:
        self.second.remember([at])
        if group:
            self.minute.remember([at])

    def inherit(self, other: "ChatGate") -> None:
        self.second.remember(other.second.answers)
        self.minute.remember(other.minute.answers)
        self.stopped = max(self.stopped, other.stopped)
        self.bulk_left = max(self.bulk_left, other.bulk_left)

    def idle(self, now: float) -> bool:
        return self.second.idle(now) and self.minute.idle(now) and self.stopped < now - 2 * Strain.HALVES

    def _flooded(self, backlog: int) -> bool:
        return backlog > self.FLOOD * self.minute.limit

    def _busy(self, now: float) -> bool:
        """A third of the minute is used: rows that could merge now gain more by waiting for each other."""
        return self.minute.opens(self.minute.limit - self.minute.limit // 3) > now


class TokenGate:
    """When the bot may send at all: 30 messages in any second (Bots FAQ), and what its refusals say.

    A 429 says nothing of its scope (levlam, tdlib/td#715), so after one the token waits for one more answer; a
    second chat's 429 stops it. After a stop one message probes, then the rate climbs to the full one within `ramp`.
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

    def opens(self, now: float, *, urgent: bool, emergency: bool, crowd: int) -> float:
        """`crowd`: how many rows that are not urgent could go now."""
        if self._doubtful and self._window.flying:
            return inf
        stretch = self._strain.stretch(now)
        at = max(self._stopped, self._window.opens(0, stretch))
        if emergency:
            return at
        smooth = now < self._full_at or (not urgent and self._crowded(crowd, stretch, now))
        return max(at, self._even) if smooth else at

    def opens_free(self) -> float:
        return self._stopped

    def leave(self, now: float) -> None:
        self._window.leave()
        if self._per_second:
            slot = (1 + self._trips.margin) * self._strain.stretch(now) / self._per_second
            rise = max(0.0, self._full_at - now) / self._ramp
            self._even = max(self._even, now - CATCH_UP * slot) + slot * (1 + (self.SLOWEST - 1) * rise)

    def give_back(self) -> None:
        self._window.give_back()

    def answer(self, now: float) -> None:
        self._window.answer(now)

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
