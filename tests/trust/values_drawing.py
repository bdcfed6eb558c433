"""Turn hypothesis's choices into fillings of a form and shapes of its file."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.returns.desk import PEOPLE
from tests.trust import values_spelling as spelling
from tests.trust.values import At, Seen, number, text
from tests.trust.values_filling import Filling, Planted
from tests.trust.values_pieces import Shape
from tests.trust.values_spelling import Spelling
from workbook_tools.address import a1
from workbook_tools.form.layout import COLUMNS, FormLayout, FormRow, Role, text_cells
from workbook_tools.reader.cell_reader import address
from workbook_tools.reader.raw import CellType
from workbook_tools.registry.model import Kind, Method

HARD = (
    "=1+1", "=SUM(A1)", "+62 812", "@nama", "-", "'", "'123", "<&>\"'", "]]>", "--><!--", "?>",
    "\u200b", "_x0041_", "_x000D_", "_x005F_x0041_", "_x", "\x07", "\ufffe",
    "😀 👩‍🔧", "é\u0301", "a\nb", "a\r\nb", "a\tb",
    "\u00a0nbsp\u00a0", "  tepi  ", "\n", "١٢٣", "0", "007", "1E5", "TRUE", "#REF!", "N/A", "nan",
)  # fmt: skip
_ANY = st.characters(exclude_categories=("Cs", "Cc"))
words = st.one_of(
    st.sampled_from(HARD),
    st.text(_ANY, min_size=1, max_size=30),
    st.text("_x0041D \n", max_size=20),
)
amounts = st.one_of(
    st.integers(0, 10**14),
    st.sampled_from((0, 1, 7, 100, 1_000_000, 999_999_999_999_999)),
)
fractions = st.one_of(
    st.floats(0, 1e14, allow_nan=False),
    st.sampled_from((0.1 + 0.2, 1e-320, 5e-324, 1 / 3, 82.25, 1e14, 2.5e-7, 12345678.9012345678)),
)
bad_numbers = st.sampled_from((-1.0, -0.1, 1e15, 1e300, 1.7976931348623157e308, 0.5, 1e-300))
typed_numbers = st.sampled_from(
    (
        "12",
        " 12 ",
        "1.250",
        "1.234.567",
        "12,50",
        "１２",
        "nihil",
        "-",
        "belum ada data",
        "0",
        "Rp 5",
    )
)
no_numbers = st.sampled_from(
    ("banyak", "1,250.3.4", "=1+1", "12 dari 15", "1E5", "tidak ada", "#REF!")
)
errors = st.sampled_from(("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"))
days = st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))


@st.composite
def _typed(draw: st.DrawFn, seen: Seen, at: At) -> Planted:
    if seen.type is CellType.NUMBER:
        return Planted(seen, draw(spelling.numbers(seen.text, address=a1(*at))))
    if seen.type is CellType.TEXT:
        return Planted(seen, draw(spelling.texts(seen.text)))
    return Planted(seen, spelling.other(seen))


@st.composite
def _day(draw: st.DrawFn, *, epoch_1904: bool) -> Planted:
    day = draw(days)
    start = dt.date(1904, 1, 1) if epoch_1904 else dt.date(1899, 12, 30)
    serial = Spelling("", f"<v>{(day - start).days}</v>")
    iso = Spelling("d", f"<v>{day.isoformat()}</v>")
    seen = Seen(CellType.DATE, day.isoformat())
    return Planted(seen, draw(st.sampled_from((serial, iso))), is_day=True)


@st.composite
def _sound(draw: st.DrawFn, row: FormRow, at: At) -> Planted:
    """Draw what an input takes: by itself, and beside the indicator's other inputs."""
    if row.indicator.method is not Method.LANGSUNG:
        low, high = (1, 50) if row.input.key == "a" else (51, 10**9)
        return draw(_typed(number(draw(st.integers(low, high))), at))
    kinds = 3 if row.input.kind is Kind.COUNT else 4
    match draw(st.integers(0, kinds + 2)):
        case 0 if not row.indicator.required:
            return draw(st.sampled_from((Planted(None, None), Planted(text(" "), _BLANKS))))
        case 1:
            return draw(_typed(text(draw(typed_numbers)), at))
        case 6:
            return draw(_typed(number(draw(fractions)), at))
    high = int(row.input.maximum) if row.input.maximum is not None else 10**14
    return draw(_typed(number(min(draw(amounts), high)), at))


_BLANKS = Spelling("inlineStr", f"<is><t{spelling.SPACE}> </t></is>")


