"""What is typeset of a bulletin: sheets in their final words, asked for, made, taken away again."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Row, insert, select, update

from bot.domain.bulletins import Sections
from data import tables as t
from data.bulletins import Bulletin
from data.people import RoleHolder
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Block:
    """A section in its final words."""

    kind: str
    title: str = field(repr=False)
    text: str = field(default="", repr=False)
    points: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on what is typeset. `link` is where its QR code leads."""

    masthead: str
    month: str
    unit: str
    blocks: tuple[Block, ...] = field(repr=False)
    endings: tuple[str, ...] = ()
    link: str = field(default="", repr=False)
    link_words: str = ""
    more: str = ""  # where to read what had no room


@dataclass(frozen=True, slots=True)
class Correction:
    """The broadcast to be corrected, the bulletin's sections as they are to be, and a mark of what they were."""

    broadcast_id: int
    sections: Sections = field(repr=False)
    before: str


class Asked(msgspec.Struct, array_like=True):
    """What is sealed of a wish."""

    sheet: Sheet
    by: RoleHolder
    correction: Correction | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A sheet to be typeset, why, and who asked; `correction` where it is one."""

    id: int
    bulletin_id: int
    purpose: str
    sheet: Sheet = field(repr=False)
    by: RoleHolder = field(repr=False)
    files: dict[str, str] = field(default_factory=dict)
    correction: Correction | None = None


def ask_sheet(work: Work, bulletin: Bulletin, purpose: str, asked: Asked) -> None:
    """Have this sheet typeset."""
    sealed = work.seal.seal(msgspec.json.encode(asked), "bulletin-sheet")
    values = {"bulletin_id": bulletin.id, "purpose": purpose, "sealed": sealed, "asked_at": work.now}
    work.run(insert(t.bulletin_sheets).values(values))


def sheet_waits(work: Work, bulletin: Bulletin, purpose: str) -> bool:
    """Whether one is being made."""
    table = t.bulletin_sheets
    query = select(table.c.id).where(table.c.bulletin_id == bulletin.id, table.c.purpose == purpose)
    return work.one(query.where(table.c.made_at.is_(None))) is not None


def next_sheet(work: Work) -> Job | None:
    """The oldest that is still to be made."""
    table = t.bulletin_sheets
    row = work.one(select(table).where(table.c.made_at.is_(None)).order_by(table.c.id).limit(1))
    return _job(work, row) if row else None


def finish_sheet(work: Work, number: int, files: dict[str, str]) -> bool:
    """It was made, or could not be where there are no files; the clock says so. Whether anybody still wants it."""
    made = {"made_at": work.now, "files": msgspec.json.encode(files).decode()}
    wanted = work.run(update(t.bulletin_sheets).where(t.bulletin_sheets.c.id == number).values(made)).rowcount > 0
    work.remind(f"bulletin-made:{number}", work.now)
    return wanted


def take_sheet(work: Work, number: int) -> Job | None:
    """What was made, once."""
    table = t.bulletin_sheets
    row = work.one(select(table).where(table.c.id == number, table.c.made_at.is_not(None)))
    if row is None or row.sealed is None:
        return None
    work.run(update(table).where(table.c.id == number).values(sealed=None))
    return _job(work, row)


def _job(work: Work, row: Row[Any]) -> Job:
    asked = msgspec.json.decode(work.seal.unseal(row.sealed, "bulletin-sheet"), type=Asked)
    files = msgspec.json.decode(row.files, type=dict[str, str]) if row.files else {}
    return Job(row.id, row.bulletin_id, row.purpose, asked.sheet, asked.by, files, asked.correction)
