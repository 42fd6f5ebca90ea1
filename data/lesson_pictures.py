"""Pictures of lessons: wanted, made once for each wording, or not to be made."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from data import tables as t
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is wanted, or made."""

    lesson: str
    digest: str
    file: str | None


def find_picture(work: Work, lesson: str) -> Picture | None:
    """The picture of a lesson, whatever its wording was then."""
    table = t.lesson_pictures
    row = work.one(select(table.c.lesson, table.c.digest, table.c.file).where(table.c.lesson == lesson))
    return Picture(*row) if row else None


def want_picture(work: Work, lesson: str, digest: str) -> None:
    """A picture for this wording is wanted."""
    work.run(delete(t.lesson_pictures).where(t.lesson_pictures.c.lesson == lesson))
    work.run(insert(t.lesson_pictures).values(lesson=lesson, digest=digest))


def wanted_picture(work: Work) -> Picture | None:
    """The next one to be made."""
    table = t.lesson_pictures
    row = work.one(select(table.c.lesson, table.c.digest, table.c.file).where(table.c.file.is_(None)).limit(1))
    return Picture(*row) if row else None


def keep_picture(work: Work, picture: Picture, file: str) -> bool:
    """It was made; an empty name says that it could not be. Whether it is still wanted."""
    table = t.lesson_pictures
    same = (table.c.lesson == picture.lesson) & (table.c.digest == picture.digest)
    return work.run(update(table).where(same).values(file=file)).rowcount > 0


def retry_pictures(work: Work) -> None:
    """Those that could not be made are wanted again."""
    table = t.lesson_pictures
    work.run(update(table).where(table.c.file == "").values(file=None))
