"""a broadcast's groups are known before their messages are posted"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """a broadcast's groups are known before their messages are posted"""
    with op.batch_alter_table("broadcast_targets") as batch_op:
        batch_op.alter_column("row_id", existing_type=sa.Integer(), nullable=True)
