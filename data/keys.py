"""The sealing key and a database belong together; the key of the hashes lives in the database, sealed.

So the sealing key can be rotated and no keyed hash changes; and a database opened with another key stops the start.
"""

import secrets

from sqlalchemy import insert, select, update

from bot.errors import BadSettings
from bot.sealing import KEY_BYTES, Unsealable
from data import tables as t
from data.unit_of_work import Work

NAME = "hash key"
WRONG = (
    "BINHYEN_SECRET_KEY: is not the key that this database was sealed with; "
    "put the old key back (after a rotation: new,old), or nobody who reported can be told"
)


def unlock(work: Work) -> None:
    """Hash with this database's own key from now on; made at the first start, sealed again after a rotation.

    Raises BadSettings for a sealing key that does not open it.
    """
    row = work.one(select(t.meta.c.sealed).where(t.meta.c.name == NAME))
    if row is None:
        key = secrets.token_bytes(KEY_BYTES)
        work.run(insert(t.meta).values(name=NAME, sealed=work.seal.seal(key, NAME)))
    else:
        key = open_key(work, row.sealed)
    work.seal.hash_with(key)


def open_key(work: Work, sealed: bytes) -> bytes:
    """The key of the hashes; sealed anew where an older sealing key had sealed it."""
    try:
        key = work.seal.unseal(sealed, NAME)
    except Unsealable:
        raise BadSettings([WRONG]) from None
    if not work.seal.sealed_with_newest(sealed):
        work.run(update(t.meta).where(t.meta.c.name == NAME).values(sealed=work.seal.seal(key, NAME)))
    return key
