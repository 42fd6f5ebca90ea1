"""cases in full: rules of a ward, moderators, proposals, reveals, mutes, what is understood of a tip"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TIPS: tuple[sa.Column[Any], ...] = (
    sa.Column("urgency", sa.String(length=8), nullable=False, server_default="normal"),
    sa.Column("sealed_facts", sa.LargeBinary(), nullable=True),
    sa.Column("hearsay", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("aside", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("place", sa.Text(), nullable=False, server_default=""),
    sa.Column("place_key", sa.String(length=160), nullable=False, server_default=""),
    sa.Column("happened_from", sa.Float(), nullable=True),
    sa.Column("happened_to", sa.Float(), nullable=True),
    sa.Column("pass_key", sa.String(length=64), nullable=True),
    sa.Column("acted_at", sa.Float(), nullable=True),
    sa.Column("passed_to", sa.Text(), nullable=True),
    sa.Column("passed_at", sa.Float(), nullable=True),
    sa.Column("decision", sa.String(length=24), nullable=True),
    sa.Column("answered_at", sa.Float(), nullable=True),
    sa.Column("lead_id", sa.Integer(), nullable=True),
    sa.Column("followers", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("joined_at", sa.Float(), nullable=True),
)
OTHERS: tuple[tuple[str, sa.Column[Any]], ...] = (
    ("groups", sa.Column("guarded", sa.Boolean(), nullable=False, server_default=sa.false())),
    ("roles", sa.Column("expires_at", sa.Float(), nullable=True)),
    ("roles", sa.Column("private_at", sa.Float(), nullable=True)),
    ("audit", sa.Column("digest", sa.String(length=64), nullable=True)),
    ("evidence", sa.Column("held", sa.String(length=16), nullable=True)),
)


def upgrade() -> None:
    """new columns first, then the new tables"""
    for column in TIPS:
        op.add_column("tips", column)
    op.create_index("ix_tips_lead_id", "tips", ["lead_id"])
    op.create_index("ix_tips_touched_at", "tips", ["touched_at"])
    op.create_index("ix_tips_ward_id_joined_at", "tips", ["ward_id", "joined_at"])
    for table, column in OTHERS:
        op.add_column(table, column)
    add_rules()
    add_proposals()
    add_reveals()
    add_mutes()
    add_handovers()


def add_rules() -> None:
    """where a ward departs from the defaults"""
    op.create_table(
        "ward_rules",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_ward_rules_ward_id")),
        sa.PrimaryKeyConstraint("ward_id", "name", name=op.f("pk_ward_rules")),
    )


def add_proposals() -> None:
    """what moderators would do"""
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("sealed_by", sa.LargeBinary(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_proposals_tip_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_tip_id"), "proposals", ["tip_id"])


def add_reveals() -> None:
    """wishes to know who reported"""
    op.create_table(
        "reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("asker_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("shown_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_reveals_tip_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveals")),
    )
    op.create_index(op.f("ix_reveals_tip_id"), "reveals", ["tip_id"])


def add_mutes() -> None:
    """whose reports wait in silence"""
    op.create_table(
        "mutes",
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_mutes_ward_id")),
        sa.PrimaryKeyConstraint("ward_id", "person_key", name=op.f("pk_mutes")),
    )


def add_handovers() -> None:
    """files for the authority that has a tip now"""
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_handovers_tip_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_tip_id"), "handovers", ["tip_id"])
