"""What a ward knows of scammers, and how a ward itself can be reached."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from data.tables.base import metadata

scam_records = Table(  # what a ward has confirmed to belong to a scam
    "scam_records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False),
    Column("kind", String(16), nullable=False),  # phone | account | link | plate
    Column("value_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # the value, its bank, and an officer's note
    Column("source", String(16), nullable=False),  # tip | officer | import
    Column("tip_id", Integer),
    Column("sealed_by", LargeBinary),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    UniqueConstraint("ward_id", "kind", "value_key"),
    sqlite_autoincrement=True,  # an old button must never mean a newer number
)

scam_objections = Table(  # "that is my number", until an officer has decided
    "scam_objections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("scam_records.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person_key", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # who, and what they say
    Column("at", Float, nullable=False),
    Column("settled_at", Float),
    Column("upheld", Boolean),
    sqlite_autoincrement=True,
)

ward_contacts = Table(  # how a ward says that it can be reached: it is meant to be read
    "ward_contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ward_id", ForeignKey("wards.id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("status", String(8), nullable=False),  # asked | live | gone
    Column("author_key", String(64), nullable=False),  # who proposed it; empty of those older than that rule
)
