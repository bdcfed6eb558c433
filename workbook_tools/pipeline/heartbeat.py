"""Let the watcher say that it lives, what it does and what troubles it, also while it is busy."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from workbook_tools.outbox import write_atomically
from workbook_tools.pipeline.sightings import Lingering
from workbook_tools.workspace import Workspace

log = logging.getLogger(__name__)


SHARE, WORK = "inbox", "kerja"
"""Where trouble comes from: the folder that people drop into, or what is done with it."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What the watcher says of itself; `busy_since` while it judges, times are aware."""

    is_running: bool = True
    trouble: str = ""
    trouble_since: datetime | None = None
    busy_since: datetime | None = None
    waiting: tuple[Lingering, ...] = ()


class Heartbeat:
    """Writes the sign of life at every change, and again whenever it would grow old."""

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        """Write into the state folder of a workspace."""
        self._workspace = workspace
        self._clock = clock
        self._beat = Beat()
        self._troubles: dict[str, str] = {}
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._repeat, name="tanda hidup", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._write()
        try:
            self._thread.start()
        except RuntimeError as error:  # how Python says that there is no thread to be had
            log.warning("tanda hidup hanya ditulis saat ada perubahan (%s)", error)

    def say(self, **changes: object) -> None:
        """Say something new; the fields are those of `Beat`."""
        with self._lock:
            before = self._beat
            self._beat = replace(before, **changes)  # type: ignore[arg-type] # fields of Beat
            if self._beat != before:
                self._write()

    def trouble(self, source: str) -> str:
        """Give the trouble that was last said of a source, "" where there is none."""
        return self._troubles.get(source, "")

    def complain(self, source: str, trouble: str) -> None:
        """Say what troubles a source now, "" for nothing; logged where it changes."""
        with self._lock:
            before = self.trouble(source)
            if trouble == before:
                return
            self._troubles[source] = trouble
            said = " ".join(filter(None, (self.trouble(SHARE), self.trouble(WORK))))
            self.say(trouble=said, trouble_since=self._clock() if said else None)
        log.warning("%s", f"{trouble} Akan dicoba lagi." if trouble else "Keadaan pulih.")

    def end(self) -> None:
        """Say that the watcher has ended."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self.say(is_running=False, waiting=())

    def _repeat(self) -> None:
        while not self._ended.wait(self._workspace.settings.scan_seconds):
            self._write()

    def _write(self) -> None:
        beat = self._beat
        told = {
            "pid": os.getpid(),
            "at": self._clock().isoformat(),
            "running": beat.is_running,
            "trouble": beat.trouble,
            "trouble_since": _iso(beat.trouble_since),
            "busy_since": _iso(beat.busy_since),
            "waiting": [
                {"file": w.file, "since": w.since.isoformat(), "reason": w.reason}
                for w in beat.waiting
            ],
            "scan_seconds": self._workspace.settings.scan_seconds,
        }
        try:
            with self._lock:
                write_atomically(
                    self._workspace.heartbeat, json.dumps(told, ensure_ascii=False).encode()
                )
        except OSError as error:
            log.warning("tanda hidup tidak dapat ditulis: %s", error.strerror)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
