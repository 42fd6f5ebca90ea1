"""What the pacer is told of a message: what it costs, and what it may merge with."""

from datetime import UTC
from pathlib import Path as Folder

import pytest
from sqlalchemy import select

from bot.app import TEXTS
from bot.delivery.fitting import Fitter
from bot.messages import Action, Attachment, MediaKind, Outgoing, Priority
from bot.platforms.telegram.adapter import CAPABILITIES
from bot.sealing import Seal
from bot.services.relay import Path, post_parts
from bot.texts import Texts
from data import tables as t
from data.engine import Database
from data.migrate import migrate
from data.places import Group
from data.unit_of_work import ALONE, Place, Work

PICTURE, STICKER = Attachment(MediaKind.PHOTO, "p"), Attachment(MediaKind.STICKER, "s")


@pytest.mark.parametrize(
    ("message", "cost"),
    [
        (Outgoing(html="nước ngập"), 1),
        (Outgoing(html="nước ngập " * 1000), 3),
        (Outgoing(html="nước ngập", attachments=(PICTURE,)), 1),
        (Outgoing(html="nước ngập", attachments=(PICTURE,) * 10), 10),
        (Outgoing(html="nước ngập " * 200, attachments=(PICTURE,) * 10), 11),
        (Outgoing(Action.EDIT, "nước ngập " * 1000, attachments=(PICTURE,)), 1),
        (Outgoing(Action.DELETE), 1),
    ],
)
def test_an_album_and_a_long_text_cost_as_many_messages_as_they_become(message: Outgoing, cost: int) -> None:
    fitter = Fitter("telegram", CAPABILITIES, Texts.load(TEXTS), "@bot", UTC)
    assert fitter.cost(message) == cost


@pytest.mark.parametrize(
    ("inward", "answers", "files", "expected"),
    [
        (True, "", [], [("relay:5", len("nước ngập"))]),
        (True, "12", [], [("relay:5", ALONE)]),
        (True, "", [PICTURE, STICKER], [("relay:5", ALONE)] * 2),
        (True, "", [STICKER], [("relay:5", len("nước ngập")), ("relay:5", ALONE)]),
        (False, "", [], [(None, len("nước ngập"))]),
    ],
)
async def test_all_that_a_group_says_has_its_key_and_only_plain_words_merge(
    tmp_path: Folder, inward: bool, answers: str, files: list[Attachment], expected: list[tuple[str | None, int]]
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/test.db"
    migrate(url, tmp_path)
    database = Database(url, Seal([b"k" * 32]))
    path = Path(
        Group(5, 1, "telegram:-5", "Tổ 5", 1, None, guarded=False),
        inward,
        Place("telegram", "-1", 1),
        Priority.RELAY,
        None,
        answers,
    )

    def posted(work: Work) -> list[tuple[str | None, int]]:
        post_parts(work, path, "nước ngập", files)
        return [(row.merge_key, row.size) for row in work.all(select(t.outbox).order_by(t.outbox.c.id))]

    assert await database.write(posted) == expected
    await database.close()
