"""The hand-over file of a tip: who may ask for it, what stands in it, and when it is taken away again.

Whoever reported is never in it: no name, no account, no contact. Originals are, with whatever metadata they have.
"""

import mimetypes
import re
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import insert, select, update

from bot.domain import contacts
from bot.domain.cases import Move
from bot.domain.tips import Status
from bot.errors import Refused
from bot.messages import MediaKind, Person
from bot.parcels import new_password
from bot.services import casework, evidence
from data import tables as t
from data.alike import followers_of
from data.evidence import evidence_of
from data.reporters import Informant, informant_of
from data.tips import Tip, find_tip
from data.unit_of_work import Work

PASSWORD_SHOWN = 600.0
MOST_OTHERS = 200
KEPT = 86400.0  # s for which the file stays in the vault: by then it was sent
SPOKEN = frozenset({"wrote", "reporter wrote", "passed", "pass note"})
"""Of what happened, that whose words stand in the file. Notes of staff do not: they may name somebody."""
CALLED = r"(?i:anh|chị|bác|cô|chú|ông|bà|em|cháu|dì|tên|là)"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who asked for a file, and the password it will have."""

    by: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a tip's history."""

    at: float
    what: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One file of evidence: its name in the archive, and what was noted at its receipt."""

    name: str
    kind: str
    file: str
    size: int
    sha256: str
    at: float


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a hand-over file is made from."""

    id: int
    tip: Tip
    ward: str
    wish: Wish = field(repr=False)
    text: str = field(repr=False)
    history: tuple[Happening, ...] = field(repr=False)
    others: tuple[str, ...] = field(repr=False)  # the code and the words of each tip of the same thing
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made, or could not be."""

    tip_id: int
    password: str = field(repr=False)
    files: tuple[str, ...] = ()


# --- asking


def ask(work: Work, tip: Tip, by: Person) -> None:
    """An officer wants the file of a tip that was passed on. It is made beside the conversation, which goes on."""
    casework.check_move(work, tip, Move.PASS, by)
    if tip.status is not Status.PASSED:
        raise Refused("stale")
    table = t.handovers
    if work.one(select(table.c.id).where(table.c.tip_id == tip.id, table.c.made_at.is_(None))):
        raise Refused("handover.pending")
    casework.record(work, tip, by, "exported")
    for one in (tip, *followers_of(work, tip.id, 0, MOST_OTHERS)):
        evidence.note_exported(work, one, by, [item.id for item in evidence_of(work, one)])
    sealed = work.seal.seal(msgspec.json.encode(Wish(by.name, new_password())), "handover")
    work.run(insert(table).values(tip_id=tip.id, sealed=sealed, asked_at=work.now))


# --- what stands in it


def next_job(work: Work) -> Job | None:
    """The oldest wish that is still open."""
    table = t.handovers
    row = work.one(
        select(table.c.id, table.c.tip_id, table.c.sealed).where(table.c.made_at.is_(None)).order_by(table.c.id)
    )
    tip = find_tip(work, row.tip_id) if row else None
    if row is None or tip is None:
        return None
    ward = work.run(select(t.wards.c.name).where(t.wards.c.id == tip.ward_id)).scalar() or ""
    informant = informant_of(work, tip)
    followers = followers_of(work, tip.id, 0, MOST_OTHERS)
    others = tuple(f"{one.code}: {without_name(one.text, informant_of(work, one))}" for one in followers)
    exhibits = exhibits_of(work, [tip, *followers])
    text, history = without_name(tip.text, informant), history_of(work, tip, informant)
    return Job(row.id, tip, ward, wish_in(work, row.sealed), text, history, others, exhibits)


def wish_in(work: Work, sealed: bytes) -> Wish:
    """A wish as it was kept."""
    return msgspec.json.decode(work.seal.unseal(sealed, "handover"), type=Wish)


def history_of(work: Work, tip: Tip, informant: Informant | None) -> tuple[Happening, ...]:
    """What happened to a tip, without whoever reported it."""
    table = t.tip_events
    rows = work.all(
        select(table.c.at, table.c.what, table.c.sealed).where(table.c.tip_id == tip.id).order_by(table.c.id)
    )
    return tuple(Happening(row.at, row.what, spoken(work, row.what, row.sealed, informant)) for row in rows)


def spoken(work: Work, what: str, sealed: bytes | None, informant: Informant | None) -> str:
    """The words of a happening, where they may be told: numbers hidden, the reporter's name taken out."""
    if sealed is None or what not in SPOKEN:
        return ""
    return without_name(contacts.hide(work.seal.unseal(sealed, "tip event").decode()).text, informant)


def without_name(text: str, informant: Informant | None) -> str:
    """A text without the name of whoever reported; of one word, where it is called: alone it is a word like others."""
    name = informant.name.strip() if informant else ""
    if not name:
        return text
    word = rf"(?<!\w){re.escape(name)}(?!\w)"
    if " " in name:
        return re.sub(word, "…", text, flags=re.IGNORECASE)
    return re.sub(rf"\b({CALLED}) {word}", r"\1 …", text)


def exhibits_of(work: Work, tips: list[Tip]) -> tuple[Exhibit, ...]:
    """The evidence of a tip and of those that follow it, oldest first."""
    table = t.evidence
    rows = work.all(select(table).where(table.c.tip_id.in_([tip.id for tip in tips])).order_by(table.c.id))
    return tuple(
        Exhibit(exhibit_name(number, row.mime, row.kind), row.kind, row.file, row.size, row.sha256, row.at)
        for number, row in enumerate(rows, 1)
    )


def exhibit_name(number: int, mime: str, kind: str) -> str:
    """A name that tells nothing; the one the sender gave it may. A place is latitude and longitude in JSON."""
    ending = ".json" if kind == MediaKind.LOCATION else mimetypes.guess_extension(mime) or ".bin"
    return f"bang-chung/{number:03d}{ending}"


# --- made, shown, taken away


def finish(work: Work, job_id: int, files: tuple[str, ...]) -> None:
    """The files lie in the vault; the clock shows them at the desk. None: they could not be made."""
    values = {"files": ",".join(files), "made_at": work.now}
    work.run(update(t.handovers).where(t.handovers.c.id == job_id).values(values))
    work.remind(f"handover:{job_id}", work.now)
    if files:
        work.remind(f"handover-end:{job_id}", work.now + KEPT, ":".join(["handover-end", *files]))


def take_made(work: Work, job_id: int) -> Made | None:
    """What is to be shown, once: the password is erased with it."""
    table = t.handovers
    row = work.one(select(table).where(table.c.id == job_id, table.c.made_at.is_not(None), table.c.sealed.is_not(None)))
    if row is None:
        return None
    work.run(update(table).where(table.c.id == job_id).values(sealed=None))
    return Made(row.tip_id, wish_in(work, row.sealed).password, tuple(filter(None, row.files.split(","))))
