"""What was used of a platform's plan: messages of a month, people ever spoken with in private, linked groups."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, func, insert, select, update

from data import tables as t
from data.places import LINKED, WARD, Ward
from data.unit_of_work import Work


def queries(platform: str, month: str) -> Mapping[str, Select[tuple[Any]]]:
    """One number each; `month` is "2026-11". The number of a month in which nothing was sent is none."""
    months, people = t.usage_months, t.usage_people
    return {
        "messages": select(months.c.messages).where(months.c.platform == platform, months.c.month == month),
        "people": select(func.count()).where(people.c.platform == platform),
        "groups": select(func.count()).where(linked_on(platform)),
    }


def linked_on(platform: str) -> ColumnElement[bool]:
    """Groups of this platform that are linked."""
    return LINKED & t.groups.c.address.startswith(f"{platform}:", autoescape=True)


def used(work: Work, platform: str, what: str, month: str) -> int:
    """How much of messages, people or groups was used."""
    return int(work.run(queries(platform, month)[what]).scalar() or 0)


def add_messages(work: Work, platform: str, month: str, count: int) -> int:
    """So many more were sent; how many that makes in this month."""
    table = t.usage_months
    here = (table.c.platform == platform) & (table.c.month == month)
    if not work.run(update(table).where(here).values(messages=table.c.messages + count)).rowcount:
        work.run(insert(table).values(platform=platform, month=month, messages=count))
    return used(work, platform, "messages", month)


def add_people(work: Work, platform: str, addresses: Collection[str]) -> int:
    """These private chats were spoken with; how many of them never before."""
    if not addresses:
        return 0
    rows = [{"platform": platform, "person_key": work.seal.lookup("usage", address)} for address in addresses]
    return work.run(insert(t.usage_people).prefix_with("OR IGNORE", dialect="sqlite"), rows).rowcount


def first_time(work: Work, subject: str) -> bool:
    """Whether this has never been said; from now on it has."""
    row = {"subject_key": work.seal.lookup("notice", subject), "at": work.now}
    return work.run(insert(t.notices).prefix_with("OR IGNORE", dialect="sqlite"), [row]).rowcount > 0


def wards_on(work: Work, platform: str) -> list[Ward]:
    """Whom the plan of a platform concerns: the wards that have a group there, or else the only ward there is."""
    here = select(t.groups.c.ward_id).where(linked_on(platform))
    rows = work.all(WARD.where(t.wards.c.id.in_(here)).order_by(t.wards.c.id))
    if not rows and len(every := work.all(WARD.limit(2))) == 1:
        rows = every
    return [Ward(*row) for row in rows]
