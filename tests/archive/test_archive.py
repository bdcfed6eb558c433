"""Keep originals, snapshots and the journal; never change what is kept."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest

from workbook_tools.archive import Archive, Event, open_archive
from workbook_tools.errors import ArchiveDamaged

DATA = b"sebuah kiriman"
SHA256 = hashlib.sha256(DATA).hexdigest()


def test_an_original_is_kept_under_its_hash_and_given_back(archive: Archive) -> None:
    assert archive.put(DATA) == SHA256
    assert archive.read(SHA256) == DATA
    assert archive.size(SHA256) == len(DATA)
    assert list(archive.originals()) == [SHA256]


def test_the_same_original_again_is_kept_once(archive: Archive) -> None:
    assert [archive.put(DATA), archive.put(DATA)] == [SHA256, SHA256]
    assert list(archive.originals()) == [SHA256]


def test_a_large_original_is_kept_as_a_small_one_is(archive: Archive) -> None:
    assert [archive.put_stream(BytesIO(DATA)) for _ in range(2)] == [SHA256, SHA256]
    assert archive.read(SHA256) == DATA
    assert archive.hash_of_original(SHA256) == SHA256
    assert archive.put(DATA) == SHA256
    assert list(archive.originals()) == [SHA256]


def test_a_register_is_kept_under_its_hash(archive: Archive) -> None:
    assert archive.put_register(DATA) == SHA256
    assert archive.read_register(SHA256) == DATA
    assert archive.hash_of_register(SHA256) == SHA256
    assert list(archive.registers()) == [SHA256]


def test_what_is_kept_is_seen_by_whoever_opens_the_archive_later(
    url: str, archive: Archive, tmp_path: Path
) -> None:
    first = open_archive(url, tmp_path / "catatan" / "arsip")
    assert (list(first.originals()), list(first.journal())) == ([], [])
    archive.put(DATA)
    archive.append({"id": 1})
    assert list(first.originals()) == [SHA256]
    first.append({"id": 2})
    assert [event["id"] for event in archive.journal()] == [1, 2]


def test_an_original_that_is_gone_is_said_with_what_to_do(archive: Archive) -> None:
    with pytest.raises(ArchiveDamaged, match="Pulihkan dari cadangan"):
        archive.read(SHA256)
    assert archive.size(SHA256) == 0
    for gone in (archive.read_snapshot, archive.read_register, archive.hash_of_original):
        with pytest.raises(ArchiveDamaged, match="Pulihkan dari cadangan"):
            gone("x")


def test_a_snapshot_is_kept_once(archive: Archive) -> None:
    for _ in range(2):
        archive.put_snapshot("abc", b"pertama")
    assert archive.read_snapshot("abc") == b"pertama"
    assert list(archive.snapshots()) == ["abc"]


def test_an_empty_archive_has_nothing_in_it(archive: Archive) -> None:
    assert list(archive.originals()) == []
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
    archive.append({"id": 1}, {"id": 2})
    archive.append()
    archive.append({"id": 3})
    assert [event["id"] for event in archive.journal()] == [0, 1, 2, 3]


def test_events_after_a_mark_are_those_that_were_added_since(archive: Archive) -> None:
    archive.append({"event": "a"})
    *_, (first, mark) = archive.news(0)
    archive.append({"event": "b"}, {"event": "c"})
    added = [event for event, _ in archive.news(mark)]
    assert first == {"event": "a"}
    # A journal of objects does not begin in the middle: then everything is told again.
    assert added == ([{"event": "b"}, {"event": "c"}] if mark else list(archive.journal()))
