"""Numbered choices: whose they are, how long they count, and that none is matched with a menu that was not meant."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.messages import Button, Chat, ChatKind, Outgoing, Person
from bot.sealing import Seal
from data import tables as t
from data.conversations import MENU_LASTS, choice_of, show_menu
from data.engine import Database
from data.migrate import migrate
from data.unit_of_work import Place, Work

AN, BINH = Person("zalo_bot", "an"), Person("zalo_bot", "binh")
PRIVATE, GROUP = Chat("zalo_bot", "an", ChatKind.PRIVATE), Chat("zalo_bot", "zgr-5", ChatKind.GROUP)
ASK, SETTLED = [Button("✅ Gửi", "send"), Button("Huỷ", "drop")], [Button("Đã giải quyết", "yes"), Button("Chưa", "no")]


class Clock:
    now = 1000.0


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    base = Database(url, Seal([bytes(range(32))]), lambda: Clock.now)
    Clock.now = 1000.0
    yield base
    await base.close()


def shown(work: Work, buttons: list[Button], *, chat: Chat = PRIVATE, left: float | None = None) -> None:
    """A menu whose message left at a time, or has not yet."""
    row = work.post(Outgoing(html="?"), Place("zalo_bot", chat.id, private=chat is PRIVATE))
    if left is not None:
        work.run(update(t.outbox).where(t.outbox.c.id == row).values(state="sent", sent_at=left))
    show_menu(work, chat, AN, buttons, row)


def said(
    work: Work, words: str, *, chat: Chat = PRIVATE, by: Person = AN, at: float = 1010.0
) -> tuple[str, bool] | None:
    """What words choose, and whether from a stale menu."""
    choice = choice_of(work, chat, by, words, at)
    return (choice.data, choice.stale) if choice else None


@pytest.mark.parametrize("words", ["1", "1.", " 1 ", "1)", "gui", "Gửi!", "@Bot 1"])
async def test_a_number_or_a_label_chooses(database: Database, words: str) -> None:
    await database.write(lambda work: shown(work, ASK, left=1001.0))
    assert await database.write(lambda work: said(work, words)) == ("send", False)


@pytest.mark.parametrize("words", ["3", "0", "-1", "12", "gửi tin", "", "1 cái xe"])
async def test_anything_else_chooses_nothing(database: Database, words: str) -> None:
    await database.write(lambda work: shown(work, ASK, left=1001.0))
    assert await database.write(lambda work: said(work, words)) is None


async def test_what_was_said_before_the_menu_left_did_not_mean_it(database: Database) -> None:
    await database.write(lambda work: shown(work, SETTLED, left=1011.0))
    assert await database.write(lambda work: said(work, "1", at=1010.0)) == ("yes", True)
    assert await database.write(lambda work: said(work, "1", at=1012.0)) == ("yes", False)


async def test_nobody_can_choose_from_what_was_not_sent_yet(database: Database) -> None:
    await database.write(lambda work: shown(work, SETTLED))
    assert await database.write(lambda work: said(work, "2", at=2000.0)) == ("no", True)


async def test_the_same_choices_once_more_are_no_new_menu(database: Database) -> None:
    await database.write(lambda work: shown(work, ASK, left=1001.0))
    await database.write(lambda work: shown(work, ASK))
    assert await database.write(lambda work: said(work, "1")) == ("send", False)
    await database.write(lambda work: shown(work, SETTLED))
    assert await database.write(lambda work: said(work, "1")) == ("yes", True)


async def test_a_menu_ends_after_a_day(database: Database) -> None:
    await database.write(lambda work: shown(work, ASK, left=1001.0))
    Clock.now += MENU_LASTS + 1
    assert await database.write(lambda work: said(work, "1", at=Clock.now)) == ("send", True)


async def test_in_a_group_a_menu_is_for_one_person_only(database: Database) -> None:
    await database.write(lambda work: shown(work, ASK, chat=GROUP, left=1001.0))
    assert await database.write(lambda work: said(work, "1", chat=GROUP, by=BINH)) is None
    assert await database.write(lambda work: said(work, "@Bot 1", chat=GROUP)) == ("send", False)


async def test_a_message_without_choices_takes_the_older_ones_away(database: Database) -> None:
    await database.write(lambda work: shown(work, ASK, left=1001.0))
    await database.write(lambda work: shown(work, [], left=1002.0))
    assert await database.write(lambda work: said(work, "1")) is None
