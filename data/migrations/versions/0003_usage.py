"""what a platform's plan counts: messages of a month, people"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """what a platform's plan counts: messages of a month, people"""
    op.create_table(
        "usage_months",
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "month", name=op.f("pk_usage_months")),
    )
    op.create_table(
        "usage_people",
        sa.Column("platform", sa.String(length=32), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("platform", "person_key", name=op.f("pk_usage_people")),
        sqlite_with_rowid=False,
    )
