"""Turn one raw cell into a number or a text, with every problem of that cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_tools.form.content import FormInput
from workbook_tools.indicators.numbers import format_number, read_cell_number, read_number
from workbook_tools.indicators.period import format_date
from workbook_tools.problems.catalogue import problem, severity_of
from workbook_tools.problems.problem import Place, Problem, Severity
from workbook_tools.reader.raw import CellType, RawCell
from workbook_tools.registry.model import Kind


@dataclass(frozen=True, slots=True)
class InputReading:
    """How one yellow cell is read. `typed` is what to put back for the person.

    `held` is the number of a number cell, also of one that cannot be taken as it is.
    """

    typed: str
    value: Decimal | None
    no_data: bool
    wrong: bool
    problems: tuple[Problem, ...]
    held: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TextReading:
    """How one text cell is read; "" where it is blank."""

    text: str
    problems: tuple[Problem, ...]


_BLANK = InputReading("", None, no_data=False, wrong=False, problems=())


def read_input(
    cell: RawCell | None, asked: FormInput, *, place: Place, note_cell: str
) -> InputReading:
    """Read a yellow cell without guessing (domain.md section 6).

    `note_cell` is the address of the indicator's Keterangan, for the sentences.
    """
    if cell is None:
        return _BLANK
    if cell.type is CellType.ERROR:
        return _wrong(cell.text, problem("S13", place, found=cell.text))
    if cell.formula is not None and cell.text == "":
        return _wrong(_formula(cell), problem("S12", place, found=_formula(cell)))
    reading = _read_value(cell, asked, place=place, note_cell=note_cell)
    if cell.formula is None or reading is _BLANK or reading.wrong:
        return reading
    value = "“data belum ada”" if reading.value is None else format_number(reading.value)
    formula = problem("S11", place, found=_formula(cell), value=value)
    return InputReading(
        reading.typed,
        reading.value,
        reading.no_data,
        reading.wrong,
        (formula, *reading.problems),
        reading.held,
    )


def _read_value(cell: RawCell, asked: FormInput, *, place: Place, note_cell: str) -> InputReading:
    if cell.type is CellType.DATE:
        return _wrong(typed_date(cell.text), _date_problem(cell, place))
    if cell.type is CellType.BOOLEAN:
        return _wrong(cell.text, problem("S03", place, found=cell.text))
    if cell.type is CellType.NUMBER:
        return _read_plain(cell, asked, place)
    text = cell.text.strip()
    return _read_typed(text, asked, place=place, note_cell=note_cell) if text else _BLANK


def _read_plain(cell: RawCell, asked: FormInput, place: Place) -> InputReading:
    if "%" in cell.format:
        value = Decimal(cell.text)
        typed = f"{format_number(value * 100)}%"
        if asked.kind is Kind.PERCENT:
            found = problem(
                "S05", place, found=format_number(value), hundred=format_number(value * 100)
            )
        else:
            found = problem("S20", place, found=typed, expected=asked.unit, unit=asked.unit)
        return _wrong(typed, found)
    number = read_cell_number(cell.text, kind=asked.kind)
    problems = tuple(
        problem(
            code,
            place,
            found=_shown_number(cell.text),
            expected="bilangan bulat",
            label=asked.label,
            unit=asked.unit,
        )
        for code in number.problems
    )
    return InputReading(
        cell.text,
        number.value,
        no_data=False,
        wrong=bool(problems),
        problems=problems,
        held=Decimal(cell.text),
    )


def _shown_number(text: str) -> str:
    return format_number(Decimal(text))


def _read_typed(text: str, asked: FormInput, *, place: Place, note_cell: str) -> InputReading:
    number = read_number(text, kind=asked.kind, unit=asked.unit)
    if number.no_data:
        return InputReading(text, None, no_data=True, wrong=False, problems=())
    value = "" if number.value is None else format_number(number.value)
    codes = list(number.problems)
    wrong = any(severity_of(code) is Severity.ERROR for code in codes)
    if not wrong:
        if number.unit_typed and "S06" not in codes:
            codes.append("S06")
        elif not codes:
            codes.append("S02")
    readings = [format_number(r) for r in number.readings] or ["", ""]
    plains = [format_number(r).replace(".", "") for r in number.readings] or ["", ""]
    problems = tuple(
        problem(
            code,
            place,
            found=text,
            expected=asked.unit if code == "S20" else None,
            value=value,
            plain=value.replace(".", ""),
            cell_note=note_cell,
            unit=asked.unit,
            label=asked.label,
            reading_a=readings[0],
            reading_b=readings[-1],
            plain_a=plains[0],
            plain_b=plains[-1],
        )
        for code in dict.fromkeys(codes)
    )
    return InputReading(
        text, None if wrong else number.value, no_data=False, wrong=wrong, problems=problems
    )


def _wrong(typed: str, found: Problem) -> InputReading:
    return InputReading(typed, None, no_data=False, wrong=True, problems=(found,))


def _date_problem(cell: RawCell, place: Place) -> Problem:
    return problem("S07", place, found=shown_date(cell.text), typed=typed_date(cell.text))


def typed_date(iso: str) -> str:
    """Guess what a person typed that a program turned into a date or a time.

    `3/4` becomes 3 April with Indonesian settings, so day and month are given back.
    """
    day, _, time = iso.partition("T")
    if not day or "-" not in day:
        return (time or iso)[:5]
    when = date.fromisoformat(day)
    return f"{when.day}/{when.month}"


def shown_date(iso: str) -> str:
    """Write a date or time cell the way an Indonesian reader expects it."""
    day, _, time = iso.partition("T")
    if not day or "-" not in day:
        return f"pukul {(time or iso)[:5].replace(':', '.')}"
    return format_date(date.fromisoformat(day))


def _formula(cell: RawCell) -> str:
    return f"={cell.formula}"[:80]


def read_text(cell: RawCell | None, *, place: Place) -> TextReading:
    """Read a text cell; whatever it holds becomes text, a formula's cached value included."""
    if cell is None:
        return TextReading("", ())
    if cell.type is CellType.ERROR:
        return TextReading("", (problem("S13", place, found=cell.text),))
    if cell.formula is not None and cell.text == "":
        found = _formula(cell)
        return TextReading(found, (problem("S12", place, found=found),))
    text = shown_date(cell.text) if cell.type is CellType.DATE else cell.text.strip()
    if cell.formula is not None:
        return TextReading(text, (problem("S11", place, found=_formula(cell), value=text[:60]),))
    if cell.type is CellType.TEXT and len(text) > 1 and text[0] in "=+-@":
        return TextReading(text, (problem("S21", place, found=text[:40]),))
    return TextReading(text, ())
