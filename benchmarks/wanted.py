"""Tell which ratios are wanted of the program, and what the yardstick of each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which side of its goal a ratio should lie on."""

    LOW = "at most"
    HIGH = "at least"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of what is wanted: its ratio in words, the goal and the stretch."""

    key: str
    words: str
    better: Better
    goal: float
    stretch: float

    def reached(self, ratio: float) -> str:
        """Say which of the two a ratio reaches."""
        for name, bound in (("stretch", self.stretch), ("goal", self.goal)):
            if ratio <= bound if self.better is Better.LOW else ratio >= bound:
                return name
        return "not met"


READ = Wanted("read", "our read of one return / bare calamine", Better.LOW, 1.5, 1.0)
PANDAS_READ = Wanted("pandas-read", "pd.read_excel (openpyxl) / our read", Better.HIGH, 20, 28)
VALIDATE = Wanted("validate", "pandera per file / our validation of a batch", Better.HIGH, 150, 250)
PANDERA_ALL = Wanted(
    "pandera-all", "pandas + pandera per file / `ingest` of the same returns", Better.HIGH, 8, 20
)
CONCAT_ALL = Wanted("concat-all", "pd.concat script / `ingest` of the same", Better.HIGH, 3, 8)
LOOP_ALL = Wanted("loop-all", "openpyxl loop / `ingest` of the same", Better.HIGH, 3, 8)
CONCAT_ONE = Wanted(
    "concat-one", "pd.concat script / `ingest` of one changed return", Better.HIGH, 25, 100
)
CONCAT_WARM = Wanted(
    "concat-warm", "pd.concat script / one changed return in a watcher", Better.HIGH, 100, 500
)
HELP = Wanted("help", "`--help` / a bare start of Python", Better.LOW, 6, 4)
GROWTH = Wanted("growth", "time per return, most returns / 1,000", Better.LOW, 1.2, 1.05)
MEMORY = Wanted("memory", "peak memory, most returns / 1,000", Better.LOW, 1.5, 1.1)
NOTE = Wanted(
    "note", "seconds from stillness to note beyond the settle time, p95", Better.LOW, 0.5, 0.2
)
