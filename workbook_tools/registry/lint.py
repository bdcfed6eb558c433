"""Turn a register into the list of everything in it that somebody should look at."""

from __future__ import annotations

from string import ascii_uppercase

from workbook_tools.registry import (
    lint_formulas,
    lint_pages,
    lint_targets,
    lint_texts,
    lint_units,
)
from workbook_tools.registry.finding import Finding, Rule
from workbook_tools.registry.model import Registry
from workbook_tools.registry.sheets import SHEETS, STANDARD_COLUMNS, Columns

__all__ = ["RULES", "Finding", "lint"]

RULES: tuple[Rule, ...] = (
    *lint_pages.RULES,
    *lint_texts.RULES,
    *lint_formulas.RULES,
    *lint_units.RULES,
    *lint_targets.RULES,
)
"""Every rule of domain.md section 7, and those of the transcription a program can find."""


def lint(registry: Registry, *, columns: Columns = STANDARD_COLUMNS) -> tuple[Finding, ...]:
    """Give every finding, in the order of sheets, rows and codes, the same in every process.

    A finding of severity `error` says that a figure cannot be trusted or computed; the
    register stays usable all the same (what makes it unusable is a `RegistryError`).
    `columns` are those of `read_columns` where the workbook's columns were rearranged.
    """
    order = {sheet.name: place for place, sheet in enumerate(SHEETS)}
    findings = {finding for rule in RULES for finding in rule(registry, columns)}
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                order[f.sheet],
                int(f.cell.lstrip(ascii_uppercase)),
                f.cell,
                f.code,
                f.message,
                f.indicator or "",
                f.year or 0,
            ),
        )
    )
