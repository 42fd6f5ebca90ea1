"""who is on duty at a desk, and whom a bulletin reached group by group"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """two tables"""
    op.create_table(
        "duties",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("private_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_duties_ward_id")),
        sa.PrimaryKeyConstraint("ward_id", "person_key", name=op.f("pk_duties")),
    )
    op.create_table(
        "bulletin_reach",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.Boolean(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletins.id"], name=op.f("fk_bulletin_reach_bulletin_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_bulletin_reach_group_id")),
        sa.PrimaryKeyConstraint("bulletin_id", "group_id", name=op.f("pk_bulletin_reach")),
    )
