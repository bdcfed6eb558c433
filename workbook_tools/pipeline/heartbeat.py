"""Let the watcher say that it lives, what it does and what troubles it, also while it is busy."""

from __future__ import annotations

import json
import logging
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from workbook_tools.outbox import write_atomically
from workbook_tools.pipeline.sightings import Lingering, lingering_of
from workbook_tools.workspace import Workspace

_AGAIN = re.compile(r", lalu jalankan lagi|; jalankan lagi bila masih perlu")
log = logging.getLogger(__name__)

SHARE, WORK = "inbox", "kerja"
"""Where trouble comes from: the folder that people drop into, or what is done with it."""
_STALE_SCANS = 10  # looks without a sign of life after which the watcher counts as silent


@dataclass(frozen=True, slots=True)
class Beat:
    """What the watcher says of itself; `busy_since` while it judges, times are aware."""

    is_running: bool = True
    trouble: str = ""
    trouble_since: datetime | None = None
    busy_since: datetime | None = None
    waiting: tuple[Lingering, ...] = ()

    def document(self) -> dict[str, object]:
        """Give its JSON but for the process and the time, as `read_beat` reads it."""
        return {
            "running": self.is_running,
            "trouble": self.trouble,
            "trouble_since": _iso(self.trouble_since),
            "busy_since": _iso(self.busy_since),
            "waiting": [file.document() for file in self.waiting],
        }


@dataclass(frozen=True, slots=True)
class LastBeat:
    """What the watcher last said of itself and when; `is_alive` judged at the time of asking."""

    is_alive: bool = False
    at: datetime | None = None
    beat: Beat = Beat(is_running=False)

    def document(self) -> dict[str, object]:
        """Give what `status` shows of it as JSON."""
        beat = self.beat
        return {
            "alive": self.is_alive,
            "at": _iso(self.at),
            "trouble": beat.trouble or None,
            "trouble_since": _iso(beat.trouble_since),
            "busy_since": _iso(beat.busy_since),
            "waiting": [file.document() for file in beat.waiting],
        }


def read_beat(workspace: Workspace, *, now: datetime) -> LastBeat:
    """Read the watcher's sign of life; `now` is the real time, by which the watcher lives.

    Of several watchers it is one that lives, of those one in trouble, and of those the newest.
    """
    beats = [_read(path, now) for path in workspace.heartbeats]
    return max(beats, key=_urgency, default=LastBeat())


def bury_silent(workspace: Workspace, *, now: datetime) -> int:
    """Count the watchers of other processes that fell silent without an end, and forget them."""
    known = {workspace.heartbeat, workspace.last_heartbeat}
    silent = [
        path for path in workspace.heartbeats if path not in known and not _read(path, now).is_alive
    ]
    for path in silent:
        path.unlink(missing_ok=True)
    return len(silent)


def _urgency(last: LastBeat) -> tuple[bool, bool, float]:
    at = 0.0 if last.at is None else last.at.timestamp()
    return last.is_alive, bool(last.beat.trouble), at


def _read(path: Path, now: datetime) -> LastBeat:
    try:
        told = json.loads(path.read_text("utf-8"))
        at = datetime.fromisoformat(told["at"])
        fresh = abs((now - at).total_seconds()) < _STALE_SCANS * max(1.0, told["scan_seconds"])
        beat = Beat(
            bool(told["running"]),
            str(told["trouble"]),
            _moment(told["trouble_since"]),
            _moment(told["busy_since"]),
            tuple(map(lingering_of, told["waiting"])),
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return LastBeat()
    return LastBeat(beat.is_running and fresh, at, beat)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What troubles one source, and since when it is in trouble without a pause."""

    words: str
    since: datetime


class Heartbeat:
    """Writes the sign of life at every change, and again whenever it would grow old."""

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime]) -> None:
        """Write into the state folder of a workspace."""
        self._workspace = workspace
        self._clock = clock
        self._beat = Beat()
        self._troubles: dict[str, _Trouble] = {}
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
        """Say something new; the fields are those of `Beat`. Nothing is said after the end."""
        with self._lock:
            before = self._beat
            if not before.is_running:
                return  # a look that a share had frozen must not speak for the next watcher
            self._beat = replace(before, **changes)  # type: ignore[arg-type] # fields of Beat
            if self._beat != before:
                self._write()

    def trouble(self, source: str) -> str:
        """Give the trouble that was last said of a source, "" where there is none."""
        found = self._troubles.get(source)
        return "" if found is None else found.words

    def complain(self, source: str, trouble: str) -> None:
        """Say what troubles a source now, "" for nothing; logged where it changes.

        What a command would tell a person to do again a watcher does by itself.
        """
        trouble = _AGAIN.sub("", trouble)
        with self._lock:
            before = self._troubles.get(source)
            if trouble == self.trouble(source):
                return
            if trouble:
                since = self._clock() if before is None else before.since
                self._troubles[source] = _Trouble(trouble, since)
            else:
                del self._troubles[source]
            now = [found for at in (SHARE, WORK) if (found := self._troubles.get(at))]
            said = " ".join(found.words for found in now)
            self.say(trouble=said, trouble_since=min((f.since for f in now), default=None))
        if trouble:
            log.warning("%s Akan dicoba lagi.", trouble)
        elif said:
            log.warning("Satu gangguan berlalu; yang masih ada: %s", said)
        else:
            log.warning("Keadaan pulih.")

    def end(self) -> None:
        """Say that the watcher has ended; it is the last thing said."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self.say(is_running=False, busy_since=None, waiting=())
        if self._workspace.is_shared:
            with suppress(OSError):  # its name is this process's own, and is not used again
                self._workspace.heartbeat.replace(self._workspace.last_heartbeat)

    def _repeat(self) -> None:
        while not self._ended.wait(self._workspace.settings.scan_seconds):
            with self._lock:
                if self._beat.is_running:
                    self._write()

    def _write(self) -> None:
        """Write what is to be said now; asked under the lock, so that an older never comes last."""
        with self._lock:
            told = {
                "pid": os.getpid(),
                "at": self._clock().isoformat(),
                **self._beat.document(),
                "scan_seconds": self._workspace.settings.scan_seconds,
            }
            try:
                write_atomically(
                    self._workspace.heartbeat, json.dumps(told, ensure_ascii=False).encode()
                )
            except OSError as error:
                log.warning("tanda hidup tidak dapat ditulis: %s", error.strerror)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
