"""What has been said already, so that it is not said again."""

from sqlalchemy import delete, insert, select

from data import tables as t
from data.unit_of_work import Work


def said_at(work: Work, subject: str) -> float:
    """When this was last said; 0 where it never was."""
    key = work.seal.lookup("notice", subject)
    return work.run(select(t.notices.c.at).where(t.notices.c.subject_key == key)).scalar() or 0.0


def note_said(work: Work, subject: str) -> None:
    """It is being said now."""
    key = work.seal.lookup("notice", subject)
    work.run(delete(t.notices).where(t.notices.c.subject_key == key))
    work.run(insert(t.notices).values(subject_key=key, at=work.now))


def once(work: Work, subject: str) -> bool:
    """Whether this has yet to be said; from now on it has been."""
    if said_at(work, subject):
        return False
    note_said(work, subject)
    return True
