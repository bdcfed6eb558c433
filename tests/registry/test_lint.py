"""What `check` lists is measured against the transcription's anomalies, the answer key."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from operator import eq
from string import ascii_uppercase

import pytest
from openpyxl import Workbook, load_workbook

from tests.registry.edited import edited, original, typed
from tests.registry.transcription import positions
from workbook_tools.registry.lint import RULES, Finding, lint
from workbook_tools.registry.model import Indicator, Registry, Target, TargetStatus
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import read_columns, read_registry

Pair = tuple[str, str]

MISSED: dict[str, tuple[tuple[str, ...], str]] = {
    "CROSS_ROW": (
        ("sekretaris/01",),
        "that two rows in other words count the same thing is a matter of meaning",
    ),
    "EDGE_FRAGMENT": (
        (
            "kasi-bina-perdagangan",
            "kasi-pemberdayaan-koperasi",
            "kasi-pemberdayaan-ukm",
            "upt-blud-permodalan",
        ),
        "to which page a torn strip of letters belongs is a guess from the look of the scan",
    ),
    "FORMULA_VS_INDICATOR": (
        ("iku-dinas/02", "kabid-perdagangan/02", "kepala-dinas/02"),
        "whether a formula measures what its indicator names is a matter of meaning",
    ),
    "FUNGSI_INCOMPLETE": (
        ("kabid-koperasi-ukm",),
        "three other positions end with b just so; only the regulation of the agency can tell",
    ),
    "INDICATOR_VS_SASARAN": (
        (
            "kasi-bina-perdagangan/02",
            "kasi-kelembagaan-pengawasan/02",
            "kasubbag-umum-kepegawaian/13",
        ),
        "whether an indicator fits its objective is a matter of meaning",
    ),
    "INPUT_INDICATOR": (
        ("kasi-ketertiban-kebersihan/01",),
        "input, output or outcome is a matter of meaning",
    ),
    "LAST_LINE_NO_NEWLINE": (
        ("kasi-bina-produksi/01",),
        "a trait of the text file, gone once the lines stand in cells",
    ),
    "POSITION_MISMATCH": (
        ("kasi-pendataan-retribusi/01",),
        "whether an indicator suits a position is a matter of meaning",
    ),
    "ROLE_TYPE": (
        ("upt-blud-permodalan",),
        "a remark on how the transcription inferred the superior",
    ),
    "SUMBER_DETACHED": (
        ("kabid-koperasi-ukm",),
        "said of each of its six rows; the key adds it for this page and for no other one",
    ),
    "TEXT_INCONSISTENT": (
        ("kasubbag-perencanaan/05",),
        "the same words in another order are no error by themselves",
    ),
    "TEXT_PASTE": (
        ("kabid-perdagangan", "upt-blud-permodalan"),
        "a word too many or too few in a sound sentence is a matter of meaning",
    ),
    "TEXT_TYPO": (
        (
            "kasi-pemberdayaan-koperasi/01",
            "kasi-pemberdayaan-ukm/02",
            "kasi-pendataan-retribusi/01",
            "kasi-tertib-niaga-metrologi/01",
            "sekretaris",
        ),
        "no right spelling stands in the register, or the word is right and only used wrongly",
    ),
    "WEAK_DEFINITION": (
        ("kasubbag-perencanaan/01", "kasubbag-umum-kepegawaian/08"),
        "that a definition is weak though it adds words is a matter of meaning",
    ),
}
"""Code -> what a program misses, and why."""

EXTRA: dict[str, tuple[tuple[str, ...], str]] = {
    "FORMULA_SYNTAX": (
        ("kabid-koperasi-ukm/04", "kabid-perdagangan/02"),
        "they print the same star as the two rows of the key",
    ),
    "HEADER_OCR": (
        (
            "kasi-bina-produksi",
            "kasi-industri-agro",
            "kasi-kelembagaan-pengawasan",
            "kasi-pemberdayaan-koperasi",
        ),
        "they print the same 'FORMULA SI' as kabid-koperasi-ukm, which the key lists",
    ),
    "POSITION_MISSING": (
        ("kabid-industri", "kasi-industri-non-agro"),
        "the key lists the lost positions apart from the anomalies",
    ),
    "TEXT_TYPO": (
        ("kasi-bina-perdagangan/02",),
        "'Operasi' is a sound word that looks like 'koperasi'",
    ),
    "UNIT_VS_INDICATOR": (
        ("kasi-kelembagaan-pengawasan/02",),
        "koperasi counted in 'unit', as in the row above it, which the key lists",
    ),
    "WEAK_DEFINITION": (
        ("kabid-koperasi-ukm/05",),
        "the explanation repeats the indicator, as in sekretaris/01, which the key lists",
    ),
}
"""Code -> what a program finds beyond the key, and why it stays."""


@cache
def findings() -> tuple[Finding, ...]:
    """Give every finding in the register of the package."""
    return lint(load_source())


@cache
def answer_key() -> frozenset[tuple[str, str, str]]:
    """Give (code, position or indicator, severity) of every transcribed anomaly."""
    return frozenset(
        (anomaly.text("code"), node.text("id"), anomaly.text("severity").replace("warn", "warning"))
        for position in positions()
        for node in (position, *position.nodes("indicators"))
        for anomaly in node.nodes("anomalies")
    )


def pairs(table: dict[str, tuple[tuple[str, ...], str]]) -> set[Pair]:
    """Give the (code, subject) pairs of a table of exceptions."""
    return {(code, subject) for code, (subjects, _) in table.items() for subject in subjects}


def test_everything_in_the_answer_key_is_found_but_for_the_listed_exceptions() -> None:
    key = {(code, subject) for code, subject, _ in answer_key()}
    found = {(finding.code, finding.indicator or "") for finding in findings()}
    assert key - found == pairs(MISSED)
    assert found - key == pairs(EXTRA)


def test_thirty_eight_codes_are_found_exactly_as_the_key_has_them() -> None:
    codes = {code for code, _, _ in answer_key()}
    exact = codes - MISSED.keys() - EXTRA.keys()
    assert len(codes) == 55
    assert sorted(exact) == [
        "CASCADE_COPY",
        "COLNUM_ROW",
        "FORMULA_ABSENT",
        "FORMULA_DENOM_CONFLICT",
        "FORMULA_FLATTENED",
        "FORMULA_MISMATCH",
        "FORMULA_NO_DENOM",
        "FORMULA_NO_PARENS",
        "HEADER_SHIFTED",
        "INDICATOR_EQ_SASARAN",
        "MARKUP_RESIDUE",
        "NO_BLANK",
        "NUMBERING",
        "NUMFMT_DOT_DECIMAL",
        "NUMFMT_EN",
        "PAGE_BREAK",
        "PASTED_FROM_OTHER_TABLE",
        "PERIOD_MISMATCH",
        "POLARITY_AMBIGUOUS",
        "POSITION_NAME_MISSING",
        "POSITION_NAME_OUTSIDE_FIELD",
        "PRECISION_MIXED",
        "SASARAN_DUP",
        "TABLE_SPLIT",
        "TARGET_BLANK",
        "TARGET_FLAT",
        "TARGET_SUSPECT",
        "TARGET_ZERO",
        "TEXT_OCR",
        "TEXT_TRUNCATED",
        "TREND_BREAK",
        "TREND_DECREASING",
        "TREND_FLAT_STEP",
        "TREND_JUMP",
        "UNIT_CASE",
        "UNIT_MISSING",
        "UNIT_MIXED",
        "UNIT_TYPO",
    ]


def test_severities_are_the_key_s_but_for_units_against_indicators() -> None:
    key = answer_key()
    subjects = {(code, subject) for code, subject, _ in key}
    differing = {
        (f.code, f.indicator)
        for f in findings()
        if (f.code, f.indicator) in subjects
        and (f.code, f.indicator or "", str(f.severity)) not in key
    }
    assert {code for code, _ in differing} == {"UNIT_VS_INDICATOR"}


def test_every_finding_has_a_sentence_and_a_cell_that_is_not_outside_the_sheet() -> None:
    workbook = load_workbook(io.BytesIO(original()))
    for finding in findings():
        cell = workbook[finding.sheet][finding.cell]
        assert 2 <= cell.row <= workbook[finding.sheet].max_row
        assert finding.message.endswith(".")
        assert finding.message[0].isupper() or finding.message[0] in "'123456789"


def test_a_finding_on_a_target_points_at_the_cell_of_its_indicator_and_year() -> None:
    worksheet = load_workbook(io.BytesIO(original()))["Target"]
    checked = 0
    for finding in findings():
        if finding.sheet == "Target":
            row = worksheet[finding.cell].row
            assert worksheet.cell(row, 1).value == finding.indicator
            assert worksheet.cell(row, 2).value == finding.year
            checked += 1
    assert checked == 104


def test_the_broken_trend_of_pdrb_points_at_37_96_and_364_09() -> None:
    breaks = {f.indicator: f for f in findings() if f.code == "TREND_BREAK"}
    assert breaks["iku-dinas/03"].cell == "D13"
    assert breaks["iku-dinas/03"].year == 2019
    assert breaks["iku-dinas/03"].severity == "error"
    assert breaks["iku-dinas/03"].message == (
        "Target 2019 '37.96' memutus tren 806.05 → 37.96 → 870.03 → 887.43 → 905.17. Jangan "
        "dikoreksi sendiri; pastikan ke dokumen asli."
    )
    assert (breaks["iku-dinas/04"].year, breaks["iku-dinas/04"].severity) == (2019, "warning")
    assert breaks["kasi-pendataan-retribusi/01"].year == 2020


def test_the_twenty_pasted_cells_are_listed_one_by_one() -> None:
    pasted = [f for f in findings() if f.code == "PASTED_FROM_OTHER_TABLE"]
    assert len(pasted) == 20
    assert {f.year for f in pasted} == {2019, 2020, 2021, 2022}


def test_each_rule_says_why_it_exists() -> None:
    for rule in RULES:
        assert (rule.__doc__ or "").startswith("Say that ")


def test_findings_stand_in_the_order_of_sheets_and_rows() -> None:
    order = ["Dinas", "Jabatan", "Indikator", "Isian", "Target", "Pengaturan", "Skala", "Dokumen"]
    places = [(order.index(f.sheet), int(f.cell.lstrip(ascii_uppercase))) for f in findings()]
    assert places == sorted(places)


def test_positions_that_share_a_line_of_the_document_keep_their_order() -> None:
    registry = load_source()
    copies = [
        replace(position, id=f"{position.id}-{number}")
        for position in registry.positions
        for number in range(2, 5)
    ]
    found = lint(replace(registry, positions=(*registry.positions, *copies)))

    places = [(f.sheet, f.cell, f.code, f.message) for f in found]
    pairs_of_one_place = [
        (before.indicator or "", after.indicator or "")
        for before, after, same in zip(found, found[1:], map(eq, places, places[1:]), strict=False)
        if same
    ]
    assert len(pairs_of_one_place) > 20
    assert all(before < after for before, after in pairs_of_one_place)


def test_in_a_rearranged_register_the_cells_are_those_of_its_own_columns() -> None:
    def insert(workbook: Workbook) -> None:
        workbook["Target"].insert_cols(1)

    data = edited(insert)
    moved = lint(read_registry(data), columns=read_columns(data))
    breaks = next(f for f in moved if f.code == "TREND_BREAK")
    assert breaks.cell == "E13"


def test_confirming_the_pasted_targets_clears_their_findings() -> None:
    source = load_source().indicator("kasubbag-keuangan/01")
    assert source is not None
    cells: dict[str, str | int | None] = {}
    for target in source.targets:
        cells |= {
            f"Target!D{target.row}": 14,
            f"Target!E{target.row}": "dokumen",
            f"Target!F{target.row}": "ok",
        }
    codes = {
        f.code for f in lint(read_registry(typed(cells))) if f.indicator == "kasubbag-keuangan/01"
    }
    assert "PASTED_FROM_OTHER_TABLE" not in codes
    assert "UNIT_MIXED" not in codes


def series(*values: int | None) -> Callable[[Indicator], Indicator]:
    """Give an edit that puts these targets into an indicator."""

    def edit(indicator: Indicator) -> Indicator:
        targets = tuple(
            Target(
                indicator=indicator.id,
                year=2018 + n,
                printed="" if value is None else f"{value} pasar",
                value=None if value is None else Decimal(value),
                unit=None if value is None else "pasar",
                status=TargetStatus.KOSONG if value is None else TargetStatus.OK,
                row=2 + n,
            )
            for n, value in enumerate(values)
        )
        return replace(indicator, targets=targets)

    return edit


def only(edit: Callable[[Indicator], Indicator]) -> Registry:
    """Give a register whose only indicator is an edited kabid-pasar/01."""
    registry = load_source()
    pasar = registry.indicator("kabid-pasar/01")
    assert pasar is not None
    return replace(registry, indicators=(edit(pasar),))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((10, 11, 12, 13, 14), set()),
        ((10, 11, 1, 13, 14), {("TREND_BREAK", 2020)}),
        ((10, 9, 8, 7, 6), {("TREND_DECREASING", 2019)}),
        ((10, 11, 11, 12, 13), {("TREND_FLAT_STEP", 2020)}),
        ((10, 40, 41, 42, 43), {("TREND_JUMP", 2019)}),
        ((5, 5, 5, 5, 5), {("TARGET_FLAT", 2018)}),
        ((0, 1, 2, 3, 4), {("TARGET_ZERO", 2018)}),
        ((None, 1, 2, 3, 4), {("TARGET_BLANK", 2018)}),
    ],
    ids=["steady", "break", "decreasing", "flat step", "jump", "flat", "zero", "blank"],
)
def test_each_shape_of_a_series_of_targets_gives_its_own_code_and_year(
    values: tuple[int | None, ...], expected: set[tuple[str, int]]
) -> None:
    found = lint(only(series(*values)))
    assert {(f.code, f.year) for f in found if f.sheet == "Target"} == expected