@st.composite
def _hostile(draw: st.DrawFn, at: At, *, epoch_1904: bool) -> Planted:
    match draw(st.integers(0, 6)):
        case 0:
            return draw(_typed(Seen(CellType.ERROR, draw(errors)), at))
        case 1:
            return draw(_typed(Seen(CellType.BOOLEAN, draw(st.sampled_from(BOOLEANS))), at))
        case 2:
            return draw(_day(epoch_1904=epoch_1904))
        case 3:
            return draw(_typed(number(draw(bad_numbers)), at))
        case 4:
            return draw(_typed(text(draw(no_numbers)), at))
        case 5:
            return Planted(None, None)
        case _:
            return Planted(None, draw(st.sampled_from((spelling.VALUELESS, spelling.EMPTY_TEXT))))


BOOLEANS = ("TRUE", "FALSE")


@st.composite
def _said(draw: st.DrawFn, at: At, *, epoch_1904: bool) -> Planted:
    """Draw what stands in a cell for words, which takes anything."""
    match draw(st.integers(0, 9)):
        case 0:
            return draw(_typed(number(draw(st.one_of(amounts, fractions, bad_numbers))), at))
        case 1:
            return draw(_day(epoch_1904=epoch_1904))
        case 2:
            return draw(_typed(Seen(CellType.BOOLEAN, draw(st.sampled_from(BOOLEANS))), at))
    return draw(_typed(text(draw(words)), at))


@st.composite
def fillings(draw: st.DrawFn, layout: FormLayout, *, epoch_1904: bool) -> Filling:
    """Fill every input, some of the texts, and now and then one cell with what it cannot take."""
    cells: dict[At, Planted] = {}
    inputs = [(row, (row.row, COLUMNS[Role.INPUT].index)) for row in layout.rows]
    for row, at in inputs:
        cells[at] = draw(_sound(row, at))
    places = {cell: field for _, field, cell in text_cells(layout)}
    for cell, field in places.items():
        said = address(cell)
        assert said is not None
        if field == "keterangan":
            cells[said] = draw(_typed(text("Sudah dijelaskan " + draw(words)), said))
        elif draw(st.integers(0, 9)) == 0:
            cells[said] = draw(_said(said, epoch_1904=epoch_1904))
    for name in PEOPLE:
        at = layout.people_cell(name)
        is_day = name.endswith("tanggal") and draw(st.booleans())
        said_here = _day(epoch_1904=epoch_1904) if is_day else _said(at, epoch_1904=epoch_1904)
        cells[at] = draw(said_here)
    if draw(st.integers(0, 2)) == 0:
        # A Keterangan that is taken away lets other rules speak up; it stays.
        explained = {address(cell) for cell, field in places.items() if field == "keterangan"}
        fixed = {at for row, at in inputs if row.indicator.method is not Method.LANGSUNG}
        at = draw(st.sampled_from([at for at in cells if at not in fixed | explained]))
        cells[at] = draw(_hostile(at, epoch_1904=epoch_1904))
    return Filling(layout, cells)


_DECOY = '<row r="8"><c r="H8"><v>999</v></c><c r="P8" t="str"><v>lain</v></c></row>'
_ALTERNATE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="x14"><y:c xmlns:y="urn:y" r="H8"><y:v>999</y:v></y:c></mc:Choice>'
    "</mc:AlternateContent>"
)


@st.composite
def shapes(draw: st.DrawFn) -> Shape:
    """Draw how a file is put together: each thing by itself often, many at once seldom."""

    def some(*values: str) -> str:
        return draw(st.sampled_from(values)) if draw(st.integers(0, 2)) == 0 else values[0]

    refs = some("", "all", "rows", "cells", "some")
    prefix = some("", "x", "ss")
    decoys = (f"<!--<sheetData>{_DECOY}</sheetData>-->", "<?lain <sheetData> ?>")
    return Shape(
        prefix=prefix,
        strict=some("", "strict") != "",
        order=0 if refs else draw(st.integers(0, 50)) % 26,
        strings_order=draw(st.integers(0, 50)),
        refs=refs,
        dimension=draw(st.sampled_from(("A1:Q99", "A1:A1", "A1", "A1:B3", "Q90:Z99", None))),
        epoch_1904=draw(st.booleans()),
        encoding=some("utf-8", "utf-8-sig", "utf-16"),
        filler=some("", "\n  ", f"<!-- {_DECOY} -->", f"<?lain {_DECOY}?>"),
        before=draw(st.sampled_from(decoys)) if prefix else some("", *decoys),
        row_attributes=some("", ' x14ac:dyDescent="0.25"'),
        cell_attributes=some("", ' ph="1"', ' cm="0" vm="0"'),
        after=some("", _ALTERNATE),
    )
