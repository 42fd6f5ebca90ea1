"""A database that was migrated is what the code expects, from empty and from each version before."""

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.engine import make_url

from data.engine import writer_engine
from data.migrate import HEAD, upgrade, version
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
