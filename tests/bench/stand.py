"""One measurement's stand: the sandbox in this process, a bot in another, and what arrived when."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bot.config import ROOT
from bot.sandbox import BotAccount, Group, Limits, Person, Sandbox
from tests.bench.children import Child
from tests.bench.prepared import found_ward, open_database
from tests.cast import TOKEN

Message = dict[str, Any]
STRIDE = 7  # from group to group, so that neighbours in time belong to different wards
NUMBER = re.compile(r"số (\d+)")
VAR = ROOT / "data" / "var"  # a real disk, where the product's own database lies


@dataclass(slots=True)
class Arrival:
    """A message that the API took."""

    at: float
    chat: int
    text: str


@dataclass
class Arrivals:
    """An observer of the sandbox: every accepted sendMessage, and when each numbered text came first."""

    sent: list[Arrival] = field(default_factory=list)
    at: dict[int, float] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    first_poll: float = 0.0

    def update(self, _bot: BotAccount, update: dict[str, Any]) -> None:
        """Updates are timed by whoever makes them."""

    def call(self, _bot: BotAccount, method: str, _params: dict[str, Any], _files: Iterable[str]) -> None:
        """The first poll says that the bot is at work."""
        if method == "getUpdates" and not self.first_poll:
            self.first_poll = time.monotonic()

    def result(self, _bot: BotAccount, method: str, result: Any) -> None:
        """A message that was taken."""
        if method != "sendMessage":
            return
        arrival = Arrival(time.monotonic(), result["chat"]["id"], result["text"])
        self.sent.append(arrival)
        for found in NUMBER.findall(arrival.text):
            number = int(found)
            self.numbers.append(number)
            self.at.setdefault(number, arrival.at)

    def forget(self) -> None:
        """Begin anew."""
        self.sent.clear()
        self.at.clear()
        self.numbers.clear()


@dataclass
class Stand:
    """Wards with desks and groups, one resident in each group."""

    sandbox: Sandbox
    folder: Path
    bot: BotAccount
    arrivals: Arrivals
    desks: list[Group] = field(default_factory=list)
    seconds: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    residents: list[Person] = field(default_factory=list)

    def build(self, wards: int, groups: int) -> None:
        """So many wards with so many groups each."""
        for ward in range(wards):
            chief = self.sandbox.add_person(f"Chỉ huy {ward}")
            second = self.sandbox.add_person(f"Chỉ huy thứ hai {ward}")
            desk = self.sandbox.add_group(f"Trực ban {ward}", chief, [second], forum=True)
            desk.add_bot(self.bot, admin=True)
            self.desks.append(desk)
            self.seconds.append(second)
            for number in range(groups):
                self.add_group(f"Tổ {ward}.{number}")
        self.bot.queue.waiting.clear()

    def add_group(self, title: str) -> None:
        """A residents' group with one resident and the bot in it."""
        resident = self.sandbox.add_person(f"Dân {title}")
        group = self.sandbox.add_group(title, resident)
        group.add_bot(self.bot)
        self.groups.append(group)
        self.residents.append(resident)

    def found(self) -> None:
        """The product's database knows these wards and groups."""
        database, size = open_database(self.folder), len(self.groups) // len(self.desks)
        for number, desk in enumerate(self.desks):
            part = slice(number * size, (number + 1) * size)
            place = (desk, self.seconds[number], self.groups[part], self.residents[part])
            database.write_now(partial(found_ward, *place))
        database._close()
        self.bot.queue.waiting.clear()

    def says(self, number: int) -> float:
        """A numbered message in the group whose turn it is; when it was available."""
        place = number * STRIDE % len(self.groups)
        self.residents[place].says(f"/gui Đèn đường hỏng, việc số {number}", self.groups[place])
        return time.monotonic()

    def answers(self, place: int, text: str) -> None:
        """Staff say something to a group, in its topic at the desk."""
        desk = self.desks[0]
        desk.owner.says(f"/gui {text}", desk, topic=list(desk.topics)[place])

    async def sees(self, chat: Group, words: str, after: Message | None = None) -> Message:
        """A message with these words at a desk."""
        return await self.sandbox.wait_for(chat, lambda m: words in str(m.get("text", "")), timeout=20, after=after)

    async def arrive(self, count: int, within: float) -> bool:
        """Until so many numbered texts arrived; whether they did."""
        return await until(lambda: len(self.arrivals.at) >= count, within)

    async def begin(self, child: Child, warm: int = 0) -> None:
        """Start the bot and warm it up with so many messages."""
        await child.start()
        if not await until(lambda: bool(self.arrivals.first_poll) or child.ended, 30) or child.ended:
            raise RuntimeError(f"the bot did not start:\n{child.output[-2000:]}")
        for number in range(warm):
            self.says(number)
        await self.arrive(warm, 30)
        await asyncio.sleep(0.3)
        self.arrivals.forget()


@asynccontextmanager
async def raised(limits: Limits | bool, latency_ms: float = 0.0, jitter_ms: float = 0.0) -> AsyncIterator[Stand]:
    """A sandbox that listens, with a bot's account and a fresh folder on a real disk."""
    VAR.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=VAR) as folder:
        async with Sandbox(limits=limits) as sandbox:
            sandbox.faults.latency_ms, sandbox.faults.jitter_ms = latency_ms, jitter_ms
            arrivals = Arrivals()
            sandbox.observers.append(arrivals)
            bot = sandbox.add_bot(token=TOKEN, username="binhyen_bot", name="Bình Yên")
            yield Stand(sandbox, Path(folder), bot, arrivals)


async def until(look: Callable[[], bool], within: float, every: float = 0.01) -> bool:
    """Look every few milliseconds; whether it became true in time."""
    end = time.monotonic() + within
    while not look():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(every)
    return True


def share(values: list[float], percent: int) -> float:
    """A percentile, in the unit of the values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def disorder(numbers: list[int], groups: int) -> int:
    """How many messages came after a later one of their group."""
    lanes: list[list[int]] = [[] for _ in range(groups)]
    for number in numbers:
        lanes[number % groups].append(number)
    return sum(after < before for lane in lanes for before, after in pairwise(lane))
