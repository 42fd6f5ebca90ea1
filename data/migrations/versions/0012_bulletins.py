"""bulletins, what is typeset of them, and whom they reached"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """three tables"""
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("card_row", sa.Integer(), nullable=True),
        sa.Column("broadcast_id", sa.Integer(), nullable=True),
        sa.Column("picture", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("issued_at", sa.Float(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("targets", sa.Integer(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_bulletins_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("ward_id", "number", name=op.f("uq_bulletins_ward_id_number")),
        sa.UniqueConstraint("ward_id", "month", name=op.f("uq_bulletins_ward_id_month")),
    )
    op.create_table(
        "bulletin_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_sheets_bulletin_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_sheets")),
    )
    op.create_index("ix_bulletin_sheets_bulletin_id", "bulletin_sheets", ["bulletin_id"])
    op.create_table(
        "bulletin_counts",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_counts_bulletin_id")),
        sa.PrimaryKeyConstraint("bulletin_id", "channel", name=op.f("pk_bulletin_counts")),
    )
