"""A ward's contacts: nothing that one person does alone is told to residents, and nothing crosses between wards."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.messages import Person
from bot.platforms.base import Standing
from bot.services import contact_list
from data.engine import Database
from data.people import give_role
from data.published import proposed, published
from data.unit_of_work import Work
from tests.two_wards import OTHER, WARD, kept_two_wards

EM, GIANG, DUNG = (Person("telegram", str(number), name) for number, name in enumerate(("Em", "Giang", "Dũng"), 1))
IN, OUT = Standing.MEMBER, Standing.OUTSIDE


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with kept_two_wards(tmp_path) as base:
        yield base


def chiefs(work: Work, *people: Person) -> None:
    for ward in (WARD, OTHER):
        for person in people:
            give_role(work, ward.id, person, "chief")


async def test_whoever_proposed_it_cannot_approve_it_and_neither_can_an_officer(database: Database) -> None:
    def write(work: Work) -> None:
        chiefs(work, EM, GIANG)
        number = contact_list.propose(work, WARD, EM, IN, "Trực ban", "0243 000 1111").id
        for person, standing, why in ((EM, IN, "contacts.own"), (DUNG, IN, "only_chief"), (GIANG, OUT, "only_officer")):
            with pytest.raises(Refused, match=why):
                contact_list.approve(work, WARD, number, person, standing)
        assert published(work, WARD.id) == []
        contact_list.approve(work, WARD, number, GIANG, IN)
        assert [one.value for one in published(work, WARD.id)] == ["0243 000 1111"]

    await database.write(write)


async def test_another_wards_chief_neither_approves_nor_drops_it(database: Database) -> None:
    def write(work: Work) -> None:
        chiefs(work, EM, GIANG)
        number = contact_list.propose(work, WARD, EM, IN, "Trực ban", "0243 000 1111").id
        for act in (contact_list.approve, contact_list.refuse):
            with pytest.raises(Refused, match="stale"):
                act(work, OTHER, number, GIANG, IN)
        assert [one.id for one in proposed(work, WARD.id)] == [number]

    await database.write(write)


async def test_what_is_gone_neither_comes_back_nor_lends_its_number_to_another(database: Database) -> None:
    def write(work: Work) -> None:
        chiefs(work, EM, GIANG)
        first = contact_list.propose(work, WARD, EM, IN, "Trực ban", "0243 000 1111").id
        contact_list.approve(work, WARD, first, GIANG, IN)
        contact_list.take_down(work, WARD, EM, IN, "1")
        assert contact_list.propose(work, WARD, EM, IN, "Khác", "0987 654 321").id != first
        with pytest.raises(Refused, match="stale"):
            contact_list.approve(work, WARD, first, GIANG, IN)
        assert published(work, WARD.id) == []

    await database.write(write)


async def test_there_are_not_too_many_however_many_wait(database: Database) -> None:
    def write(work: Work) -> None:
        for number in range(contact_list.MOST):
            contact_list.propose(work, WARD, DUNG, IN, f"Số {number}", "113")
        with pytest.raises(Refused, match=r"contacts\.full"):
            contact_list.propose(work, WARD, DUNG, IN, "Thêm", "113")

    await database.write(write)
