"""What a platform's plan counts, and what this database is."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from data.tables.base import metadata

usage_months = Table(
    "usage_months",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("month", String(7), primary_key=True),  # "2026-11", in the wards' time zone
    Column("messages", Integer, nullable=False),
)

usage_people = Table(  # whoever was ever spoken with in private
    "usage_people",
    metadata,
    Column("platform", String(32), primary_key=True),
    Column("person_key", String(64), primary_key=True),
    sqlite_with_rowid=False,  # row numbers would tell in which order people came
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
