"""Let a large ledger find what is still on its way, and the returns of one year, at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the indexes; almost every arrival is filed, so that of the others is small."""
    on_its_way = sa.text("state <> 'filed'")
    op.create_index(
        "arrival_on_its_way",
        "arrival",
        ["id"],
        sqlite_where=on_its_way,
        postgresql_where=on_its_way,
    )
    op.create_index("arrival_year", "arrival", ["year", "status"])
