"""Say what examines arrivals, a batch at a time, while the one before is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from workbook_tools.errors import OperatorError
from workbook_tools.pipeline.arrival import Arrival
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.reading import Reading
from workbook_tools.validation.identity import House
from workbook_tools.validation.judge import Examined
from workbook_tools.validation.schema import Failure

Read = Callable[[bytes], Reading]


@dataclass(frozen=True, slots=True)
class Terms:
    """What arrivals are examined by, anywhere: the workspace, the office's zone, the limits."""

    house: House
    zone: ZoneInfo
    limits: Limits


@dataclass(frozen=True, slots=True)
class Checked:
    """An arrival, what its own bytes tell, and what the schema finds in it."""

    arrival: Arrival
    examined: Examined
    failures: tuple[Failure, ...] = ()


class ExaminerLost(OperatorError):
    """What examined arrivals is gone; those that were received are examined by the next call."""


class Pending(Protocol):
    """A batch that is being examined."""

    def result(self) -> tuple[Checked, ...]:
        """Wait for it; OperatorError or OSError for trouble that is no verdict on any file.

        ExaminerLost where no batch can be had from this examiner any more.
        """


class Examiner(Protocol):
    """Examines batches of arrivals; whoever leaves it gives up what has not ended."""

    @property
    def ahead(self) -> int:
        """Tell how many batches may be under way while one is settled; it may change."""

    def begin(self, arrivals: Sequence[Arrival], terms: Terms) -> Pending:
        """Begin with a batch."""


Engine = Callable[[Read], AbstractContextManager[Examiner]]
"""Opens an examiner; what it is given reads one file in the process for it, here."""
