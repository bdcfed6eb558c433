"""Write files so that nobody ever sees half of one, and wait for those that are open."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.errors import CannotWrite
from workbook_tools.outbox import (
    Published,
    for_notepad,
    form_name,
    pending_of,
    publish,
    safe_stem,
    settle_pending,
    waiting_in,
    write_atomically,
    write_out,
)


@pytest.fixture
def master(tmp_path: Path) -> Path:
    """Give a master that stands there already."""
    path = tmp_path / "master" / "IKU-IKI-2020.xlsx"
    write_atomically(path, b"lama")
    return path


def refusing(targets: set[Path], error: OSError) -> Callable[[Path, Path], Path]:
    """Replace files as `Path.replace` does, but for targets that somebody holds open."""
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if target in targets:
            raise error
        return replace(path, target)

    return refused


IN_USE = PermissionError(13, "in use")


def test_a_written_file_holds_its_bytes_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "catatan.txt"
    write_atomically(path, b"satu")
    write_atomically(path, b"dua")
    assert path.read_bytes() == b"dua"
    assert [p.name for p in path.parent.iterdir()] == ["catatan.txt"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    master: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(OSError, match="No space left"):
        write_atomically(master, b"baru")
    assert master.read_bytes() == b"lama"
    assert list(master.parent.iterdir()) == [master]


def test_a_write_that_is_interrupted_leaves_the_old_file(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(master, b"baru")
    assert master.read_bytes() == b"lama"
    assert list(master.parent.iterdir()) == [master]


def test_a_note_that_cannot_be_written_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "ditolak").write_text("sebuah berkas")
    with pytest.raises(CannotWrite, match=r"CATATAN\.txt tidak dapat ditulis .*lalu jalankan lagi"):
        write_out(tmp_path / "ditolak" / "CATATAN.txt", b"x")


def test_a_master_that_nobody_holds_is_replaced(master: Path) -> None:
    assert publish(master, b"baru") == Published(master)
    assert master.read_bytes() == b"baru"


def test_a_master_that_is_open_lets_the_new_one_wait(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", refusing({master}, IN_USE))
    waiting = master.with_name("IKU-IKI-2020.menunggu.xlsx")
    assert publish(master, b"baru") == Published(master, waiting=waiting)
    assert (master.read_bytes(), waiting.read_bytes()) == (b"lama", b"baru")
    assert waiting_in(master.parent) == (waiting,)
    assert settle_pending(master.parent) == (waiting,)
    assert len(list(master.parent.iterdir())) == 2


def test_the_newest_of_several_that_wait_takes_the_place(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refusing({master}, IN_USE))
        publish(master, b"baru")
        publish(master, b"lebih baru")
    assert settle_pending(master.parent) == ()
    assert master.read_bytes() == b"lebih baru"
    assert list(master.parent.iterdir()) == [master]


def test_one_that_waits_never_replaces_a_newer_master(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refusing({master}, IN_USE))
        publish(master, b"baru")
    publish(master, b"lebih baru")
    assert settle_pending(master.parent) == ()
    assert master.read_bytes() == b"lebih baru"
    assert list(master.parent.iterdir()) == [master]


def test_one_that_waits_and_is_open_itself_never_replaces_a_newer_master(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pending = master.with_name("IKU-IKI-2020.menunggu.xlsx")
    second = master.with_name("IKU-IKI-2020.menunggu-2.xlsx")
    write_atomically(pending, b"menunggu")
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - pathlib's own
        if path == pending:
            raise IN_USE
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        assert publish(master, b"baru") == Published(master, waiting=second)
        os.utime(second, ns=(1, 1))  # the clock jumped back between the two
        assert settle_pending(master.parent) == (pending, second)
        assert publish(master, b"lebih baru") == Published(master, waiting=second)
        assert pending_of(master) == (pending, second)
    assert settle_pending(master.parent) == ()
    assert master.read_bytes() == b"lebih baru"
    assert list(master.parent.iterdir()) == [master]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY])
def test_every_way_of_saying_that_it_is_open_lets_it_wait(
    master: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refusing({master}, OSError(number, "in use")))
        assert publish(master, b"baru").waiting is not None
        assert len(settle_pending(master.parent)) == 1
    assert settle_pending(master.parent) == ()
    assert master.read_bytes() == b"baru"


def test_a_full_disk_is_no_reason_to_wait(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = OSError(28, "No space left on device")
    monkeypatch.setattr(Path, "replace", refusing({master}, full))
    with pytest.raises(CannotWrite, match="No space left on device"):
        publish(master, b"baru")
    assert list(master.parent.iterdir()) == [master]


def test_a_folder_that_lets_nothing_in_is_said(
    master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Path, "replace", refusing({master, master.with_name("IKU-IKI-2020.menunggu.xlsx")}, IN_USE)
    )
    with pytest.raises(CannotWrite, match="Tutup berkas itu bila sedang terbuka"):
        publish(master, b"baru")


def test_a_folder_that_is_missing_has_nothing_waiting(tmp_path: Path) -> None:
    assert settle_pending(tmp_path / "belum ada") == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_written_file_can_be_read_by_others(tmp_path: Path) -> None:
    write_atomically(tmp_path / "tanda terima.txt", b"x")
    assert stat.S_IMODE((tmp_path / "tanda terima.txt").stat().st_mode) & 0o400


def test_names_tell_whose_form_it_is() -> None:
    assert form_name("IKI", "kabid-pasar", year=2020, period=1) == "IKI_kabid-pasar_2020-TW1"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("inbox/kabid-pasar/formulir (1).xlsx", "formulir (1)"),
        ('a<b>:c"|?*.xlsx', "a_b_c_"),
        ("...", "berkas"),
        ("  .xlsx", "berkas"),
        ("a\nb.xlsx", "a_b"),
        ("x" * 300 + ".xlsx", "x" * 80),
        ("y" * 79 + " .z.xlsx", "y" * 79),
    ],
)
def test_a_name_of_any_kind_becomes_one_that_every_system_takes(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


@given(st.text())
def test_a_safe_name_is_always_a_name(name: str) -> None:
    stem = safe_stem(name)
    assert stem
    assert len(stem) <= 80
    assert not set(stem) & set('<>:"/\\|?*\x00\n\r\t')
    assert stem == stem.strip(" .")


def test_a_text_for_notepad_has_its_mark_and_line_ends() -> None:
    assert for_notepad("é\nb\n") == b"\xef\xbb\xbf\xc3\xa9\r\nb\r\n"
