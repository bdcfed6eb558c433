"""Name what makes a register unusable: a cell and a sentence, several at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defect:
    """One reason why the register cannot be used, with its cell and what to do.

    `sheet` and `cell` are "" where the whole workbook or sheet is meant.
    """

    sheet: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        """Give place and sentence in one line."""
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{place}: {self.sentence}" if place else self.sentence


class RegistryError(Exception):
    """The register cannot be used until the cells named here are mended.

    `findings` lists every defect, in the order of the sheets; `sheet`, `cell` and
    `sentence` are those of the first.
    """

    def __init__(self, findings: tuple[Defect, ...]) -> None:
        """Keep every defect; the message lists them line by line."""
        super().__init__("\n".join(str(defect) for defect in findings))
        self.findings = findings
        self.sheet = findings[0].sheet
        self.cell = findings[0].cell
        self.sentence = findings[0].sentence
