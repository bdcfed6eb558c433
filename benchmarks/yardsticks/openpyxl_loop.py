"""Walk through every workbook with openpyxl and copy its cells into one sheet."""

from __future__ import annotations

import sys
from pathlib import Path

from openpyxl import Workbook, load_workbook

from benchmarks.yardsticks.shape import HEAD, SHEET

if __name__ == "__main__":
    folder, target = sys.argv[1:]
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Data")
    for path in sorted(Path(folder).rglob("*.xlsx")):
        source = load_workbook(path, data_only=True)[SHEET]
        for row in source.iter_rows(min_row=HEAD + 2, values_only=True):
            if any(value is not None for value in row):
                sheet.append([path.name, *row])
    book.save(target)
