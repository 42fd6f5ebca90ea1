"""corrections: who wrote the one that waits for a second person, and whether the files were replaced"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """two columns; what waited to be confirmed by the old rule is forgotten, since nobody knows who wrote it"""
    op.add_column("broadcasts", sa.Column("sealed_corrector", sa.LargeBinary(), nullable=True))
    op.add_column("broadcasts", sa.Column("new_files", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE broadcasts SET sealed_next = NULL")
