"""Fail the system calls of the other commands; given again, they do what they would have done."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shell import PASAR, Office
from tests.trust.convergence import untold
from tests.trust.scene import Scene, State, a_day, drawn, restore, staged
from tests.trust.size import SEED, figure, sized
from tests.trust.tracing import Call, Disturbance

pytestmark = [pytest.mark.kill, pytest.mark.timeout(6 * 3600)]
ERRORS = ("EACCES", "EBUSY", "EIO", "ENOSPC", "ENOENT")
Commands = tuple[str, ...]


@pytest.fixture(scope="module")
def judged(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give a workspace on which a day's returns were judged."""
    folder = tmp_path_factory.mktemp("perintah")
    with staged(template_office.copied(folder / "ruang"), a_day, folder) as made:
        made.fresh()
        assert made.says(["ingest"]).codes == (1,)
        restore(made.root, folder / "sesudah")
        yield replace(made, before=folder / "sesudah")


def calm(scene: Scene, command: Commands) -> tuple[State, State, tuple[Call, ...]]:
    """Run a command in peace: the states before and after it, and its calls."""
    scene.fresh()
    before = scene.state()
    calls = scene.calls(*command)
    return before, scene.state(), calls


def wrong_after(
    scene: Scene,
    command: Commands,
    disturbance: Disturbance,
    *,
    states: tuple[State, State],
    calls: tuple[Call, ...],
) -> list[str]:
    """Disturb a command, give it again, and name what is objected to."""
    masters = [d for s in states for n, d in s.outbox.items() if n.startswith("master/")]
    scene.fresh()
    ended = scene.disturbed(disturbance, calls, *command)
    found = [*untold(ended), *scene.damage(masters)]
    again = scene.says(command, ["verify"])
    found += [f"given again: {err[-200:]}" for err in again.errs if err.strip()]
    if again.codes != (0, 0):
        found.append(f"given again: {again.codes} {again.outs[1][:300]}")
    return found + scene.state().differences(states[1])


@pytest.mark.parametrize(
    "command",
    [
        ("issue", "--year", "2020", "--period", "TW3", "--unit", PASAR),
        ("consolidate", "--year", "2020"),
        ("rebuild",),
    ],
    ids=lambda command: command[0],
)
def test_another_command_in_trouble_tears_nothing_and_may_be_given_again(
    judged: Scene, command: Commands
) -> None:
    before, after, calls = calm(judged, command)
    chance = random.Random(f"{SEED} {command[0]}")
    wrong: dict[str, list[str]] = {}
    count = 0
    for lasting in (False, True):
        for call in drawn(calls, sized(3, 400), salt=f"{command[0]} {lasting}"):
            disturbance = Disturbance(call, f"error={chance.choice(ERRORS)}", lasting=lasting)
            count += 1
            if found := wrong_after(
                judged, command, disturbance, states=(before, after), calls=calls
            ):
                wrong[str(disturbance)] = found
    figure(f"disturbed runs of {command[0]}", count)
    assert wrong == {}, json.dumps(wrong, indent=1)


def test_a_new_ledger_that_could_not_be_written_whole_does_not_take_the_old_ones_place(
    judged: Scene,
) -> None:
    _, _, calls = calm(judged, ("rebuild",))
    points = [c for c in calls if c.name == "pwrite64" and Path(c.paths[0]).suffix == ".sqlite"]
    wrong: dict[str, list[str]] = {}
    for call in points[:: max(1, len(points) // sized(4, 1000))]:
        for error in ("EIO", "ENOSPC"):
            disturbance = Disturbance(call, f"error={error}", lasting=True)
            judged.fresh()
            judged.disturbed(disturbance, calls, "rebuild")
            if found := judged.damage([]):
                wrong[str(disturbance)] = found
    figure("writes of the new ledger", len(points))
    assert points
    assert wrong == {}, json.dumps(wrong, indent=1)
