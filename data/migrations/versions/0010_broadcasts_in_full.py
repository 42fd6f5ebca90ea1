"""broadcasts in full: to whom and how, editions of each copy, who read; schedules that pause and skip holidays"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEW_COLUMNS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("groups", sa.Column("area", sa.Text(), nullable=True)),
    ("broadcasts", sa.Column("manner", sa.Text(), nullable=True)),
    ("broadcasts", sa.Column("edition", sa.Integer(), nullable=False, server_default="0")),
    ("broadcasts", sa.Column("sealed_next", sa.LargeBinary(), nullable=True)),
    ("broadcasts", sa.Column("corrected_at", sa.Float(), nullable=True)),
    ("broadcasts", sa.Column("stopped_at", sa.Float(), nullable=True)),
    ("broadcast_targets", sa.Column("edit_row", sa.Integer(), nullable=True)),
    ("broadcast_targets", sa.Column("edition", sa.Integer(), nullable=False, server_default="-1")),
    ("schedules", sa.Column("manner", sa.Text(), nullable=True)),
    ("schedules", sa.Column("paused", sa.Boolean(), nullable=False, server_default=sa.false())),
    ("schedules", sa.Column("skips_holidays", sa.Boolean(), nullable=False, server_default=sa.false())),
)


def upgrade() -> None:
    """what was posted already is the first edition"""
    for table, column in NEW_COLUMNS:
        op.add_column(table, column)
    op.create_index("ix_broadcast_targets_edit_row", "broadcast_targets", ["edit_row"])
    op.execute("UPDATE broadcast_targets SET edition = 0 WHERE row_id IS NOT NULL")
    op.create_table(
        "broadcast_reads",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name=op.f("fk_broadcast_reads_broadcast_id")),
        sa.PrimaryKeyConstraint("broadcast_id", "person_key", name=op.f("pk_broadcast_reads")),
        sqlite_with_rowid=False,
    )
