"""How long things are kept. After an erasure the log of the database is emptied too, or the words would stay in it."""

from sqlalchemy import delete, update

from data import tables as t
from data.relays import forget_sources
from data.unit_of_work import Work

HOUR = 3600.0
DAY = 24 * HOUR
SHARED_BODIES = 30 * DAY  # as long as one part of a shared message can still be taken out of it
SOURCES = 48 * HOUR  # what staff may still make a tip of
REPEATS = 7 * DAY  # how long a repeated event is recognised; Telegram itself repeats for 24 h
MENUS = DAY
PARKED = 30 * DAY


def purge(work: Work) -> None:
    """Erase what is past its time."""
    forget_sources(work, work.now - SOURCES)
    shared = (t.outbox.c.state == "sent") & (t.outbox.c.sent_at < work.now - SHARED_BODIES)
    work.run(update(t.outbox).where(shared, t.outbox.c.sealed.is_not(None)).values(sealed=None))
    parked = (t.outbox.c.state == "parked") & (t.outbox.c.created_at < work.now - PARKED)
    work.run(update(t.outbox).where(parked, t.outbox.c.sealed.is_not(None)).values(sealed=None))
    handled = (t.inbox.c.state == "done") & (t.inbox.c.received_at < work.now - REPEATS)
    work.run(delete(t.inbox).where(handled))
    given_up = (t.inbox.c.state == "parked") & (t.inbox.c.received_at < work.now - PARKED)
    work.run(delete(t.inbox).where(given_up))
    work.run(delete(t.menus).where(t.menus.c.shown_at < work.now - MENUS))
