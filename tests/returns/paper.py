"""Turn a form's bytes into what a program leaves of them after a person worked on it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.workbook import Workbook

from tests.reader.workbooks import edited, parts_of
from workbook_tools.form.layout import ISIAN, plain

Value = str | int | Decimal | None

_EXCEL = b"<Application>Microsoft Excel</Application>"


def typed(data: bytes, cells: Mapping[str, Value], *, sheet: str = ISIAN) -> bytes:
    """Type values into cells that the form has; None empties one."""
    return with_cells(data, {at: _cell(value) for at, value in cells.items()}, sheet=sheet)


def with_cells(data: bytes, cells: Mapping[str, str], *, sheet: str = ISIAN) -> bytes:
    """Put raw XML into cells: what follows the cell's address and style, such as ` t="e">…`."""

    def edit(part: bytes) -> bytes:
        text = part.decode("utf-8")
        for at, inside in cells.items():
            pattern = rf'<c r="{at}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)'
            text, count = re.subn(
                pattern,
                lambda found, at=at, inside=inside: (  # type: ignore[misc]
                    f'<c r="{at}"{found[1] or ""}{inside}'
                ),
                text,
                count=1,
                flags=re.DOTALL,
            )
            assert count == 1, f"{at} is not a cell of {sheet}"
        return text.encode("utf-8")

    return edited(data, part_of(data, sheet), edit)


def part_of(data: bytes, sheet: str) -> str:
    """Give the part of a sheet; the sheets' numbers are their places in the package."""
    book = parts_of(data)["xl/workbook.xml"].decode("utf-8")
    found = re.search(rf'<sheet [^>]*name="{sheet}" sheetId="(\d+)"', book)
    assert found is not None, f"no sheet {sheet}"
    return f"xl/worksheets/sheet{found[1]}.xml"


def _cell(value: Value) -> str:
    if value is None:
        return "/>"
    if isinstance(value, str):
        # Excel writes what XML cannot hold as _x0007_, and a text that looks so as _x005F_x0007_.
        safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", value)
        safe = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda m: f"_x{ord(m[0]):04X}_", safe)
        return f' t="inlineStr"><is><t xml:space="preserve">{escape(safe)}</t></is></c>'
    return f"><v>{plain(Decimal(value))}</v></c>"


def remade(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """Load the workbook, change it, and save it in the name of Excel."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return edited(
        target.getvalue(),
        "docProps/app.xml",
        lambda part: re.sub(rb"<Application>.*?</Application>", _EXCEL, part),
    )
