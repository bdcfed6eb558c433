"""Kill a watcher at random times while files are dropped; every file is judged exactly once."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from tests.shell import NIAGA, PASAR, RETRIBUSI, Office
from tests.trust.convergence import Calm, differences
from tests.trust.scene import Scene, State, staged
from tests.trust.size import SEED, figure, sized
from tests.trust.tracing import Ended

pytestmark = [pytest.mark.kill, pytest.mark.timeout(6 * 3600)]
PHASES = sized(6, 150)
PATIENCE = 600.0
SHORTEST = 0.05  # seconds between the start of a watcher and its death
LONGEST = 1.5  # the same, in lives of an undisturbed watcher that does one phase
LONGER = 1.2

Drop = tuple[str, str, bytes]


def quick(office: Office) -> None:
    """Let the watcher look often and wait little."""
    (office.root / "workbook_tools.toml").write_text(
        "scan_seconds = 0.05\nsettle_seconds = 0.1\npatience_seconds = 1.0\n"
    )


@pytest.fixture(scope="module")
def scene(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("pantau")
    with staged(template_office.copied(folder / "ruang"), quick, folder) as made:
        yield made


def drops(office: Office, phase: int) -> list[Drop]:
    """Give the files of one phase: none of them counts in the place of another.

    From phase to phase the accepted ones are revised.
    """
    number = Decimal(phase + 1)
    found: list[Drop] = []
    for period in (1, 2):
        sound = office.filled(PASAR, {"H8": number}, period=period)
        found.append((PASAR, f"{phase} tw{period}.xlsx", sound))
        found.append((PASAR, f"{phase} tw{period} salinan (1).xlsx", sound))
        other = office.filled(RETRIBUSI, {"H8": number}, period=period)
        found.append((RETRIBUSI, f"{phase} tw{period}.xlsx", other))
    wrong = office.filled(NIAGA, {"H8": f"abc {phase}"})
    found.append((NIAGA, f"{phase} salah.xlsx", wrong))
    found.append((NIAGA, f"{phase}.xlsx", f"<html>{phase}</html>".encode()))
    return found


def drop(scene: Scene, file: Drop) -> None:
    """Move a file into the inbox whole."""
    folder, name, data = file
    aside = scene.root.parent / "kiriman"
    aside.write_bytes(data)
    aside.replace(scene.root / "inbox" / folder / name)


def left(scene: Scene) -> list[Path]:
    """Give what still lies in the inbox."""
    return [p for p in (scene.root / "inbox").rglob("*") if p.is_file() and p.name != ".gitkeep"]


class Watcher:
    """A watcher that is started, and started again whenever it was killed.

    It lives for `longest` seconds at most, and longer from death to death while nothing gets
    done: a machine that became busier kills no watcher before its first file for ever.
    """

    def __init__(self, scene: Scene, *, longest: float) -> None:
        self._scene = scene
        self._lives = random.Random(f"{SEED} lives")
        self._longest = longest
        self._lay = 0
        self.deaths = 0
        self.began = time.monotonic()
        self._start()

    def _start(self) -> None:
        self._running = self._scene.program.start(self._scene.command("watch"))
        self._death = time.monotonic() + self._lives.uniform(SHORTEST, self._longest)

    def may_die(self) -> None:
        """Kill it where its time has come, and start the next."""
        if time.monotonic() < self._death:
            return
        ended = self._killed()
        assert ended.was_killed
        assert ended.orphans == 0
        self.deaths += 1
        lie = len(left(self._scene))
        self._longest *= 1.0 if lie < self._lay else LONGER
        self._lay = lie
        self._start()

    def may_live(self) -> None:
        """Let it live."""

    def _killed(self) -> Ended:
        os.kill(self._running.number, signal.SIGKILL)
        return self._scene.program.end(self._running)

    def stopped(self) -> Ended:
        """Tell it to end."""
        os.kill(self._running.number, signal.SIGTERM)
        return self._scene.program.end(self._running)


def whole_seconds(scene: Scene, phase: Sequence[Drop]) -> float:
    """Give how long a watcher lives that does one phase whole, the master too, in seconds."""
    scene.fresh()
    for file in phase:
        drop(scene, file)
    watcher = Watcher(scene, longest=PATIENCE)
    while left(scene):
        assert time.monotonic() < watcher.began + PATIENCE
        time.sleep(0.01)
    watcher.stopped()
    return time.monotonic() - watcher.began


def watched(
    scene: Scene,
    phases: Sequence[Sequence[Drop]],
    fate: Callable[[Watcher], None],
    *,
    longest: float,
) -> tuple[Watcher, State]:
    """Drop all files phase by phase before a watcher; give the state after its end."""
    scene.fresh()
    chance = random.Random(f"{SEED} drops")
    watcher = Watcher(scene, longest=longest)
    for phase in phases:
        waiting = chance.sample(phase, k=len(phase))
        until = time.monotonic() + PATIENCE
        while waiting or left(scene):
            assert time.monotonic() < until, f"{left(scene)} still lie in the inbox"
            if waiting:
                drop(scene, waiting.pop())
            fate(watcher)
            time.sleep(chance.uniform(0, 0.1))
    ended = watcher.stopped()
    assert (ended.codes, ended.errs[0].count("Traceback")) == ((0,), 0), ended.errs
    return watcher, scene.state()


def test_a_watcher_killed_at_random_judges_every_file_exactly_once(
    scene: Scene, template_office: Office
) -> None:
    phases = [drops(template_office, phase) for phase in range(PHASES)]
    longest = LONGEST * whole_seconds(scene, phases[0])
    _, calm = watched(scene, phases, Watcher.may_live, longest=longest)
    watcher, state = watched(scene, phases, Watcher.may_die, longest=longest)
    ended = scene.says(["verify"])
    files = sum(len(phase) for phase in phases)
    figure("files dropped before a watcher, times it was killed", f"{files}, {watcher.deaths}")
    assert watcher.deaths >= PHASES / 3
    assert json.loads(ended.outs[0])["findings"] == []
    assert len(state.arrivals()) == files
    assert differences(Calm(calm, calm), state, ended) == []
