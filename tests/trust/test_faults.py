"""Fail the program's system calls; trouble is told, no return is rejected for it, none is lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import pytest

from tests.shell import Office
from tests.trust.convergence import Calm, calm_run, differences, untold, verdicts
from tests.trust.scene import Scene, a_day, drawn, restore, staged
from tests.trust.size import SEED, figure, sized
from tests.trust.tracing import PROCESSES, Call, Disturbance, Ended

pytestmark = [pytest.mark.kill, pytest.mark.timeout(6 * 3600)]
ERRORS = ("EACCES", "EBUSY", "EIO", "ENOSPC", "ENOENT")
MOUNT_BYTES = 24 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What one disturbed run, and the run after it, left to be objected to."""

    where: str
    false_verdicts: tuple[str, ...]
    untold: tuple[str, ...]
    damage: tuple[str, ...]
    not_converged: tuple[str, ...]
    was_exact: bool


@dataclass(slots=True)
class Runs:
    """All disturbed runs with one kind of error."""

    name: str
    seen: list[Seen] = field(default_factory=list)

    def report(self, what: Callable[[Seen], tuple[str, ...]]) -> str:
        """Give what is objected to: how often each thing, and where."""
        things = Counter(thing[:400] for seen in self.seen for thing in what(seen))
        where = [f"  {s.where}: {what(s)[0][:150]}" for s in self.seen if what(s)]
        counted = [f"{count} x {thing}" for thing, count in things.most_common(15)]
        return "\n".join([f"{self.name}: {len(where)} of {len(self.seen)}", *counted, *where[:60]])


def look(scene: Scene, calm: Calm, where: str, ended: Ended, *, free: Callable[[], None]) -> Seen:
    """Look at what a disturbed run left, lift the trouble, run again and look once more."""
    state = scene.state()
    surplus = verdicts(state) - verdicts(calm.after)
    damage = scene.damage(calm.masters)
    free()
    again = scene.says(["ingest"], ["verify"])
    after = scene.state()
    return Seen(
        where,
        tuple(surplus),
        tuple(untold(ended)),
        tuple(damage),
        tuple(differences(calm, after, again)),
        was_exact=not after.differences(calm.after),
    )


