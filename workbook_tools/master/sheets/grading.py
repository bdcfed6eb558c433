"""Turn a capaian into the cell that grades it: symbol and word, or why there is none."""

from __future__ import annotations

from decimal import Decimal

from workbook_tools.indicators import expressions, formulas
from workbook_tools.indicators.achievement import (
    BELUM_DIISI,
    NO_PREDIKAT,
    OK,
    TARGET_NOL,
    TARGET_PERLU_KONFIRMASI,
    TIDAK_DINILAI,
    Achievement,
    graded,
)
from workbook_tools.master.styles import shade, tint
from workbook_tools.registry.model import Rules
from workbook_tools.xlsx import Area, Sheet

GRADE_WIDTH = 20.0
"""Wide enough for the longest word of the default scale and for most reasons."""

REASONS = {
    BELUM_DIISI: "– Belum diisi",
    TARGET_PERLU_KONFIRMASI: "– Target belum pasti",
    TARGET_NOL: "– Target nol",
    TIDAK_DINILAI: "– Tanpa target",
}


def grade(compared: Achievement, rules: Rules) -> str:
    """Say symbol and predikat of a row, or in words why it is not judged."""
    if compared.status != OK:
        return REASONS[compared.status]
    return graded(compared.shown, rules.predikat_policy, scale=rules.scale)


def grade_formula(*, capaian: str, status: str, rules: Rules) -> str:
    """Compute `grade` from the cells with the shown capaian and the status."""
    *others, last = REASONS.items()
    reason = expressions.text(last[1])
    for word, said in reversed(others):
        reason = f'IF({status}="{word}",{expressions.text(said)},{reason})'
    return formulas.graded(capaian=capaian, otherwise=reason, rules=rules)


def grade_of_mean(mean: Decimal | None, rules: Rules) -> str:
    """Say symbol and predikat of an average, "-" where there is none."""
    return graded(mean, rules.predikat_policy, scale=rules.scale)


def grade_of_mean_formula(capaian: str, rules: Rules) -> str:
    """Compute `grade_of_mean` from the cell with the average."""
    return formulas.graded(capaian=capaian, otherwise=expressions.text(NO_PREDIKAT), rules=rules)


def colour_grades(sheet: Sheet, area: Area, *, grade: str, rules: Rules) -> None:
    """Colour an area by the word in its row's cell `grade`, such as `$H6`; the rest is grey."""
    for band in rules.scale:
        said = expressions.text(f"{band.symbol} {band.label}")
        look = {"font_color": shade(band.colour), "bg_color": tint(band.colour)}
        sheet.conditional(area, {"type": "formula", "criteria": f"={grade}={said}", "format": look})
    reasons = "".join(f",{grade}={expressions.text(one)}" for one in REASONS.values())
    sheet.conditional(
        area,
        {
            "type": "formula",
            "criteria": f"=OR({grade}={expressions.text(NO_PREDIKAT)}{reasons})",
            "format": "grey",
        },
    )
