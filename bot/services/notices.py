"""What was told lately and need not be told again."""

from sqlalchemy import bindparam, delete, insert, select

from bot.messages import Person
from data import tables as t
from data.places import Group
from data.unit_of_work import Work

NOTICE_AGAIN = 30 * 24 * 3600.0
NOTICE = select(t.notices.c.at).where(t.notices.c.subject_key == bindparam("subject"))


def first_notice(work: Work, group: Group, person: Person) -> bool:
    """Whether this person has yet to be told that what they say to the bot goes to the desk."""
    return first_time(work, f"{group.id} {person.address}")


def first_time(work: Work, subject: str, again: float = NOTICE_AGAIN) -> bool:
    """Whether something has yet to be said, or was said so long ago (s) that it may be said again."""
    key = work.seal.lookup("notice", subject)
    if work.now - last_notice(work, key) < again:
        return False
    work.run(delete(t.notices).where(t.notices.c.subject_key == key))
    work.run(insert(t.notices).values(subject_key=key, at=work.now))
    work.memo[key] = work.now
    return True


def last_notice(work: Work, key: str) -> float:
    """When somebody was told; asked for every relayed message, so it is remembered."""
    if key not in work.memo:
        said = work.peek(NOTICE, subject=key)
        work.memo[key] = said.at if said else 0.0
    at: float = work.memo[key]
    return at
