"""Look at an inbox: what is a file, what is still, what is whole."""

from __future__ import annotations

import hashlib
import math
import os
import shutil
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.inbox import (
    MOST_NESTED,
    Candidate,
    Stillness,
    left_alone,
    look,
    unit_folder,
    why_waiting,
)
from workbook_tools.plain_file import is_gone, read_file, take_away
from workbook_tools.temporary_names import is_open, is_temporary


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Give an inbox with one unit's folder."""
    (tmp_path / "inbox" / "kabid-pasar").mkdir(parents=True)
    return tmp_path / "inbox"


def drop(inbox: Path, name: str, data: bytes = b"x") -> Path:
    """Put a file into the inbox."""
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def seen(inbox: Path) -> list[tuple[str, str | None]]:
    """List name and unit folder of what a look finds."""
    return [(c.path.relative_to(inbox).as_posix(), c.folder) for c in look(inbox).files]


# looking


def test_files_of_every_folder_are_listed_with_their_unit(inbox: Path) -> None:
    drop(inbox, "kabid-pasar/b (1).xlsx")
    drop(inbox, "kabid-pasar/dalam/[lagi]/a.xlsx")
    drop(inbox, "lepas.xlsx")
    drop(inbox, f"sekretaris/{'n' * 200}.xlsx")
    assert seen(inbox) == [
        ("kabid-pasar/b (1).xlsx", "kabid-pasar"),
        ("kabid-pasar/dalam/[lagi]/a.xlsx", "kabid-pasar"),
        ("lepas.xlsx", None),
        (f"sekretaris/{'n' * 200}.xlsx", "sekretaris"),
    ]


def test_the_files_that_hold_folders_are_no_returns(inbox: Path) -> None:
    for name in (".gitkeep", "Thumbs.db", "desktop.ini", ".DS_Store"):
        drop(inbox, f"kabid-pasar/{name}")
    assert seen(inbox) == []


