"""A database that was migrated is what the code expects, from empty and from each version before."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.engine import make_url

from data.engine import writer_engine
from data.migrate import FOLDER, HEAD, upgrade, version
from data.tables import metadata


def test_the_migrations_make_the_tables_of_the_code(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    upgrade(url)
    assert version(url) == HEAD
    engine = writer_engine(make_url(url))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert [one for one in differences if not is_index_of_words(one)] == []
    engine.dispose()


def is_index_of_words(difference: Any) -> bool:
    """The full-text index is no table of the code: `data.search` alone knows it."""
    return difference[0] == "remove_table" and difference[1].name.startswith("tip_words")


def made_by(version: str, url: str) -> None:
    """A database as an older version left it."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["url"] = url
    command.upgrade(config, version)


def test_what_was_found_before_is_found_still(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    made_by("0012", url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.execute("INSERT INTO tip_words (rowid, ward, words) VALUES (7, 'w1', 'mat xe may do')")
        database.commit()
    upgrade(url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        found = database.execute("SELECT rowid FROM tip_words WHERE tip_words MATCH 'ward:w1 AND words:(xe AND d*)'")
        assert found.fetchall() == [(7,)]


def test_what_was_broadcast_before_there_were_editions_is_the_first(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    made_by("0008", url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.executescript(
            "INSERT INTO broadcast_targets (broadcast_id, group_id, row_id) VALUES (1, 1, 7), (1, 2, NULL)"
        )
    upgrade(url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        rows = database.execute("SELECT group_id, edition FROM broadcast_targets ORDER BY group_id").fetchall()
    assert rows == [(1, 0), (2, -1)]


def test_bulletins_keep_their_numbers_and_what_belongs_to_them(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    made_by("0015", url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.executescript(
            "INSERT INTO wards VALUES (1, 'Phường Hoa Sữa', 'telegram:-1', 1, 'full', 0);"
            "INSERT INTO bulletins (id, ward_id, number, month, sealed, created_at)"
            " VALUES (7, 1, 3, '2026-11', 'x', 1);"
            "INSERT INTO bulletin_counts (bulletin_id, channel, count, at) VALUES (7, 'led', 5, 1)"
        )
    upgrade(url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        assert database.execute("SELECT id, number, month FROM bulletins").fetchall() == [(7, 3, "2026-11")]
        assert database.execute("SELECT bulletin_id, count FROM bulletin_counts").fetchall() == [(7, 5)]
        database.execute("DELETE FROM bulletins")
        fresh = "INSERT INTO bulletins (ward_id, number, month, sealed, created_at) VALUES (1, 1, '2026-12', 'x', 1)"
        assert database.execute(fresh).lastrowid == 8


def test_what_a_ward_had_published_residents_still_read(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/old.db"
    made_by("0015", url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        database.executescript("INSERT INTO ward_contacts VALUES (1, 1, 'Trực ban', '113', 0)")
    upgrade(url)
    with closing(sqlite3.connect(tmp_path / "old.db")) as database:
        assert database.execute("SELECT value, status FROM ward_contacts").fetchall() == [("113", "live")]
