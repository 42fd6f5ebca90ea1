"""What a bulletin counts, by the ward's clock; where it stands, however its broadcast goes; whose it is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from bot.domain.bulletins import Month, Section, Wish
from bot.domain.calendar import Every, Rule
from bot.errors import Refused
from bot.messages import Attachment, MediaKind, Outgoing, Person
from bot.platforms.base import Standing
from bot.sealing import Seal
from bot.services import bulletins
from bot.services.bulletin_correcting import put_right
from bot.services.bulletins import Stage
from data import tables as t
from data.broadcasts import add_broadcast, find_broadcast
from data.bulletins import Bulletin, add_bulletin, change_bulletin, find_bulletin, verified_counts
from data.engine import Database
from data.people import RoleHolder
from data.places import Ward
from data.reach import platform_in
from data.schedules import Schedule, add_schedule, find_schedule
from data.unit_of_work import Work
from data.vault import Vault
from tests.two_wards import OTHER, WARD, kept_two_wards

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
EM = Person("telegram", "1", "Em")
SECTIONS = (Section(1, "free", "Một", "lời"),)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with kept_two_wards(tmp_path) as base:
        yield base


def tip(work: Work, code: int, answered: datetime, **columns: Any) -> None:
    at = answered.timestamp()
    values = {"ward_id": 1, "code": f"TB-{code:06}-AAAA", "status": "closed", "kind": "trom_cap", "source": "private"}
    times = {"outcome": "fined", "created_at": 0.0, "touched_at": 0.0, "answered_at": at}
    work.run(insert(t.tips).values(values | times | columns))


def issue(work: Work, month: Month = Month(2026, 11), ward: Ward = WARD) -> Bulletin:
    return add_bulletin(work, ward.id, month, SECTIONS)


def carried(work: Work, bulletin: Bulletin, status: str, **columns: Any) -> int:
    """A broadcast in this state carries it."""
    message = Outgoing(html="x")
    number = add_broadcast(work, 1, "k", RoleHolder("telegram:1", "Em"), message, status=status, **columns).id
    work.run(update(t.bulletins).where(t.bulletins.c.id == bulletin.id).values(broadcast_id=number))
    return number


def stage_of(work: Work, bulletin: Bulletin) -> Stage:
    found = find_bulletin(work, bulletin.id)
    assert found
    return bulletins.stage_of(work, found)


async def test_what_ended_in_the_last_second_of_a_leap_february_is_februarys(database: Database) -> None:
    def write(work: Work) -> tuple[dict[str, int], ...]:
        tip(work, 1, datetime(2024, 2, 29, 23, 59, 59, tzinfo=HANOI))
        tip(work, 2, datetime(2024, 3, 1, 0, 0, 0, tzinfo=HANOI))
        tip(work, 3, datetime(2024, 1, 31, 23, 59, 59, tzinfo=HANOI))
        return tuple(verified_counts(work, 1, Month(2024, number).span(HANOI)) for number in (1, 2, 3))

    assert await database.write(write) == ({"trom_cap": 1}, {"trom_cap": 1}, {"trom_cap": 1})


async def test_another_wards_tips_and_unfinished_ones_are_not_counted(database: Database) -> None:
    def write(work: Work) -> dict[str, int]:
        now = datetime(2026, 11, 5, tzinfo=HANOI)
        tip(work, 1, now, ward_id=2)
        tip(work, 2, now, outcome=None, status="verifying")
        tip(work, 3, now, outcome="guided")
        tip(work, 4, now, aside=True)
        tip(work, 5, now, lead_id=1)
        return verified_counts(work, 1, Month(2026, 11).span(HANOI))

    assert await database.write(write) == {}


async def test_numbers_follow_each_other_in_each_ward(database: Database) -> None:
    def write(work: Work) -> list[int]:
        made = [issue(work), issue(work, Month(2026, 12)), issue(work, ward=OTHER), issue(work, Month(2025, 1))]
        return [one.number for one in made]

    assert await database.write(write) == [1, 2, 1, 3]


async def test_two_officers_who_open_a_month_at_once_have_one_issue(database: Database) -> None:
    def write(work: Work) -> tuple[Bulletin, Bulletin]:
        first, second = [bulletins.keep_draft(work, WARD, EM, Month(2026, 11), SECTIONS) for _ in range(2)]
        return first, second

    first, second = await database.write(write)
    assert first.id == second.id


async def test_the_id_of_a_discarded_draft_which_a_printed_code_may_carry_names_no_other(database: Database) -> None:
    def write(work: Work) -> tuple[Bulletin, Bulletin]:
        first = issue(work)
        bulletins.discard(work, first, EM)
        return first, issue(work, Month(2026, 12), OTHER)

    first, second = await database.write(write)
    assert second.id != first.id


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("draft", Stage.WAITING),
        ("asked", Stage.WAITING),
        ("waiting", Stage.WAITING),  # approved at night
        ("cancelled", Stage.OPEN),
        ("withdrawn", Stage.OPEN),
        ("paused", Stage.ISSUED),  # some groups have it
        ("over", Stage.ISSUED),
        ("sending", Stage.ISSUED),
        ("sent", Stage.ISSUED),
    ],
)
async def test_it_stands_where_its_broadcast_does(database: Database, status: str, stage: Stage) -> None:
    def write(work: Work) -> tuple[Stage, int]:
        bulletin = issue(work)
        carried(work, bulletin, status)
        return stage_of(work, bulletin), len(bulletins.issued(work, 1))

    assert await database.write(write) == (stage, 1 if stage is Stage.ISSUED else 0)


async def test_scheduled_it_waits_until_the_clock_has_sent_it_or_somebody_stops_it(database: Database) -> None:
    def write(work: Work) -> list[Stage]:
        bulletin = issue(work)
        values = {"ward_id": 1, "content": "text", "sealed": b"", "rule": "{}", "author_key": "k"}
        work.run(insert(t.schedules).values(values | {"id": 7, "created_at": 0.0, "checked_at": 0.0}))
        carried(work, bulletin, "scheduled", schedule_id=7)
        stages = [stage_of(work, bulletin)]
        work.run(update(t.schedules).values(active=False))
        stages.append(stage_of(work, bulletin))
        add_broadcast(work, 1, "k", RoleHolder("", ""), Outgoing(html="x"), status="sending", schedule_id=7)
        stages.append(stage_of(work, bulletin))
        assert [one.id for one in bulletins.issued(work, 1)] == [bulletin.id]
        return stages

    assert await database.write(write) == [Stage.WAITING, Stage.OPEN, Stage.ISSUED]


async def test_a_schedule_that_sends_it_again_sends_it_as_corrected(database: Database, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault", Seal([bytes(range(32))]))
    right = Outgoing(html="đúng", attachments=(Attachment(MediaKind.PHOTO, stored=vault.put(b"new")),))

    def write(work: Work) -> tuple[Bulletin | None, Schedule | None]:
        rule, author = Rule(Every.WEEK, 8), RoleHolder("telegram:1", "Em")
        number = add_schedule(work, 1, "text", Outgoing(html="sai"), rule, 2.0, "k", author, None)
        bulletin = issue(work)
        carrier = carried(work, bulletin, "sent", schedule_id=number)
        change_bulletin(work, bulletin, following=(Section(1, "free", "Một", "lời đúng"),))
        sent = find_broadcast(work, carrier)
        assert sent
        return put_right(work, replace(sent, message=right), vault), find_schedule(work, number)

    after, schedule = await database.write(write)
    assert after
    assert schedule
    assert schedule.message.html == "đúng"
    pictures = {schedule.message.attachments[0].stored, after.picture, right.attachments[0].stored}
    assert len(pictures) == 3  # each goes in its own time
    assert {vault.get(name or "") for name in pictures} == {b"new"}


async def test_it_stays_issued_when_its_broadcast_is_erased(database: Database) -> None:
    def write(work: Work) -> tuple[Stage, tuple[int, int]]:
        bulletin = issue(work)
        carried(work, bulletin, "sent", started_at=900.0)
        found = find_bulletin(work, bulletin.id)
        assert found
        followed = bulletins.follow(work, found)
        assert followed.issued_at == 900.0
        work.run(t.broadcasts.delete())
        return stage_of(work, bulletin), bulletins.reach_of(work, followed)

    assert await database.write(write) == (Stage.ISSUED, (0, 0))


async def test_another_wards_bulletin_is_neither_opened_nor_read_from_here(database: Database) -> None:
    def write(work: Work) -> tuple[object, object]:
        bulletin = issue(work)
        carried(work, bulletin, "sent")
        with pytest.raises(Refused):
            bulletins.bulletin_at(work, OTHER, bulletin.id, EM, Standing.MEMBER)
        return bulletins.readable(work, bulletin.id, OTHER.id), bulletins.readable(work, bulletin.id, WARD.id)

    elsewhere, here = await database.write(write)
    assert elsewhere is None
    assert here is not None


async def test_whoever_is_no_officer_opens_none(database: Database) -> None:
    def write(work: Work) -> None:
        bulletin = issue(work)
        with pytest.raises(Refused, match="only_officer"):
            bulletins.open_bulletin(work, WARD, bulletin.id, EM, Standing.OUTSIDE)
        bulletins.open_bulletin(work, WARD, bulletin.id, EM, Standing.MEMBER)

    await database.write(write)


@pytest.mark.parametrize(
    ("address", "platform"),
    [("telegram:-100", "telegram"), ("unlinked:7:zalo_bot:g1", "zalo_bot"), ("unlinked:7", "")],
)
def test_a_group_keeps_its_platform_until_its_address_is_erased(address: str, platform: str) -> None:
    assert platform_in(address) == platform


async def test_a_bare_number_is_an_issues_and_else_a_months(database: Database) -> None:
    def write(work: Work) -> list[list[int]]:
        found = [issue(work, Month(2025, number)) for number in (5, 2, 1)]  # numbers 1, 2, 3
        wishes = (Wish(number=1), Wish(number=5), Wish(month=1), Wish(month=1, year=2024))
        return [[one.number for one in bulletins.chosen(found, wish)] for wish in wishes]

    assert await database.write(write) == [[1, 3], [1], [3], []]


async def test_the_last_section_stays_and_there_are_not_too_many(database: Database) -> None:
    def write(work: Work) -> None:
        bulletin = issue(work)
        with pytest.raises(Refused, match=r"bulletin\.last_section"):
            bulletins.drop_section(work, bulletin, 1, EM)
        for number in range(2, 9):
            bulletin = bulletins.rewrite(work, bulletin, 0, f"Mục {number}\nlời", EM)
        with pytest.raises(Refused, match=r"bulletin\.full"):
            bulletins.rewrite(work, bulletin, 0, "Mục 9", EM)
        with pytest.raises(Refused, match=r"bulletin\.size"):
            bulletins.rewrite(work, bulletin, 1, "x" * 1501, EM)

    await database.write(write)
