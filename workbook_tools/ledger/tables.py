"""Declare the tables of the ledger."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    literal_column,
    text,
)

META = MetaData()
VERSION = 3  # the number of the last step in migrations/versions
TEXT = String().with_variant(String(collation="C"), "postgresql")  # ordered as SQLite orders
WHOLE = Integer().with_variant(BigInteger(), "postgresql")  # a stamp may say any year
MASTER_STATUSES = ("accepted", "rejected")  # what a master tells of

meta_table = Table("meta", META, Column("version", Integer, nullable=False))
issue_table = Table(
    "issue",
    META,
    Column("id", Integer, primary_key=True),
    Column("unit", TEXT, nullable=False),
    Column("year", WHOLE, nullable=False),
    Column("period", WHOLE, nullable=False),
    Column("issue", WHOLE, nullable=False),
    Column("digest", TEXT, nullable=False),
    Column("snapshot", TEXT, nullable=False),
    Column("sha256", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Index("issue_once", "unit", "year", "period", "issue", unique=True),
)
arrival_table = Table(
    "arrival",
    META,
    Column("id", Integer, primary_key=True),
    Column("sha256", TEXT, nullable=False, index=True),
    Column("file", TEXT, nullable=False),
    Column("folder", TEXT),
    Column("at", TEXT, nullable=False),
    Column("taken", Integer, nullable=False),  # 1 where the file leaves the inbox once filed
    Column("state", TEXT, nullable=False),  # arrived, judged, delivered, filed
    Column("status", TEXT),
    Column("unit", TEXT),
    Column("year", WHOLE),
    Column("period", WHOLE),
    Column("issue", WHOLE),
    Column("revision", WHOLE),
    Column("report", TEXT),  # JSON of the arrival as `ingest` prints it
    Index("arrival_form", "unit", "year", "period"),
    Index("arrival_year", "year", "status"),
)
ON_ITS_WAY = arrival_table.c.state != literal_column("'filed'")  # as the index says it
_ASKED_FOR = text("state <> 'filed'")
Index(
    "arrival_on_its_way",
    arrival_table.c.id,
    sqlite_where=_ASKED_FOR,
    postgresql_where=_ASKED_FOR,
)
value_table = Table(
    "value",
    META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("number", TEXT),  # decimal text; NULL where the person said "no data"
)
text_table = Table(
    "text",
    META,
    Column("arrival", Integer, ForeignKey("arrival.id"), primary_key=True),
    Column("indicator", TEXT, primary_key=True),  # "" for the block of people
    Column("field", TEXT, primary_key=True),
    Column("text", TEXT, nullable=False),
)
stale_table = Table("stale", META, Column("year", WHOLE, primary_key=True))
owner_table = Table("owner", META, Column("fingerprint", TEXT, primary_key=True))
