"""Turn a ledger of an older program, or an empty database, into a ledger of this one.

Imported only where there is something to do: Alembic takes a while to import.
"""

from __future__ import annotations

import logging
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, column, delete, insert, table

from workbook_tools.ledger.base import version_of
from workbook_tools.ledger.place import Place

FOLDER = Path(__file__).parent / "migrations"
_META = table("meta", column("version"))


def upgrade(place: Place, engine: Engine) -> None:
    """Take every step that a ledger lacks, each in one transaction with what records it.

    Of several processes that come at once one takes a step, and the others find it taken. A
    step is recorded twice: in `meta`, by which programs before Alembic refuse a ledger that is
    newer than they are, and in Alembic's own table.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    scripts = ScriptDirectory(str(FOLDER))
    for script in reversed(tuple(scripts.walk_revisions())):
        number = int(script.revision)
        with engine.begin() as connection:
            place.alone(connection)
            if version_of(place, connection) >= number:
                continue
            context = MigrationContext.configure(connection)
            with Operations.context(context):
                script.module.upgrade()
            context.stamp(scripts, script.revision)
            connection.execute(delete(_META))
            connection.execute(insert(_META).values(version=number))
