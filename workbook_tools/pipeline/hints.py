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
    """Listens for events of the inbox; without them the scan alone does the work."""

    def __init__(self, inbox: Path, bell: threading.Event) -> None:
        """Ring this bell."""
        self._inbox = inbox
        self._bell = bell
        self._observer: BaseObserver | None = None
        self._was_said = False

    def listen(self) -> None:
        """Begin to listen, once the folder is known to answer; harmless where we listen."""
        if self._observer is not None and self._observer.is_alive():
            return
        self.forget()
        observer = Observer()
        try:
            observer.schedule(_Bell(self._bell), str(self._inbox), recursive=True)
            observer.start()
        except (OSError, RuntimeError) as error:
            if not self._was_said:
                log.warning("tanpa pemberitahuan sistem (%s); folder dilihat berkala.", error)
            self._was_said = True
            return
        self._observer = observer

    def forget(self) -> None:
        """Stop listening: a watch on a folder that went away never hears again."""
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)
