"""How long things are kept. After an erasure the log of the database is emptied too, or the words would stay in it.

Tips have a module of their own (data.expiry). What may be much goes in portions, each a transaction of its own: nobody
waits for it, and after a crash the next hour goes on where it stopped.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, func, or_, select, update

from bot.config import RetentionSettings
from data import tables as t
from data.audit import hide_actors
from data.broadcasts import unseal_message
from data.relays import forget_sources
from data.scams import CHECKED, expire_records
from data.unit_of_work import Work
from data.vault import Vault

HOUR = 3600.0
DAY = 24 * HOUR
SHARED_BODIES = 30 * DAY  # as long as one part of a shared message can still be taken out of it
SOURCES = 48 * HOUR  # what staff may still make a tip of
REPEATS = 7 * DAY  # how long a repeated event is recognised; Telegram itself repeats for 24 h
MENUS = DAY
TRIES = DAY
PARKED = 30 * DAY
CODES = 30 * DAY
QUESTIONS = 30 * DAY
UNANSWERED = 60 * DAY  # what nobody answers goes as well in the end
NOTICES = 400 * DAY  # longer than anything that is said only so often
DUTIES = 60 * DAY
LEARNERS = 730 * DAY  # after somebody last learned; officers until the year of the target is over
PORTION = 500


@dataclass(frozen=True, slots=True)
class House:
    """What an erasure needs: the terms, the files, and where the wards' clocks are."""

    terms: RetentionSettings
    vault: Vault
    zone: ZoneInfo

    def portion(self, step: "Step") -> Callable[[Work], int]:
        """A step as a transaction of its own."""
        return lambda work: step(work, self)


Step = Callable[[Work, House], int]


def purge(work: Work) -> None:
    """Erase what is past its time and never much."""
    forget_sources(work, work.now - SOURCES)
    purge_queues(work)
    table = t.codes
    spent = or_(table.c.used_at < work.now - CODES, table.c.expires_at < work.now - CODES)
    work.run(delete(table).where(table.c.kind != "setup", spent))  # a used setup code must stay known as used
    work.run(delete(t.menus).where(t.menus.c.shown_at < work.now - MENUS))
    work.run(delete(t.tries).where(t.tries.c.since < work.now - TRIES))
    work.run(delete(t.notices).where(t.notices.c.at < work.now - NOTICES))
    work.run(delete(t.conversations).where(t.conversations.c.updated_at < work.now - QUESTIONS))
    checked = (t.conversations.c.step == CHECKED) & (t.conversations.c.updated_at < work.now - MENUS)
    work.run(delete(t.conversations).where(checked))
    work.run(delete(t.mutes).where(t.mutes.c.until < work.now))
    work.run(delete(t.duties).where(t.duties.c.until < work.now - DUTIES))
    expire_records(work)
    work.run(delete(t.learners).where(t.learners.c.learned_at < work.now - LEARNERS))
    forgotten = t.lesson_answers.c.person_key.not_in(select(t.learners.c.person_key))
    work.run(delete(t.lesson_answers).where(forgotten, t.lesson_answers.c.at < work.now - LEARNERS))


def purge_queues(work: Work) -> None:
    """The same of what came in and went out."""
    shared = (t.outbox.c.state == "sent") & (t.outbox.c.sent_at < work.now - SHARED_BODIES)
    work.run(update(t.outbox).where(shared, t.outbox.c.sealed.is_not(None)).values(sealed=None))
    parked = (t.outbox.c.state == "parked") & (t.outbox.c.created_at < work.now - PARKED)
    work.run(update(t.outbox).where(parked, t.outbox.c.sealed.is_not(None)).values(sealed=None, sealed_chat=None))
    handled = (t.inbox.c.state == "done") & (t.inbox.c.received_at < work.now - REPEATS)
    work.run(delete(t.inbox).where(handled))
    given_up = (t.inbox.c.state == "parked") & (t.inbox.c.received_at < work.now - PARKED)
    work.run(delete(t.inbox).where(given_up))


# --- in portions: how many of something were erased, 0 once nothing is left


def expire_relays(work: Work, house: House) -> int:
    """Which message was relayed where."""
    old = select(t.relays.c.id).where(t.relays.c.at < work.now - house.terms.traces_days * DAY)
    return work.run(delete(t.relays).where(t.relays.c.id.in_(old.order_by(t.relays.c.id).limit(PORTION)))).rowcount


