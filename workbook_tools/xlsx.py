"""Turn values into the cells of an .xlsx file, refusing what XlsxWriter would only skip.

XlsxWriter gives -1, -2, ... where it drops a text, a rule or a comment; here every such
answer raises `WriteRefused` with the place. Addresses are (row, column) and areas (first
row, first column, last row, last column), both from 1, as in `form.raw`. A text is always
a text: nothing written with `text` becomes a formula, a link or a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, NoReturn, cast

import xlsxwriter

from workbook_tools.xlsx_cells import PlainWorksheet, column_name

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.chart_bar import ChartBar
    from xlsxwriter.chart_column import ChartColumn
    from xlsxwriter.format import Format

Address = tuple[int, int]
Area = tuple[int, int, int, int]
Number = Decimal | int | float
Properties = Mapping[str, str | int | float | bool]
Style = str | Properties | None

CREATED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The creation time in every file: equal content gives equal bytes."""


_ESCAPE = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


class WriteRefused(Exception):
    """A value or a rule cannot be stored in a workbook as it stands."""

    def __init__(self, sheet: str, place: str, *, what: str) -> None:
        """Say which sheet and cell, and what was to be written there."""
        super().__init__(f"{sheet}!{place}: {what} tidak dapat ditulis ke buku kerja.")
        self.sheet = sheet
        self.place = place
        self.what = what


def cell_name(at: Address) -> str:
    """Give the name of a cell, such as `H12` for (12, 8)."""
    return f"{column_name(at[1] - 1)}{at[0]}"


def absolute_name(at: Address) -> str:
    """Give the absolute name of a cell, such as `$H$12`."""
    return f"${column_name(at[1] - 1)}${at[0]}"


def area_name(area: Area) -> str:
    """Give the name of an area, such as `A1:C9`."""
    first, last = cell_name(area[:2]), cell_name(area[2:])
    return first if first == last else f"{first}:{last}"


def quoted(sheet: str) -> str:
    """Give a sheet's name as a formula wants it, such as `'kabid-pasar'`."""
    return "'" + sheet.replace("'", "''") + "'"


def _exact(text: str) -> str:
    """Give what XlsxWriter must be handed so that a cell holds exactly this text.

    In a workbook `_xHHHH_` stands for a character, so a text that really holds such signs has
    each underscore before them escaped. XlsxWriter does that once per match, which misses
    matches that share an underscore (`_x005F_x003D_1+1` would come out as `_x003D_1+1`), and
    it writes a text from `<r>` to `</r>` as XML. Such texts are handed over as one finished
    run: the reference `&#95;` is an underscore to the workbook's reader and none to XlsxWriter.
    """
    if "_x" not in text and not text.startswith("<r>"):
        return text
    is_markup = text.startswith("<r>") and text.endswith("</r>")
    if not is_markup and len(_ESCAPE.findall(text)) < 2:  # noqa: PLR2004 - one is escaped rightly
        return text
    inner = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inner = _ESCAPE.sub("&#95;x005F&#95;", inner)
    return f'<r><t xml:space="preserve">{inner}</t></r>'


