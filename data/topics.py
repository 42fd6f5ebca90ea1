"""Topics of a desk. The sender makes them; a deleted or closed one is made again."""

from dataclasses import dataclass

from sqlalchemy import insert, select, update

from data import tables as t
from data.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic; `thread` is empty until it exists, or where the desk is no forum."""

    id: int
    name: str
    thread: str
    forum: bool


def add_topic(work: Work, ward_id: int, name: str, kind: str) -> int:
    """Plan a topic; its number."""
    return work.add(insert(t.topics).values(ward_id=ward_id, name=name[:128], kind=kind, thread=""))


def find_topic(work: Work, topic_id: int) -> Topic:
    """A planned topic, and whether its desk has topics at all."""
    table = t.topics
    query = select(table.c.id, table.c.name, table.c.thread, t.wards.c.desk_forum).join(t.wards)
    row = work.one(query.where(table.c.id == topic_id))
    if row is None:
        raise LookupError(f"topic {topic_id}")
    return Topic(*row)


def topic_by_thread(work: Work, ward_id: int, thread: str) -> int | None:
    """The topic that has this thread now."""
    table = t.topics
    row = work.one(select(table.c.id).where(table.c.ward_id == ward_id, table.c.thread == thread))
    return row.id if row else None


def set_thread(work: Work, topic_id: int, thread: str) -> None:
    """The sender made the topic (or found it gone: empty)."""
    work.run(update(t.topics).where(t.topics.c.id == topic_id).values(thread=thread))


def forget_thread(work: Work, ward_id: int, thread: str) -> None:
    """This topic was closed or deleted: the next message makes it again."""
    table = t.topics
    work.run(update(table).where(table.c.ward_id == ward_id, table.c.thread == thread).values(thread=""))


def has_forum(work: Work, desk: str) -> None:
    """This desk has topics now, and we may make them."""
    work.run(update(t.wards).where(t.wards.c.desk == desk).values(desk_forum=True))


def no_forum(work: Work, desk: str) -> None:
    """This desk has no topics (any more): its messages carry the topic's name instead."""
    work.run(update(t.wards).where(t.wards.c.desk == desk).values(desk_forum=False))
