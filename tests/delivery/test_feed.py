"""Whatever is handed over, read or missed: every waiting row comes to the pacer once, in order within its chat."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.delivery import feed
from bot.delivery.feed import IDLE, Feed
from bot.delivery.pacer import Row
from bot.messages import Outgoing, Person
from bot.sealing import Seal
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.outbox import Done, record_sent
from data.reporters import add_tip
from data.unit_of_work import Place, Reporter, Work

SEAL = Seal([b"k" * 32])
HERE, ELSEWHERE = "telegram", "zalo_bot"
SOMEBODY = Person(HERE, "70", "Lan")
PLACES = {
    "desk": Place(HERE, "-1", 1),
    "group": Place(HERE, "-2", 1),
    "informant": Place(HERE, SOMEBODY.id, private=True),
    "reporter": Reporter(HERE, 1, 1),  # the same chat, which only the tables know
    "erased": Reporter(HERE, 99, 1),
    "elsewhere": Place(ELSEWHERE, "-1", 1),
    "elsewhere too": Reporter(ELSEWHERE, 1, 1),
}


@dataclass
class Recorder:
    """A pacer that only remembers what it was given."""

    rows: list[Row] = field(default_factory=list)

    def add(self, row: Row, _now: float) -> None:
        self.rows.append(row)


class Refusal(Exception):
    """What a handler says at the end of a transaction that must not be."""


def posting(places: Sequence[str]) -> Callable[[Work], None]:
    def post(work: Work) -> None:
        for place in places:
            work.post(Outgoing(html="đèn hỏng"), PLACES[place])

    return post


def refusing(places: Sequence[str]) -> Callable[[Work], None]:
    def post(work: Work) -> None:
        posting(places)(work)
        work.flush()
        raise Refusal

    return post


Act = Callable[["Scene"], Awaitable[object]]


class Scene:
    """A feed on a real database. What is begun together queues up for the database's thread in this order."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite+aiosqlite:///{folder}/test.db"
        self.database, self.other = Database(url, SEAL), Database(url, SEAL)
        self.pacer, self.now = Recorder(), 0.0
        self.feed = Feed(self.database, HERE, self.pacer, lambda _: 1, lambda: self.now)
        self.database.posted = self.feed.hand

    async def plays(self, bursts: Sequence[Sequence[Act]]) -> None:
        """One burst after another; then the sender empties everything."""
        for burst in bursts:
            await asyncio.gather(*(act(self) for act in burst))
        while await self.reads(idle=True) or self.feed.ready:
            await self.sends(1000)

    async def reads(self, *, idle: bool) -> bool:
        self.now += IDLE + 0.1 if idle else 0.0
        return await self.feed.load()

    async def sends(self, count: int) -> None:
        sent = [self.feed.ready[number] for number in sorted(self.feed.ready)[:count]]
        await self.database.write(lambda work: record_sent(work, [Done(ready, ("1",), work.now) for ready in sent]))
        for ready in sent:
            self.feed.ready.pop(ready.id, None)

    async def close(self) -> None:
        self.other._close()
        await self.database.close()


# --- what happens at once, and in which order it comes to the database


def commits(places: Sequence[str]) -> Act:
    return lambda scene: scene.database.write(posting(places))


def another_process_commits(places: Sequence[str]) -> Act:
    return lambda scene: scene.database.aside(lambda: scene.other.write_now(posting(places)))


def fails(places: Sequence[str]) -> Act:
    """Its rows never were, and their ids are given again."""

    async def act(scene: Scene) -> None:
        with pytest.raises(Refusal):
            await scene.database.write(refusing(places))

    return act


def sends(count: int) -> Act:
    return lambda scene: scene.sends(count)


def reads(idle: bool) -> Act:
    return lambda scene: scene.reads(idle=idle)


ROWS = st.lists(st.sampled_from(list(PLACES)), max_size=4)
HANDED = st.lists(st.sampled_from(["desk", "group", "informant", "elsewhere"]), min_size=1, max_size=4)
ACTS = st.one_of(
    HANDED.map(commits),
    HANDED.map(commits),
    ROWS.map(commits),
    ROWS.map(another_process_commits),
    ROWS.map(fails),
    st.integers(1, 5).map(sends),
)


@st.composite
def bursts(draw: st.DrawFn) -> list[Act]:
    """The sender reads once at a time."""
    acts = draw(st.lists(ACTS, max_size=5))
    if draw(st.booleans()):
        acts.insert(draw(st.integers(0, len(acts))), reads(draw(st.booleans())))
    return acts


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the tip of somebody."""
    folder = tmp_path_factory.mktemp("blank")
    url = f"sqlite+aiosqlite:///{folder}/test.db"
    migrate(url, folder)
    database = Database(url, SEAL)
    database.write_now(lambda work: add_tip(work, SOMEBODY, code="TB-1", status="new", source="private"))
    database._close()
    return folder / "test.db"


async def played(blank: Path, acts: Sequence[Sequence[Act]]) -> tuple[list[Row], list[int]]:
    """What came to the pacer, and which rows should have."""
    with TemporaryDirectory(dir=blank.parent) as folder:
        shutil.copy(blank, folder)
        scene = Scene(Path(folder))
        try:
            await scene.plays(acts)
            return scene.pacer.rows, await scene.database.write(deliverable)
        finally:
            await scene.close()


def deliverable(work: Work) -> list[int]:
    query = select(t.outbox.c.id).where(t.outbox.c.platform == HERE, t.outbox.c.tip_id.is_distinct_from(99))
    return list(work.run(query.order_by(t.outbox.c.id)).scalars())


@settings(max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(bursts(), max_size=8), st.sampled_from([1, 2, 5, 500]), st.sampled_from([1, 4, 20_000]))
async def test_every_waiting_row_comes_once_and_in_order_within_its_chat(
    blank: Path, monkeypatch: pytest.MonkeyPatch, acts: list[list[Act]], load: int, held: int
) -> None:
    monkeypatch.setattr(feed, "LOAD", load)
    monkeypatch.setattr(feed, "HELD", held)
    rows, waited = await played(blank, acts)
    assert sorted(row.id for row in rows) == waited
    for chat in {row.chat for row in rows}:
        ids = [row.id for row in rows if row.chat == chat]
        assert ids == sorted(ids)


async def test_a_reporters_rows_and_those_to_the_same_person_are_of_one_chat(blank: Path) -> None:
    rows, _ = await played(blank, [[reads(idle=False)], [commits(["informant", "reporter", "informant"])]])
    assert [row.id for row in rows] == [1, 2, 3]
    assert len({row.chat for row in rows}) == 1
