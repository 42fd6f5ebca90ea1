"""What people ask, and what they have learned."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from data.tables.base import metadata

inquiries = Table(  # questions and feedback to staff
    "inquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("intent", String(16), nullable=False),  # question | feedback
    Column("person_key", String(64), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),  # who asks, and their words
    Column("sealed_answer", LargeBinary),
    Column("card_row", Integer),
    Column("asked_at", Float, nullable=False),
    Column("answered_at", Float),  # or seen, where nothing was to be answered
    sqlite_autoincrement=True,  # an erased one's number must never name another's
)

ward_guides = Table(  # what was answered once and a chief made a guide of: no secret, nobody's own
    "ward_guides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(16), nullable=False),  # asked | live | gone
    Column("author_key", String(64), nullable=False),  # whoever worded it last: somebody else approves
    Column("inquiry_id", Integer),
    Column("card_row", Integer),
    Column("approved_at", Float),
    Column("created_at", Float, nullable=False),
)

learners = Table(  # where somebody stands in the course
    "learners",
    metadata,
    Column("person_key", String(64), primary_key=True),
    Column("lesson", String(32)),
    Column("ward_id", ForeignKey("wards.id")),
    Column("group_id", ForeignKey("groups.id")),
    Column("officer", Boolean, nullable=False, default=False),
    Column("learned_at", Float, nullable=False),
    Index("ix_learners_ward_id_officer", "ward_id", "officer"),
)

lesson_answers = Table(  # the first answer to each question counts
    "lesson_answers",
    metadata,
    Column("person_key", String(64), primary_key=True),
    Column("lesson", String(32), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("right", Boolean, nullable=False),
    Column("at", Float, nullable=False),
)

lessons_given = Table(  # the lessons that went to a ward's groups
    "lessons_given",
    metadata,
    Column("broadcast_id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("lesson", String(32), nullable=False),
    Column("at", Float, nullable=False),
)

lesson_quizzes = Table(  # the questions of a lesson in a group: who answered what is not known, only how many
    "lesson_quizzes",
    metadata,
    Column("broadcast_id", Integer, primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("row_id", Integer),
    Column("poll_key", String(64), index=True),
    Column("total", Integer, nullable=False, default=0),
    Column("right", Integer, nullable=False, default=0),
)

lesson_pictures = Table(  # made once for each wording of a lesson
    "lesson_pictures",
    metadata,
    Column("lesson", String(32), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("file", String(64)),  # a random name in the vault; none while it is still wanted
)
