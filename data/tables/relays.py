"""Which message stands for which in another chat."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, String, Table

from data.tables.base import metadata

relays = Table(
    "relays",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", Integer, nullable=False),
    Column("group_id", Integer, nullable=False),
    Column("inward", Boolean, nullable=False),  # from a group to the desk
    Column("source", String(96), nullable=False),  # address of the chat it was written in
    Column("message_id", String(32), nullable=False),
    Column("part", Integer, nullable=False, default=0),  # which item of an album
    Column("row_id", Integer, nullable=False, index=True),
    Column("author_key", String(64), nullable=False),
    Column("sealed", LargeBinary),  # author and words, for 48 h: what a tip is made from
    Column("tip_id", Integer),  # the tip that was made from it
    Column("at", Float, nullable=False),
    Column("withdrawn_at", Float),
    Index("ix_relays_source_message_id", "source", "message_id"),
)
