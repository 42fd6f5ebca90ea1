"""audit lines are only ever added; when a tip's words were erased"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = ("id", "ward_id", "at", "actor_key", "act", "subject")
SAME = " AND ".join(f"new.{name} IS old.{name}" for name in KEPT)
COMPLETED = " AND ".join(f"(old.{name} IS NULL OR new.{name} IS old.{name})" for name in ("digest", "actor_digest"))
HIDDEN = "(new.sealed_actor IS NULL OR new.sealed_actor IS old.sealed_actor)"
REFUSE = "BEGIN SELECT RAISE(ABORT, 'audit lines are only ever added'); END"
TRIGGERS = (
    f"CREATE TRIGGER audit_stays BEFORE DELETE ON audit {REFUSE}",
    f"CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit WHEN NOT ({SAME} AND {COMPLETED} AND {HIDDEN}) {REFUSE}",
    f"CREATE TRIGGER audit_unreplaced BEFORE INSERT ON audit WHEN new.id IN (SELECT id FROM audit) {REFUSE}",  # noqa: S608
)


def upgrade() -> None:
    """A line may only be given its first digest and lose who it was; on SQLite triggers refuse anything else.

    A later migration that rebuilds the table (batch_alter_table) must make the triggers again.
    """
    op.add_column("audit", sa.Column("actor_digest", sa.String(length=64), nullable=True))
    op.add_column("tips", sa.Column("erased_at", sa.Float(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(trigger)
