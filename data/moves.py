"""A group that became a supergroup: everything that knew its old id follows."""

from sqlalchemy import Select, delete, insert, select, update

from data import tables as t
from data.unit_of_work import Work


def move_chat(work: Work, old: str, new: str) -> bool:
    """Follow a chat from one address to another; whether anything of ours was there."""
    if old == new:
        return False
    work.run(delete(t.moves).where(t.moves.c.old == old))
    work.run(insert(t.moves).values(old=old, new=new))
    platform, _, chat = old.partition(":")
    outbox = t.outbox
    here = (outbox.c.platform == platform) & (outbox.c.chat == chat) & (outbox.c.state.in_(("waiting", "held")))
    work.run(update(outbox).where(here).values(chat=new.partition(":")[2]))
    groups = work.run(update(t.groups).where(t.groups.c.address == old).values(address=new)).rowcount
    desks = work.run(update(t.wards).where(t.wards.c.desk == old).values(desk=new)).rowcount
    if desks:
        work.run(update(t.topics).where(t.topics.c.ward_id.in_(ward_of(new))).values(thread=""))
    return bool(groups or desks)


def ward_of(desk: str) -> Select[tuple[int]]:
    """The ward with this desk, as a subquery."""
    return select(t.wards.c.id).where(t.wards.c.desk == desk)
