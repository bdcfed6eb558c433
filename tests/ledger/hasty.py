"""Turn a command into one whose turns, pauses between looks for them, and batches are short.

python -m tests.ledger.hasty ARGUMENT...
"""

from __future__ import annotations

import sys

from workbook_tools.cli import main
from workbook_tools.ledger import turn
from workbook_tools.pipeline import ingest, look

if __name__ == "__main__":
    turn.SECONDS = 4.0
    vars(look).update(RELIEF=2.0, TURN_SECONDS=1.0)
    vars(ingest).update(BATCH=2)
    main(sys.argv[1:])
