"""Tips whose time is over: words, files and reporters go; what can be counted (ward, kind, times, outcome) stays.

A tip that another authority has keeps its receipt (code, history, the hashes of its files) longer than its words: so
the ward can prove for two years what it was told, and when it passed it on.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, case, delete, exists, func, insert, or_, select, update

from bot.domain.tips import OVER, Outcome, Status
from data import tables as t
from data.retention import DAY, House, Step
from data.tips import erase_words, tip_by_id
from data.unit_of_work import Work
from data.vault import Vault

PORTION = 50
LEAVING = "reporter leaves"  # what stands in the history of a tip whose reporter wants to be forgotten once it is over
COUNTS = "erased counts"
REPORT_HOUR = 8
Counts = dict[str, dict[str, int]]  # ward, then what: words, files, people

tips = t.tips
OVER_AT: ColumnElement[float] = case(
    (tips.c.status.in_(OVER), func.coalesce(tips.c.closed_at, tips.c.answered_at)),
    (  # the desk saw a draft about danger that was never confirmed, and nobody closed it
        (tips.c.status == Status.DRAFT) & tips.c.card_row.is_not(None),
        func.coalesce(tips.c.withdrawn_at, tips.c.touched_at),
    ),
)
PASSED = or_(tips.c.passed_at.is_not(None), func.coalesce(tips.c.outcome, "") == Outcome.PASSED_ON)
TOLD_AT = case((tips.c.aside.is_(False), tips.c.ward_id)).label("ward_id")  # no desk hears of a report about an officer
PASSED_AT: ColumnElement[float] = func.coalesce(tips.c.passed_at, tips.c.answered_at)


def over_for(work: Work, days: int) -> ColumnElement[bool]:
    """Tips that have been over for so many days."""
    return work.now - days * DAY > OVER_AT


# --- steps: how many, 0 once nothing is left


def expire_words(work: Work, house: House) -> int:
    """Words and files: of what was passed on after one term, of anything else after another, with all its rows."""
    terms = house.terms
    passed = PASSED & over_for(work, terms.passed_days)
    plain = ~PASSED & over_for(work, terms.feedback_days)
    query = select(tips.c.id, TOLD_AT, PASSED.label("passed")).where(tips.c.erased_at.is_(None))
    rows = work.all(query.where(or_(passed, plain)).order_by(tips.c.id).limit(PORTION))
    for row in rows:
        files = erase_files(work, [row.id], house.vault)
        people = forget_reporters(work, [row.id])
        erase_words(work, tip_by_id(work, row.id))
        if not row.passed:
            drop_receipt(work, row.id)
        note_counts(work, house.zone, row.ward_id, words=1, files=files, people=people)
        work.remind(f"tip-erased:{row.id}", work.now)
    return len(rows)


def expire_receipts(work: Work, house: House) -> int:
    """Code, history and hashes of what was passed on."""
    kept = exists().where(t.tip_events.c.tip_id == tips.c.id)
    query = select(tips.c.id).where(tips.c.erased_at.is_not(None), over_for(work, house.terms.receipt_days), kept)
    numbers = list(work.run(query.limit(PORTION)).scalars())
    for number in numbers:
        drop_receipt(work, number)
    return len(numbers)


def expire_reporters(work: Work, house: House) -> int:
    """Who reported."""
    query = select(tips.c.id, TOLD_AT).join(t.reporters, t.reporters.c.tip_id == tips.c.id)
    leaving = exists().where(t.tip_events.c.tip_id == tips.c.id, t.tip_events.c.what == LEAVING)
    soon = (tips.c.status == Status.CLOSED) & leaving
    rows = work.all(query.where(or_(soon, over_for(work, house.terms.informant_days))).limit(4 * PORTION))
    for ward, count in Counter(row.ward_id for row in rows).items():
        note_counts(work, house.zone, ward, people=count)
    return forget_reporters(work, [row.id for row in rows])


def expire_originals(work: Work, house: House) -> int:
    """Files as they came, once the authority that a tip was passed on to has them; what staff see stays."""
    table = t.evidence
    query = select(table.c.id, table.c.file, TOLD_AT).join(tips, tips.c.id == table.c.tip_id)
    original = (table.c.file != "") & or_(table.c.shown.is_(None), table.c.shown != table.c.file)
    late = PASSED & (work.now - house.terms.originals_days * DAY > PASSED_AT)
    rows = work.all(query.where(original, late).limit(PORTION))
    for row in rows:
        house.vault.erase(row.file)
        work.run(update(table).where(table.c.id == row.id).values(file=""))
        note_counts(work, house.zone, row.ward_id, files=1)
    return len(rows)


def expire_letters(work: Work, house: House) -> int:
    """What reporter and officers wrote to each other."""
    table = t.tip_events
    query = select(table.c.id).join(tips, tips.c.id == table.c.tip_id)
    letters = table.c.sealed.is_not(None) & table.c.what.contains("wrote")
    late = over_for(work, house.terms.letters_days)
    numbers = list(work.run(query.where(letters, late).limit(PORTION)).scalars())
    work.run(update(table).where(table.c.id.in_(numbers)).values(sealed=None))
    return len(numbers)


TIP_STEPS: tuple[Step, ...] = (expire_words, expire_receipts, expire_reporters, expire_originals, expire_letters)


# --- what is erased


def erase_files(work: Work, numbers: Sequence[int], vault: Vault) -> int:
    """Take the files of tips off the disk, before the commit: none is lost sight of. The rows keep their hashes."""
    table = t.evidence
    mine = table.c.tip_id.in_(numbers)
    rows = work.all(select(table.c.file, table.c.shown).where(mine, (table.c.file != "") | table.c.shown.is_not(None)))
    for row in rows:
        for name in filter(None, {row.file, row.shown}):
            vault.erase(name)
    work.run(update(table).where(mine).values(file="", shown=None))
    return len(rows)


def forget_reporters(work: Work, numbers: Sequence[int]) -> int:
    """Nobody knows any more who reported these, nor can tell them anything."""
    waiting = (t.outbox.c.tip_id.in_(numbers)) & (t.outbox.c.state == "waiting")
    work.run(update(t.outbox).where(waiting).values(state="dropped", sealed=None))
    work.run(update(tips).where(tips.c.id.in_(numbers)).values(pass_key=None))  # nobody goes on with it from elsewhere
    return work.run(delete(t.reporters).where(t.reporters.c.tip_id.in_(numbers))).rowcount


def drop_receipt(work: Work, number: int) -> None:
    """Everything of a tip but what can be counted."""
    for table in (t.evidence, t.tip_events, t.proposals, t.reveals):
        work.run(delete(table).where(table.c.tip_id == number))
    topic = work.run(select(tips.c.topic_id).where(tips.c.id == number)).scalar()
    bare = {"handler_key": None, "sealed_handler": None, "topic_id": None}
    work.run(update(tips).where(tips.c.id == number).values(bare))
    if topic is not None and work.one(select(tips.c.id).where(tips.c.topic_id == topic)) is None:
        work.run(delete(t.topics).where(t.topics.c.id == topic))


# --- what was erased is told once a day


def note_counts(work: Work, zone: ZoneInfo, ward_id: int | None, **more: int) -> None:
    """So much more of a ward was erased; the clock says so in the morning."""
    if not ward_id or not any(more.values()):
        return
    counts = read_counts(work)
    counts[str(ward_id)] = dict(Counter(counts.get(str(ward_id), {})) + Counter(more))
    sealed = work.seal.seal(msgspec.json.encode(counts), COUNTS)
    if work.run(update(t.meta).where(t.meta.c.name == COUNTS).values(sealed=sealed)).rowcount == 0:
        work.run(insert(t.meta).values(name=COUNTS, sealed=sealed))
    work.remind("erased", next_morning(work.now, zone))


def read_counts(work: Work) -> Counts:
    """What was erased since it was last told."""
    row = work.one(select(t.meta.c.sealed).where(t.meta.c.name == COUNTS))
    return msgspec.json.decode(work.seal.unseal(row.sealed, COUNTS), type=Counts) if row else {}


def take_counts(work: Work) -> Counts:
    """The same; from now on it counts as told."""
    counts = read_counts(work)
    work.run(delete(t.meta).where(t.meta.c.name == COUNTS))
    return counts


def next_morning(now: float, zone: ZoneInfo) -> float:
    """The next time that it is eight o'clock."""
    here = datetime.fromtimestamp(now, UTC).astimezone(zone)
    today = here.replace(hour=REPORT_HOUR, minute=0, second=0, microsecond=0)
    return (today if today > here else today + timedelta(days=1)).timestamp()