def test_links_pipes_and_sockets_are_not_followed(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "rahasia.xlsx"
    secret.write_bytes(b"x")
    (tmp_path / "luar").mkdir()
    drop(tmp_path, "luar/a.xlsx")
    (inbox / "kabid-pasar" / "tautan.xlsx").symlink_to(secret)
    (inbox / "kabid-pasar" / "putus.xlsx").symlink_to(tmp_path / "tidak ada")
    (inbox / "kabid-pasar" / "folder").symlink_to(tmp_path / "luar")
    os.mkfifo(inbox / "kabid-pasar" / "pipa.xlsx")
    assert seen(inbox) == []


def test_a_link_put_in_place_of_a_file_is_not_read(inbox: Path, tmp_path: Path) -> None:
    secret = drop(tmp_path, "rahasia.xlsx", b"rahasia")
    link = inbox / "a.xlsx"
    link.symlink_to(secret)
    with pytest.raises(OSError, match="tautan tidak diikuti"):
        read_file(link, limit=100)
    take_away(link, hashlib.sha256(b"rahasia").hexdigest(), inbox=inbox)
    assert link.is_symlink()
    assert secret.read_bytes() == b"rahasia"


def test_an_inbox_that_is_gone_is_an_error_and_not_empty(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        look(tmp_path / "tidak ada")


def test_a_folder_that_goes_while_it_is_listed_is_only_missing(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(inbox, "kabid-pasar/a.xlsx")
    drop(inbox, "sekretaris/b.xlsx")
    scandir = os.scandir

    def late(folder: Path) -> object:
        if folder.name == "kabid-pasar":
            raise FileNotFoundError(2, "gone")
        return scandir(folder)

    monkeypatch.setattr("workbook_tools.inbox.os.scandir", late)
    assert seen(inbox) == [("sekretaris/b.xlsx", "sekretaris")]


@pytest.fixture
def nested(inbox: Path) -> Iterator[Path]:
    """Give the innermost of 1,100 folders inside one another, and take them away again."""
    folders = [inbox / "kabid-pasar"]
    for _ in range(1100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    yield folders[-1]
    for folder in reversed(folders):
        shutil.rmtree(folder)  # from the inside, since it calls itself


def test_folders_however_deep_stop_no_look(inbox: Path, nested: Path) -> None:
    (nested / "dalam.xlsx").write_bytes(b"x")
    drop(inbox, "kabid-pasar/a.xlsx")
    listing = look(inbox)
    assert [c.path.name for c in listing.files] == ["a.xlsx"]
    ((folder, reason),) = listing.closed
    assert len(folder.relative_to(inbox).parts) == MOST_NESTED + 1
    assert reason == "lebih dari 60 folder bersarang; pindahkan isinya langsung ke folder unit"


def test_a_file_in_the_deepest_folder_that_is_entered_is_listed(inbox: Path) -> None:
    drop(inbox, f"{'/'.join(['d'] * MOST_NESTED)}/a.xlsx")
    drop(inbox, f"{'/'.join(['d'] * (MOST_NESTED + 1))}/b.xlsx")
    assert [c.path.name for c in look(inbox).files] == ["a.xlsx"]


@pytest.mark.parametrize(
    "folder",
    [
        ".stversions",
        ".Trash-1000",
        "#recycle",
        "@eaDir",
        "$RECYCLE.BIN",
        "System Volume Information",
        "lost+found",
        "__MACOSX",
    ],
)
def test_folders_of_systems_are_not_entered(inbox: Path, folder: str) -> None:
    drop(inbox, f"kabid-pasar/{folder}/lama.xlsx")
    drop(inbox, f"{folder}/lama.xlsx")
    drop(inbox, "kabid-pasar/baru.xlsx")
    assert seen(inbox) == [("kabid-pasar/baru.xlsx", "kabid-pasar")]


@pytest.mark.parametrize(
    ("names", "is_bare"),
    [
        ((), True),
        (("lost+found/", ".Trash-1000/"), True),  # the root of a disk
        ((".gitkeep",), False),  # of a clone
        (("kabid-pasar/",), False),
        (("a.xlsx",), False),
    ],
)
def test_an_inbox_is_bare_where_nobody_put_anything(
    tmp_path: Path, names: tuple[str, ...], *, is_bare: bool
) -> None:
    (tmp_path / "inbox").mkdir()
    for name in names:
        path = tmp_path / "inbox" / name
        path.mkdir() if name.endswith("/") else path.touch()
    assert look(tmp_path / "inbox").is_bare is is_bare


def test_a_file_outside_the_inbox_lies_in_no_units_folder(inbox: Path, tmp_path: Path) -> None:
    assert unit_folder(tmp_path / "x" / "a.xlsx", inbox) is None
    assert unit_folder(inbox / "kabid-pasar" / ".." / "a.xlsx", inbox) is None
    assert unit_folder(inbox / "kabid-pasar" / "a.xlsx", inbox) == "kabid-pasar"


# leaving alone

OF_SYSTEMS = (
    "._a.xlsx",
    ".nfs0000000001a2b3c400000001",
    ".fuse_hidden0000001a00000001",
    ".goutputstream-QX3U41",
    ".smbdelete1A2B3C",
)


@pytest.mark.parametrize(
    "name",
    [
        "~$a.xlsx",
        ".~lock.a.xlsx#",
        ".~a.xlsx",
        "~WRL0001.tmp",
        "a.xlsx.part",
        "A.CRDOWNLOAD",
        *OF_SYSTEMS,
    ],
)
def test_names_of_owner_and_temporary_files_are_left_alone(inbox: Path, name: str) -> None:
    drop(inbox, name)
    (candidate,) = look(inbox).files
    problem = left_alone(candidate)
    assert is_temporary(candidate.path)
    assert problem is not None
    assert (problem.code, problem.found) == ("B03", name)


@pytest.mark.parametrize(
    "name", ["a.xlsx", "~a.xlsx", "5C1D77A0.xlsx", "5c1d77a0", "a~$b.xlsx", "tmp.xlsx", ".a.xlsx"]
)
def test_other_names_are_not(inbox: Path, name: str) -> None:
    drop(inbox, name)
    (candidate,) = look(inbox).files
    assert left_alone(candidate) is None


def test_a_file_of_0_bytes_is_left_alone(inbox: Path) -> None:
    drop(inbox, "a.xlsx", b"")
    (candidate,) = look(inbox).files
    problem = left_alone(candidate)
    assert problem is not None
    assert problem.code == "B04"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("isian.xlsx", "~$isian.xlsx"),
        ("isian.xlsx", "~$ian.xlsx"),  # Word's way of long names, which WPS copies
        ("isian.xlsx", ".~lock.isian.xlsx#"),
        ("isian.xlsx", ".~isian.xlsx"),
    ],
)
def test_an_owner_file_beside_it_says_that_it_is_open(inbox: Path, name: str, owner: str) -> None:
    path = drop(inbox, name)
    assert not is_open(path)
    drop(inbox, owner)
    assert is_open(path)
    (found,) = (c for c in look(inbox).files if c.path == path)
    assert why_waiting(found) == (
        "masih dibuka di program lain; tutup berkasnya; bila tidak ada yang membukanya, hapus "
        f"{owner}"
    )


# reading and removing


def test_a_file_over_the_limit_is_measured_and_not_held(inbox: Path) -> None:
    path = drop(inbox, "a.xlsx", b"12345")
    assert read_file(path, limit=5).data == b"12345"
    over = read_file(path, limit=4)
    assert (over.data, over.size) == (None, 5)


def test_a_file_is_removed_only_while_it_has_its_hash(inbox: Path) -> None:
    path = drop(inbox, "a.xlsx", b"lama")
    sha256 = hashlib.sha256(b"lama").hexdigest()
    path.write_bytes(b"baru")
    assert take_away(path, sha256, inbox=inbox)
    assert path.read_bytes() == b"baru"
    path.write_bytes(b"lama")
    assert take_away(path, sha256, inbox=inbox)
    assert not path.exists()
    assert take_away(path, sha256, inbox=inbox)  # gone already: nothing to do


def test_a_file_that_is_replaced_while_it_is_looked_at_is_not_removed(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(inbox, "a.xlsx", b"lama")
    digest = hashlib.file_digest

    def meanwhile(file: BufferedReader, name: str) -> object:
        found = digest(file, name)
        drop(inbox, "b.xlsx", b"baru").replace(path)
        return found

    monkeypatch.setattr(hashlib, "file_digest", meanwhile)
    assert take_away(path, hashlib.sha256(b"lama").hexdigest(), inbox=inbox)
    assert path.read_bytes() == b"baru"


def test_a_file_is_gone_only_from_an_inbox_that_is_there(inbox: Path, tmp_path: Path) -> None:
    path = drop(inbox, "kabid-pasar/sub/a.xlsx")
    other = drop(inbox, "sekretaris/b.xlsx")
    assert not is_gone(path, inbox)
    path.unlink()
    assert is_gone(path, inbox)
    path.parent.rmdir()
    assert is_gone(path, inbox)  # its folder was removed with it
    inbox.rename(tmp_path / "lepas")
    assert not is_gone(path, inbox)
    assert not is_gone(other, inbox)
    inbox.mkdir()  # the bare folder that a share leaves when it comes off
    assert not is_gone(path, inbox)
    assert not take_away(path, "ab", inbox=inbox)


# stillness


def candidate(name: str, size: int = 1, mtime: int = 0) -> Candidate:
    """Give what a look saw of a file."""
    return Candidate(Path("inbox") / name, None, size, mtime)


def test_a_file_is_still_once_nothing_changed_for_long_enough() -> None:
    stillness, a = Stillness(2.0), candidate("a")
    assert stillness.still((a,), now=10.0) == ()
    assert stillness.still((a,), now=11.9) == ()
    assert stillness.still((a,), now=12.0) == (a,)
    assert stillness.age(a, now=15.0) == 5.0


def test_one_look_is_never_enough_even_without_waiting() -> None:
    stillness, a = Stillness(0.0), candidate("a")
    assert stillness.still((a,), now=1.0) == ()
    assert stillness.still((a,), now=1.0) == (a,)


def test_a_change_of_size_or_time_starts_the_wait_again() -> None:
    stillness = Stillness(2.0)
    for now, size, mtime in ((0.0, 1, 0), (2.0, 2, 0), (4.0, 2, 9)):
        assert stillness.still((candidate("a", size, mtime),), now=now) == ()
    assert stillness.still((candidate("a", 2, 9),), now=6.0) == (candidate("a", 2, 9),)


def test_an_old_time_of_change_says_nothing() -> None:
    # A copy on Windows keeps the time of its source.
    stillness = Stillness(2.0)
    assert stillness.still((candidate("a", mtime=-(10**18)),), now=0.0) == ()


def test_a_file_that_went_and_came_back_waits_anew() -> None:
    stillness, a = Stillness(2.0), candidate("a")
    stillness.still((a,), now=0.0)
    stillness.still((), now=1.0)
    assert stillness.still((a,), now=3.0) == ()
    assert stillness.still((a,), now=5.0) == (a,)


@given(st.lists(st.tuples(st.integers(1, 3), st.floats(0.1, 3)), max_size=20))
def test_whatever_is_called_still_was_the_same_for_the_whole_time(
    looks: list[tuple[int, float]],
) -> None:
    stillness, now, since, last = Stillness(2.0), 0.0, 0.0, 0
    for size, pause in looks:
        now += pause
        if size != last:
            since, last = now, size
        still = stillness.still((candidate("a", size),), now=now)
        assert bool(still) == (now - since >= 2.0 and now > since)


def test_the_next_look_comes_when_the_next_file_will_be_still() -> None:
    stillness = Stillness(2.0)
    assert stillness.soonest(now=0.0) == math.inf
    stillness.still((candidate("a"),), now=10.0)
    stillness.still((candidate("a"), candidate("b")), now=11.0)
    assert stillness.soonest(now=11.5) == 0.5
    assert stillness.soonest(now=12.5) == 0.0  # its time came since the last look
    assert len(stillness.still((candidate("a"), candidate("b")), now=12.5)) == 1
    assert stillness.soonest(now=12.6) == pytest.approx(0.4)
    stillness.still((candidate("a"), candidate("b")), now=13.5)
    assert stillness.soonest(now=13.6) == math.inf  # what waits for something else wakes nobody


def test_a_name_that_was_taken_in_settles_anew() -> None:
    stillness = Stillness(2.0)
    stillness.still((candidate("a"),), now=10.0)
    assert stillness.still((candidate("a"),), now=12.0) == (candidate("a"),)
    stillness.forget([candidate("a").path])
    assert stillness.still((candidate("a"),), now=12.1) == ()
    assert stillness.still((candidate("a"),), now=14.2) == (candidate("a"),)
