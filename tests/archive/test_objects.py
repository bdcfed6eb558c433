"""Keep an archive in an object store: its journal in objects, and what is said of trouble."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from tests.archive.places import FILES, MEMORY, address
from tests.missing import without
from workbook_tools.archive import TURN, Archive, open_archive
from workbook_tools.errors import ArchiveDamaged, BadSettings, CannotWrite, OperatorError

SECRET = "rahasia"  # noqa: S105 - invented
BLOCK = 3


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few segments fill a block."""
    monkeypatch.setattr("workbook_tools.archive.objects.BLOCK", BLOCK)


@pytest.fixture(params=[FILES, MEMORY])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a place for objects."""
    return address(str(request.param), tmp_path)


def kept(url: str) -> dict[str, bytes]:
    """Give every object by its name."""
    system, root = fsspec.url_to_fs(url)
    return {str(path)[len(root) + 1 :]: system.cat_file(path) for path in system.find(root)}


def numbers(archive: Archive) -> list[object]:
    return [event["id"] for event in archive.journal()]


def again(url: str, tmp_path: Path) -> Archive:
    """Open the archive as the next command does."""
    return open_archive(url, tmp_path / "catatan" / "arsip")


def test_each_addition_to_the_journal_is_an_object_that_never_changes(
    url: str, archive: Archive
) -> None:
    archive.append({"id": 1}, {"id": 2})
    first = kept(url)
    archive.append({"id": 3})
    assert len(first) == 1
    assert len(kept(url)) == 2
    assert first.items() <= kept(url).items()


def test_full_blocks_are_folded_and_read_the_same(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    for number in range(3 * BLOCK):
        archive.append({"id": number})
    before = kept(url)
    again(url, tmp_path).append({"id": 3 * BLOCK})
    folded = sorted(name for name in kept(url) if "/lipat/" in name)
    assert [name[:23] for name in folded] == ["jurnal/lipat/0000000000", "jurnal/lipat/0000000001"]
    assert before.items() <= kept(url).items()
    assert numbers(again(url, tmp_path)) == list(range(3 * BLOCK + 1))


def test_a_folded_block_is_read_from_one_object(url: str, archive: Archive, tmp_path: Path) -> None:
    for number in range(3 * BLOCK):
        archive.append({"id": number})
    again(url, tmp_path).append({"id": 3 * BLOCK})
    system, root = fsspec.url_to_fs(url)
    system.rm(f"{root}/jurnal/0000000000", recursive=True)
    assert numbers(again(url, tmp_path)) == list(range(3 * BLOCK + 1))


def test_an_object_that_was_written_by_half_is_no_event_and_keeps_its_number(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    for number in (1, 2):
        archive.append({"id": number}, {"id": number + 10})
    system, root = fsspec.url_to_fs(url)
    last = max(kept(url))
    system.pipe_file(f"{root}/{last}", kept(url)[last][:-5])
    later = again(url, tmp_path)
    later.append({"id": 3})
    assert numbers(later) == [1, 11, 3]
    assert max(kept(url)).startswith("jurnal/0000000001/000000000003-")


def test_a_fold_that_was_written_by_half_does_not_count(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    for number in range(2 * BLOCK):
        archive.append({"id": number})
    again(url, tmp_path).append({"id": 2 * BLOCK})
    system, root = fsspec.url_to_fs(url)
    (fold,) = (name for name in kept(url) if "/lipat/" in name)
    system.pipe_file(f"{root}/{fold}", kept(url)[fold][:-5])
    assert numbers(again(url, tmp_path)) == list(range(2 * BLOCK + 1))


def test_what_a_machine_wrote_that_had_lost_its_turn_stands_before_that_of_the_next(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    late = again(url, tmp_path)
    late.append({"id": 1, "file": "a", TURN: 1})
    archive.append({"id": 2, "file": "b", TURN: 2})
    late.append({"id": 2, "file": "telat", TURN: 1})
    archive.append({"id": 3, "file": "c", TURN: 2})
    told = [event["file"] for event in again(url, tmp_path).journal()]
    assert told == ["a", "telat", "b", "c"]


def test_a_journal_that_was_copied_from_a_folder_stands_first(url: str, archive: Archive) -> None:
    system, root = fsspec.url_to_fs(url)
    system.makedirs(root, exist_ok=True)
    system.pipe_file(f"{root}/jurnal.jsonl", b'{"id": 1}\n{"id": 2}\n{"id": 3, "fi')
    archive.append({"id": 3})
    assert numbers(archive) == [1, 2, 3]


@pytest.mark.parametrize("found", [b"", b"sebuah kirimaN"])
def test_an_original_that_lies_there_damaged_is_written_again(
    url: str, archive: Archive, found: bytes
) -> None:
    sha256 = archive.put(b"sebuah kiriman")
    system, root = fsspec.url_to_fs(url)
    system.pipe_file(f"{root}/berkas/{sha256[:2]}/{sha256}", found)
    with pytest.raises(ArchiveDamaged, match="isinya berubah"):
        archive.read(sha256)
    archive.put(b"sebuah kiriman")
    assert archive.read(sha256) == b"sebuah kiriman"


def test_a_large_original_that_was_written_by_half_is_written_again(
    url: str, archive: Archive
) -> None:
    sha256 = archive.put_stream(BytesIO(b"sebuah kiriman"))
    system, root = fsspec.url_to_fs(url)
    system.pipe_file(f"{root}/berkas/{sha256[:2]}/{sha256}", b"sebuah")
    archive.put_stream(BytesIO(b"sebuah kiriman"))
    assert archive.read(sha256) == b"sebuah kiriman"


def test_a_large_original_that_cannot_be_read_leaves_nothing(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    class Torn(BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        archive.put_stream(Torn(b"sebuah kiriman"))
    assert kept(url) == {}
    assert list((tmp_path / "catatan").iterdir()) == []


def test_temporary_files_are_nothing_that_is_kept(tmp_path: Path) -> None:
    url = address(FILES, tmp_path)
    archive = again(url, tmp_path)
    sha256 = archive.put(b"sebuah kiriman")
    archive.append({"id": 1})
    for path in list((tmp_path / "gudang").rglob("*")):
        if path.is_file():
            path.with_name(f".{path.name}.sementara").write_bytes(b"seteng")
    assert list(archive.originals()) == [sha256]
    assert numbers(again(url, tmp_path)) == [1]


TROUBLE: list[tuple[Exception, str]] = [
    (PermissionError(errno.EACCES, SECRET), "menolak program ini"),
    (OSError(errno.ENOSPC, SECRET), "penuh"),
    (FileNotFoundError(errno.ENOENT, SECRET), "tidak ada"),
    (ConnectionError(SECRET), "tidak dapat dibaca atau ditulis"),
    (RuntimeError(SECRET), "tidak dapat dibaca atau ditulis"),
]


@pytest.mark.parametrize(("error", "said"), TROUBLE)
@pytest.mark.parametrize(
    "use",
    [
        lambda a: a.put(b"x"),
        lambda a: a.append({"id": 1}),
        lambda a: a.put_stream(BytesIO(b"x")),
    ],
)
def test_trouble_with_writing_is_told_in_a_sentence_without_its_own_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
    use: Callable[[Archive], object],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    archive = again(f"memory:/{tmp_path}", tmp_path)
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", fail)
    monkeypatch.setattr(MemoryFileSystem, "open", fail)
    with pytest.raises(CannotWrite, match=said) as told:
        use(archive)
    assert SECRET not in str(told.value)
    assert told.value.__suppress_context__


@pytest.mark.parametrize("operation", ["ls", "info", "cat_file", "find"])
def test_a_place_that_does_not_answer_is_never_taken_for_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    archive = again(f"memory:/{tmp_path}", tmp_path)
    sha256 = archive.put(b"x")
    archive.append({"id": 1})

    def fail(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(MemoryFileSystem, operation, fail)
    later = again(f"memory:/{tmp_path}", tmp_path)
    with pytest.raises(CannotWrite, match="Periksa jaringan"):
        _ = (list(later.journal()), list(later.originals()), later.read(sha256))


def test_an_object_that_is_gone_is_damage_and_one_that_cannot_be_asked_for_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = again(f"memory:/{tmp_path}", tmp_path)
    with pytest.raises(ArchiveDamaged):
        archive.read("x")

    def fail(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(MemoryFileSystem, "cat_file", fail)
    with pytest.raises(CannotWrite):
        archive.read("x")


@pytest.mark.parametrize(
    "url",
    [
        "bukan alamat",
        "/folder/saja",
        f"http://{SECRET}@server/arsip",
        f"sftp://pengguna:{SECRET}@server/arsip",
        f"simplecache::s3://{SECRET}",
        "s3://",
        f"s3://kunci:{SECRET}/lagi@ember/folder",
        f"s3://kunci:{SECRET}?lagi@ember/folder",
        f"s3://kunci:{SECRET}#lagi@ember/folder",
        f"s3://kunci:{SECRET}",
        f"gs://kunci:{SECRET}@ember/folder",
        "file://arsip",
        "file:///",
        "memory://[",
    ],
)
def test_an_address_that_is_none_or_of_another_kind_is_refused_and_not_shown(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSettings, match="s3://kunci:sandi@ember/folder") as told:
        open_archive(url, tmp_path)
    assert SECRET not in str(told.value)


def test_the_place_is_named_without_its_secrets(tmp_path: Path) -> None:
    archive = open_archive(f"memory://gudang/kantor?kunci={SECRET}", tmp_path)
    assert archive.place == "memory://gudang/kantor"
    assert SECRET not in repr(archive)


@pytest.mark.parametrize(
    ("missing", "url", "said"),
    [
        (("fsspec",), "memory://gudang", '"workbook-tools[object-store]"'),
        (("s3fs",), f"s3://kunci:{SECRET}@ember/folder", " s3fs, lalu ulangi"),
        (("gcsfs",), "gs://ember/folder", " gcsfs, lalu ulangi"),
        (("adlfs",), f"az://wadah/folder?account_key={SECRET}", " adlfs, lalu ulangi"),
    ],
)
def test_a_missing_library_is_named_with_its_command(
    tmp_path: Path, missing: tuple[str, ...], url: str, said: str
) -> None:
    with without(*missing), pytest.raises(OperatorError, match="belum terpasang") as told:
        open_archive(url, tmp_path)
    assert said in str(told.value)
    assert SECRET not in str(told.value)


def test_a_folder_archive_imports_no_fsspec(tmp_path: Path) -> None:
    with without("fsspec"):
        open_archive("", tmp_path).append({"id": 1})
        assert sys.modules["fsspec"] is None
