"""Say how large and with which seed the long tests of trust run.

By default they take minutes together. `WORKBOOK_TOOLS_LARGE=1` runs them at full size;
`WORKBOOK_TOOLS_SEED=7` draws other files, positions and orders.
"""

from __future__ import annotations

import os

SEED = int(os.environ.get("WORKBOOK_TOOLS_SEED", "20200403"))
IS_LARGE = os.environ.get("WORKBOOK_TOOLS_LARGE", "0") not in {"", "0"}


def sized(usual: int, large: int) -> int:
    """Give how many of something a long test does."""
    return large if IS_LARGE else usual


def figure(name: str, value: object) -> None:
    """Print a measured figure, as docs/trust.md quotes it (`pytest -s` or `-rP` shows it)."""
    print(f"[trust] {name}: {value}")
