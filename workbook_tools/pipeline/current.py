"""Remember of what the parts of divided masters were made, so that only those that change are."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

from workbook_tools.errors import CannotWrite
from workbook_tools.outbox import pending_of, write_out
from workbook_tools.pipeline.masters import Draft, part_path
from workbook_tools.pipeline.session import Session

_RECORD = "induk.json"
_KEYS = {"digest", "sha256"}
log = logging.getLogger(__name__)


class Current:
    """Which workbooks stand as they were last made; whatever is not known is made anew."""

    def __init__(self, session: Session) -> None:
        """Read what was recorded."""
        self._outbox = session.workspace.outbox
        self._path = session.workspace.state / _RECORD
        self._known = _read(self._path)

    def holds(self, draft: Draft) -> bool:
        """Tell whether a workbook, or the one that waits for its place, is the draft's."""
        known = self._known.get(self._name(draft.path))
        if known is None or known["digest"] != draft.digest:
            return False
        newest = (draft.path, *pending_of(draft.path))[-1]
        try:
            return hashlib.sha256(newest.read_bytes()).hexdigest() == known["sha256"]
        except OSError:
            return False

    def record(self, draft: Draft, data: bytes) -> None:
        """Remember what was published."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._known[self._name(draft.path)] = {"digest": draft.digest, "sha256": sha256}

    def close(self, year: int, drafts: Sequence[Draft]) -> None:
        """Remove the parts of a year that are parts no longer, and keep the record.

        One that is open in a program stays, and is removed another time. Without a record,
        which may be lost at any time, all is made anew: so it keeps nobody from his work.
        """
        wanted = {self._name(draft.path) for draft in drafts}
        before = set(self._known)
        for name in before - wanted:
            if not fnmatch(name, self._name(part_path(self._outbox, year, "*"))):
                continue
            path = self._outbox / name
            with suppress(OSError):
                for one in (*pending_of(path), path):
                    one.unlink(missing_ok=True)
                del self._known[name]
        try:
            write_out(self._path, json.dumps(self._known, indent=1, sort_keys=True).encode())
        except CannotWrite as trouble:
            log.warning("%s", trouble)

    @property
    def is_empty(self) -> bool:
        """Tell whether no master was ever divided here."""
        return not self._known

    def _name(self, path: Path) -> str:
        return path.relative_to(self._outbox).as_posix()


def _read(path: Path) -> dict[str, Mapping[str, str]]:
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {
        str(name): {key: str(value) for key, value in one.items()}
        for name, one in told.items()
        if isinstance(one, dict) and set(one) == _KEYS
    }
