"""Turn the register and what is already accepted into the content of one form: the issued snapshot.

The snapshot is everything the judge needs to know about a form that went out: what was
asked, which limits and targets stood in it. It is kept with the form, so that a return is
judged by what its sender saw and not by what the register says today.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workbook_tools.indicators.measure import target_to_date, to_date
from workbook_tools.indicators.period import due_date
from workbook_tools.registry.model import (
    Aggregation,
    Frequency,
    Indicator,
    InputSpec,
    Kind,
    Method,
    Polarity,
    Registry,
    TargetStatus,
)

TEXT_FIELDS = ("penghambat", "pendorong", "tindak_lanjut", "bukti", "keterangan")
"""The texts of an indicator's first row, in the order of the form."""

PEOPLE_FIELDS = (
    "pengisi_nama",
    "pengisi_nip",
    "pengisi_tanggal",
    "atasan_nama",
    "atasan_nip",
    "atasan_tanggal",
)
"""The block for pengisi and atasan, in the order of the form."""

Accepted = Mapping[int, Mapping[tuple[str, str], Decimal | None]]
"""Accepted values of one unit and year: triwulan -> (indicator, key) -> number."""


@dataclass(frozen=True, slots=True)
class FormInput:
    """One number that the form asks for, with its limits (inclusive)."""

    key: str
    label: str
    unit: str
    kind: Kind
    decimals: int
    aggregation: Aggregation
    minimum: Decimal | None
    maximum: Decimal | None


@dataclass(frozen=True, slots=True)
class FormIndicator:
    """One indicator as the form shows it.

    `prior` is the realisasi to date before this triwulan, `prior_inputs` the accepted
    values of the earlier triwulan (triwulan, key, number) that the preview needs.
    """

    id: str
    number: str
    sasaran: str
    indikator: str
    penjelasan: str
    satuan: str
    polarity: Polarity
    method: Method
    aggregation: Aggregation
    kind: Kind
    decimals: int
    frequency: Frequency
    minimum: Decimal | None
    maximum: Decimal | None
    worst: Decimal | None
    required: bool
    target: Decimal | None
    target_low: Decimal | None
    target_status: TargetStatus
    target_to_date: Decimal | None
    prior: Decimal | None
    prior_inputs: tuple[tuple[int, str, Decimal], ...]
    inputs: tuple[FormInput, ...]

    def quarters(self) -> list[dict[str, Decimal | None] | None]:
        """Give the accepted inputs of the earlier triwulan, None for a blank triwulan."""
        rows: list[dict[str, Decimal | None] | None] = [None, None, None, None]
        for period, key, value in self.prior_inputs:
            row = rows[period - 1]
            if row is None:
                row = dict.fromkeys((i.key for i in self.inputs), None)
                rows[period - 1] = row
            row[key] = value
        return rows

    def as_indicator(self) -> Indicator:
        """Give the measuring side of this indicator back, for the rules of `indicators`."""
        return Indicator(
            id=self.id,
            unit=self.id.split("/")[0],
            number=self.number,
            sasaran=self.sasaran,
            indikator=self.indikator,
            penjelasan=self.penjelasan,
            sumber_data="",
            satuan=self.satuan,
            polarity=self.polarity,
            method=self.method,
            aggregation=self.aggregation,
            kind=self.kind,
            decimals=self.decimals,
            frequency=self.frequency,
            minimum=self.minimum,
            maximum=self.maximum,
            worst=self.worst,
            mirrors=None,
            note="",
            inputs=self.input_specs(),
            targets=(),
        )

    def input_specs(self) -> tuple[InputSpec, ...]:
        """Give the inputs as the rules of `indicators` want them."""
        return tuple(
            InputSpec(
                self.id,
                i.key,
                i.label,
                i.unit,
                i.kind,
                i.decimals,
                i.aggregation,
                i.minimum,
                i.maximum,
            )
            for i in self.inputs
        )


