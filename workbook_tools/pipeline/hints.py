"""Turn events of the file system into a bell: what happened is found out by looking."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

log = logging.getLogger(__name__)
_OF_READING = ("opened", "closed_no_write")


class _Bell(FileSystemEventHandler):
    """Rings at whatever happens in the inbox."""

    def __init__(self, bell: threading.Event) -> None:
        self._bell = bell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ring; our own reading is no news."""
        if event.event_type not in _OF_READING:
            self._bell.set()


class Hints:
    """Listens for events of the inbox; without them the scan alone does the work.

    To begin to listen walks through the folders, which a share may freeze: that happens in a
    thread of its own.
    """

    def __init__(self, inbox: Path, bell: threading.Event) -> None:
        """Ring this bell."""
        self._inbox = inbox
        self._bell = bell
        self._lock = threading.Lock()
        self._observer: BaseObserver | None = None
        self._beginning: threading.Thread | None = None
        self._is_wanted = False
        self._was_said = False

    def listen(self) -> None:
        """Begin to listen, once the folder is known to answer; harmless where we listen."""
        with self._lock:
            self._is_wanted = True
            if self._observer is not None and self._observer.is_alive():
                return
            if self._beginning is not None and self._beginning.is_alive():
                return
            self._beginning = threading.Thread(target=self._begin, name="mendengar", daemon=True)
            try:
                self._beginning.start()
            except RuntimeError as error:  # how Python says that there is no thread to be had
                self._beginning = None
                self._say(str(error))

    def forget(self) -> None:
        """Stop listening: a watch on a folder that went away never hears again."""
        with self._lock:
            self._is_wanted = False
            observer, self._observer = self._observer, None
        _stop(observer)

    def _begin(self) -> None:
        observer = Observer()
        try:
            observer.schedule(_Bell(self._bell), str(self._inbox), recursive=True)
            observer.start()
        except (OSError, RuntimeError) as error:
            self._say(str(error))
            return
        with self._lock:
            unwanted: BaseObserver | None = observer
            if self._is_wanted:
                unwanted, self._observer = self._observer, observer
        _stop(unwanted)

    def _say(self, reason: str) -> None:
        if not self._was_said:
            log.warning("tanpa pemberitahuan sistem (%s); folder dilihat berkala.", reason)
        self._was_said = True


def _stop(observer: BaseObserver | None) -> None:
    if observer is not None:
        observer.stop()
        if observer.is_alive():
            observer.join(timeout=5)
