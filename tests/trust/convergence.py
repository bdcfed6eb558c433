"""Turn the states after a calm run and after a disturbed one into what differs between them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.trust.scene import Scene, State
from tests.trust.tracing import Ended
from workbook_tools.master.layout import JEJAK
from workbook_tools.reader.read import read_workbook

_NUMBER = re.compile(r"_\d{4}(?=\.)")  # an arrival's, in the names of its notes

_OF_PROGRAMMERS = ("Traceback", "sqlite3", "sqlalchemy", "Error:")


@dataclass(frozen=True, slots=True)
class Calm:
    """The undisturbed run: the state before and after it, and the masters it may leave."""

    before: State
    after: State

    @property
    def masters(self) -> tuple[bytes, ...]:
        """Give the complete masters: the old ones and the new ones."""
        states = (self.before.outbox, self.after.outbox)
        return tuple(d for files in states for n, d in files.items() if n.startswith("master/"))


def verdicts(state: State) -> Counter[str]:
    """Give every verdict with its file and the codes that reject it."""
    found: Counter[str] = Counter()
    for row in state.arrivals():
        if row["status"] is None:
            continue
        problems = json.loads(str(row["report"]))["problems"]
        codes = sorted({p["code"] for p in problems if p["severity"] == "error"})
        found[f"{str(row['sha256'])[:8]} {row['status']} {row['unit']} {codes}"] += 1
    return found


def calm_run(scene: Scene) -> Calm:
    """Run in peace."""
    scene.fresh()
    before = scene.state()
    assert scene.says(["ingest"], ["verify"]).codes == (1, 0)
    return Calm(before, scene.state())


def differences(calm: Calm, state: State, ended: Ended) -> list[str]:
    """Name what a run after trouble left otherwise than the undisturbed one.

    A file that was taken in later has a later number, which is no difference.
    """
    return [*_said(ended), *_counted(calm.after, state), *_lying(calm.after, state)]


def _said(ended: Ended) -> Iterator[str]:
    for code, err, out in zip(ended.codes, ended.errs, ended.outs, strict=True):
        if code not in (0, 1) or err.strip():
            yield f"the run afterwards: exit {code} {err[-200:]}"
        elif out and json.loads(out).get("findings"):
            yield f"verify: {json.loads(out)['findings']}"


def _counted(calm: State, state: State) -> Iterator[str]:
    if verdicts(state) != verdicts(calm):
        more, fewer = verdicts(state) - verdicts(calm), verdicts(calm) - verdicts(state)
        yield f"more verdicts {dict(more)}, fewer {dict(fewer)}"
    if state.counted() != calm.counted():
        yield "other values count"


def _lying(calm: State, state: State) -> Iterator[str]:
    if state.inbox != calm.inbox:
        yield f"the inbox holds {sorted(state.inbox)}"
    named = [Counter(_NUMBER.sub("", n) for n in s.outbox) for s in (state, calm)]
    if named[0] != named[1]:
        yield f"outbox: more {dict(named[0] - named[1])}, fewer {dict(named[1] - named[0])}"
    for name, data in calm.outbox.items():
        if name.startswith("master/") and shown(state.outbox.get(name, b"")) != shown(data):
            yield f"{name} differs"
    if state.state.keys() != calm.state.keys():
        yield f"other files kept: {sorted(state.state.keys() ^ calm.state.keys())}"


def shown(master: bytes) -> dict[str, object] | None:
    """Give the cells of a master's sheets but for the trail, which stands in order of arrival."""
    workbook = read_workbook(master).workbook
    if workbook is None:
        return None
    return {sheet.name: sheet.cells for sheet in workbook.sheets if sheet.name != JEJAK}


def untold(ended: Ended) -> list[str]:
    """Name what a person is not told well: no sentence, or one of programmers."""
    code, err = ended.codes[0], ended.errs[0]
    if code not in (0, 1, 2):
        return [f"exit {code} ({ended.exit}): {err[-300:]}"]
    if any(word in err for word in _OF_PROGRAMMERS):
        return [f"words of programmers: {err[-300:]}"]
    if code == 2 and not err.strip():
        return ["exit 2 without a sentence"]
    return []
