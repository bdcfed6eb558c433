"""Draw the rows of the sheet Isian: one row per input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_tools import fit
from workbook_tools.address import a1
from workbook_tools.form.content import TEXT_FIELDS
from workbook_tools.form.layout import COLUMNS, TEXT_ROLES, FormLayout, FormRow, Role, target_words
from workbook_tools.form.preview import (
    capaian_formula,
    capaian_of,
    realisasi_formula,
    realisasi_of,
    required_word,
    state_formula,
    state_of,
    valid_formula,
)
from workbook_tools.form.styles import INPUT_FORMAT, STYLES, number_format
from workbook_tools.registry.model import Rules, TargetStatus
from workbook_tools.xlsx import Address, Properties, Sheet

LEAST_HEIGHT, MOST_HEIGHT = 42.0, 400.0  # points; three lines fit into the least

TEXT_PROMPTS: dict[str, str] = {
    "penghambat": "Apa yang menghambat tercapainya target? Wajib bila capaian di bawah target.",
    "pendorong": "Apa yang mendorong tercapainya target?",
    "tindak_lanjut": "Apa yang akan dilakukan pada triwulan berikutnya? Wajib bila capaian di "
    "bawah target.",
    "bukti": "Dokumen yang membuktikan angka ini, misalnya nomor laporan kegiatan.",
    "keterangan": "Penjelasan lain. Wajib bila isian diberi tanda - (data belum ada).",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one yellow cell: as typed, and as a number where it is one."""

    text: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A note on a cell; `is_wrong` where it must be mended, else it is only asked about."""

    note: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class Filling:
    """What a person typed, to be put back, and the notes on cells that need care.

    `marks` maps an address (row, column) of `Isian` to the mark on it.
    """

    inputs: Mapping[tuple[str, str], Typed] = field(default_factory=dict)
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[Address, Mark] = field(default_factory=dict)

    def look(self, at: Address, name: str) -> str:
        """Give the name of a yellow cell's format: plain, or marked wrong or doubtful."""
        mark = self.marks.get(at)
        if mark is None:
            return name
        return f"{name}_wrong" if mark.is_wrong else f"{name}_doubtful"


