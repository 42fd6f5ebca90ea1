"""Whom a platform's plan concerns, and what of it is news."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text, update

from bot.domain.quotas import Level
from bot.platforms.base import Quota
from bot.sealing import Seal
from bot.services.quotas import MESSAGES, Plan, news, spend
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.unit_of_work import Work
from data.usage import add_people, used, wards_on

PLAN = Plan("zalo_bot", Quota(messages_per_month=10), ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    opened = Database(url, Seal([b"k" * 32]), lambda: 1_792_000_000.0)
    yield opened
    await opened.close()


def ward(work: Work, name: str, *groups: str) -> None:
    number = work.add(insert(t.wards).values(name=name, desk=f"telegram:-{name}", created_at=work.now))
    for group in groups:
        topic = work.add(insert(t.topics).values(ward_id=number, name=group, kind="group"))
        work.add(insert(t.groups).values(ward_id=number, address=group, name=group, topic_id=topic, linked_at=work.now))


def told(work: Work) -> list[str]:
    return [found.name for found in wards_on(work, "zalo_bot")]


async def test_the_wards_with_a_group_there_are_told_or_the_only_ward(database: Database) -> None:
    def act(work: Work) -> list[list[str]]:
        seen = [told(work)]
        ward(work, "Hoa Sữa", "telegram:-5")
        seen.append(told(work))
        ward(work, "Hoa Mai", "zaloXbot:1", "zalo_bottle:2")  # no platform of ours, though they look like one
        seen.append(told(work))
        ward(work, "Hoa Đào", "zalo_bot:zgr-1", "zalo_bot:zgr-2")
        seen.append(told(work))
        assert used(work, "zalo_bot", "groups", "2026-10") == 2
        work.run(update(t.groups).where(t.groups.c.address == "zalo_bot:zgr-2").values(unlinked_at=work.now))
        assert used(work, "zalo_bot", "groups", "2026-10") == 1
        return seen

    assert await database.write(act) == [[], ["Hoa Sữa"], [], ["Hoa Đào"]]


async def test_each_level_is_news_once_a_month_and_says_the_lower_ones_with_it(database: Database) -> None:
    def step(messages: int) -> Level | None:
        def act(work: Work) -> Level | None:
            spend(work, PLAN, messages)
            found = news(work, PLAN, MESSAGES)
            return found.level if found else None

        return database.write_now(act)

    assert [step(count) for count in (7, 0, 2, 0, 1, 1)] == [None, None, Level.BROADCASTS, None, Level.END, None]
    database.clock = lambda: 1_794_500_000.0
    assert [step(count) for count in (7, 1)] == [None, Level.NEAR]


async def test_a_rise_stores_one_event_for_the_clock(database: Database) -> None:
    for messages in (7, 1, 1, 0, 1, 1):
        await database.write(lambda work, sent=messages: spend(work, PLAN, sent))
    events = await database.write(
        lambda work: [row.event_id for row in work.all(select(t.inbox.c.event_id).order_by(t.inbox.c.id))]
    )
    assert [event.partition("@")[0] for event in events] == [
        f"quota:zalo_bot:messages:{level}" for level in ("NEAR", "BROADCASTS", "END")
    ]


async def test_what_is_kept_of_people_tells_no_order(database: Database) -> None:
    await database.write(lambda work: add_people(work, "zalo_bot", ["zalo_bot:1", "zalo_bot:2"]))
    made = await database.write(lambda work: work.run(text("SELECT sql FROM sqlite_master WHERE name='usage_people'")))
    assert "WITHOUT ROWID" in made.scalar()
