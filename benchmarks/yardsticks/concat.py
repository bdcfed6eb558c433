"""Read every workbook with pandas and write all rows into one: the script most offices have."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from benchmarks.yardsticks.shape import HEAD, SHEET

if __name__ == "__main__":
    folder, target = sys.argv[1:]
    frames = []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        frame = pd.read_excel(path, sheet_name=SHEET, header=HEAD, engine="openpyxl")
        frame["berkas"] = path.name
        frames.append(frame)
    pd.concat(frames, ignore_index=True).to_excel(target, index=False)
