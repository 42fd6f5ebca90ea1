"""the search knows the beginnings of words up to five letters, which is nearly every syllable as a whole"""

from alembic import op

from data.search import CREATE

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """the same words in a new index: its beginnings are fixed when it is made"""
    op.execute("ALTER TABLE tip_words RENAME TO tip_words_before")
    op.execute(CREATE)
    op.execute("INSERT INTO tip_words (rowid, ward, words) SELECT rowid, ward, words FROM tip_words_before")
    op.execute("DROP TABLE tip_words_before")
