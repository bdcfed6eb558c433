"""Declare the tables of the ledger."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)

META = MetaData()
VERSION = 1
MASTER_STATUSES = ("accepted", "rejected")  # what a master tells of

meta_table = Table("meta", META, Column("version", Integer, nullable=False))
issue_table = Table(
    "issue",
    META,
    Column("id", Integer, primary_key=True),
    Column("unit", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("period", Integer, nullable=False),
    Column("issue", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("snapshot", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("at", String, nullable=False),
    Index("issue_once", "unit", "year", "period", "issue", unique=True),
)
arrival_table = Table(
    "arrival",
    META,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False, index=True),
    Column("file", String, nullable=False),
    Column("folder", String),
    Column("at", String, nullable=False),
    Column("taken", Integer, nullable=False),  # 1 where the file leaves the inbox once filed
    Column("state", String, nullable=False),  # arrived, judged, delivered, filed
    Column("status", String),
    Column("unit", String),
    Column("year", Integer),
    Column("period", Integer),
    Column("issue", Integer),
    Column("revision", Integer),
    Column("report", String),  # JSON of the arrival as `ingest` prints it
    Index("arrival_form", "unit", "year", "period"),
)
value_table = Table(
    "value",
    META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("number", String),  # decimal text; NULL where the person said "no data"
)
text_table = Table(
    "text",
    META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", String, primary_key=True),  # "" for the block of people
    Column("field", String, primary_key=True),
    Column("text", String, nullable=False),
)
stale_table = Table("stale", META, Column("year", Integer, primary_key=True))
