"""Keep an archive in a folder: what lies there, and what a stopped process leaves."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.archive import Archive, folder_archive
from workbook_tools.archive.folder import JOURNAL

DATA = b"sebuah kiriman"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder that does not exist yet."""
    return tmp_path / "arsip"


@pytest.fixture
def archive(root: Path) -> Archive:
    """Give the archive in it."""
    return folder_archive(root)


def original(root: Path) -> Path:
    return root / "berkas" / SHA256[:2] / SHA256


def test_the_same_original_again_is_kept_once_and_untouched(root: Path, archive: Archive) -> None:
    archive.put(DATA)
    before = original(root).stat()
    assert archive.put(DATA) == SHA256
    after = original(root).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_large_original_is_kept_without_being_held(root: Path, archive: Archive) -> None:
    for _ in range(2):
        assert archive.put_stream(BytesIO(DATA)) == SHA256
    assert archive.read(SHA256) == DATA
    assert sorted(p.name for p in root.iterdir()) == ["berkas"]


def test_a_large_original_that_cannot_be_read_leaves_nothing(root: Path, archive: Archive) -> None:
    class Torn(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        archive.put_stream(Torn(DATA))
    assert list(root.iterdir()) == []


def test_two_processes_that_keep_large_originals_never_mix_them(
    root: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was overtaken fails; what has a name is what the name says."""

    class Overtaken(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            if not list(root.glob("berkas/*/*")):
                with monkeypatch.context() as patched:
                    patched.setattr("os.getpid", lambda: 7)
                    archive.put_stream(BytesIO(DATA))
            return super().read(_size)

    with pytest.raises(FileNotFoundError):
        archive.put_stream(Overtaken(b"kiriman lain"))
    assert [archive.hash_of_original(name) for name in archive.originals()] == [SHA256]
    assert sorted(p.name for p in root.iterdir()) == ["berkas"]


def test_what_a_killed_process_left_of_a_large_original_is_removed(
    root: Path, archive: Archive
) -> None:
    root.mkdir()
    (root / ".besar.kantor.7.sementara").write_bytes(b"seteng")
    archive.put_stream(BytesIO(DATA))
    assert sorted(p.name for p in root.iterdir()) == ["berkas"]


def test_a_folder_that_cannot_be_listed_is_not_taken_for_an_empty_one(
    root: Path, archive: Archive
) -> None:
    root.mkdir()
    (root / "berkas").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        list(archive.originals())


def test_no_events_make_no_journal(root: Path, archive: Archive) -> None:
    archive.append()
    assert not root.exists()


def test_a_line_cut_off_while_written_harms_no_other(root: Path, archive: Archive) -> None:
    archive.append({"event": "arrived", "id": 1})
    with (root / JOURNAL).open("ab") as file:
        file.write(b'{"event": "arrived", "id": 2, "file": "inb')
    archive.append({"event": "arrived", "id": 2})
    assert [event["id"] for event in archive.journal()] == [1, 2]


@given(cut=st.integers(min_value=0))
def test_wherever_the_journal_is_cut_its_whole_lines_are_read(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    root = tmp_path_factory.mktemp("arsip")
    archive = folder_archive(root)
    for number in range(3):
        archive.append({"id": number})
    data = (root / JOURNAL).read_bytes()
    kept = data[: cut % (len(data) + 1)]
    (root / JOURNAL).write_bytes(kept)
    archive.append({"id": 9})
    # A last line that lacks only its end of line is whole.
    whole = sum(1 for line in kept.split(b"\n") if line.endswith(b"}"))
    assert [event["id"] for event in archive.journal()] == [*range(whole), 9]


def test_lines_that_are_no_events_are_passed_over(root: Path, archive: Archive) -> None:
    root.mkdir()
    (root / JOURNAL).write_bytes(b'\n[1]\n"a"\n\xff\xfe\n{"id": 1}\n')
    assert list(archive.journal()) == [{"id": 1}]


def test_no_mark_passes_a_line_that_is_still_being_written(root: Path, archive: Archive) -> None:
    archive.append({"event": "a"})
    ((_, mark),) = archive.news(0)
    with (root / JOURNAL).open("ab") as file:
        file.write(b'{"event": "setengah')
    assert list(archive.news(mark)) == []
    archive.append({"event": "b"})
    assert [event for event, _ in archive.news(mark)] == [{"event": "b"}]


def test_a_journal_that_has_become_shorter_is_read_from_its_beginning(
    root: Path, archive: Archive
) -> None:
    archive.append({"event": "a"}, {"event": "b"})
    *_, (_, mark) = archive.news(0)
    (root / JOURNAL).write_bytes(b'{"event": "lain"}\n')
    assert [event for event, _ in archive.news(mark)] == [{"event": "lain"}]
