"""Fail the system calls of a watcher; it says so, lives on and ends as the undisturbed one."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.shell import Office
from tests.trust.convergence import Calm, differences, untold, verdicts
from tests.trust.scene import Scene, a_day, drawn, staged
from tests.trust.size import SEED, figure, sized
from tests.trust.tracing import Call, Disturbance, Ended, Running, calls_under, touched

pytestmark = [pytest.mark.kill, pytest.mark.timeout(6 * 3600)]
ERRORS = ("EACCES", "EBUSY", "EIO", "ENOSPC", "ENOENT")
PATIENCE = 30.0
HARDSHIP = 0.7  # seconds that a lasting error lasts


def quick(office: Office) -> None:
    """Let the watcher look often and wait little, at an inbox of every kind of file."""
    (office.root / "workbook_tools.toml").write_text(
        "scan_seconds = 0.05\nsettle_seconds = 0.1\npatience_seconds = 1.0\n"
    )
    a_day(office)


@pytest.fixture(scope="module")
def scene(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("pantau")
    with staged(template_office.copied(folder / "ruang"), quick, folder) as made:
        yield made


def is_done(scene: Scene, calm: Calm | None) -> bool:
    """Tell whether the inbox is empty and the master is the undisturbed one."""
    if any(p.is_file() for p in (scene.root / "inbox").rglob("*.xlsx")):
        return False
    return calm is None or all(
        (scene.root / "outbox" / name).read_bytes() == data
        for name, data in calm.after.outbox.items()
        if name.startswith("master/")
    )


def has_settled(scene: Scene, running: Running, calm: Calm | None = None) -> bool:
    """Wait until all is done or the watcher has ended; False where neither comes."""
    until = time.monotonic() + PATIENCE
    while running.is_alive() and not is_done(scene, calm):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def end(scene: Scene, running: Running) -> Ended:
    """Tell the watcher to end."""
    if running.is_alive():
        os.kill(running.number, signal.SIGTERM)
    return scene.program.end(running)


@dataclass(frozen=True, slots=True)
class Life:
    """One disturbed watcher: what is objected to; `went_on` where it did not end by itself."""

    where: str
    wrong: tuple[str, ...]
    went_on: bool
    last_words: str


def calm_watch(scene: Scene) -> tuple[Calm, tuple[Call, ...]]:
    """Let a watcher work in peace; give the states and its calls."""
    scene.fresh()
    before = scene.state()
    running = scene.program.start(scene.command("watch"), under=scene.root)
    assert has_settled(scene, running)
    ended = end(scene, running)
    assert (ended.codes, untold(ended)) == ((0,), []), ended.errs
    return Calm(before, scene.state()), calls_under(scene.root, ended)


def live(scene: Scene, calm: Calm, calls: tuple[Call, ...], disturbance: Disturbance) -> Life:
    """Disturb a watcher, lift it, and see it end."""
    scene.fresh()
    running = scene.program.start(
        scene.command("watch"), paths=touched(calls), disturbance=disturbance
    )
    if disturbance.lasting:
        time.sleep(HARDSHIP)
        running.lift()
    wrong: list[str] = [] if has_settled(scene, running, calm) else ["it never was done"]
    went_on = running.is_alive()
    ended = end(scene, running)
    wrong += [f"verdict {v}" for v in verdicts(scene.state()) - verdicts(calm.after)]
    wrong += untold(ended)
    if went_on and ended.codes != (0,):
        wrong.append(f"it did not end well: {ended.codes}")
    if not went_on:
        again = scene.says(["ingest"])
        wrong += untold(again)
    wrong += differences(calm, scene.state(), scene.says(["verify"]))
    return Life(str(disturbance).replace(str(scene.root), ""), tuple(wrong), went_on, ended.errs[0])


def test_a_watcher_outlives_trouble_and_ends_as_the_undisturbed_one(scene: Scene) -> None:
    calm, calls = calm_watch(scene)
    errors = random.Random(f"{SEED} watch")
    lives: list[Life] = []
    for lasting in (False, True):
        for call in drawn(calls, sized(5, 1500), salt=f"watch {lasting}"):
            disturbance = Disturbance(call, f"error={errors.choice(ERRORS)}", lasting=lasting)
            lives.append(live(scene, calm, calls, disturbance))
    wrong = {life.where: life.wrong for life in lives if life.wrong}
    figure("watchers disturbed", len(lives))
    ended = {life.where: life.last_words for life in lives if not life.went_on}
    figure("watchers that trouble at their start ended with a sentence", len(ended))
    assert all(words.strip() for words in ended.values())
    assert wrong == {}, json.dumps(wrong, indent=1)