def expire_messages(work: Work, house: House) -> int:
    """Rows of messages that were sent or given up, and the platform's numbers of them."""
    table = t.outbox
    before = work.now - house.terms.traces_days * DAY
    old = or_(
        (table.c.state == "sent") & (table.c.sent_at < before),
        table.c.state.in_(("dropped", "parked", "held")) & (table.c.created_at < before),
    )
    newest = work.run(select(func.max(table.c.id))).scalar() or 0  # stays: the next number follows from it
    query = select(table.c.id).where(old, table.c.id < newest)
    for used in used_rows():
        query = query.where(table.c.id.not_in(used))
    rows = list(work.run(query.order_by(table.c.id).limit(PORTION)).scalars())
    work.run(delete(t.deliveries).where(t.deliveries.c.row_id.in_(rows)))
    work.run(delete(table).where(table.c.id.in_(rows)))
    return len(rows)


def used_rows() -> list[Select[tuple[int]]]:
    """Messages that may still be changed: cards of tips and questions, broadcasts, what a group was welcomed with."""
    cards = [t.tips.c.card_row, t.tips.c.case_row, t.tips.c.shown_row]
    found = [select(card).where(t.tips.c.erased_at.is_(None), card.is_not(None)) for card in cards]
    waiting = select(t.proposals.c.row_id).where(t.proposals.c.settled_at.is_(None), t.proposals.c.row_id.is_not(None))
    targets = t.broadcast_targets.c
    others = [
        targets.row_id,
        targets.edit_row,
        t.broadcasts.c.card_row,
        t.broadcasts.c.preview_row,
        t.groups.c.welcome_row,
        t.bulletins.c.card_row,
        t.ward_guides.c.card_row,
        t.inquiries.c.card_row,
    ]
    return [*found, waiting, *(select(column).where(column.is_not(None)) for column in others)]


def expire_inquiries(work: Work, house: House) -> int:
    """Questions and feedback, and the answers; what became a guide stays, it is nobody's own."""
    table = t.inquiries
    ended = func.coalesce(table.c.answered_at, table.c.asked_at + UNANSWERED)
    old = select(table.c.id).where(ended < work.now - house.terms.letters_days * DAY)
    return work.run(delete(table).where(table.c.id.in_(old.limit(PORTION)))).rowcount


def expire_broadcasts(work: Work, house: House) -> int:
    """Broadcasts that are over, or never went, and schedules that were stopped."""
    before = work.now - house.terms.broadcasts_days * DAY
    over = t.broadcasts.c.status.in_(("sent", "cancelled", "draft", "asked", "paused", "withdrawn", "over"))
    ended = func.coalesce(t.broadcasts.c.finished_at, t.broadcasts.c.created_at) < before
    numbers = list(work.run(select(t.broadcasts.c.id).where(over, ended).limit(PORTION)).scalars())
    for table in (t.broadcast_targets, t.broadcast_reads):
        work.run(delete(table).where(table.c.broadcast_id.in_(numbers)))
    forget_files(work, numbers)
    unapproved = update(t.bulletins).where(t.bulletins.c.broadcast_id.in_(numbers))
    work.run(unapproved.values(sealed_next=None))
    work.run(delete(t.broadcasts).where(t.broadcasts.c.id.in_(numbers)))
    stopped = t.schedules.c.active.is_(False) & (t.schedules.c.checked_at < before)
    return len(numbers) + work.run(delete(t.schedules).where(stopped)).rowcount


def forget_files(work: Work, numbers: Sequence[int]) -> None:
    """Of broadcasts and corrections that nobody approved; those of the others are gone already."""
    table = t.broadcasts
    for row in work.all(select(table.c.sealed, table.c.sealed_next).where(table.c.id.in_(numbers))):
        for sealed in filter(None, row):
            for item in unseal_message(work, sealed).attachments:
                work.remind(f"erase-copy:{item.stored}", work.now)


def expire_groups(work: Work, house: House) -> int:
    """Where a group was that is no longer linked; its name stays beside the tips that came from it."""
    table = t.groups
    gone = (table.c.unlinked_at < work.now - house.terms.traces_days * DAY) & table.c.address.contains(":%:")
    numbers = list(work.run(select(table.c.id).where(gone).limit(PORTION)).scalars())
    for number in numbers:
        work.run(update(table).where(table.c.id == number).values(address=f"unlinked:{number}", code=None))
    return len(numbers)


def expire_actors(work: Work, house: House) -> int:
    """Who it was that did something years ago; what was done stays in the audit."""
    return hide_actors(work, work.now - house.terms.audit_days * DAY, PORTION)


STEPS: tuple[Step, ...] = (
    expire_relays,
    expire_messages,
    expire_inquiries,
    expire_broadcasts,
    expire_groups,
    expire_actors,
)
