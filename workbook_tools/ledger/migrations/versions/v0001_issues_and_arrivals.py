"""Keep what was issued, what arrived and how it was judged: the tables before Alembic."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")


def upgrade() -> None:
    """Make the tables; those that a process killed in between has made already stay."""
    _issues()
    _arrivals()
    op.create_table("meta", sa.Column("version", sa.Integer, nullable=False), if_not_exists=True)
    op.create_table("stale", sa.Column("year", WHOLE, primary_key=True), if_not_exists=True)


def _issues() -> None:
    op.create_table(
        "issue",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("year", WHOLE, nullable=False),
        sa.Column("period", WHOLE, nullable=False),
        sa.Column("issue", WHOLE, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("snapshot", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("at", TEXT, nullable=False),
        if_not_exists=True,
    )
    form = ["unit", "year", "period", "issue"]
    op.create_index("issue_once", "issue", form, unique=True, if_not_exists=True)


def _arrivals() -> None:
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("folder", TEXT),
        sa.Column("at", TEXT, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("status", TEXT),
        sa.Column("unit", TEXT),
        sa.Column("year", WHOLE),
        sa.Column("period", WHOLE),
        sa.Column("issue", WHOLE),
        sa.Column("revision", WHOLE),
        sa.Column("report", TEXT),
        if_not_exists=True,
    )
    op.create_index("ix_arrival_sha256", "arrival", ["sha256"], if_not_exists=True)
    op.create_index("arrival_form", "arrival", ["unit", "year", "period"], if_not_exists=True)
    op.create_table(
        "value",
        sa.Column("arrival", sa.Integer, sa.ForeignKey("arrival.id"), primary_key=True),
        sa.Column("indicator", TEXT, primary_key=True),
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("number", TEXT),
        if_not_exists=True,
    )
    op.create_table(
        "text",
        sa.Column("arrival", sa.Integer, sa.ForeignKey("arrival.id"), primary_key=True),
        sa.Column("indicator", TEXT, primary_key=True),
        sa.Column("field", TEXT, primary_key=True),
        sa.Column("text", TEXT, nullable=False),
        if_not_exists=True,
    )
