"""Keep originals, snapshots and the journal; never change what is kept."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.archive import Archive, Event
from workbook_tools.errors import ArchiveDamaged

DATA = b"sebuah kiriman"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Give an archive that does not exist on disk yet."""
    return Archive(tmp_path / "arsip")


def test_an_original_is_kept_under_its_hash_and_given_back(archive: Archive) -> None:
    assert archive.put(DATA) == SHA256
    assert archive.read(SHA256) == DATA
    assert archive.size(SHA256) == len(DATA)
    assert [name for name, _ in archive.files()] == [SHA256]


def test_the_same_original_again_is_kept_once_and_untouched(archive: Archive) -> None:
    archive.put(DATA)
    before = archive.path(SHA256).stat()
    assert archive.put(DATA) == SHA256
    after = archive.path(SHA256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_large_original_is_kept_without_being_held(archive: Archive) -> None:
    for _ in range(2):
        assert archive.put_stream(BytesIO(DATA)) == SHA256
    assert archive.read(SHA256) == DATA
    assert sorted(p.name for p in archive.root.iterdir()) == ["berkas"]


def test_a_large_original_that_cannot_be_read_leaves_nothing(archive: Archive) -> None:
    class Torn(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        archive.put_stream(Torn(DATA))
    assert list(archive.root.iterdir()) == []


def test_an_original_that_is_gone_is_said_with_what_to_do(archive: Archive) -> None:
    with pytest.raises(ArchiveDamaged, match="Pulihkan dari cadangan"):
        archive.read(SHA256)
    assert archive.size(SHA256) == 0
    with pytest.raises(ArchiveDamaged, match="Pulihkan dari cadangan"):
        archive.read_snapshot("x")


def test_a_snapshot_is_kept_once(archive: Archive) -> None:
    archive.put_snapshot("abc", b"pertama")
    archive.put_snapshot("abc", b"kedua")
    assert archive.read_snapshot("abc") == b"pertama"
    assert [name for name, _ in archive.snapshots()] == ["abc"]


def test_an_empty_archive_has_nothing_in_it(archive: Archive) -> None:
    assert list(archive.files()) == []
    assert list(archive.snapshots()) == []
    assert list(archive.registers()) == []
    assert list(archive.journal()) == []


def test_events_come_back_in_their_order(archive: Archive) -> None:
    events: list[Event] = [{"event": "arrived", "id": n, "file": f"ké {n}\n"} for n in range(3)]
    for event in events:
        archive.append(event)
    assert list(archive.journal()) == events


def test_events_added_together_stand_in_their_order_among_the_others(archive: Archive) -> None:
    archive.append({"id": 0})
    archive.append_all([{"id": 1}, {"id": 2}])
    archive.append_all([])
    archive.append({"id": 3})
    assert [event["id"] for event in archive.journal()] == [0, 1, 2, 3]


def test_no_events_make_no_journal(archive: Archive) -> None:
    archive.append_all([])
    assert not archive.root.exists()


def test_a_line_cut_off_while_written_harms_no_other(archive: Archive) -> None:
    archive.append({"event": "arrived", "id": 1})
    with archive.journal_path.open("ab") as file:
        file.write(b'{"event": "arrived", "id": 2, "file": "inb')
    archive.append({"event": "arrived", "id": 2})
    assert [event["id"] for event in archive.journal()] == [1, 2]


@given(cut=st.integers(min_value=0))
def test_wherever_the_journal_is_cut_its_whole_lines_are_read(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    archive = Archive(tmp_path_factory.mktemp("arsip"))
    for number in range(3):
        archive.append({"id": number})
    data = archive.journal_path.read_bytes()
    kept = data[: cut % (len(data) + 1)]
    archive.journal_path.write_bytes(kept)
    archive.append({"id": 9})
    # A last line that lacks only its end of line is whole.
    whole = sum(1 for line in kept.split(b"\n") if line.endswith(b"}"))
    assert [event["id"] for event in archive.journal()] == [*range(whole), 9]


def test_lines_that_are_no_events_are_passed_over(archive: Archive) -> None:
    archive.root.mkdir()
    archive.journal_path.write_bytes(b'\n[1]\n"a"\n\xff\xfe\n{"id": 1}\n')
    assert list(archive.journal()) == [{"id": 1}]