class Book:
    """One workbook in the making; its bytes depend on what is written and on nothing else."""

    def __init__(
        self,
        *,
        title: str = "",
        styles: Mapping[str, Properties] | None = None,
        defaults: Properties | None = None,
    ) -> None:
        """Open a workbook; `styles` are named cell formats, `defaults` lie under each of them."""
        self._buffer = BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties({"title": title, "created": CREATED})
        self._styles = dict(styles or {})
        self._defaults = dict(defaults or {})
        self._formats: dict[tuple[tuple[str, str | int | float | bool], ...], Format] = {}
        self._named: dict[str, Format] = {}

    @property
    def workbook(self) -> xlsxwriter.Workbook:
        """Give XlsxWriter's own workbook, for settings that concern no cell."""
        return self._book

    def sheet(self, name: str) -> Sheet:
        """Add a sheet at the end."""
        made = self._book.add_worksheet(name, worksheet_class=PlainWorksheet)
        return Sheet(self, cast("PlainWorksheet", made))

    def style(self, name: str, **properties: str | float | bool) -> None:
        """Register a named cell format."""
        self._styles[name] = properties
        self._named.pop(name, None)

    def format(self, **properties: str | float | bool) -> Format:
        """Give the cell format with these properties, made once."""
        key = tuple(sorted((self._defaults | properties).items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(dict(key))
        return self._formats[key]

    def resolve(self, style: Style) -> Format | None:
        """Give the cell format of a style's name or of properties; the default for None."""
        if style is None:
            return self.format() if self._defaults else None
        if not isinstance(style, str):
            return self.format(**style)
        known = self._named.get(style)
        if known is None:
            known = self._named[style] = self.format(**self._styles[style])
        return known

    def define(self, name: str, refers_to: str) -> None:
        """Define a name, such as `define("tahun", "=Isian!$B$2")`."""
        if self._book.define_name(name, refers_to):
            raise WriteRefused(refers_to, name, what="nama")

    def bar_chart(self) -> ChartBar:
        """Give a new horizontal bar chart, to be placed with `Sheet.chart`."""
        return cast("ChartBar", self._book.add_chart({"type": "bar"}))

    def column_chart(self) -> ChartColumn:
        """Give a new column chart, to be placed with `Sheet.chart`."""
        return cast("ChartColumn", self._book.add_chart({"type": "column"}))

    def close(self) -> bytes:
        """Finish the workbook and give its bytes."""
        self._book.close()
        for sheet in self._book.worksheets():
            cast("PlainWorksheet", sheet).forget()
        return self._buffer.getvalue()


class Sheet:
    """One sheet in the making; every write that is refused raises `WriteRefused`."""

    def __init__(self, book: Book, worksheet: PlainWorksheet) -> None:
        """Wrap a worksheet of `book`."""
        self._book = book
        self._sheet = worksheet
        self._heights: dict[int, float] = {}

    @property
    def heights(self) -> Mapping[int, float]:
        """Give the height in points of every row (from 1) that was given one."""
        return dict(self._heights)

    @property
    def name(self) -> str:
        """Give the sheet's name."""
        return str(self._sheet.name)

    @property
    def worksheet(self) -> PlainWorksheet:
        """Give XlsxWriter's own worksheet, for page set-up, panes and protection."""
        return self._sheet

    def text(self, at: Address, value: str, *, style: Style = None) -> None:
        """Write a text as it stands; "" becomes a blank cell."""
        if not value:
            self.blank(at, style=style)
            return
        look = self._book.resolve(style)
        if self._sheet.put_text(at[0] - 1, at[1] - 1, _exact(value), look):
            self._refuse(cell_name(at), what="teks")

    def number(self, at: Address, value: Number | None, *, style: Style = None) -> None:
        """Write a finite number; None becomes a blank cell."""
        if value is None:
            self.blank(at, style=style)
            return
        look, real = self._book.resolve(style), self._finite(at, value)
        if self._sheet.put_number(at[0] - 1, at[1] - 1, real, look):
            self._refuse(cell_name(at), what="angka")

    def formula(
        self, at: Address, expression: str, *, value: Number | str, style: Style = None
    ) -> None:
        """Write a formula together with the value the core computed for it."""
        stored = value if isinstance(value, str) else self._finite(at, value)
        look, plain = self._book.resolve(style), expression.removeprefix("=")
        if self._sheet.put_formula(at[0] - 1, at[1] - 1, plain, look, stored):
            self._refuse(cell_name(at), what="rumus")

    def blank(self, at: Address, *, style: Style = None) -> None:
        """Write a cell that has a format and no value."""
        if self._sheet.put_blank(at[0] - 1, at[1] - 1, self._book.resolve(style)):
            self._refuse(cell_name(at), what="sel kosong")

    def date(self, at: Address, value: date | datetime, *, style: Style) -> None:
        """Write a real date or local date-time; the style must carry the number format."""
        plain = (
            value.replace(tzinfo=None)
            if isinstance(value, datetime)
            else datetime.combine(value, time())
        )
        answer = self._sheet.write_datetime(at[0] - 1, at[1] - 1, plain, self._book.resolve(style))
        if answer:
            self._refuse(cell_name(at), what="tanggal")

    def link(self, at: Address, target: str, *, text: str, style: Style = None) -> None:
        """Write a link to a place in this workbook, such as `'kabid-pasar'!A1`."""
        answer = self._sheet.write_url(
            at[0] - 1, at[1] - 1, f"internal:{target}", self._book.resolve(style), text
        )
        if answer:
            self._refuse(cell_name(at), what="tautan")

    def file_link(self, at: Address, name: str, *, text: str, style: Style = None) -> None:
        """Write a link to a file that lies in the same folder as this workbook."""
        answer = self._sheet.write_url(
            at[0] - 1, at[1] - 1, f"external:{name}", self._book.resolve(style), text
        )
        if answer:
            self._refuse(cell_name(at), what="tautan")

    def merge(self, area: Area, value: str, *, style: Style = None) -> None:
        """Write a text over merged cells; an area of one cell is written without a merge."""
        if area[:2] == area[2:]:
            self.text(area[:2], value, style=style)
            return
        corners = (area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1)
        answer = self._sheet.put_merge(corners, self._book.resolve(style))
        if answer:
            self._refuse(area_name(area), what="gabungan sel")
        self.text(area[:2], value, style=style)

    def validation(self, area: Area, options: Mapping[str, object]) -> None:
        """Add a data validation; the options are XlsxWriter's."""
        corners = (area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1)
        answer = self._sheet.data_validation(*corners, dict(options))
        if answer:
            self._refuse(area_name(area), what="validasi")

    def conditional(self, area: Area, options: Mapping[str, object]) -> None:
        """Add a conditional format; `format` may be a style's name or properties."""
        chosen = dict(options)
        style = chosen.get("format")
        if isinstance(style, str):
            chosen["format"] = self._book.resolve(style)
        elif isinstance(style, Mapping):
            chosen["format"] = self._book.workbook.add_format(dict(style))
        corners = (area[0] - 1, area[1] - 1, area[2] - 1, area[3] - 1)
        answer = self._sheet.conditional_format(*corners, chosen)
        if answer:
            self._refuse(area_name(area), what="format bersyarat")

    def comment(self, at: Address, text: str, *, options: Mapping[str, object]) -> None:
        """Add a note to a cell; the options are XlsxWriter's."""
        answer = self._sheet.write_comment(at[0] - 1, at[1] - 1, text, dict(options))
        if answer:
            self._refuse(cell_name(at), what="catatan")

    def chart(self, at: Address, chart: Chart, *, options: Mapping[str, object]) -> None:
        """Place a chart; the options are XlsxWriter's (`description` is its alt text)."""
        answer = self._sheet.insert_chart(at[0] - 1, at[1] - 1, chart, dict(options))
        if answer:
            self._refuse(cell_name(at), what="grafik")

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set the widths of columns (from 1), in characters."""
        for column, width in widths.items():
            answer = self._sheet.set_column(column - 1, column - 1, width)
            if answer:
                self._refuse(f"kolom {column}", what="lebar kolom")

    def height(self, row: int, points: float, *, level: int = 0) -> None:
        """Set the height of a row (from 1), in points, and the level at which it folds."""
        answer = self._sheet.set_row(row - 1, points, None, {"level": level})
        if answer:
            self._refuse(f"baris {row}", what="tinggi baris")
        self._heights[row] = points

    def _finite(self, at: Address, value: Number) -> float | int:
        real = value if isinstance(value, int) else float(value)
        if not math.isfinite(real):
            raise WriteRefused(self.name, cell_name(at), what="angka tak hingga")
        return real

    def _refuse(self, place: str, *, what: str) -> NoReturn:
        raise WriteRefused(self.name, place, what=what)
