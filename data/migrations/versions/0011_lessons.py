"""lessons, guides, questions"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """new tables only"""
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(16), nullable=False),
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary()),
        sa.Column("card_row", sa.Integer()),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("answered_at", sa.Float()),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_inquiries_ward_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inquiries_person_key", "inquiries", ["person_key"])
    op.create_table(
        "ward_guides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("author_key", sa.String(64), nullable=False),
        sa.Column("inquiry_id", sa.Integer()),
        sa.Column("card_row", sa.Integer()),
        sa.Column("approved_at", sa.Float()),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_ward_guides_ward_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ward_guides"),
    )
    op.create_index("ix_ward_guides_ward_id", "ward_guides", ["ward_id"])
    create_lessons()


def create_lessons() -> None:
    """who is where, what went out, what was answered"""
    op.create_table(
        "learners",
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("lesson", sa.String(32)),
        sa.Column("ward_id", sa.Integer()),
        sa.Column("group_id", sa.Integer()),
        sa.Column("officer", sa.Boolean(), nullable=False),
        sa.Column("learned_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_learners_ward_id"),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_learners_group_id"),
        sa.PrimaryKeyConstraint("person_key", name="pk_learners"),
    )
    op.create_index("ix_learners_ward_id_officer", "learners", ["ward_id", "officer"])
    op.create_table(
        "lesson_answers",
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("lesson", sa.String(32), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("person_key", "lesson", "question", name="pk_lesson_answers"),
    )
    op.create_table(
        "lessons_given",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(32), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name="fk_lessons_given_ward_id"),
        sa.PrimaryKeyConstraint("broadcast_id", name="pk_lessons_given"),
    )
    op.create_index("ix_lessons_given_ward_id", "lessons_given", ["ward_id"])
    op.create_table(
        "lesson_quizzes",
        sa.Column("broadcast_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer()),
        sa.Column("poll_key", sa.String(64)),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_lesson_quizzes_group_id"),
        sa.PrimaryKeyConstraint("broadcast_id", "group_id", "question", name="pk_lesson_quizzes"),
    )
    op.create_index("ix_lesson_quizzes_poll_key", "lesson_quizzes", ["poll_key"])
    op.create_table(
        "lesson_pictures",
        sa.Column("lesson", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file", sa.String(64)),
        sa.PrimaryKeyConstraint("lesson", name="pk_lesson_pictures"),
    )
