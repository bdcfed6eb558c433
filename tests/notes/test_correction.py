"""Give a rejected return back as a form to mend: complete, marked, and accepted once mended."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from tests.returns.cases import Case, puts, types, works
from tests.returns.desk import IN_TIME, PEOPLE, Desk, Form
from tests.returns.every_case import REJECTED
from tests.returns.paper import typed
from workbook_tools.form.layout import CATATAN, COLUMNS, ISIAN, PETUNJUK, STEMPEL, TEXT_ROLES, Role
from workbook_tools.form.parse import ParsedForm, parse
from workbook_tools.form.stamp import find_stamp, is_signed
from workbook_tools.form.styles import AMBER, RED
from workbook_tools.notes.text import is_told
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.problems.catalogue import describe, reading_order
from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.reader.read import read_workbook

OPEN_COLUMNS = {COLUMNS[role].letter for role in (Role.INPUT, *TEXT_ROLES.values())}


@dataclass(frozen=True, slots=True)
class Rejection:
    """One rejected case: the office, the form, what came, what became of it, what went back."""

    desk: Desk
    case: Case
    form: Form
    data: bytes
    outcome: Outcome
    correction: bytes
    text: bytes
    book: Workbook


def reject(desk: Desk, case: Case) -> Rejection:
    """Send a case that must be rejected."""
    form, data = case.send(desk)
    outcome = desk.send(case.unit, data, day=IN_TIME[case.period])
    assert outcome.status == "rejected"
    notes = desk.read(outcome.note), desk.read(outcome.note_text)
    return Rejection(desk, case, form, data, outcome, *notes, opened(notes[0]))


@pytest.fixture(scope="module")
def rejections(
    issued_desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Case], Rejection]:
    """Reject each case once; every test looks at the same notes."""

    @cache
    def give(case: str) -> Rejection:
        desk = issued_desk.copied(tmp_path_factory.mktemp("ditolak") / "ruang")
        return reject(desk, next(c for c in REJECTED if c.name == case))

    return lambda case: give(case.name)


every_rejection = pytest.mark.parametrize("case", REJECTED, ids=lambda case: case.name)


def parsed(form: Form, data: bytes) -> ParsedForm:
    """Read a return by its form."""
    workbook = read_workbook(data).workbook
    assert workbook is not None
    found = parse(workbook, form.layout.content).form
    assert found is not None
    return found


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def listed(problems: tuple[Problem, ...]) -> list[Problem]:
    """Give the problems that Catatan lists: errors, then warnings, as one reads the sheet."""
    order = (Severity.ERROR, Severity.WARNING)
    read = sorted(problems, key=reading_order)
    listed = [p for severity in order for p in read if p.severity is severity and not is_told(p)]
    said: dict[tuple[str | None, str], Problem] = {}
    for found in listed:
        said.setdefault((found.place.indicator or found.place.cell, describe(found).text), found)
    return list(said.values())


@every_rejection
def test_the_correction_mended_in_its_wrong_cells_is_accepted(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    form = rejection.form
    assert case.cure is not None
    mended = typed(rejection.correction, case.cure)

    again = rejection.desk.send(case.unit, mended, day=IN_TIME[case.period], name="PERBAIKAN.xlsx")

    assert again.status == "accepted", again.problems
    assert rejection.desk.values(case.unit, case.period).keys() == {
        (row.indicator.id, row.input.key) for row in form.layout.rows
    }


@every_rejection
def test_the_correction_is_a_valid_form_of_the_same_issue(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    form, data = rejection.form, rejection.data
    came = read_workbook(data).workbook
    assert came is not None

    reading = read_workbook(rejection.correction)

    assert reading.problems == ()
    assert reading.workbook is not None
    names = [sheet.name for sheet in reading.workbook.sheets]
    assert names == [CATATAN, ISIAN, PETUNJUK, STEMPEL]
    found, original = find_stamp(reading.workbook), find_stamp(came)
    assert found is not None
    assert found.agrees
    assert len(found.copies) == 3
    assert found.stamp is not None
    assert is_signed(found.stamp, rejection.desk.workspace.key())
    assert original is not None
    assert found.stamp == original.stamp
    again = parse(reading.workbook, form.layout.content).problems
    assert {p.code[0] for p in again} <= {"S"}, "only what was typed can still be wrong"


@every_rejection
def test_everything_typed_is_back_in_its_cell(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    form, data = rejection.form, rejection.data
    came = parsed(form, data)

    back = parsed(form, rejection.correction)

    typed_back = {(t.indicator.id, t.input.key): t.typed for t in back.inputs}
    for one in came.inputs:
        assert typed_back[one.indicator.id, one.input.key] == one.typed
    texts = {(t.indicator, t.field): t.text for t in came.texts}
    assert {(t.indicator, t.field): t.text for t in back.texts} == texts
    assert back.people == came.people
    assert dict(came.people) == PEOPLE
    gone = {cell for code, cell in case.found if code == "T08" and cell and cell[0] == "H"}
    assert len(came.inputs) == len(form.layout.rows) - len(gone)


@every_rejection
def test_the_list_names_every_problem_with_its_cell_and_remedy(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    form, outcome = rejection.form, rejection.outcome
    book = rejection.book
    sheet = book[CATATAN]

    rows = list(sheet.iter_rows(min_row=7, max_row=6 + len(listed(outcome.problems)), max_col=6))

    assert [cell.value for cell in sheet[6]][:6] == [
        "No",
        "Sel",
        "Indikator",
        "Isi sekarang",
        "Apa yang salah",
        "Cara memperbaiki",
    ]
    for number, (found, row) in enumerate(zip(listed(outcome.problems), rows, strict=True), 1):
        message = describe(found)
        assert row[0].value == str(number)
        assert message.what in str(row[4].value)
        assert str(row[4].value).endswith(f"[{found.code}]")
        assert row[5].value == message.remedy
        indicator = form.layout.content.indicator(found.place.indicator or "")
        assert str(row[2].value or "").endswith("" if indicator is None else indicator.indikator)
        if found.place.cell is not None:
            assert row[1].hyperlink is not None
            assert row[1].hyperlink.target is None, "nothing outside the workbook"
            cell = str(row[1].value).partition(",")[0]
            assert row[1].hyperlink.location == f"'{ISIAN}'!{cell}"
        else:
            assert row[1].value in ("berkas", found.place.sheet)


@every_rejection
def test_wrong_cells_are_coloured_and_carry_a_note(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    outcome = rejection.outcome
    sheet = rejection.book[ISIAN]

    marked = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row if cell.comment}

    wrong = {
        cell: severity
        for severity in (Severity.WARNING, Severity.ERROR)
        for p in outcome.problems
        if p.severity is severity and (cell := p.place.cell) and cell[0] in OPEN_COLUMNS
        if p.code != "T06"
    }
    assert marked.keys() == wrong.keys()
    for at, severity in wrong.items():
        colour = RED if severity is Severity.ERROR else AMBER
        assert str(sheet[at].fill.fgColor.rgb).endswith(colour)
        assert sheet[at].protection.locked is False
        note = sheet[at].comment
        assert note is not None
        for p in outcome.problems:
            if p.place.cell == at and p.severity is not Severity.INFO:
                assert describe(p).what in note.text


def test_what_stands_now_is_shown_as_it_was_typed(desk: Desk) -> None:
    case = Case("", types({"H8": "12 dari 15", "H9": None}), ())
    rejection = reject(desk, case)
    sheet = rejection.book[CATATAN]

    now = {sheet.cell(row, 2).value: sheet.cell(row, 4).value for row in (7, 8)}

    assert now == {"H8": "12 dari 15", "H9": "(kosong)"}


def test_what_has_no_place_is_listed(desk: Desk) -> None:
    case = Case("", works(puts({"T9": "lihat lampiran", "H8": "kira-kira 30"})), ())
    rejection = reject(desk, case)
    sheet = rejection.book[CATATAN]

    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]

    at = texts.index("Tulisan yang tidak dapat ditempatkan kembali")
    assert texts[at + 1 : at + 3] == ["T9", "lihat lampiran"]
    assert b"T9: lihat lampiran" in rejection.text


def test_the_same_return_gives_the_same_bytes(desk: Desk) -> None:
    case = Case("", types({"H8": "12 dari 15"}), ())
    rejection = reject(desk, case)
    form, data, outcome = rejection.form, rejection.data, rejection.outcome
    first = rejection.correction

    other = desk.send(form.unit, data, name="sama.xlsx")

    assert other.status == "duplicate"
    assert other.note == outcome.note
    assert desk.read(other.note) == first


@every_rejection
def test_the_text_is_for_notepad_and_names_every_error(
    rejections: Callable[[Case], Rejection], case: Case
) -> None:
    rejection = rejections(case)
    outcome = rejection.outcome

    data = rejection.text

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    text = data.decode("utf-8-sig")
    for found in outcome.problems:
        message = describe(found)
        assert message.what in text
        if found.severity is not Severity.INFO:
            assert message.remedy in text
            assert f"[{found.code}]" in text
    assert outcome.note is not None
    assert outcome.note.rsplit("/", 1)[-1] in text
    assert f"inbox/{case.unit}" in text
