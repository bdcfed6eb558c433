"""Workbooks that nobody here wrote each get a clear verdict within seconds."""

from __future__ import annotations

import csv
import time
import zipfile
from pathlib import Path

import pytest

from tests.reader.test_two_ways import read_alike
from tests.reader.workbooks import parts_of, zipped
from workbook_tools.problems.problem import Severity
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.raw import CellType
from workbook_tools.reader.read import read_workbook

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
FILES = tuple(sorted(CORPUS.glob("*/*")))
HOSTILE = {
    "01_laughs_sst.xlsx": "B05",
    "04_quadratic_sst.xlsx": "B05",
    "06_zipbomb_1GiB_ws.xlsx": "B05",
    "08_sst_8M.xlsx": "B05",
    "14_dup_member.xlsx": "B07",
    "31_nan_inf_v.xlsx": "B07",
    "40_truncated.xlsx": "B07",
    "41_empty.xlsx": "B01",
    "42_zeros.xlsx": "B07",
    "45_html.xls": "B01",
    "46_csv.xlsx": "B01",
}
"""What must be refused, with its code; every other hostile file is sound to read."""

CODES = {
    "encrypted": {"B02"},
    "macro": {"B06"},
    "not-a-workbook": {"B01"},
    "bad-crc": {"B07"},
    "external-links": {"B06"},
    "ods": {"B08"},
}
"""The codes that a file of that class gets, whatever else it is."""


def classes() -> dict[str, set[str]]:
    """Read the classes of each file from the corpus's own list."""
    text = (CORPUS / "MANIFEST.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return {row["file"]: set(row["classes"].split(",")) for row in rows}


def errors(path: Path) -> set[str]:
    """Give the codes of a file's problems."""
    return {problem.code for problem in read_workbook(path.read_bytes()).problems}


def is_sound_archive(path: Path) -> bool:
    """Tell whether the parts of a file can be taken out of it and packed again."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None and all(
            i.file_size < Limits().inflated for i in archive.infolist()
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_gets_a_verdict_within_seconds(path: Path) -> None:
    start = time.perf_counter()
    reading = read_workbook(path.read_bytes())
    assert time.perf_counter() - start < 10
    refused = any(p.severity is Severity.ERROR for p in reading.problems)
    assert refused == (reading.workbook is None)


@pytest.mark.parametrize(
    "path", [p for p in FILES if is_sound_archive(p)], ids=lambda path: path.name
)
def test_patterns_and_the_strict_walk_read_the_same_or_refuse_alike(path: Path) -> None:
    assert read_alike(zipped(parts_of(path.read_bytes())))


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.parent.name == "hostile"], ids=lambda path: path.name
)
def test_hostile_files_are_refused_for_what_they_are(path: Path) -> None:
    expected = {HOSTILE[path.name]} if path.name in HOSTILE else set()
    assert errors(path) - {"B08"} == expected
    assert (read_workbook(path.read_bytes()).workbook is None) == (path.name in HOSTILE)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (path, code)
        for path in FILES
        for kind in sorted(classes().get(path.name, set()) & CODES.keys())
        for code in sorted(CODES[kind])
    ],
    ids=lambda value: value.name if isinstance(value, Path) else str(value),
)
def test_each_class_of_file_gets_its_code(path: Path, expected: str) -> None:
    assert expected in errors(path)


def test_no_cell_behind_a_lying_dimension_is_lost() -> None:
    reading = read_workbook((CORPUS / "hostile" / "11_dim_lies_small.xlsx").read_bytes())
    assert reading.workbook is not None
    assert len(reading.workbook.sheets[0].cells) > 1_000


def test_an_error_cell_is_seen_as_one() -> None:
    reading = read_workbook((CORPUS / "hostile" / "17_error_cell.xlsx").read_bytes())
    assert reading.workbook is not None
    kinds = {cell.type for cell in reading.workbook.sheets[0].cells.values()}
    assert CellType.ERROR in kinds


def test_a_formula_saved_without_value_is_seen_as_one() -> None:
    reading = read_workbook((CORPUS / "hostile" / "16_no_cached_value.xlsx").read_bytes())
    assert reading.workbook is not None
    blank = [c for c in reading.workbook.sheets[0].cells.values() if c.formula and not c.text]
    assert blank
