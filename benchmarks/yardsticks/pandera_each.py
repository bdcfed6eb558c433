"""Read every workbook with pandas and validate each frame with pandera before they are joined."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from benchmarks.yardsticks.shape import HEAD, SHEET
from workbook_tools.form.layout import COLUMNS, Role

KEY, ASKED = COLUMNS[Role.KEY].header, COLUMNS[Role.INPUT].header
SCHEMA = pa.DataFrameSchema(
    {
        KEY: pa.Column(str, pa.Check.str_matches(r"^[a-z0-9-]+/\d+#\w+$"), unique=True),
        ASKED: pa.Column(
            None,  # numbers where all is well, objects where a text was typed
            [
                pa.Check(lambda cells: cells.map(lambda v: not isinstance(v, str)), error="number"),
                pa.Check(lambda cells: cells.notna(), error="filled in"),
                pa.Check(lambda cells: pd.to_numeric(cells, errors="coerce") >= 0, error=">= 0"),
            ],
            nullable=True,
        ),
    },
    strict=False,
)

if __name__ == "__main__":
    folder, target = sys.argv[1:]
    sound, wrong = [], []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        frame = pd.read_excel(path, sheet_name=SHEET, header=HEAD, engine="openpyxl")
        frame = frame[frame[KEY].notna()]
        frame["berkas"] = path.name
        try:
            sound.append(SCHEMA.validate(frame, lazy=True))
        except SchemaErrors as error:
            wrong.append(error.failure_cases.assign(berkas=path.name))
    with pd.ExcelWriter(target) as book:
        pd.concat(sound, ignore_index=True).to_excel(book, sheet_name="Data", index=False)
        if wrong:
            pd.concat(wrong, ignore_index=True).to_excel(book, sheet_name="Salah", index=False)
