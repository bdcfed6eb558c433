"""Turn measured rows into a Markdown page and a JSON document."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.wanted import Better, Wanted

TOLD = ("openpyxl", "pandas", "pandera", "python-calamine", "sqlalchemy", "watchdog", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured ratio, and the two figures it was made of, in words."""

    wanted: Wanted
    ratio: float
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the growth series: returns, seconds of `ingest`, peak memory in bytes."""

    returns: int
    seconds: float
    peak: int


@dataclass(frozen=True, slots=True)
class Results:
    """What one run measured."""

    day: date
    seed: int
    returns: int
    rows: tuple[Row, ...]
    growth: tuple[Step, ...] = ()
    notes: tuple[str, ...] = field(default=())


def machine() -> dict[str, str]:
    """Tell what the figures were measured on."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        **{name: version(name) for name in TOLD},
    }


def as_json(results: Results) -> str:
    """Write everything as one JSON document."""
    document = {
        "day": results.day.isoformat(),
        "seed": results.seed,
        "returns": results.returns,
        "machine": machine(),
        "rows": [
            {
                "key": row.wanted.key,
                "what": row.wanted.words,
                "ratio": round(row.ratio, 3),
                "goal": row.wanted.goal,
                "stretch": row.wanted.stretch,
                "reached": row.wanted.reached(row.ratio),
                "ours": row.ours,
                "theirs": row.theirs,
            }
            for row in results.rows
        ],
        "growth": [
            {"returns": s.returns, "seconds": round(s.seconds, 3), "peak_mb": _mb(s.peak)}
            for s in results.growth
        ],
        "notes": list(results.notes),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_markdown(results: Results, *, plot: str | None) -> str:
    """Write the table that people read."""
    told = ", ".join(f"{name} {value}" for name, value in machine().items())
    lines = [
        f"# Measured on {results.day.isoformat()}: {results.returns} returns, seed {results.seed}",
        "",
        f"{told}. All realisasi figures are invented.",
        "",
        "| ratio | measured | goal | stretch | reached | ours | yardstick |",
        "|---|---|---|---|---|---|---|",
        *(_line(row) for row in results.rows),
        "",
    ]
    if results.growth:
        lines += ["| returns | `ingest` | per return | peak memory |", "|---|---|---|---|"]
        lines += [
            f"| {s.returns:,} | {s.seconds:.2f} s | {s.seconds / s.returns * 1000:.2f} ms "
            f"| {_mb(s.peak)} MB |"
            for s in results.growth
        ]
        lines.append("")
    if plot is not None:
        lines += [f"![Growth]({plot})", ""]
    lines += [f"- {note}" for note in results.notes]
    return "\n".join(lines).rstrip() + "\n"


def _line(row: Row) -> str:
    sign = "<=" if row.wanted.better is Better.LOW else ">="
    return (
        f"| {row.wanted.words} | {row.ratio:.2f} | {sign} {row.wanted.goal:g} "
        f"| {sign} {row.wanted.stretch:g} | {row.wanted.reached(row.ratio)} "
        f"| {row.ours} | {row.theirs} |"
    )


def _mb(peak: int) -> int:
    return round(peak / 1_000_000)


def write(results: Results, folder: Path, *, plot: str) -> tuple[Path, ...]:
    """Write page, document and plot; give their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    most = max((step.returns for step in results.growth), default=results.returns)
    to = f"-to-{most}" if most > results.returns else ""
    stem = f"{results.day.isoformat()}-{results.returns}{to}"
    page, document = folder / f"{stem}.md", folder / f"{stem}.json"
    drawn = folder / f"{stem}.svg"
    drawn.write_text(plot, "utf-8")
    page.write_text(as_markdown(results, plot=drawn.name), "utf-8")
    document.write_text(as_json(results), "utf-8")
    return page, document, drawn
