"""The limits of a platform, kept by somebody who sees departures and answers but never arrivals.

Times are seconds of any one monotonic clock, handed in by the caller; nothing here reads a clock.
"""

from collections import deque
from collections.abc import Iterable
from math import inf

FLOOR = 0.002  # s; kept free beyond what was measured, for a trip shorter than any yet seen,
SPREAD = 0.2  # and this share of how much longer than the shortest the usual trip is
DOUBT = 10  # round trips; with this many seen, half of what they show is believed
USUAL = 32  # round trips; over about so many the usual one is averaged
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
        self._usual += (seconds - self._usual) / min(self._seen, USUAL)
        least, trust = min(self._now, self._before), self._seen / (self._seen + DOUBT)
        self.lead = max(0.0, least * trust - FLOOR - SPREAD * (self._usual - least))
        self.margin = self._usual - self.lead


class Window:
    """At most `limit` arrivals in any `seconds`; a limit of 0 is none.

    A message holds a place from its departure until `seconds` after its answer, less the lead of `RoundTrips`. If
    the way there varies no more than the round trips do, no `limit + 1` arrivals can share a window at the platform.
    One that costs several places takes them all at once; one that costs more than there are waits for all of them.
    """

    def __init__(self, limit: int, seconds: float, trips: RoundTrips) -> None:
        self.limit = limit
        self.seconds = seconds
        self._trips = trips
        self.flying = 0
        self.answers: deque[float] = deque(maxlen=limit)

    def leave(self, cost: int = 1) -> None:
        self.flying += cost

    def answer(self, at: float, cost: int = 1) -> None:
        self.flying -= cost
        if self.answers and at < self.answers[-1]:
            self.remember([at] * cost)
        else:
            self.answers.extend([at] * cost)

    def give_back(self, cost: int = 1) -> None:
        """Nothing was sent after all."""
        self.flying -= cost

    def remember(self, answers: Iterable[float]) -> None:
        self.answers = deque(sorted([*self.answers, *answers]), maxlen=self.limit)

    def idle(self, now: float) -> bool:
        return not self.flying and (not self.answers or self.answers[-1] + 2 * self.seconds < now)

    def opens(self, keep: int = 0, stretch: float = 1.0, cost: int = 1) -> float:
        """When one more may leave with `keep` places still free after it; infinity: not before an answer."""
        if not self.limit:
            return -inf
        places = self.limit - keep
        others = places - min(cost, places) - self.flying  # answered messages that may still count beside it
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
