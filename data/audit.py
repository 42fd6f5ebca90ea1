"""Who did what: lines that are only ever added, each carrying a keyed digest of itself and of the line before it.

Whoever has only the database can neither change a line nor take one out unnoticed: the key of the digests is not in it
in clear (data.keys), and the sealed head says how far the chain goes. Triggers refuse the rest (migration 0007).
"""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.messages import Person
from bot.sealing import Unsealable
from data import tables as t
from data.unit_of_work import Work

HEAD = "audit head"
HIDDEN = "audit.pseudonymised"
PORTION = 2000
CHAINED = ("id", "ward_id", "at", "actor_key", "actor_digest", "act", "subject")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line: its number, how many lines there are up to it, and its digest."""

    line: int
    count: int
    digest: str

    def __str__(self) -> str:
        return f"{self.line}:{self.count}:{self.digest}"


EMPTY = Head(0, 0, "")
NEWEST = select(func.max(t.audit.c.id))
LINE = insert(t.audit)
KEPT = select(t.meta.c.sealed).where(t.meta.c.name == HEAD)
MOVE = update(t.meta).where(t.meta.c.name == HEAD).values(sealed=bindparam("head"))


def audit(work: Work, ward_id: int, actor: Person | None, act: str, subject: str = "") -> None:
    """Write down who did what; `actor` is none when nobody of the staff did it: the clock, or whoever reported."""
    address, name = (actor.address, actor.name) if actor else ("clock", "")
    sealed = work.seal.seal(f"{address} {name}".encode(), "actor")
    head = trusted_head(work)
    newest = work.run(NEWEST).scalar() or 0
    line: dict[str, Any] = {
        "id": max(newest, head.line) + 1,
        "ward_id": ward_id,
        "at": work.now,
        "actor_key": work.seal.lookup("actor", address),
        "actor_digest": digest_of(sealed),
        "act": act,
        "subject": subject,
    }
    digest = link(work, head.digest, [line[name] for name in CHAINED])
    work.run(LINE, line | {"sealed_actor": sealed, "digest": digest})
    keep_head(work, Head(line["id"], head.count + 1, digest))


def link(work: Work, before: str, values: list[Any]) -> str:
    """The digest of a line (its `CHAINED` columns) that follows one with the digest `before`."""
    return work.seal.lookup("audit", msgspec.json.encode([before, *values]).decode())


def digest_of(sealed: bytes | None) -> str:
    """What the chain knows of a sealed actor; it stays when the actor goes."""
    return hashlib.sha256(sealed or b"").hexdigest()


# --- the head


def find_head(work: Work) -> Head | None:
    """Where the chain ends; none before the first line. Raises Unsealable for a head that is not ours."""
    row = work.run(KEPT).first()
    return open_head(work, row.sealed) if row else None


def trusted_head(work: Work) -> Head:
    """Where the next line goes on; a head that is gone or not ours begins anew, and the break can be seen for ever."""
    try:
        return find_head(work) or begin_chain(work)
    except Unsealable:
        return EMPTY


def open_head(work: Work, sealed: bytes) -> Head:
    """A head as it was kept."""
    return msgspec.json.decode(work.seal.unseal(sealed, HEAD), type=Head)


def keep_head(work: Work, head: Head) -> None:
    """The chain ends here now."""
    sealed = work.seal.seal(msgspec.json.encode(head), HEAD)
    if work.run(MOVE, {"head": sealed}).rowcount == 0:
        work.run(insert(t.meta).values(name=HEAD, sealed=sealed))


def begin_chain(work: Work) -> Head:
    """Lines from before there was a chain become its beginning; those that have a digest are left as they are."""
    head = EMPTY
    for row in work.all(select(t.audit).where(t.audit.c.digest.is_(None)).order_by(t.audit.c.id)):
        values = row._asdict() | {"actor_digest": digest_of(row.sealed_actor)}
        digest = link(work, head.digest, [values[name] for name in CHAINED])
        kept = {"actor_digest": values["actor_digest"], "digest": digest}
        work.run(update(t.audit).where(t.audit.c.id == row.id).values(kept))
        head = Head(row.id, head.count + 1, digest)
    return head


# --- proof


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the chain that was looked at: the last good line, the first broken one (0: none), who was hidden."""

    head: Head
    broken: int = 0
    hidden: int = 0  # the highest line whose actor is gone
    allowed: int = 0  # up to which line that was announced
    done: bool = False


def prove(work: Work, so_far: Stretch, until: Head) -> Stretch:
    """The next lines of the chain, up to the head; a few thousand at a time, so that nobody waits."""
    query = select(t.audit).where(t.audit.c.id > so_far.head.line, t.audit.c.id <= until.line)
    rows = work.all(query.order_by(t.audit.c.id).limit(PORTION))
    head, hidden, allowed = so_far.head, so_far.hidden, so_far.allowed
    for row in rows:
        if not fits(work, head, row):
            return Stretch(head, row.id, done=True)
        head = Head(row.id, head.count + 1, row.digest)
        hidden = row.id if row.sealed_actor is None else hidden
        allowed = int(row.subject) if row.act == HIDDEN else allowed
    return Stretch(head, 0, hidden, allowed, done=len(rows) < PORTION)


def fits(work: Work, before: Head, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether a line is as it was written, and follows this one."""
    known = row.sealed_actor is None or digest_of(row.sealed_actor) == row.actor_digest
    return known and bool(row.digest == link(work, before.digest, [getattr(row, name) for name in CHAINED]))


def line_digest(work: Work, line: int) -> str | None:
    """The digest of a line; none where there is no such line."""
    return work.run(select(t.audit.c.digest).where(t.audit.c.id == line)).scalar()


# --- who it was, after years


def hide_actors(work: Work, before: float, limit: int) -> int:
    """Erase who did what before a time; the lines and their digests stay. How many, at most `limit`."""
    old = select(t.audit.c.id).where(t.audit.c.at < before, t.audit.c.sealed_actor.is_not(None))
    lines = list(work.run(old.order_by(t.audit.c.id).limit(limit)).scalars())
    if lines:
        trusted_head(work)
        work.run(update(t.audit).where(t.audit.c.id.in_(lines)).values(sealed_actor=None))
        audit(work, 0, None, HIDDEN, str(lines[-1]))
    return len(lines)