@dataclass(frozen=True, slots=True)
class RowPen:
    """Draws one row; knows its sheet, layout, rules and what was typed."""

    sheet: Sheet
    layout: FormLayout
    row: FormRow
    rules: Rules
    filling: Filling

    def at(self, role: Role) -> Address:
        """Give the address of one column in this row."""
        return (self.row.row, COLUMNS[role].index)

    def name(self, role: Role) -> str:
        """Give the cell name of one column in this row."""
        return a1(*self.at(role))

    def style(self, name: str, **more: str | float | bool) -> Properties:
        """Give a cell format; rows of one indicator are drawn as one block."""
        closed: dict[str, str | float | bool] = {}
        if not self.row.first:
            closed["top"] = 0
        return {**STYLES[name], **closed, **more}

    def draw(self) -> None:
        """Draw the whole row."""
        for role in (Role.NUMBER, Role.SASARAN, Role.INDIKATOR, Role.ASKED, Role.UNIT):
            name = "centre" if role in (Role.NUMBER, Role.UNIT) else "label"
            text = self.layout.locked_text(self.row, role)
            shown = role in (Role.ASKED, Role.UNIT) or self.row.first
            self.sheet.text(self.at(role), text, style=STYLES[name] if shown else self.style(name))
        self._draw_target()
        self._draw_input()
        self._draw_previews()
        for name in TEXT_FIELDS:
            self._draw_text(name)
        self.sheet.text(self.at(Role.KEY), self.row.key, style="key")
        self.sheet.height(self.row.row, self._height())

    def _height(self) -> float:
        """Give the height that shows every text of the row; no program measures it for us."""
        texts = {
            role: self.layout.locked_text(self.row, role)
            for role in (Role.SASARAN, Role.INDIKATOR, Role.ASKED, Role.UNIT)
        }
        if self.row.first:
            for name, role in TEXT_ROLES.items():
                texts[role] = self.filling.texts.get((self.row.indicator.id, name), "")
        cells = [(text, COLUMNS[role].width) for role, text in texts.items()]
        return min(MOST_HEIGHT, max(LEAST_HEIGHT, fit.height(cells) + 4))

    def _draw_target(self) -> None:
        indicator = self.row.indicator
        style = self.style("number", num_format=number_format(indicator.kind))
        if not self.row.first:
            self.sheet.blank(self.at(Role.TARGET), style=style)
            self.sheet.blank(self.at(Role.PRIOR), style=style)
            return
        if indicator.target is None or indicator.target_status is not TargetStatus.OK:
            self.sheet.text(
                self.at(Role.TARGET), target_words(indicator), style=self.style("centre")
            )
        else:
            self.sheet.number(self.at(Role.TARGET), indicator.target, style=style)
        self.sheet.number(self.at(Role.PRIOR), indicator.prior, style=style)

    def _typed(self, key: str) -> Typed:
        return self.filling.inputs.get((self.row.indicator.id, key), Typed(""))

    def _draw_input(self) -> None:
        asked = self.row.input
        typed = self._typed(asked.key)
        at = self.at(Role.INPUT)
        style = {**STYLES[self.filling.look(at, "input")], "num_format": INPUT_FORMAT}
        if typed.value is not None:
            self.sheet.number(at, typed.value, style=style)
        else:
            self.sheet.text(at, typed.text, style=style)
        cell = self.name(Role.INPUT)
        self.sheet.validation(
            (*at, *at),
            {
                "validate": "custom",
                "value": valid_formula(asked, cell),
                "ignore_blank": True,
                "input_title": f"Isian dalam {asked.unit}"[:32],
                "input_message": _prompt(self.row)[:255],
                "error_title": "Isian belum sesuai",
                "error_message": _refusal(self.row)[:255],
                "error_type": "stop",
            },
        )
        required = required_word(self.row.indicator)
        self.sheet.formula(
            self.at(Role.STATE),
            state_formula(asked, cell, required=required),
            value=state_of(asked, typed.text, value=typed.value, required=required),
            style="state",
        )

    def _draw_previews(self) -> None:
        indicator = self.row.indicator
        style = self.style("number", num_format="#,##0.00")
        if not self.row.first:
            self.sheet.blank(self.at(Role.REALISASI), style=style)
            self.sheet.blank(self.at(Role.CAPAIAN), style=style)
            return
        period = self.layout.content.period
        cells = {
            spec.key: self.layout.input_cell(indicator.id, spec.key) for spec in indicator.inputs
        }
        values = {spec.key: self._typed(spec.key).value for spec in indicator.inputs}
        realisasi = realisasi_of(indicator, period, values=values)
        self.sheet.formula(
            self.at(Role.REALISASI),
            realisasi_formula(indicator, period, cells=cells),
            value="" if realisasi is None else realisasi,
            style=self.style("number", num_format=number_format(indicator.kind)),
        )
        capaian = capaian_of(indicator, realisasi, rules=self.rules)
        self.sheet.formula(
            self.at(Role.CAPAIAN),
            capaian_formula(
                indicator,
                realisasi=self.name(Role.REALISASI),
                target=self.name(Role.TARGET),
                rules=self.rules,
            ),
            value="" if capaian is None else capaian,
            style=style,
        )

    def _draw_text(self, name: str) -> None:
        at = self.at(TEXT_ROLES[name])
        if not self.row.first:
            self.sheet.blank(at, style="closed")
            return
        text = self.filling.texts.get((self.row.indicator.id, name), "")
        self.sheet.text(at, text, style=self.filling.look(at, "text"))
        limit = self.layout.content.text_limit
        self.sheet.validation(
            (*at, *at),
            {
                "validate": "length",
                "criteria": "<=",
                "value": limit,
                "ignore_blank": True,
                "input_title": COLUMNS[TEXT_ROLES[name]].header[:32],
                "input_message": TEXT_PROMPTS[name],
                "error_title": "Teks terlalu panjang",
                "error_message": f"Tulis paling banyak {limit} huruf.",
                "error_type": "stop",
            },
        )


def _prompt(row: FormRow) -> str:
    whole = "satu angka bulat" if row.input.kind == "count" else "satu angka"
    optional = "" if row.indicator.required else " Indikator tahunan: boleh kosong sampai TW IV."
    return (
        f"Ketik {whole}, tanpa satuan. Bila hasilnya nol, ketik 0. Bila datanya belum ada, "
        f"ketik - lalu jelaskan di kolom Keterangan.{optional}"
    )


def _refusal(row: FormRow) -> str:
    whole = "angka bulat" if row.input.kind == "count" else "angka"
    limits = [
        f"paling {word} {value.normalize():f}"
        for word, value in (("kecil", row.input.minimum), ("besar", row.input.maximum))
        if value is not None
    ]
    bounds = f" ({', '.join(limits)})" if limits else ""
    return f"Ketik satu {whole}{bounds}, tanpa satuan dan tanpa kata. Belum ada data: ketik -"
