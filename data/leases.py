"""Who polls and sends for a token: one process at a time."""

import os
import socket
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from data import tables as t
from data.unit_of_work import Work

LASTS = 15.0


def me() -> str:
    """This process: host, process number, and when that process began (numbers are used again)."""
    return f"{socket.gethostname()}/{os.getpid()}/{began(os.getpid())}"


def take_lease(work: Work, name: str, owner: str) -> bool:
    """Take or renew a lease. A dead process of this host is recognised at once; another's must run out."""
    held = work.one(select(t.leases.c.owner, t.leases.c.until).where(t.leases.c.name == name))
    until = work.now + LASTS
    if held is None:
        work.run(insert(t.leases).values(name=name, owner=owner, until=until))
        return True
    if held.owner != owner and held.until > work.now and not is_dead(held.owner):
        return False
    work.run(update(t.leases).where(t.leases.c.name == name).values(owner=owner, until=until))
    return True


def give_lease(work: Work, name: str, owner: str) -> None:
    """Give a lease back at a clean end."""
    work.run(delete(t.leases).where(t.leases.c.name == name, t.leases.c.owner == owner))


def is_dead(owner: str) -> bool:
    """Whether the owner ran on this host and is gone; unknown counts as alive."""
    host, number, start = owner.split("/")
    return host == socket.gethostname() and began(int(number)) != start


def began(number: int) -> str:
    """When a process of this host began, in its kernel's ticks; empty for one that is not there."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "" if Path("/proc/self").exists() else "unknown"
