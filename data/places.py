"""Wards, their desks and groups, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

from sqlalchemy import Select, Table, bindparam, select, update

from bot.messages import Chat, ChatKind
from data import tables as t
from data.unit_of_work import Place, Work


class Spot(Flag):
    """What kind of place a chat is to this house."""

    PRIVATE = auto()
    GROUP = auto()
    DESK = auto()
    STRANGER = auto()  # a group that no ward has linked
    ANYWHERE = PRIVATE | GROUP | DESK | STRANGER


@dataclass(frozen=True, slots=True)
class Ward:
    """A police unit and its desk chat."""

    id: int
    name: str
    desk: str
    desk_forum: bool
    desk_shows: str

    @property
    def place(self) -> Place:
        """Where the desk's messages go."""
        return Place.of(self.desk, self.id)


@dataclass(frozen=True, slots=True)
class Group:
    """A residents' chat linked to a ward."""

    id: int
    ward_id: int
    address: str
    name: str
    topic_id: int
    code: str | None
    guarded: bool
    area: str | None = None

    @property
    def place(self) -> Place:
        """Where the group's messages go."""
        return Place.of(self.address, self.ward_id)


@dataclass(frozen=True, slots=True)
class Here:
    """Where an event happened."""

    spot: Spot
    ward: Ward | None = None
    group: Group | None = None


def columns(table: Table, names: Sequence[str]) -> Select[*tuple[Any, ...]]:
    """Just these columns, in this order."""
    return select(*[table.c[name] for name in names])


WARD = columns(t.wards, Ward.__slots__)
WARD_AT = WARD.where(t.wards.c.desk == bindparam("desk"))
WARD_BY_ID = WARD.where(t.wards.c.id == bindparam("ward"))
LINKED = t.groups.c.unlinked_at.is_(None)
GROUP = columns(t.groups, Group.__slots__).where(LINKED)
GROUP_AT = GROUP.where(t.groups.c.address == bindparam("address"))
GROUP_BY_ID = GROUP.where(t.groups.c.id == bindparam("group"))
GROUP_BY_CODE = GROUP.where(t.groups.c.code == bindparam("code"))
GROUP_OF_TOPIC = GROUP.where(t.groups.c.topic_id == bindparam("topic"))


def find_here(work: Work, chat: Chat) -> Here:
    """Which place this chat is."""
    if chat.kind is ChatKind.PRIVATE:
        return Here(Spot.PRIVATE)
    return here_at(work, chat.address)


def here_at(work: Work, address: str) -> Here:
    """Which place the group chat at this address is. Asked twice for every event, so it is remembered."""
    here = work.memo.get(address)
    if here is None:
        here = work.memo[address] = look_up(work, address)
    return here


def look_up(work: Work, address: str) -> Here:
    """The same, asked of the tables."""
    if group := group_at(work, address):
        return Here(Spot.GROUP, ward_by_id(work, group.ward_id), group)
    if ward := ward_at(work, address):
        return Here(Spot.DESK, ward)
    return Here(Spot.STRANGER)


def ward_at(work: Work, desk: str) -> Ward | None:
    """The ward whose desk this address is."""
    row = work.peek(WARD_AT, desk=desk)
    return Ward(*row) if row else None


def find_ward(work: Work, ward_id: int) -> Ward | None:
    """A ward by its number."""
    row = work.peek(WARD_BY_ID, ward=ward_id)
    return Ward(*row) if row else None


def ward_by_id(work: Work, ward_id: int) -> Ward:
    """A ward that exists."""
    ward = find_ward(work, ward_id)
    if ward is None:
        raise LookupError(f"ward {ward_id}")
    return ward


def group_at(work: Work, address: str) -> Group | None:
    """The linked group at this address."""
    row = work.peek(GROUP_AT, address=address)
    return Group(*row) if row else None


def group_by_id(work: Work, group_id: int) -> Group | None:
    """A linked group by its number."""
    row = work.peek(GROUP_BY_ID, group=group_id)
    return Group(*row) if row else None


def group_by_code(work: Work, code: str) -> Group | None:
    """The linked group whose code was typed."""
    row = work.peek(GROUP_BY_CODE, code=code)
    return Group(*row) if row else None


def show_at_desk(work: Work, ward_id: int, shows: str) -> None:
    """What a ward's desk reads of each tip from now on: "full" or "summary"."""
    work.run(update(t.wards).where(t.wards.c.id == ward_id).values(desk_shows=shows))


def groups_of(work: Work, ward_id: int) -> list[Group]:
    """Every linked group of a ward, oldest first."""
    rows = work.all(GROUP.where(t.groups.c.ward_id == ward_id).order_by(t.groups.c.id))
    return [Group(*row) for row in rows]


def has_groups(work: Work, ward_id: int) -> bool:
    """Whether any group is linked to a ward."""
    return work.one(select(t.groups.c.id).where(LINKED, t.groups.c.ward_id == ward_id).limit(1)) is not None


def group_of_topic(work: Work, topic_id: int) -> Group | None:
    """The linked group that speaks in this topic of its desk."""
    row = work.peek(GROUP_OF_TOPIC, topic=topic_id)
    return Group(*row) if row else None


def guarded_groups(work: Work) -> frozenset[str]:
    """The addresses of the linked groups where accusing posts are taken down."""
    rows = work.all(select(t.groups.c.address).where(LINKED, t.groups.c.guarded))
    return frozenset(row.address for row in rows)
