"""Wards, their desks and groups, as rows."""

from dataclasses import dataclass
from enum import Flag, auto

from sqlalchemy import select

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


WARD = select(t.wards.c.id, t.wards.c.name, t.wards.c.desk, t.wards.c.desk_forum, t.wards.c.desk_shows)
GROUP = select(t.groups.c.id, t.groups.c.ward_id, t.groups.c.address, t.groups.c.name, t.groups.c.topic_id).where(
    t.groups.c.unlinked_at.is_(None)
)


def find_here(work: Work, chat: Chat) -> Here:
    """Which place this chat is."""
    if chat.kind is ChatKind.PRIVATE:
        return Here(Spot.PRIVATE)
    return here_at(work, chat.address)


def here_at(work: Work, address: str) -> Here:
    """Which place the group chat at this address is."""
    if group := group_at(work, address):
        return Here(Spot.GROUP, ward_by_id(work, group.ward_id), group)
    if ward := ward_at(work, address):
        return Here(Spot.DESK, ward)
    return Here(Spot.STRANGER)


def ward_at(work: Work, desk: str) -> Ward | None:
    """The ward whose desk this address is."""
    row = work.one(WARD.where(t.wards.c.desk == desk))
    return Ward(*row) if row else None


def ward_by_id(work: Work, ward_id: int) -> Ward:
    """A ward that exists."""
    row = work.one(WARD.where(t.wards.c.id == ward_id))
    if row is None:
        raise LookupError(f"ward {ward_id}")
    return Ward(*row)


def group_at(work: Work, address: str) -> Group | None:
    """The linked group at this address."""
    row = work.one(GROUP.where(t.groups.c.address == address))
    return Group(*row) if row else None


def group_by_id(work: Work, group_id: int) -> Group | None:
    """A linked group by its number."""
    row = work.one(GROUP.where(t.groups.c.id == group_id))
    return Group(*row) if row else None


def groups_of(work: Work, ward_id: int) -> list[Group]:
    """Every linked group of a ward, oldest first."""
    rows = work.all(GROUP.where(t.groups.c.ward_id == ward_id).order_by(t.groups.c.id))
    return [Group(*row) for row in rows]


def group_of_topic(work: Work, topic_id: int) -> Group | None:
    """The linked group that speaks in this topic of its desk."""
    row = work.one(GROUP.where(t.groups.c.topic_id == topic_id))
    return Group(*row) if row else None
