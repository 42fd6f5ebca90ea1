"""Posts that accuse somebody in a group: whether they are taken down, and how often the group is told why."""

from sqlalchemy import update

from bot.messages import Person
from bot.services.notices import first_time
from data import tables as t
from data.audit import audit
from data.places import Group
from data.unit_of_work import Work

TOLD_AGAIN = 60.0  # s; in a heated group one note stands for several posts


def set_guard(work: Work, group: Group, by: Person, *, on: bool) -> None:
    """From now on they are, or are not."""
    work.run(update(t.groups).where(t.groups.c.id == group.id).values(guarded=on))
    audit(work, group.ward_id, by, f"group.guard_{'on' if on else 'off'}", str(group.id))


def note_taken(work: Work, group: Group) -> bool:
    """A post was taken down; whether the group is to be told. Nothing of the post or its author is written down."""
    audit(work, group.ward_id, None, "group.post_taken_down", str(group.id))
    return first_time(work, f"guard {group.id}", TOLD_AGAIN)
