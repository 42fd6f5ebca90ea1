"""What goes to many groups, at once or by the calendar."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from data.tables.base import metadata

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("author_key", String(64), nullable=False),
    Column("sealed_author", LargeBinary),
    Column("content", String(16), nullable=False, default="text"),  # text | scams
    Column("sealed", LargeBinary, nullable=False),  # the Outgoing as it was written, without its last lines
    Column("emergency", Boolean, nullable=False, default=False),
    Column("status", String(16), nullable=False),  # bot.domain.broadcasting.Status
    Column("manner", Text),  # JSON of bot.domain.broadcasting.Manner: to whom and how, where that was said
    Column("edition", Integer, nullable=False, default=0),  # which one every copy is to be: corrected, withdrawn, over
    Column("sealed_next", LargeBinary),  # a correction that waits for its approval
    Column("sealed_corrector", LargeBinary),  # who wrote it
    Column("new_files", Boolean, nullable=False, default=False),  # corrected files: copies may still have the first
    Column("corrected_at", Float),
    Column("stopped_at", Float),  # since then nobody gets it who had not got it yet
    Column("rule", Text),  # JSON of bot.domain.calendar.Rule: asked for later
    Column("late_hours", Float),
    Column("preview_row", Integer),
    Column("card_row", Integer),
    Column("shown", Integer, nullable=False, default=-1),  # groups done as the card says
    Column("schedule_id", Integer),
    Column("created_at", Float, nullable=False),
    Column("approved_key", String(64)),
    Column("started_at", Float),
    Column("finished_at", Float),
)

broadcast_targets = Table(
    "broadcast_targets",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("row_id", Integer, index=True),  # none: still to be posted; 0: unlinked before it was
    Column("edit_row", Integer, index=True),  # the newest change of that copy; 0: unlinked before it
    Column("edition", Integer, nullable=False, default=-1),  # the newest that was posted to this group
)

broadcast_reads = Table(  # whoever pressed "read", once; another key in each broadcast, so that no two can be joined
    "broadcast_reads",
    metadata,
    Column("broadcast_id", ForeignKey("broadcasts.id"), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    sqlite_with_rowid=False,  # row numbers would tell in which order people read
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("content", String(16), nullable=False),  # text | scams
    Column("sealed", LargeBinary, nullable=False),  # the Outgoing; empty where the content is made at each time
    Column("rule", Text, nullable=False),  # JSON of bot.domain.calendar.Rule
    Column("late_hours", Float, nullable=False, default=2.0),
    Column("manner", Text),  # of each of its broadcasts
    Column("paused", Boolean, nullable=False, default=False),
    Column("skips_holidays", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("author_key", String(64), nullable=False),
    Column("sealed_author", LargeBinary),
    Column("approved_key", String(64)),
    Column("created_at", Float, nullable=False),
    Column("checked_at", Float, nullable=False),  # fire times up to here have been dealt with
)
