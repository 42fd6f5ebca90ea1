"""The ward's monthly issues."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from data.tables.base import metadata

bulletins = Table(  # the numbered monthly issues of a ward
    "bulletins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("month", String(7), nullable=False),  # "2026-11", in the wards' time zone
    Column("sealed", LargeBinary, nullable=False),  # its sections
    Column("sealed_next", LargeBinary),  # the same as corrected, while that waits for approval
    Column("card_row", Integer),
    Column("broadcast_id", Integer),  # no foreign key: broadcasts are erased after their time, bulletins stay
    Column("picture", String(64)),  # a sealed file in the vault, for whoever reads it later
    Column("created_at", Float, nullable=False),
    Column("issued_at", Float),  # when it left for the groups
    Column("reached", Integer),  # groups, once all was told
    Column("targets", Integer),
    Column("members", Integer),  # in the groups reached, as far as their platforms tell
    UniqueConstraint("ward_id", "number"),
    UniqueConstraint("ward_id", "month"),
    sqlite_autoincrement=True,  # the code on a printed draft that was discarded must never open another bulletin
)

bulletin_sheets = Table(  # what is to be typeset: asked for, made, taken away again
    "bulletin_sheets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bulletin_id", ForeignKey("bulletins.id"), nullable=False, index=True),
    Column("purpose", String(8), nullable=False),  # send | correct | print
    Column("sealed", LargeBinary),  # its words, and who asked; erased once it was shown
    Column("asked_at", Float, nullable=False),
    Column("files", Text),  # JSON: random names in the vault by what they are; empty where it could not be made
    Column("made_at", Float),
)

bulletin_reach = Table(  # whether a bulletin came to a group, and how many are in it as far as its platform tells
    "bulletin_reach",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("arrived", Boolean, nullable=False),
    Column("members", Integer),
)

bulletin_counts = Table(  # how many a bulletin reached by a channel, as officers noted it
    "bulletin_counts",
    metadata,
    Column("bulletin_id", ForeignKey("bulletins.id"), primary_key=True),
    Column("channel", String(16), primary_key=True),  # led | loa | fanpage
    Column("count", Integer, nullable=False),
    Column("at", Float, nullable=False),
)
