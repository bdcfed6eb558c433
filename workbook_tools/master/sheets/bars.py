"""Turn a column of figures into bars that stand beside its rows."""

from __future__ import annotations

from workbook_tools.master.sheets import page
from workbook_tools.master.styles import GREY_FILL, MEASURED_HEAD
from workbook_tools.xlsx import Book, Sheet, absolute_name, quoted

_PIXELS_PER_POINT = 96 / 72


def place_bars(
    book: Book, sheet: Sheet, *, first: int, last: int, columns: tuple[int, int, int], what: str
) -> None:
    """Place a bar chart over rows `first` to `last`; `columns` are names, figures, bars.

    Every row is `page.ROW_POINTS` high, so that a bar stands beside its own row and needs
    no name of its own.
    """
    names, figures, place = columns
    chart = book.bar_chart()
    source = quoted(sheet.name)
    cells = {
        key: f"={source}!{absolute_name((first, column))}:{absolute_name((last, column))}"
        for key, column in (("categories", names), ("values", figures))
    }
    chart.add_series({"name": what, **cells, "fill": {"color": MEASURED_HEAD}, "gap": 60})
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "visible": False})
    chart.set_x_axis(
        {
            "min": 0,
            "visible": False,
            "major_gridlines": {"visible": True, "line": {"color": GREY_FILL}},
        }
    )
    chart.set_plotarea({"layout": {"x": 0.02, "y": 0.0, "width": 0.96, "height": 1.0}})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    rows = last - first + 1
    chart.set_size(
        {
            "width": int(page.WIDTHS[place] * 7 + 5),
            "height": round(rows * page.ROW_POINTS * _PIXELS_PER_POINT),
        }
    )
    sheet.chart(
        (first, place),
        chart,
        options={"description": f"Diagram batang {what}", "object_position": 2},
    )
