"""Areas: what staff call the parts of their ward, so that a broadcast can go to one of them."""

from collections.abc import Sequence

from sqlalchemy import update

from bot.errors import Refused
from bot.messages import Person
from data import tables as t
from data.audit import audit
from data.places import Group, Ward
from data.unit_of_work import Work

LONGEST = 40


def set_area(work: Work, ward: Ward, by: Person, groups: Sequence[int], area: str | None) -> None:
    """These groups are there from now on; in none without a name."""
    if area is not None and not 0 < len(area) <= LONGEST:
        raise Refused("area.how")
    table = t.groups
    work.run(update(table).where(table.c.id.in_(groups), table.c.ward_id == ward.id).values(area=area))
    audit(work, ward.id, by, "group.area", ",".join(map(str, groups))[:96])


def by_area(groups: Sequence[Group]) -> dict[str, list[str]]:
    """The names of groups by area; those in none last, under an empty name. Empty where none is in any."""
    placed: dict[str, list[str]] = {}
    for group in sorted(groups, key=lambda group: (group.area is None, group.area or "")):
        placed.setdefault(group.area or "", []).append(group.name)
    return placed if any(placed) else {}
