"""What an operator does beside running: codes, lists of scams, backup, restore."""

import io
import os
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.app import KEY_FILE
from bot.config import Settings
from bot.errors import BadSettings
from bot.sealing import Seal, load_keys
from bot.services.drafts import all_wards, ward_named
from bot.services.scam_lists import MOST_LINES, Imported, import_list
from bot.services.wards import new_setup_code
from data.content import Content
from data.engine import Database, file_of
from data.keys import unlock
from data.leases import me, take_lease
from data.migrate import copy_database, migrate, version
from data.unit_of_work import Work

DATABASE = "binhyen.db"
VAULT = "vault"


def open_database(settings: Settings) -> Database:
    """The migrated database, for one errand."""
    migrate(settings.database_url, settings.var_dir / "backups")
    key = settings.secret_key.get_secret_value() if settings.secret_key else None
    database = Database(settings.database_url, Seal(load_keys(key, KEY_FILE.expanduser())))
    database.write_now(unlock)
    return database


def make_ward_code(settings: Settings) -> str:
    """A new code that registers one ward."""
    return open_database(settings).write_now(new_setup_code)


def import_scams(settings: Settings, file: Path, ward: str) -> str:
    """Put the lines of a CSV file on a ward's list of confirmed scams; what came of it."""
    content = Content.load()
    data = file.read_bytes()
    done = open_database(settings).write_now(lambda work: list_scams(work, content, data, ward))
    unread = f"; lines that could not be read: {', '.join(map(str, done.unread))}" if done.unread else ""
    more = f"; only the first {MOST_LINES} lines were read, split the file" if done.more else ""
    return f"{done.added} new, {done.known} known{unread}{more}"


def list_scams(work: Work, content: Content, data: bytes, name: str) -> Imported:
    """The same in a transaction. Raises BadSettings for a ward that is not to be told from others."""
    wards = all_wards(work)
    found = ward_named(work, name) if name else wards[0] if len(wards) == 1 else None
    if found is None:
        raise BadSettings([f"--ward: which of these? {', '.join(ward.name for ward in wards) or 'there is none yet'}"])
    return import_list(work, content.rules, found.id, None, data, content.names)


def database_file(settings: Settings) -> Path:
    """The SQLite file. Raises BadSettings for another kind of database, which has tools of its own."""
    from sqlalchemy.engine import make_url

    file = file_of(make_url(settings.database_url))
    if file is None:
        raise BadSettings(["BINHYEN_DATABASE_URL: backup and restore are for SQLite; use your database's own tools"])
    return file


def back_up(settings: Settings, to: Path | None) -> Path:
    """One .tar with a consistent copy of the database and the sealed evidence; the key is never in it."""
    file = database_file(settings)
    if not file.exists() or version(settings.database_url) is None:
        raise BadSettings(["BINHYEN_DATABASE_URL: there is no database yet to back up"])
    to = to or settings.var_dir / "backups" / f"binhyen-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        copy = Path(folder) / DATABASE
        copy_database(file, copy)
        draft = Path(folder) / "draft.tar"
        write_archive(draft, copy, settings.var_dir / VAULT)
        draft.chmod(0o600)
        draft.replace(to)
    return to


def write_archive(to: Path, database: Path, vault: Path) -> None:
    """Database first, then evidence: a file erased meanwhile is left out."""
    with tarfile.open(to, "w") as archive:
        archive.add(database, DATABASE)
        for file in sorted(vault.iterdir()) if vault.exists() else ():
            try:
                content = file.read_bytes()
            except FileNotFoundError:
                continue
            entry = tarfile.TarInfo(f"{VAULT}/{file.name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    with to.open("rb") as written:
        os.fsync(written.fileno())


def restore_from(settings: Settings, archive: Path) -> str:
    """Put a backup back; what was there is kept beside it. Refuses while a bot works on the database."""
    file = database_file(settings)
    check_idle(settings, file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        try:
            with tarfile.open(archive, "r:") as source:
                source.extractall(folder, filter="data")
        except tarfile.TarError:
            raise BadSettings([f"{archive}: is no backup of this bot, or damaged"]) from None
        restored = Path(folder) / DATABASE
        if not restored.exists():
            raise BadSettings([f"{archive}: is no backup of this bot (it has no {DATABASE})"])
        old = set_aside(file)
        restored.replace(file)
        put_vault(Path(folder) / VAULT, settings.var_dir / VAULT)
    return f"restored {file} (version {version(settings.database_url)})" + (f"; the old one is {old}" if old else "")


def check_idle(settings: Settings, file: Path) -> None:
    """A running bot would write into what is being replaced."""
    if not file.exists():
        return
    database = open_database(settings)
    if not database.write_now(lambda work: take_lease(work, "delivery", me())):
        raise BadSettings(["the bot is running on this database: stop it first, then restore"])


def set_aside(file: Path) -> Path | None:
    """Move a database out of the way, whole."""
    if not file.exists():
        return None
    old = file.with_name(f"{file.name}.before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    copy_database(file, old)
    for part in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        part.unlink(missing_ok=True)
    return old


def put_vault(source: Path, to: Path) -> None:
    """Evidence files beside those that are there: their names never collide."""
    if not source.exists():
        return
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in source.iterdir():
        shutil.copyfile(file, to / file.name)
