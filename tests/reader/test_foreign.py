"""Old and binary Excel files are read in a child process, whatever happens to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reader.workbooks import verdicts
from workbook_tools.reader.foreign import ForeignFile, read_foreign
from workbook_tools.reader.foreign_child import tell
from workbook_tools.reader.limits import Limits, ReadingRefused
from workbook_tools.reader.read import read_workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def test_a_broken_container_is_told_as_damaged() -> None:
    assert verdicts(read_workbook(OLE + bytes(2_000))) == [("B07", "isi berkas")]


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(ReadingRefused) as caught:
        read_foreign(ForeignFile(OLE, "ole"), replace(Limits(), seconds=0.001))
    (problem,) = caught.value.problems
    assert (problem.code, problem.facts[0]) == ("B05", ("limit", "waktu membaca (detik)"))


def test_a_child_that_dies_harms_nobody() -> None:
    with pytest.raises(ReadingRefused) as caught:
        read_foreign(ForeignFile(b"PK", "xlsb"), replace(Limits(), memory=1))
    assert [p.code for p in caught.value.problems] == ["B07"]


def test_an_unreadable_binary_workbook_is_told_as_damaged() -> None:
    assert tell(b"PK\3\4 bukan arsip", "xlsb", 100)["refused"] == [("damaged", "isi berkas")]
