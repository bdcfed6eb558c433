"""Let a person fill forms in LibreOffice, and see the same previews and the same judgement."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests import office
from tests.returns.cases import RATIOS
from tests.returns.desk import IN_TIME, Desk, Form, answers, found
from tests.returns.paper import Value
from workbook_tools.form.layout import COLUMNS, ISIAN, Role, input_cells
from workbook_tools.form.preview import capaian_of, realisasi_of, required_word, state_of
from workbook_tools.registry.model import TRIWULAN

pytestmark = pytest.mark.office

UNITS = 21


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form shows beside its yellow cells, by address."""

    cells: Mapping[str, object]

    def number(self, at: str) -> float | None:
        value = self.cells.get(at)
        return float(value) if isinstance(value, int | float) else None


def shown(path: Path) -> Shown:
    """Read what a program stored as shown in Isian."""
    sheet = openpyxl.load_workbook(path, data_only=True)[ISIAN]
    return Shown({cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row})


def person(value: Value) -> str | float | None:
    """Give a value as a person types it."""
    return float(value) if isinstance(value, int | Decimal) else value


def filled_in_office(
    form: Form, folder: Path, changes: Mapping[str, Value], *, filter_name: str = office.XLSX
) -> Path:
    """Open a form in LibreOffice, type, and save."""
    source = folder / f"{form.unit}-{form.period}.xlsx"
    source.write_bytes(form.data)
    ending = {office.XLSX: "xlsx", office.XLS: "xls", office.ODS: "ods"}[filter_name]
    cells = {(ISIAN, at): person(value) for at, value in changes.items()}
    target = folder / f"{form.unit}-{form.period}-terisi.{ending}"
    return office.edit(source, target, cells, filter_name=filter_name)


def assert_previews(form: Form, typed: Mapping[str, Value], seen: Shown, desk: Desk) -> None:
    """Compare every preview with its Python twin."""
    layout = form.layout
    values = {
        (row.indicator.id, row.input.key): value if isinstance(value, Decimal) else None
        for row, cell in input_cells(layout)
        for value in [typed.get(cell)]
    }
    for row, cell in input_cells(layout):
        word = state_of(
            row.input,
            str(typed.get(cell) or ""),
            value=values[row.indicator.id, row.input.key],
            required=required_word(row.indicator),
        )
        assert seen.cells[f"{COLUMNS[Role.STATE].letter}{row.row}"] == word, cell
        if not row.first:
            continue
        mine = {spec.key: values[row.indicator.id, spec.key] for spec in row.indicator.inputs}
        reached = realisasi_of(row.indicator, form.period, values=mine)
        capaian = capaian_of(row.indicator, reached, rules=desk.registry.rules)
        for role, expected in ((Role.REALISASI, reached), (Role.CAPAIAN, capaian)):
            at = f"{COLUMNS[role].letter}{row.row}"
            wanted = None if expected is None else pytest.approx(float(expected), rel=1e-12)
            assert seen.number(at) == wanted, (form.unit, at)
            assert expected is not None or seen.cells.get(at) in (None, "")


def odd_answers(form: Form) -> dict[str, Value]:
    """Give answers that no target suggests, different in every cell."""
    return {
        cell: Decimal(3 + 7 * number) / (1 if row.input.kind == "count" else 4)
        for number, (row, cell) in enumerate(input_cells(form.layout))
    }


def test_a_blank_form_shows_no_error_anywhere(desk: Desk, tmp_path: Path) -> None:
    for period in (1, 4):
        for form in desk.issue(period):
            source = tmp_path / f"{form.unit}-{period}.xlsx"
            source.write_bytes(form.data)
            seen = shown(office.recalculate(source, tmp_path / "dihitung" / source.name))
            wrong = {at: v for at, v in seen.cells.items() if str(v).startswith(("#", "Err:"))}
            assert wrong == {}
            assert_previews(form, {}, seen, desk)


def test_a_form_filled_in_the_office_shows_what_python_computes(desk: Desk, tmp_path: Path) -> None:
    forms = desk.issue(1)
    assert len(forms) == UNITS
    for form in forms:
        for name, typed in (("wajar", dict(answers(form.layout))), ("ganjil", odd_answers(form))):
            folder = tmp_path / name
            folder.mkdir(exist_ok=True)
            assert_previews(form, typed, shown(filled_in_office(form, folder, typed)), desk)


