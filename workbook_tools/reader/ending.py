"""Turn the end of a reading process into a verdict on its file, or into none (ADR 0005)."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from workbook_tools.problems.problem import Problem
from workbook_tools.reader.limits import Limits, damaged, grouped, too_large


def _ends(*names: str) -> frozenset[int]:
    """Give the exit codes that these signals leave, of those that the system knows."""
    known = (getattr(signal, name, None) for name in names)
    return frozenset(-number for number in known if number is not None)


_OUT_OF_TIME = _ends("SIGXCPU")
# Native code that gets no memory aborts; a machine without memory kills. On Windows the one
# is a fail-fast exception, the other STATUS_NO_MEMORY.
_OUT_OF_MEMORY = _ends("SIGABRT", "SIGKILL") | {0xC0000409, 0xC0000017}
_CRASHED = _ends("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP") | {
    0xC0000005,  # access violation
    0xC000001D,  # illegal instruction
    0xC0000025,  # noncontinuable exception
    *range(0xC000008C, 0xC0000097),  # bounds, arithmetic of numbers, privileged instruction
    0xC00000FD,  # stack overflow
    0xC0000374,  # heap corruption
    0xC0000420,  # assertion failure
}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a process ended.

    `code` is its exit code (negative: the signal), `had_file` tells whether it had taken the
    whole file, `was_late` whether we killed it for taking too long by the clock on the wall.
    """

    code: int | None
    had_file: bool
    was_late: bool

    @property
    def is_certain(self) -> bool:
        """Tell whether one such end is enough: nobody else uses up its computing time."""
        return self.had_file and self.code in _OUT_OF_TIME

    def verdict(self, limits: Limits) -> Problem | None:
        """Say what the file did; None for an end that no file can cause.

        An exit code of Python's own and the signals by which people and systems stop a
        program (SIGINT, SIGTERM, SIGHUP) are such ends.
        """
        if not self.had_file:
            return None
        if self.was_late or self.code in _OUT_OF_TIME:
            return too_large("waktu membaca (detik)", f"{limits.seconds:g}")
        if self.code in _OUT_OF_MEMORY:
            return too_large("memori untuk membaca", grouped(limits.memory))
        return damaged("isi berkas") if self.code in _CRASHED else None
