"""What was stopped does not leave; what is released leaves once, in its order, however it had been on its way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.feed import Feed
from bot.delivery.pacer import Limits, Pacer
from bot.messages import Action, Outgoing, Priority
from bot.sealing import Seal
from data.engine import Database
from data.migrate import migrate
from data.outbox import Done, hold_rows, recall_rows, record_sent, release_rows
from data.sent import find_target
from data.unit_of_work import Place, Work

PLACES = [Place("telegram", f"-{number}", 1) for number in range(1, 5)]


class Scene:
    """A feed and a pacer on a real database; a sender of which every step is told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.pacer, self.now, self.flying = Pacer(Limits(0, 0, 0)), 0.0, list[int]()
        self.feed = Feed(database, "telegram", self.pacer, lambda _: 1, lambda: self.now)
        database.posted = self.feed.hand

    async def posts(self) -> list[int]:
        """One message to each group; their rows."""
        text = Outgoing(html="họp tổ")
        rows = await self.database.write(lambda work: [work.post(text, place, Priority.BROADCAST) for place in PLACES])
        await self.reads()
        return rows

    async def reads(self) -> None:
        self.now += 2
        while await self.feed.load():
            pass

    def takes(self) -> list[int]:
        """What may leave now is in flight."""
        taken = []
        while rows := self.pacer.take(self.now):
            taken += [row.id for row in rows]
        return taken

    async def lands(self, row: int) -> None:
        """It was sent and recorded, as the sender does it."""
        ready = self.feed.ready[row]
        await self.database.write(lambda work: record_sent(work, [Done(ready, ("7",), work.now)]))
        self.feed.forget(row)
        self.pacer.done(ready.chat_key, self.now)


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """On an empty database."""
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    database = Database(url, Seal([b"k" * 32]))
    yield Scene(database)
    await database.close()


async def test_held_rows_do_not_leave_and_released_ones_leave_once(scene: Scene) -> None:
    rows = await scene.posts()
    await scene.database.write(lambda work: hold_rows(work, rows))
    assert scene.takes() == []
    assert not scene.feed.ready
    await scene.database.write(lambda work: release_rows(work, rows))
    await scene.reads()
    assert sorted(scene.takes()) == rows


async def test_what_is_in_flight_when_it_is_held_is_not_sent_again(scene: Scene) -> None:
    rows = await scene.posts()
    assert sorted(scene.takes()) == rows
    await scene.database.write(lambda work: hold_rows(work, rows))
    await scene.lands(rows[0])
    await scene.database.write(lambda work: release_rows(work, rows))
    await scene.reads()
    assert scene.takes() == []
    assert sorted(scene.feed.ready) == rows[1:]
    assert not any(scene.feed.lets_go(row) for row in rows)


async def test_what_comes_back_from_its_flight_is_let_go_of_once(scene: Scene) -> None:
    rows = await scene.posts()
    scene.takes()
    await scene.database.write(lambda work: recall_rows(work, rows))
    assert [scene.feed.lets_go(row) for row in rows] == [True] * len(rows)
    assert not scene.feed.lets_go(rows[0])


async def test_held_and_released_again_and_again_it_leaves_once(scene: Scene) -> None:
    rows = await scene.posts()
    for _ in range(3):
        await scene.database.write(lambda work: hold_rows(work, rows[1:]))
        await scene.database.write(lambda work: release_rows(work, rows))
        await scene.reads()
    assert sorted(scene.takes()) == rows
    await scene.reads()
    assert scene.takes() == []


async def test_what_is_released_while_the_table_is_read_is_not_passed_over(scene: Scene) -> None:
    rows = await scene.posts()
    await scene.database.write(lambda work: hold_rows(work, rows))
    scene.now += 2
    releasing = scene.database.write(lambda work: release_rows(work, rows))
    await asyncio.gather(releasing, scene.feed.load())  # begun in this order, and so they come to the database
    await scene.reads()
    assert sorted(scene.takes()) == rows


async def test_what_was_recalled_is_never_released(scene: Scene) -> None:
    rows = await scene.posts()
    await scene.database.write(lambda work: recall_rows(work, rows))
    await scene.database.write(lambda work: release_rows(work, rows))
    await scene.reads()
    assert scene.takes() == []


async def test_an_edit_of_an_edit_is_about_the_message_itself(scene: Scene) -> None:
    rows = await scene.posts()
    scene.takes()
    await scene.lands(rows[0])

    def edit(work: Work) -> int:
        first = work.post(Outgoing(Action.EDIT, "một"), PLACES[0], target_row=rows[0])
        recall_rows(work, [first])
        return first

    edited = await scene.database.write(edit)
    assert (await scene.database.write(lambda work: find_target(work, edited))).message_ids == ("7",)
    never = await scene.database.write(lambda work: find_target(work, rows[1]))
    assert (never.state, never.message_ids) == ("waiting", ())
