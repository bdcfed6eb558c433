"""Kill the program at its every call that changes something; it ends in the same state."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.shell import Office
from tests.trust.scene import JOURNAL, Scene, State, a_day, drawn, events, restore, staged
from tests.trust.size import SEED, figure, sized
from tests.trust.tracing import WRITES, Call, Disturbance, Ended

pytestmark = [pytest.mark.kill, pytest.mark.timeout(6 * 3600)]
KILL = "signal=KILL"


@pytest.fixture(scope="module")
def scene(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("bunuh")
    with staged(template_office.copied(folder / "ruang"), a_day, folder) as made:
        yield made


def changing(calls: Sequence[Call]) -> list[Call]:
    """Give the calls that change something."""
    return [call for call in calls if call.name in WRITES]


def undisturbed(scene: Scene, *command: str) -> tuple[tuple[Call, ...], State]:
    """Run a command in peace: its calls, and the state it leaves."""
    scene.fresh()
    calls = scene.calls(*command)
    assert scene.says(["verify"]).codes == (0,)
    return calls, scene.state()


def kill(scene: Scene, call: Call, calls: Sequence[Call], *command: str) -> Ended:
    """Kill a command at a call."""
    ended = scene.disturbed(Disturbance(call, KILL), calls, *command)
    assert ended.was_killed, f"{call} was not reached"
    assert ended.orphans == 0, f"killed at {call}, it leaves a process behind"
    return ended


def recovered(scene: Scene, expected: State, *command: str) -> list[str]:
    """Run a command again and verify; name what is not as it should be."""
    ended = scene.says(command, ["verify"])
    found = [f"{ended.codes} {err}" for err in ended.errs if err.strip()]
    if ended.codes[1] != 0:
        found.append(f"verify {ended.codes}: {ended.outs[1]}")
    return found + scene.state().differences(expected)


def report(name: str, wrong: dict[str, list[str]]) -> str:
    """Give what went wrong for people: how often each thing, then where."""
    counts = Counter(thing for things in wrong.values() for thing in things)
    lines = [f"{count} x {thing[:300]}" for thing, count in counts.most_common(20)]
    where = [f"{place}: {things[0][:200]}" for place, things in list(wrong.items())[:40]]
    return "\n".join([f"{name}: {len(wrong)} points", *lines, *where])


def test_an_ingest_killed_anywhere_ends_in_the_undisturbed_state(scene: Scene) -> None:
    calls, expected = undisturbed(scene, "ingest")
    points = drawn(changing(calls), sized(20, 100_000), salt="ingest")
    wrong: dict[str, list[str]] = {}
    for call in points:
        scene.fresh()
        kill(scene, call, calls, "ingest")
        if found := recovered(scene, expected, "ingest"):
            wrong[str(call)] = found
    figure("kill points of an ingest", f"{len(points)} of {len(changing(calls))}")
    figure("kill points after which the end state differs", len(wrong))
    assert wrong == {}, report("ingest", wrong)


def test_a_recovery_that_is_killed_too_ends_in_the_undisturbed_state(
    scene: Scene, tmp_path: Path
) -> None:
    calls, expected = undisturbed(scene, "ingest")
    chance = random.Random(f"{SEED} pairs")
    pairs = sized(4, 300)
    wrong: dict[str, list[str]] = {}
    for first in chance.choices(changing(calls), k=pairs):
        scene.fresh()
        kill(scene, first, calls, "ingest")
        restore(scene.root, tmp_path / "setengah")
        again = scene.calls("ingest")
        second = chance.choice(changing(again))
        restore(tmp_path / "setengah", scene.root)
        kill(scene, second, again, "ingest")
        if found := recovered(scene, expected, "ingest"):
            wrong[f"{first}, then {second}"] = found
    figure("pairs of kill points", pairs)
    assert wrong == {}, report("pairs", wrong)


def test_a_line_of_the_journal_cut_off_by_a_kill_is_no_event(scene: Scene) -> None:
    calls, expected = undisturbed(scene, "ingest")
    complete = expected.state[f"arsip/{JOURNAL}"]
    journal = scene.root / ".state" / "arsip" / JOURNAL
    wrong: dict[str, list[str]] = {}
    points = [c for c in changing(calls) if c.name == "write" and c.paths == (str(journal),)]
    assert points
    for call in points:
        scene.fresh()
        kill(scene, call, calls, "ingest")
        rest = complete[journal.stat().st_size :]
        with journal.open("ab") as file:
            file.write(rest[: rest.index(b"\n") // 2])
        found = recovered(scene, expected, "ingest")
        if events(journal.read_bytes()) != events(complete):
            found.append("other events")
        if other := [f for f in found if f != f"state/arsip/{JOURNAL} differs"]:
            wrong[str(call)] = other
    figure("lines of the journal cut off", len(points))
    assert wrong == {}, report("cut", wrong)


@pytest.mark.parametrize(
    "command",
    [
        ("issue", "--year", "2020", "--period", "TW3", "--unit", "kabid-pasar"),
        ("consolidate", "--year", "2020"),
        ("rebuild",),
    ],
    ids=lambda command: command[0],
)
def test_another_command_killed_anywhere_does_the_same_when_it_is_given_again(
    scene: Scene, command: tuple[str, ...], tmp_path: Path
) -> None:
    scene.fresh()
    assert scene.says(["ingest"]).codes == (1,)
    judged = tmp_path / "sesudah"
    restore(scene.root, judged)
    later = replace(scene, before=judged)
    calls, expected = undisturbed(later, *command)
    points = drawn(changing(calls), sized(5, 100_000), salt=command[0])
    wrong: dict[str, list[str]] = {}
    for call in points:
        later.fresh()
        kill(later, call, calls, *command)
        if found := recovered(later, expected, *command):
            wrong[str(call)] = found
    figure(f"kill points of {command[0]}", f"{len(points)} of {len(changing(calls))}")
    assert wrong == {}, report(command[0], wrong)


def test_what_is_put_in_place_and_what_leaves_the_inbox_was_flushed_before(scene: Scene) -> None:
    calls, _ = undisturbed(scene, "ingest")
    archive, inbox = scene.root / ".state" / "arsip" / "berkas", scene.root / "inbox"
    flushed: set[Path] = set()
    kept: set[Path] = set()
    counts = Counter[str]()
    for call in calls:
        path = Path(call.paths[0])
        if call.name in {"fsync", "fdatasync"}:
            flushed.add(path)
        elif call.name in {"write", "pwrite64"}:
            flushed.discard(path)
        elif call.name == "rename":
            assert path in flushed, f"{call} puts in place what was not flushed"
            folder = Path(call.paths[1]).parent
            flushed.discard(folder)
            kept |= {folder} if folder.is_relative_to(archive) else set()
            counts["put in place"] += 1
        elif call.name == "unlink" and path.is_relative_to(inbox):
            assert kept <= flushed, f"{call} removes before the archive was flushed"
            counts["taken out of the inbox"] += 1
    figure("order of flushing", dict(counts))
    assert counts["put in place"] > 0
    assert counts["taken out of the inbox"] > 0