@dataclass(frozen=True, slots=True)
class FormContent:
    """Everything that one form says: the issued snapshot of one unit, year and triwulan."""

    jenis: str
    unit: str
    name: str
    superior: str
    agency: str
    region: str
    year: int
    period: int
    due: date
    text_limit: int
    indicators: tuple[FormIndicator, ...]

    def indicator(self, indicator: str) -> FormIndicator | None:
        """Give one indicator by its id."""
        return next((i for i in self.indicators if i.id == indicator), None)


def digest(snapshot: bytes) -> str:
    """Give the digest of a snapshot's canonical JSON: 32 hexadecimal digits."""
    return hashlib.sha256(snapshot).hexdigest()[:32]


def make_content(
    registry: Registry, unit: str, *, year: int, period: int, accepted: Accepted
) -> FormContent:
    """Make the content of a unit's form for one triwulan.

    `accepted` holds the values accepted for the same unit and year; only the triwulan
    before `period` are used.
    """
    position = registry.position(unit)
    if position is None:
        raise KeyError(unit)
    superior = registry.position(position.superior) if position.superior else None
    earlier = {p: values for p, values in accepted.items() if p < period}
    return FormContent(
        jenis=position.jenis,
        unit=unit,
        name=position.label,
        superior=superior.label if superior else "",
        agency=registry.agency.name,
        region=registry.agency.region,
        year=year,
        period=period,
        due=due_date(year, period, day=registry.rules.due_day_unit),
        text_limit=registry.rules.text_limit,
        indicators=tuple(
            _form_indicator(indicator, year, period, earlier)
            for indicator in registry.of_unit(unit)
            if indicator.mirrors is None
        ),
    )


def _form_indicator(
    indicator: Indicator, year: int, period: int, earlier: Accepted
) -> FormIndicator:
    target = indicator.target(year)
    prior_inputs = tuple(
        (p, spec.key, value)
        for p in sorted(earlier)
        for spec in indicator.inputs
        if (value := earlier[p].get((indicator.id, spec.key))) is not None
    )
    draft = FormIndicator(
        id=indicator.id,
        number=indicator.number,
        sasaran=indicator.sasaran,
        indikator=indicator.indikator,
        penjelasan=indicator.penjelasan,
        satuan=indicator.satuan,
        polarity=indicator.polarity,
        method=indicator.method,
        aggregation=indicator.aggregation,
        kind=indicator.kind,
        decimals=indicator.decimals,
        frequency=indicator.frequency,
        minimum=indicator.minimum,
        maximum=indicator.maximum,
        worst=indicator.worst,
        required=indicator.frequency is not Frequency.TAHUNAN or period == 4,  # noqa: PLR2004
        target=target.value if target else None,
        target_low=target.low if target else None,
        target_status=target.status if target else TargetStatus.KOSONG,
        target_to_date=_target_to_date(indicator, year, period),
        prior=None,
        prior_inputs=prior_inputs,
        inputs=tuple(
            FormInput(
                spec.key,
                spec.label,
                spec.unit,
                spec.kind,
                spec.decimals,
                spec.aggregation,
                spec.minimum,
                spec.maximum,
            )
            for spec in indicator.inputs
        ),
    )
    prior = to_date(indicator, indicator.inputs, draft.quarters())
    return replace(draft, prior=prior.value)


def _target_to_date(indicator: Indicator, year: int, period: int) -> Decimal | None:
    target = indicator.target(year)
    if target is None or not target.has_tw:
        return None
    return target_to_date(indicator.aggregation, target.tw, period)


def merged(
    indicator: FormIndicator, period: int, values: Mapping[str, Decimal | None]
) -> Sequence[Mapping[str, Decimal | None] | None]:
    """Give the four triwulan with this return's values put in at `period`."""
    rows = indicator.quarters()
    rows[period - 1] = dict(values) if any(v is not None for v in values.values()) else None
    return rows
