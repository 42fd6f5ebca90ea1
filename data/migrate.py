"""Bring the database to this code's shape: copied first, each migration in its own transaction."""

import logging
import sqlite3
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from bot.errors import NewerDatabase
from data.engine import file_of, writer_engine

log = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "migrations"
HEAD = "0017"


def migrate(url_text: str, copies: Path) -> bool:
    """Migrate if needed; whether anything was done. Raises NewerDatabase when the data is ahead of the code."""
    url = make_url(url_text)
    at = version(url_text)
    if at == HEAD:
        return False
    if at is not None and at > HEAD:
        raise NewerDatabase(f"the database is at version {at}, this code at {HEAD}: start the newer code")
    if at is not None and (file := file_of(url)):
        copy_database(file, copies / f"before-{HEAD}.db")
    upgrade(url_text)
    return True


def version(url_text: str) -> str | None:
    """The database's version; none for an empty one."""
    engine = writer_engine(make_url(url_text))
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    finally:
        engine.dispose()


def upgrade(url_text: str) -> None:
    """Run what is missing."""
    from alembic import command  # only here: it costs a fifth of a second that most starts do not need
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url_text
    command.upgrade(config, "head")


def copy_database(file: Path, to: Path) -> None:
    """A consistent copy of a database in use."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with sqlite3.connect(file) as source, sqlite3.connect(to) as target:
        source.backup(target)
    source.close()
    target.close()
    to.chmod(0o600)
