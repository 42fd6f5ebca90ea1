"""scam records: a ward's confirmed list, objections to it, and the ward's own published contacts"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """three new tables"""
    op.create_table(
        "scam_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("value_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=True),
        sa.Column("sealed_by", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_scam_records_ward_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scam_records"),
        sa.UniqueConstraint("ward_id", "kind", "value_key", name="uq_scam_records_ward_id_kind_value_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scam_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["scam_records.id"], name="fk_scam_objections_record_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scam_objections"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_scam_objections_record_id", "scam_objections", ["record_id"])
    op.create_table(
        "ward_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_ward_contacts_ward_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ward_contacts"),
    )
    op.create_index("ix_ward_contacts_ward_id", "ward_contacts", ["ward_id"])