def test_words_in_yellow_cells_show_words_and_no_errors(desk: Desk, tmp_path: Path) -> None:
    for form in (desk.form(RATIOS, 1), desk.form("kabid-perdagangan", 1)):
        cells = [cell for _, cell in input_cells(form.layout)]
        typed: dict[str, Value] = dict(
            zip(cells, ("-", "banyak", None, Decimal("1.5"), Decimal(-1)) * 5, strict=False)
        )
        seen = shown(filled_in_office(form, tmp_path, typed))
        assert not any(str(v).startswith(("#", "Err:")) for v in seen.cells.values())
        assert_previews(form, typed, seen, desk)


def test_a_year_filled_in_the_office_is_accepted_with_its_earlier_triwulan(
    desk: Desk, tmp_path: Path
) -> None:
    for period in TRIWULAN:
        for unit in (RATIOS, "iku-dinas", "kabid-perdagangan", "kasi-sarpras-pasar"):
            form = desk.form(unit, period)
            typed = dict(answers(form.layout))
            for row, cell in input_cells(form.layout):
                value = typed[cell]
                if row.input.aggregation == "sum" and isinstance(value, Decimal):
                    typed[cell] = Decimal(int(value / 4))
                if row.first:
                    typed |= {f"{column}{row.row}": "Sudah dijelaskan" for column in "LNP"}
            path = filled_in_office(form, tmp_path, typed)
            assert_previews(form, typed, shown(path), desk)

            outcome = desk.send(unit, path.read_bytes(), day=IN_TIME[period])

            assert outcome.status == "accepted", outcome.problems
            assert ("B08", None) in found(outcome)
            assert {code for code, _ in found(outcome)} <= {"B08", "N10"}
            assert desk.values(unit, period) == {
                (row.indicator.id, row.input.key): typed[cell]
                for row, cell in input_cells(form.layout)
            }


@pytest.mark.parametrize("filter_name", [office.XLSX, office.ODS, office.XLS])
def test_b08_a_form_saved_in_another_format_is_accepted(
    desk: Desk, tmp_path: Path, filter_name: str
) -> None:
    for unit in (RATIOS, "kasi-pemberdayaan-koperasi", "kabid-perdagangan"):
        form = desk.form(unit, 1)
        path = filled_in_office(form, tmp_path, answers(form.layout), filter_name=filter_name)

        outcome = desk.send(unit, path.read_bytes(), name=path.name)

        assert outcome.status == "accepted", outcome.problems
        assert found(outcome) == [("B08", None)]
        assert len(desk.values(unit, 1)) == len(form.layout.rows)


@pytest.mark.parametrize("filter_name", [office.XLSX, office.ODS, office.XLS])
def test_mistakes_in_another_format_are_found_in_their_cells(
    desk: Desk, tmp_path: Path, filter_name: str
) -> None:
    form = desk.form(RATIOS, 1)
    typed: dict[str, Value] = {**answers(form.layout), "H8": "banyak", "H9": None, "H16": "317"}
    path = filled_in_office(form, tmp_path, typed, filter_name=filter_name)

    outcome = desk.send(RATIOS, path.read_bytes(), name=path.name)

    assert outcome.status == "rejected"
    assert found(outcome) == [("B08", None), ("S03", "H8"), ("S02", "H16"), ("S01", "H9")]


def test_a_correction_mended_in_the_office_is_accepted(desk: Desk, tmp_path: Path) -> None:
    form = desk.form(RATIOS, 1)
    outcome = desk.send(RATIOS, form.filled({"H8": "banyak", "H16": None}))
    source = tmp_path / "PERBAIKAN.xlsx"
    source.write_bytes(desk.read(outcome.note))

    mended = office.edit(
        source, tmp_path / "mended.xlsx", {(ISIAN, "H8"): 260.0, (ISIAN, "H16"): 317.0}
    )
    again = desk.send(RATIOS, mended.read_bytes())

    assert again.status == "accepted", again.problems
    book = openpyxl.load_workbook(io.BytesIO(mended.read_bytes()))
    assert book.sheetnames[0] == "Catatan"
