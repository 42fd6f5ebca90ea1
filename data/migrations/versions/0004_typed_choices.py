"""what people type where there are no buttons and no links: a group's code, a menu's number"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """what people type where there are no buttons and no links: a group's code, a menu's number"""
    with op.batch_alter_table("groups") as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=8), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_groups_code"), ["code"])
    with op.batch_alter_table("menus") as batch_op:
        batch_op.add_column(sa.Column("row_id", sa.Integer(), nullable=True))