@pytest.fixture(scope="module")
def scene(template_office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("gangguan")
    with staged(template_office.copied(folder / "ruang"), a_day, folder) as made:
        yield made


@pytest.fixture(scope="module", params=ERRORS)
def runs(scene: Scene, request: pytest.FixtureRequest) -> Runs:
    """Disturb the same run at one call after another, once and lastingly."""
    error = str(request.param)
    calm = calm_run(scene)
    scene.fresh()
    calls = scene.calls("ingest")
    found = Runs(error)
    for lasting in (False, True):
        salt = f"{error} {lasting}"
        for call in drawn(calls, sized(4, 1_000_000), salt=salt):
            scene.fresh()
            disturbance = Disturbance(call, f"error={error}", lasting=lasting)
            ended = scene.disturbed(disturbance, calls, "ingest")
            assert ended.was_hit(), f"{disturbance} was not reached"
            where = str(disturbance).replace(str(scene.root), "")
            found.seen.append(look(scene, calm, where, ended, free=lambda: None))
    figure(f"{error}: calls of the run, disturbed runs", f"{len(calls)}, {len(found.seen)}")
    figure(
        f"{error}: byte for byte as undisturbed afterwards", sum(s.was_exact for s in found.seen)
    )
    return found


def assert_none(runs: Runs, name: str, what: Callable[[Seen], tuple[str, ...]]) -> None:
    count = sum(1 for seen in runs.seen if what(seen))
    figure(f"{runs.name}: {name}", f"{count} of {len(runs.seen)}")
    assert count == 0, f"{name}, {runs.report(what)}"


def assert_sound(runs: Runs) -> None:
    assert_none(runs, "false verdicts", lambda seen: seen.false_verdicts)
    assert_none(runs, "trouble without a sentence", lambda seen: seen.untold)
    assert_none(runs, "torn", lambda seen: seen.damage)
    assert_none(runs, "not converged", lambda seen: seen.not_converged)


def test_trouble_gives_no_file_another_verdict(runs: Runs) -> None:
    assert_none(runs, "false verdicts", lambda seen: seen.false_verdicts)


def test_trouble_is_told_in_a_sentence(runs: Runs) -> None:
    assert_none(runs, "trouble without a sentence", lambda seen: seen.untold)


def test_trouble_tears_neither_master_nor_archive_nor_ledger(runs: Runs) -> None:
    assert_none(runs, "torn", lambda seen: seen.damage)


def test_after_the_trouble_the_next_run_ends_as_the_undisturbed_one(runs: Runs) -> None:
    assert_none(runs, "not converged", lambda seen: seen.not_converged)


def test_a_file_that_cannot_be_taken_away_is_judged_once(scene: Scene) -> None:
    calm = calm_run(scene)
    scene.fresh()
    calls = scene.calls("ingest")
    inbox = scene.root / "inbox"
    removals = [c for c in calls if c.name == "unlink" and Path(c.paths[0]).is_relative_to(inbox)]
    looks = [
        [c for c in calls if c.name == "openat" and c.paths[0] == removal.paths[0]][-1]
        for removal in removals
    ]
    found = Runs("not taken away")
    for error, chosen in product(ERRORS, (removals, looks)):
        for call in chosen[: sized(1, len(chosen))]:
            scene.fresh()
            disturbance = Disturbance(call, f"error={error}", lasting=True)
            ended = scene.disturbed(disturbance, calls, "ingest")
            assert ended.was_hit(), f"{disturbance} was not reached"
            found.seen.append(look(scene, calm, str(disturbance), ended, free=lambda: None))
    assert_sound(found)


def test_a_reading_process_that_cannot_be_started_rejects_nothing(scene: Scene) -> None:
    calm = calm_run(scene)
    found = Runs("no process or thread")
    errors = ("EAGAIN", "ENOMEM", "EMFILE")[: sized(1, 3)]
    ordinals = range(1, sized(1, 10) + 1)
    for name, error, ordinal in product(sorted(PROCESSES), errors, ordinals):
        for lasting in (False, True):
            scene.fresh()
            call = Call(name, ordinal, (), "")
            disturbance = Disturbance(call, f"error={error}", lasting=lasting, threads=True)
            ended = scene.disturbed(disturbance, (), "ingest")
            if ended.was_hit():
                found.seen.append(look(scene, calm, str(disturbance), ended, free=lambda: None))
    assert len({seen.where for seen in found.seen}) >= 4
    assert_sound(found)


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """Mount a small disk of its own."""
    folder.mkdir(parents=True)
    options = ["-t", "tmpfs", "-o", f"size={MOUNT_BYTES},mode=0777", "tmpfs", str(folder)]
    as_root = [[], ["sudo", "-n"]]
    ways = [way for way in as_root if not way or shutil.which(way[0])]
    for way in ways:
        if subprocess.run([*way, "mount", *options], capture_output=True, check=False).returncode:
            continue
        try:
            yield folder
        finally:
            subprocess.run([*way, "umount", "-l", str(folder)], check=True)
        return
    pytest.skip("a disk of its own needs the right to mount")


def fill(ballast: Path, *, left: int) -> None:
    """Fill a disk but for some bytes."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
        file.truncate(max(0, file.tell() - left))


def need_of(calm: Calm) -> int:
    """Give about how many bytes a run writes that stay, and as many for the ledger's log."""
    before = {**calm.before.outbox, **calm.before.state}
    after = {**calm.after.outbox, **calm.after.state}
    return 2 * sum(len(data) for name, data in after.items() if before.get(name) != data)


def steps(need: int) -> Sequence[int]:
    """Draw how many bytes a disk still has, from none to nearly enough."""
    count = sized(6, 400)
    chance = random.Random(f"{SEED} disk")
    return [0, *sorted(chance.randrange(0, need) for _ in range(count - 1))]


def test_a_full_disk_loses_and_tears_nothing_and_is_over_when_there_is_room(
    template_office: Office, tmp_path: Path
) -> None:
    office = template_office.copied(tmp_path / "ruang")
    found = Runs("disk full")
    with (
        staged(office, a_day, tmp_path) as made,
        mounted(tmp_path / "cakram") as disk,
    ):
        scene = replace(made, root=disk / "ruang")
        restore(made.before, scene.root)
        calm = calm_run(scene)
        need = need_of(calm)
        for left in steps(need):
            scene.fresh()
            ballast = disk / "pemberat"
            fill(ballast, left=left)
            ended = scene.says(["ingest"])
            found.seen.append(look(scene, calm, f"{left} bytes", ended, free=ballast.unlink))
    figure("full disk: bytes the run needs, steps", f"{need}, {len(found.seen)}")
    assert_sound(found)
