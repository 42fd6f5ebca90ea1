"""The sealing key and this database belong together; when the key is rotated, what it hashed is hashed again."""

import msgspec
from sqlalchemy import insert, select, update

from bot.errors import BadSettings
from bot.sealing import Unsealable
from data import tables as t
from data.people import RoleHolder
from data.unit_of_work import Work

NAME = "key"
WRONG = (
    "BINHYEN_SECRET_KEY: is not the key that this database was sealed with; "
    "put the old key back (after a rotation: new,old), or nobody who reported can be told"
)


def check_key(work: Work) -> None:
    """Stop the start with a wrong key; after a rotation, re-key who holds a role and who reported.

    What cannot be hashed again, since nobody keeps it (the language somebody chose), is asked for again.
    """
    row = work.one(select(t.meta.c.sealed).where(t.meta.c.name == NAME))
    mark = work.seal.lookup(NAME, NAME).encode()
    if row is None:
        work.run(insert(t.meta).values(name=NAME, sealed=work.seal.seal(mark, NAME)))
        return
    try:
        known = work.seal.unseal(row.sealed, NAME)
    except Unsealable:
        raise BadSettings([WRONG]) from None
    if known != mark:
        rekey(work)
        work.run(update(t.meta).where(t.meta.c.name == NAME).values(sealed=work.seal.seal(mark, NAME)))


def rekey(work: Work) -> None:
    """Hash and seal again with the newest key."""
    for row in work.all(select(t.roles)):
        plain = work.seal.unseal(row.sealed, "role")
        holder = msgspec.json.decode(plain, type=RoleHolder)
        values = {"person_key": work.seal.lookup("role", holder.address), "sealed": work.seal.seal(plain, "role")}
        same = (t.roles.c.ward_id == row.ward_id) & (t.roles.c.person_key == row.person_key)
        work.run(update(t.roles).where(same, t.roles.c.role == row.role).values(values))
    for row in work.all(select(t.reporters)):
        plain = work.seal.unseal(row.sealed, "reporter")
        address = msgspec.json.decode(plain)["address"]
        values = {"person_key": work.seal.lookup("reporter", address), "sealed": work.seal.seal(plain, "reporter")}
        work.run(update(t.reporters).where(t.reporters.c.tip_id == row.tip_id).values(values))
