"""Turn the text files inside the package into the register of Lampung Barat."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from importlib.resources import files

from workbook_tools.registry.build import build_registry
from workbook_tools.registry.columns import FIRST_ROW, HEAD_ROW, Sheet
from workbook_tools.registry.model import Registry
from workbook_tools.registry.sheets import DOKUMEN, SHEETS
from workbook_tools.registry.tables import Row, Tables


def load_source() -> Registry:
    """Give the register that `init` puts into a new workspace.

    The rows carry the Excel rows at which the workbook writes them.
    """
    return build_registry(Tables({sheet.name: _rows(sheet) for sheet in SHEETS}))


def _rows(sheet: Sheet) -> tuple[Row, ...]:
    text = files("workbook_tools.registry").joinpath("data", sheet.file).read_text("utf-8")
    if sheet is DOKUMEN:
        return tuple(
            Row(number + HEAD_ROW, {"baris": Decimal(number), "teks": line or None})
            for number, line in enumerate(text.split("\n"), 1)
        )
    records = csv.DictReader(io.StringIO(text, newline=""))
    return tuple(
        Row(number, {key: value or None for key, value in record.items()})
        for number, record in enumerate(records, FIRST_ROW)
    )
