"""Run the command line with batches and chunks so small that a short test has many of them.

python -m tests.cluster.small BATCH CHUNK ARGUMENT...
"""

from __future__ import annotations

import sys
from functools import partial

from workbook_tools.cli import main
from workbook_tools.cluster import connection
from workbook_tools.pipeline import ingest

if __name__ == "__main__":
    ingest.BATCH = int(sys.argv[1])
    connection.connected = partial(connection.connected, chunk=int(sys.argv[2]))
    main(sys.argv[3:])
