"""Keep whose ledger it is, so that two workspaces never share one on a server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table of one row at most; a file beside its archive needs none."""
    op.create_table("owner", sa.Column("fingerprint", TEXT, primary_key=True))
