"""What tables know of one person, found by their keyed hashes and taken away."""

from collections.abc import Collection

from sqlalchemy import delete, select, update

from bot.messages import Chat, ChatKind, Person
from data import tables as t
from data.conversations import key_of as conversation_key
from data.conversations import menu_key
from data.outbox import drop_rows
from data.outbox import key_of as delivery_key
from data.relays import author_key
from data.scams import forget_objections
from data.tries import key_of as tries_key
from data.unit_of_work import Work


def private_chat(person: Person) -> Chat:
    """The private chat with somebody."""
    return Chat(person.platform, person.id, ChatKind.PRIVATE)


def group_chat(address: str) -> Chat:
    """The chat of a group."""
    platform, _, number = address.partition(":")
    return Chat(platform, number, ChatKind.GROUP)


def has_choices(work: Work, person: Person) -> bool:
    """Whether a language or a ward is kept for somebody."""
    key = work.seal.lookup("person", person.address)
    return work.one(select(t.people.c.person_key).where(t.people.c.person_key == key)) is not None


def has_any_role(work: Work, person: Person) -> bool:
    """Whether somebody holds a role in any ward."""
    key = work.seal.lookup("role", person.address)
    return work.one(select(t.roles.c.role).where(t.roles.c.person_key == key)) is not None


def count_relays(work: Work, person: Person) -> int:
    """How many messages of somebody were relayed, as far as that is still known."""
    return len(work.all(select(t.relays.c.id).where(t.relays.c.author_key == author_key(work, person))))


def forget_choices(work: Work, person: Person, *, language: bool) -> None:
    """Their ward goes; their language too, unless they are still to be told something."""
    mine = t.people.c.person_key == work.seal.lookup("person", person.address)
    if language:
        work.run(delete(t.people).where(mine))
    else:
        work.run(update(t.people).where(mine).values(ward_id=None, group_id=None))


def forget_talk(work: Work, person: Person) -> None:
    """Open questions, menus, wrong codes, what they were told once, what they had relayed, what they objected to."""
    chat = private_chat(person)
    work.run(delete(t.conversations).where(t.conversations.c.chat_key == conversation_key(work, chat)))
    work.run(delete(t.tries).where(t.tries.c.subject_key == tries_key(work, person)))
    places = work.all(select(t.groups.c.id, t.groups.c.address))
    menus = [menu_key(work, one, person) for one in (chat, *(group_chat(row.address) for row in places))]
    work.run(delete(t.menus).where(t.menus.c.chat_key.in_(menus)))
    notices = [work.seal.lookup("notice", f"{row.id} {person.address}") for row in places]
    work.run(delete(t.notices).where(t.notices.c.subject_key.in_(notices)))
    mine = t.relays.c.author_key == author_key(work, person)
    work.run(update(t.relays).where(mine).values(author_key="", sealed=None))
    forget_objections(work, person)
    work.memo.clear()  # it remembers notices


def drop_waiting(work: Work, person: Person) -> None:
    """Messages to their private chat that have not left."""
    table = t.outbox
    waiting = (table.c.state == "waiting") & (table.c.platform == person.platform) & table.c.sealed_chat.is_not(None)
    rows = work.all(select(table.c.id, table.c.sealed_chat).where(waiting))
    mine = [row.id for row in rows if work.seal.unseal(row.sealed_chat, "chat").decode() == person.id]
    drop_rows(work, mine)


def forget_traces(work: Work, person: Person, newest: int, before: float, kept: Collection[str]) -> None:
    """Which messages went to their chat up to a row, but for those about `kept`; which events came from it by then."""
    key = delivery_key(work, person.platform, person.id, private=True)
    query = select(t.deliveries.c.row_id, t.outbox.c.about).outerjoin(t.outbox, t.outbox.c.id == t.deliveries.c.row_id)
    found = work.all(query.where(t.deliveries.c.chat_key == key, t.deliveries.c.row_id <= newest))
    rows = [row.row_id for row in found if row.about not in kept]
    work.run(delete(t.deliveries).where(t.deliveries.c.chat_key == key, t.deliveries.c.row_id.in_(rows)))
    bare = {"sealed": None, "sealed_chat": None, "message_ids": None, "about": None}
    work.run(update(t.outbox).where(t.outbox.c.id.in_(rows)).values(bare))
    came = (t.inbox.c.chat_key == work.seal.lookup("inbox", person.address)) & (t.inbox.c.state == "done")
    work.run(update(t.inbox).where(came, t.inbox.c.received_at <= before).values(chat_key=""))
    used = t.usage_people.c.person_key == work.seal.lookup("usage", person.address)
    work.run(delete(t.usage_people).where(used))
