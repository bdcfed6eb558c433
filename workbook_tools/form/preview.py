"""Turn a form row into its live previews: realisasi, capaian and the words beside the isian.

Each preview exists as a Python value and as an Excel expression, side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from workbook_tools.form.content import FormIndicator, FormInput, merged
from workbook_tools.form.layout import plain
from workbook_tools.indicators import expressions, formulas
from workbook_tools.indicators.achievement import achievement_of
from workbook_tools.indicators.measure import to_date
from workbook_tools.registry.model import Kind, Polarity, Rules, Target

FILLED = "Terisi"
EMPTY = "Belum diisi"
OPTIONAL = "Boleh kosong"
NO_DATA = "Tanpa data: jelaskan"
NOT_NUMBER = "Bukan angka"
NOT_WHOLE = "Harus bulat"
TOO_SMALL = "Di bawah batas"
TOO_LARGE = "Di atas batas"

NO_DATA_MARK = "-"


def state_of(asked: FormInput, typed: str, *, value: Decimal | None, required: str) -> str:
    """Say in words how the isian stands; `required` is the word for an empty cell."""
    if not typed:
        return required
    if value is None:
        return NO_DATA if typed == NO_DATA_MARK else NOT_NUMBER
    if asked.minimum is not None and value < asked.minimum:
        return TOO_SMALL
    if asked.maximum is not None and value > asked.maximum:
        return TOO_LARGE
    if asked.kind is Kind.COUNT and value != int(value):
        return NOT_WHOLE
    return FILLED


def state_formula(asked: FormInput, cell: str, *, required: str) -> str:
    """Say the same as `state_of`, as an Excel expression over the yellow cell."""
    number = f'"{FILLED}"'
    if asked.kind is Kind.COUNT:
        number = f'IF({cell}<>INT({cell}),"{NOT_WHOLE}",{number})'
    if asked.maximum is not None:
        number = f'IF({cell}>{plain(asked.maximum)},"{TOO_LARGE}",{number})'
    if asked.minimum is not None:
        number = f'IF({cell}<{plain(asked.minimum)},"{TOO_SMALL}",{number})'
    text = f'IF({cell}="{NO_DATA_MARK}","{NO_DATA}","{NOT_NUMBER}")'
    return f'IF(ISBLANK({cell}),"{required}",IF(ISNUMBER({cell}),{number},{text}))'


def required_word(indicator: FormIndicator) -> str:
    """Give the word for an empty cell of this indicator."""
    return EMPTY if indicator.required else OPTIONAL


def valid_formula(asked: FormInput, cell: str) -> str:
    """Give the rule of the cell's data validation: a fitting number, or the mark for no data."""
    parts = [f"{cell}={cell}"]
    if asked.minimum is not None:
        parts.append(f"{cell}>={plain(asked.minimum)}")
    if asked.maximum is not None:
        parts.append(f"{cell}<={plain(asked.maximum)}")
    if asked.kind is Kind.COUNT:
        parts.append(f"{cell}=INT({cell})")
    return f'=IF(ISNUMBER({cell}),AND({",".join(parts)}),{cell}="{NO_DATA_MARK}")'


def realisasi_of(
    indicator: FormIndicator, period: int, *, values: Mapping[str, Decimal | None]
) -> Decimal | None:
    """Compute the realisasi to date that the form shows for what is typed now."""
    quarters = merged(indicator, period, values)[:period]
    return to_date(indicator.as_indicator(), indicator.input_specs(), quarters).value


def realisasi_formula(indicator: FormIndicator, period: int, *, cells: Mapping[str, str]) -> str:
    """Compute the same as `realisasi_of`; accepted triwulan stand in it as numbers."""
    refs: list[Mapping[str, str]] = []
    for number, quarter in enumerate(indicator.quarters()[:period], start=1):
        if number == period:
            refs.append(cells)
        else:
            known = quarter or {}
            refs.append({key: _literal(known.get(key)) for key in cells})
    tw = [formulas.realisasi(indicator.method, ref) for ref in refs]
    return formulas.to_date(indicator.as_indicator(), indicator.input_specs(), refs, tw=tw)


def _literal(value: Decimal | None) -> str:
    return expressions.NOTHING if value is None else plain(value)


def capaian_of(
    indicator: FormIndicator, realisasi: Decimal | None, *, rules: Rules
) -> Decimal | None:
    """Compute the shown capaian against the year's target."""
    return achievement_of(
        indicator.as_indicator(), realisasi, target=_target(indicator), rules=rules
    ).shown


def capaian_formula(indicator: FormIndicator, *, realisasi: str, target: str, rules: Rules) -> str:
    """Compute the same as `capaian_of` from the cells of realisasi and target."""
    measured = indicator.as_indicator()
    ref: formulas.TargetRef = target
    if indicator.polarity is Polarity.RANGE:
        ref = (_literal(indicator.target_low), target)
    status = formulas.status(
        actual=realisasi,
        target=ref,
        target_status=f'"{indicator.target_status}"',
        indicator=measured,
    )
    return formulas.capaian(
        actual=realisasi, target=ref, status=status, indicator=measured, rules=rules
    )


def _target(indicator: FormIndicator) -> Target:
    return Target(
        indicator.id,
        0,
        "",
        indicator.target,
        indicator.satuan,
        indicator.target_status,
        low=indicator.target_low,
    )
