"""the queue: its indexes, its full-text index, the card that was shown last"""

import sqlalchemy as sa
from alembic import op

from bot.domain.vietnamese import fold, words
from data.search import CREATE, PUT, ward_mark

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """what is there already is indexed too"""
    op.execute("DELETE FROM menus")  # choices are kept with the message that first showed them from now on
    op.add_column("tips", sa.Column("shown_row", sa.Integer(), nullable=True))
    op.create_index("ix_tips_queue", "tips", ["ward_id", "status", "urgency", "id"])
    op.create_index("ix_tips_queue_kind", "tips", ["ward_id", "kind", "status", "urgency", "id"])
    op.create_index("ix_tips_queue_group", "tips", ["group_id", "status", "urgency", "id"])
    op.create_index("ix_tips_queue_handler", "tips", ["handler_key", "status", "urgency", "id"])
    op.execute(CREATE)
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, ward_id, code, text, place FROM tips WHERE text != ''")).all()
    for row in rows:
        folded = " ".join(words(fold(f"{row.code} {row.text} {row.place}")))
        connection.execute(PUT, {"tip": row.id, "ward": ward_mark(row.ward_id), "words": folded})
