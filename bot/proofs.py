"""What an operator can prove without reading anything: that the audit is whole, that evidence is as it came."""

import hashlib
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from sqlalchemy import select

from bot.config import Settings
from bot.errors import BadSettings
from bot.maintenance import DATABASE, VAULT, open_database
from bot.sealing import Unsealable
from data import tables as t
from data.audit import (
    EMPTY,
    HEAD,
    Head,
    Stretch,
    begin_chain,
    find_head,
    keep_head,
    line_digest,
    open_head,
    prove,
)
from data.engine import Database
from data.unit_of_work import Work
from data.vault import Vault

PORTION = 200


# --- the audit


def prove_audit(settings: Settings, against: str | None) -> tuple[bool, str]:
    """Whether the chain is whole, and one line about it; also whether it still holds what a backup or a mark knew."""
    database = open_database(settings)
    known = mark_of(database, against) if against else None
    head = database.write_now(read_head)
    if head is None:
        return False, "audit: the head is missing or not ours: lines may have been cut off the end"
    stretch = Stretch(EMPTY)
    while not stretch.done:
        stretch = database.write_now(lambda work, so_far=stretch: prove(work, so_far, head))  # type: ignore[misc]
    fault = fault_of(stretch, head)
    if not fault and known and database.write_now(lambda work: line_digest(work, known.line)) != known.digest:
        fault = f"line {known.line} is not the one that was known"
    return not fault, f"audit: {stretch.head.count} lines, {fault or f'unbroken; mark {head}'}"


def read_head(work: Work) -> Head | None:
    """Where the chain ends; none where it had a head. Lines that nobody has chained yet are chained now."""
    try:
        head = find_head(work)
    except Unsealable:
        return None
    if head is None and work.one(select(t.audit.c.id).where(t.audit.c.digest.is_not(None)).limit(1)) is None:
        head = begin_chain(work)
        keep_head(work, head)
    return head


def fault_of(stretch: Stretch, head: Head) -> str:
    """What is wrong with a chain; never what a line says."""
    if stretch.broken:
        return f"broken at line {stretch.broken}"
    if stretch.head != head:
        return f"then {head.count - stretch.head.count} missing at the end"
    if stretch.hidden > stretch.allowed:
        return f"and line {stretch.hidden} lost its actor unannounced"
    return ""


def mark_of(database: Database, against: str) -> Head:
    """The head that a backup has in it, or a mark as `audit verify` printed it."""
    if Path(against).exists():
        return database.write_now(lambda work: open_head(work, head_in(Path(against))))
    line, _, rest = against.partition(":")
    count, _, digest = rest.partition(":")
    if not (line.isdecimal() and count.isdecimal() and digest):
        raise BadSettings([f"{against}: is neither a backup nor a mark that `audit verify` printed"])
    return Head(int(line), int(count), digest)


def head_in(archive: Path) -> bytes:
    """The sealed head in a backup."""
    try:
        with tarfile.open(archive, "r:") as source, tempfile.TemporaryDirectory() as folder:
            source.extract(DATABASE, folder, filter="data")
            with sqlite3.connect(Path(folder) / DATABASE) as copy:
                row = copy.execute("SELECT sealed FROM meta WHERE name = ?", [HEAD]).fetchone()
            copy.close()
    except (tarfile.TarError, KeyError, sqlite3.Error):
        raise BadSettings([f"{archive}: is no backup of this bot, or damaged"]) from None
    if row is None:
        raise BadSettings([f"{archive}: is older than the chain, it has no head"])
    return bytes(row[0])


# --- evidence


def prove_evidence(settings: Settings) -> tuple[bool, list[str]]:
    """Whether every sealed original is what was received, and a line for each kind of fault, with numbers only."""
    database = open_database(settings)
    vault = Vault(settings.var_dir / VAULT, database.seal)
    missing: list[int] = []
    changed: list[int] = []
    seen, last = 0, 0
    while rows := database.write_now(lambda work, after=last: originals_after(work, after)):  # type: ignore[misc]
        for number, name, digest in rows:
            state = state_of(vault, name, digest)
            missing += [number] if state == "missing" else []
            changed += [number] if state == "changed" else []
        seen, last = seen + len(rows), rows[-1][0]
    lines = [f"evidence: {seen} files, {seen - len(missing) - len(changed)} as received"]
    lines += [f"missing: {named(missing)}"] if missing else []
    lines += [f"changed: {named(changed)}"] if changed else []
    return not (missing or changed), lines


def originals_after(work: Work, number: int) -> list[tuple[int, str, str]]:
    """Number, name and digest of the next originals that are still kept."""
    table = t.evidence
    query = select(table.c.id, table.c.file, table.c.sha256).where(table.c.id > number, table.c.file != "")
    return [(row.id, row.file, row.sha256) for row in work.all(query.order_by(table.c.id).limit(PORTION))]


def state_of(vault: Vault, name: str, digest: str) -> str:
    """What became of an original."""
    try:
        content = vault.get(name)
    except FileNotFoundError:
        return "missing"
    except Unsealable:
        return "changed"
    return "kept" if hashlib.sha256(content).hexdigest() == digest else "changed"


def named(numbers: list[int]) -> str:
    """Numbers as words."""
    return ", ".join(str(number) for number in numbers)
