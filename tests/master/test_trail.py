"""The trail tells of every accepted return: whether it counts, by which it was replaced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.master import samples
from tests.shell import PASAR, Office
from workbook_tools.master.consolidate import consolidate
from workbook_tools.master.trail import Received, Warned, counting, replacements
from workbook_tools.master.write import write_master
from workbook_tools.registry.source import load_source


def a_return(number: int, *, revision: int = 1, issue: int = 1, period: int = 1) -> Received:
    return Received(
        number=number,
        unit=PASAR,
        year=2020,
        period=period,
        revision=revision,
        issue=issue,
        file=f"inbox/{PASAR}/isian {number}.xlsx",
        sha256=f"{number:064x}",
        received_at=datetime(2020, 4, 5, 20, 30, number, tzinfo=UTC),
        people={"pengisi_nama": "Ani", "atasan_nama": "Budi"},
        changes="Yang berubah: H8: 1 menjadi 2." if revision > 1 else "",
        warnings=(Warned("N10", "H8", f"{PASAR}/01", "Periksa angka nol."),),
    )


def replaced_by(*trail: Received) -> Mapping[int, int | None]:
    return {
        number: later.number if later else None for number, later in replacements(trail).items()
    }


def jejak(trail: list[Received]) -> Worksheet:
    registry = load_source()
    content = write_master(
        consolidate(registry, [], 2020),
        registry,
        deliveries=samples.deliveries(registry, [], 2020),
        findings=(),
        trail=trail,
        version="1.0.0",
    )
    sheet = openpyxl.load_workbook(BytesIO(content))["Jejak"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_last_return_of_a_form_replaces_those_before_it() -> None:
    first, second, other = a_return(1), a_return(2, revision=2), a_return(3, period=2)

    assert replaced_by(first, second, other) == {1: 2, 2: None, 3: None}
    assert counting((first, second, other)) == (second, other)


def test_a_return_on_an_older_issue_does_not_replace_one_on_a_newer() -> None:
    assert replaced_by(a_return(1, issue=2), a_return(2, revision=2, issue=1)) == {1: None, 2: 1}


def test_a_row_of_the_trail_tells_all_about_a_return() -> None:
    sheet = jejak([a_return(2, revision=2), a_return(1)])

    rows = list(sheet.iter_rows(min_row=4, max_row=5, values_only=True))
    assert rows[0][:8] == (
        1, datetime(2020, 4, 6, 3, 30, 1), PASAR, "TW I", 1, 1, "↻ Digantikan revisi 2 (no. 2)",  # noqa: DTZ001
        "Ani\nBudi",
    )  # fmt: skip
    assert rows[1][6:] == (
        "✔ Berlaku", "Ani\nBudi", "Yang berubah: H8: 1 menjadi 2.",
        "N10 Mungkin kelebihan angka nol (H8)", f"inbox/{PASAR}/isian 2.xlsx", f"{2:064x}",
    )  # fmt: skip


def test_a_revision_in_the_ledger_stands_in_the_trail_with_what_its_sender_was_told(
    office: Office,
) -> None:
    office.drop(PASAR, office.filled(PASAR, {"H8": 3}))
    office.says("ingest")
    office.drop(PASAR, office.filled(PASAR, {"H8": 4}))
    office.says("ingest")

    sheet = openpyxl.load_workbook(office.master())["Jejak"]

    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [(row[5], str(row[6])[:1], row[8]) for row in rows] == [
        (1, "↻", None),
        (2, "✔", "Kiriman ini menggantikan revisi 1. Yang berubah: H8: 3 menjadi 4."),
    ]
