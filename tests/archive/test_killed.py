"""Kill an ingest at its calls while its archive is an object store; it ends in the same state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.archive.places import move
from tests.shell import Office
from tests.trust.scene import Scene, State, a_day, drawn, staged
from tests.trust.size import figure, sized
from tests.trust.tracing import WRITES, Call, Disturbance

pytestmark = [pytest.mark.kill, pytest.mark.timeout(3600)]
STORE = "gudang"


@pytest.fixture(scope="module")
def scene(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Give a day's work whose archive lies in the state folder, as objects of files."""
    folder = tmp_path_factory.mktemp("bunuh")
    office = template_office.copied(folder / "ruang")
    store = folder / "panggung" / "ruang" / ".state" / STORE

    def prepare(office: Office) -> None:
        """Do the day's work in the store of the stage, then put that beside the office."""
        move(office, store.as_uri())
        a_day(office)
        store.rename(office.root / ".state" / STORE)

    with staged(office, prepare, folder) as made:
        yield made


def test_an_ingest_killed_anywhere_ends_in_the_undisturbed_state(scene: Scene) -> None:
    scene.fresh()
    calls = scene.calls("ingest")
    assert scene.says(["verify"]).codes == (0,)
    expected = scene.state()
    changing = [call for call in calls if call.name in WRITES]
    of_the_store = [call for call in changing if STORE in Path(call.paths[-1]).parts]
    assert {"write", "rename", "fsync"} <= {call.name for call in of_the_store}
    points = _drawn(of_the_store)
    wrong = {
        str(call): found for call in points if (found := _recovered(scene, call, calls, expected))
    }
    figure("kill points in an object store", f"{len(points)} of {len(of_the_store)}")
    assert wrong == {}


def _drawn(calls: list[Call]) -> list[Call]:
    return drawn(calls, sized(15, 100_000), salt="object store")


def _recovered(scene: Scene, call: Call, calls: tuple[Call, ...], expected: State) -> list[str]:
    """Kill an ingest at a call, run it again and verify; name what is not as it should be."""
    scene.fresh()
    ended = scene.disturbed(Disturbance(call, "signal=KILL"), calls, "ingest")
    assert ended.was_killed, f"{call} was not reached"
    again = scene.says(["ingest"], ["verify"])
    found = [f"{again.codes} {err}" for err in again.errs if err.strip()]
    if again.codes[1] != 0:
        found.append(again.outs[1])
    return found + scene.state().differences(expected)
