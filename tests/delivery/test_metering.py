"""The gate of a quota: many at once pass no limit together, what went is counted once, a 429 does not circle."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.delivery.metering import TRIES, Meter
from bot.messages import Action, Attachment, Chat, ChatKind, EventKind, Incoming, MediaKind, Outgoing, Priority
from bot.platforms.base import Quota
from bot.platforms.zalo_bot import errors as zalo_errors
from bot.sandbox import Sandbox
from bot.sealing import Seal
from bot.services.quotas import Plan, hear
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.outbox import Ready
from data.unit_of_work import Work
from data.usage import used
from tests.conversations.broadcasting import count
from tests.conversations.metered import metered

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OCTOBER, NOVEMBER = 1_792_000_000.0, 1_794_500_000.0
PAGE = Outgoing(html="Tin")


@dataclass
class Clock:
    now: float = OCTOBER

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(tmp_path: Path, clock: Clock) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    opened = Database(url, Seal([b"k" * 32]), clock)
    yield opened
    await opened.close()


async def meter_of(database: Database, messages: int = 10, users: int = 0) -> Meter:
    meter = Meter(database, Plan("zalo_bot", Quota(messages, users), HANOI))
    await meter.load()
    return meter


def row(number: int, priority: Priority = Priority.BROADCAST, *, private: bool = False) -> Ready:
    nothing: Any = (None,) * 5
    return Ready(number, f"chat{number}", f"key{number}", private, 1, priority, False, *nothing, 0, 0, 0.0, 0.0, PAGE)


async def sends(database: Database, meter: Meter, ready: Ready, *pages: Outgoing) -> bool:
    """A row all the way: whether it went."""
    if not meter.opens(ready, pages or (PAGE,)):
        return False
    for page in pages or (PAGE,):
        meter.arrived(ready, page)
    await database.write(lambda work: meter.note(work, [ready]))
    meter.close(ready)
    return True


async def counted(database: Database, what: str = "messages", month: str = "2026-10") -> int:
    return await database.write(lambda work: used(work, "zalo_bot", what, month))


async def test_many_at_once_do_not_pass_the_limit_together(database: Database) -> None:
    meter = await meter_of(database)
    assert sum(meter.opens(row(number), [PAGE]) for number in range(20)) == 9
    assert meter.opens(row(30, Priority.ANSWER), [PAGE])
    assert not meter.opens(row(31, Priority.ANSWER), [PAGE])
    assert meter.opens(row(32, Priority.EMERGENCY), [PAGE])


async def test_what_did_not_go_gives_its_place_back(database: Database) -> None:
    meter = await meter_of(database)
    for number in range(9):
        assert meter.opens(row(number), [PAGE])
    meter.pause(row(3))
    assert meter.opens(row(20), [PAGE])
    meter.close(row(4))
    assert meter.opens(row(21), [PAGE])
    assert not meter.opens(row(3), [PAGE])
    assert await counted(database) == 0


async def test_each_page_and_each_file_counts_and_what_is_no_message_does_not(database: Database) -> None:
    meter = await meter_of(database, 100)
    album = Outgoing(attachments=(Attachment(MediaKind.PHOTO), Attachment(MediaKind.PHOTO)))
    await sends(database, meter, row(1), PAGE, PAGE, album)
    for action in (Action.EDIT, Action.REACT, Action.DELETE, Action.PIN):
        assert await sends(database, meter, row(2), Outgoing(action))
    assert await counted(database) == 4


async def test_a_message_goes_whole_or_not_at_all(database: Database) -> None:
    meter = await meter_of(database)
    for number in range(8):
        await sends(database, meter, row(number))
    assert not await sends(database, meter, row(20), PAGE, PAGE)
    assert not await sends(database, meter, row(21, Priority.ANSWER), PAGE, PAGE, PAGE)
    assert await sends(database, meter, row(22))


async def test_what_was_begun_is_finished_and_its_pages_are_counted_when_it_is_given_up(database: Database) -> None:
    meter = await meter_of(database)
    begun = row(1)
    assert meter.opens(begun, [PAGE, PAGE])
    meter.arrived(begun, PAGE)
    meter.pause(begun)
    for number in range(2, 10):
        await sends(database, meter, row(number))
    assert meter.opens(begun, [PAGE, PAGE])
    await database.write(lambda work: meter.note(work, [begun]))
    meter.close(begun)
    assert await counted(database) == 9


async def test_a_new_meter_goes_on_where_the_old_one_was(database: Database) -> None:
    for _ in range(3):
        meter = await meter_of(database)
        for number in range(5):
            await sends(database, meter, row(number))
    assert await counted(database) == 9


async def test_a_month_begins_anew_and_a_clock_put_back_gives_nothing_back(database: Database, clock: Clock) -> None:
    meter = await meter_of(database)
    assert sum([await sends(database, meter, row(number)) for number in range(12)]) == 9
    clock.now = NOVEMBER
    assert sum([await sends(database, meter, row(number)) for number in range(12)]) == 9
    clock.now = OCTOBER
    assert not meter.opens(row(1), [PAGE])
    assert await counted(database) == await counted(database, month="2026-11") == 9


async def test_without_a_quota_nothing_is_kept(database: Database) -> None:
    meter = await meter_of(database, 0)
    assert await sends(database, meter, row(1, private=True))
    assert not any(meter.refused(row(1)) for _ in range(100))
    assert await counted(database) == await counted(database, "people") == 0


async def test_people_are_counted_once_however_they_are_met_and_kept_only_as_hashes(database: Database) -> None:
    meter = await meter_of(database, 0, users=50)
    for number in (1, 1, 2):
        await sends(database, meter, row(number, private=True))
    await sends(database, meter, row(3))
    chats = [("zalo_bot", "chat1"), ("zalo_bot", "chat7"), ("telegram", "chat8")]
    events = [Incoming(name, "1", EventKind.MESSAGE, Chat(name, chat, ChatKind.PRIVATE)) for name, chat in chats]
    plan = Plan("zalo_bot", Quota(0, 50), HANOI)
    await database.write(lambda work: hear(work, plan, events))
    assert await counted(database, "people") == 3
    kept = await database.write(lambda work: [key for (key,) in work.all(select(t.usage_people.c.person_key))])
    assert all(len(key) == 32 and "chat" not in key for key in kept)


async def test_only_a_row_that_nothing_else_gets_past_is_given_up(database: Database) -> None:
    meter = await meter_of(database)
    first, second = row(1), row(2)
    for _ in range(TRIES - 1):
        assert not meter.refused(first)
    await sends(database, meter, second)
    assert [meter.refused(first) for _ in range(TRIES)] == [False] * (TRIES - 1) + [True]
    assert meter.refused(second)
    await sends(database, meter, row(3))
    assert not meter.refused(row(4))


# --- a real sender, and a Zalo that says 429


def refused_calls(stage: Any) -> int:
    return sum(code == 429 for *_, code in stage.zalo.sent)


async def test_a_used_up_quota_is_no_storm_and_its_return_is_noticed(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zalo_errors, "SLOWED", 0.02)
    async with metered(sandbox, tmp_path, quota_messages=1000) as stage:
        stage.zalo.variations.quota_reached = True
        await stage.speaks(4)
        assert refused_calls(stage) == TRIES + 3
        assert count(stage.desk, "Chưa gửi được tới Tổ 9") == 4
        await stage.speaks(1, Priority.EMERGENCY)
        assert refused_calls(stage) == TRIES + 4
        stage.zalo.variations.quota_reached = False
        await stage.speaks(2, words="Lại gửi được")
        assert stage.group9.texts()[-1] == "Lại gửi được 1"
        assert await stage.writes(sent_this_month) == 2


def sent_this_month(work: Work) -> int:
    return sum(row.messages for row in work.all(select(t.usage_months.c.messages)))
