"""The master is old or new, never torn: for readers at any moment, and where it is held open."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.shell import PASAR, Office
from tests.trust.readers import is_torn, reading
from tests.trust.size import SEED, figure, sized
from tests.trust.stock import versions
from workbook_tools.outbox import PENDING, publish, settle_pending, waiting_in

REFUSALS = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)
YEARS_AGO, YEARS_AHEAD = 946_684_800, 4_102_444_800


@dataclass(slots=True)
class Programs:
    """Programs that hold files open, so that a system like Windows lets nobody replace them."""

    held: set[Path] = field(default_factory=set)
    reason: int = errno.EACCES
    refused: int = 0

    def check(self, *paths: os.PathLike[str] | str) -> None:
        """Refuse what touches a held file."""
        if any(Path(path) in self.held for path in paths):
            self.refused += 1
            raise OSError(self.reason, os.strerror(self.reason), os.fspath(paths[0]))


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Programs]:
    """Give programs that hold nothing yet; the edge of the system asks them."""
    given, replace, unlink = Programs(), os.replace, os.unlink

    def refuse_replace(source: str, target: str) -> None:
        given.check(source, target)
        replace(source, target)

    def refuse_unlink(path: str) -> None:
        given.check(path)
        unlink(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refuse_replace)
        patched.setattr(os, "unlink", refuse_unlink)
        yield given


def sha256(data: bytes) -> str:
    """Give the hash that readers tell."""
    return hashlib.sha256(data).hexdigest()


def master_of(office: Office) -> bytes:
    """Take one return in and give the master."""
    office.drop(PASAR, office.filled(PASAR))
    assert office.says("ingest").code == 0
    return office.master().read_bytes()


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_readers_see_whole_masters_only_through_a_thousand_publishes(office: Office) -> None:
    every = versions(master_of(office), sized(300, 3000))
    publish(office.master(), every[0])
    with reading(office.master(), readers=2) as seen:
        for version in every:
            publish(office.master(), version)
    whole = {sha for one in seen for sha in one.whole}
    figure("publishes / reads", f"{len(every)} / {sum(one.reads for one in seen)}")
    figure("different masters seen", len(whole))
    assert whole <= {sha256(version) for version in every}
    assert len(whole) > len(every) // 20
    assert [(one.torn, one.missing) for one in seen] == [(0, 0), (0, 0)]
    assert office.master().read_bytes() == every[-1]


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_readers_see_whole_masters_only_while_returns_come_in(office: Office) -> None:
    published = {sha256(master_of(office))}
    with reading(office.master(), readers=2) as seen:
        for number in range(sized(12, 200)):
            office.drop(PASAR, office.filled(PASAR, {"H8": number % 7 + 1}))
            assert office.says("ingest").code == 0
            published.add(sha256(office.master().read_bytes()))
    whole = {sha for one in seen for sha in one.whole}
    figure("consolidations seen / made", f"{len(whole)} / {len(published)}")
    assert whole == published
    assert [(one.torn, one.missing) for one in seen] == [(0, 0), (0, 0)]


@pytest.mark.parametrize("reason", REFUSALS, ids=[errno.errorcode[r] for r in REFUSALS])
def test_a_held_master_stays_whole_and_the_new_one_is_put_in_place_when_free(
    office: Office, programs: Programs, reason: int
) -> None:
    old = master_of(office)
    programs.held, programs.reason = {office.master()}, reason
    office.drop(PASAR, office.filled(PASAR, {"H8": 2}))
    assert office.says("ingest").code == 0
    assert programs.refused > 0
    assert office.master().read_bytes() == old
    (waiting,) = waiting_in(office.master().parent)
    new = waiting.read_bytes()
    assert PENDING in waiting.name
    assert new != old
    assert not is_torn(new)
    assert office.says("status").document["masters_waiting"] == [
        waiting.relative_to(office.root).as_posix()
    ]
    programs.held.clear()
    assert office.says("ingest").code == 0
    assert office.master().read_bytes() == new
    assert office.says("status").document["masters_waiting"] == []
    assert office.says("verify").code == 0


@pytest.mark.parametrize("moment", [YEARS_AGO, YEARS_AHEAD], ids=["long ago", "yet to come"])
def test_an_older_one_that_waited_is_never_put_over_a_newer_one_whatever_its_time(
    tmp_path: Path, programs: Programs, moment: int
) -> None:
    master = tmp_path / "IKU-IKI-2020.xlsx"
    publish(master, b"1")
    programs.held = {master}
    waiting = publish(master, b"2").waiting
    assert waiting is not None
    os.utime(waiting, (moment, moment))
    programs.held = {waiting}  # the person closed the master, and looks at the one that waits
    publish(master, b"3")
    programs.held = set()
    assert settle_pending(tmp_path) == ()
    assert [path.name for path in tmp_path.iterdir()] == [master.name]
    assert master.read_bytes() == b"3"


@pytest.mark.parametrize("moment", [YEARS_AGO, YEARS_AHEAD], ids=["long ago", "yet to come"])
def test_a_waiting_one_is_put_in_place_whatever_the_time_of_the_old_one(
    tmp_path: Path, programs: Programs, moment: int
) -> None:
    master = tmp_path / "IKU-IKI-2020.xlsx"
    publish(master, b"1")
    os.utime(master, (moment, moment))
    programs.held = {master}
    publish(master, b"2")
    programs.held = set()
    assert settle_pending(tmp_path) == ()
    assert master.read_bytes() == b"2"


def test_no_order_of_holding_and_letting_go_puts_an_older_master_over_a_newer(
    tmp_path: Path, programs: Programs
) -> None:
    rng = random.Random(SEED)
    steps = 0
    for round_ in range(sized(300, 20_000)):
        folder = tmp_path / str(round_)
        folder.mkdir()
        master = folder / "IKU-IKI-2020.xlsx"
        newest, shown = 0, 0
        for _ in range(rng.randrange(2, 12)):
            steps += 1
            files = [master, *waiting_in(folder)]
            programs.held = {path for path in files if rng.random() < 0.4}
            programs.reason = rng.choice(REFUSALS)
            if rng.random() < 0.6:
                newest += 1
                publish(master, b"%d" % newest)
            else:
                settle_pending(folder)
            for path in folder.iterdir():
                moment = rng.randrange(YEARS_AGO, YEARS_AHEAD)
                os.utime(path, (moment, moment))
            showing = int(master.read_bytes()) if master.exists() else 0
            assert showing >= shown
            shown = showing
        programs.held = set()
        assert settle_pending(folder) == ()
        assert waiting_in(folder) == ()
        assert (int(master.read_bytes()) if newest else 0) == newest
    figure("orders of publishing, holding and letting go", f"{steps} steps")
