"""Turn the rows of the register's sheets into a `Registry`, or name every cell that forbids it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from workbook_tools.address import column_letter
from workbook_tools.registry.columns import JENIS, LEVELS, NO, YES
from workbook_tools.registry.consistency import DEMANDS
from workbook_tools.registry.errors import Defect, RegistryError
from workbook_tools.registry.model import (
    METHOD_KEYS,
    Aggregation,
    Band,
    Frequency,
    Indicator,
    InputSpec,
    Kind,
    Method,
    Polarity,
    Position,
    Registry,
    Target,
    TargetStatus,
)
from workbook_tools.registry.rows import LOWEST
from workbook_tools.registry.settings import read_agency, read_rules
from workbook_tools.registry.sheets import DOKUMEN, INDIKATOR, ISIAN, JABATAN, SHEETS, SKALA, TARGET
from workbook_tools.registry.tables import RowReader, Tables

UNIT_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
INDICATOR_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


def build_registry(tables: Tables) -> Registry:
    """Give the register of these rows.

    Raises `RegistryError` with every defect found, in the order of the sheets.
    """
    defects: list[Defect] = []
    scale = _scale(tables, defects)
    agency = read_agency(tables, defects)
    positions = _positions(tables, defects)
    inputs = _inputs(tables, defects)
    targets = _targets(tables, agency.renstra_years, defects)
    registry = Registry(
        agency=agency,
        positions=positions,
        indicators=_indicators(tables, inputs, targets, defects),
        rules=read_rules(tables, scale, defects),
        document=_document(tables, defects),
    )
    _orphans(tables, registry, inputs, targets, defects)
    refused = {(defect.sheet, defect.cell.rstrip("0123456789")) for defect in defects}
    for demand, grounds in DEMANDS.items():
        read = {(sheet, column_letter(tables.columns[sheet][key])) for sheet, key in grounds}
        if not read & refused:
            defects.extend(demand(registry, tables.columns))
    if defects:
        raise RegistryError(_one_per_cell(defects))
    return registry


def _one_per_cell(defects: list[Defect]) -> tuple[Defect, ...]:
    """Give the defects in the order of the sheets; what only follows from another is dropped."""
    order = {sheet.name: place for place, sheet in enumerate(SHEETS)}
    first: dict[tuple[str, str], Defect] = {}
    for defect in defects:
        first.setdefault((defect.sheet, defect.cell or defect.sentence), defect)
    return tuple(sorted(first.values(), key=lambda defect: order[defect.sheet]))


def _readers(tables: Tables, sheet: str, defects: list[Defect]) -> list[RowReader]:
    return [tables.reader(sheet, row, defects) for row in tables.rows[sheet]]


def _identifier(reader: RowReader, pattern: re.Pattern[str], seen: set[str], form: str) -> str:
    name = reader.needed("id", f"pengenal, misalnya {form}")
    if name and not pattern.fullmatch(name):
        reader.refuse(
            "id",
            f"ID '{name}' tidak dapat dipakai. Pakai huruf kecil, angka dan tanda hubung, "
            f"misalnya {form}.",
        )
    elif name in seen:
        reader.refuse("id", f"ID '{name}' sudah dipakai pada baris di atas. Pakai ID lain.")
    seen.add(name)
    return name


def _positions(tables: Tables, defects: list[Defect]) -> tuple[Position, ...]:
    seen: set[str] = set()
    positions = tuple(
        Position(
            id=_identifier(reader, UNIT_ID, seen, "kabid-pasar"),
            jenis=reader.one_of("jenis", JENIS),
            level=reader.one_of("level", LEVELS),
            jabatan=reader.text("jabatan"),
            label=reader.needed("label", "nama pendek jabatan"),
            superior=reader.word("atasan") or None,
            jabatan_lines=reader.lines("jabatan_tercetak"),
            tugas_lines=reader.lines("tugas_tercetak"),
            fungsi_lines=reader.lines("fungsi_tercetak"),
            name_inferred=_is_yes(reader, "nama_disimpulkan"),
            lost=_is_yes(reader, "halaman_hilang"),
            note=reader.text("catatan"),
            row=reader.row.number,
        )
        for reader in _readers(tables, JABATAN.name, defects)
    )
    if not positions:
        defects.append(Defect(JABATAN.name, "A2", "Belum ada jabatan. Isi sedikitnya satu baris."))
    return positions


def _is_yes(reader: RowReader, key: str) -> bool:
    return bool(reader.word(key)) and reader.one_of(key, (NO, YES)) == YES


def _indicators(
    tables: Tables,
    inputs: Sequence[InputSpec],
    targets: Sequence[Target],
    defects: list[Defect],
) -> tuple[Indicator, ...]:
    seen: set[str] = set()
    return tuple(
        _indicator(reader, seen, inputs, targets)
        for reader in _readers(tables, INDIKATOR.name, defects)
    )


def _indicator(
    reader: RowReader, seen: set[str], inputs: Sequence[InputSpec], targets: Sequence[Target]
) -> Indicator:
    name = _identifier(reader, INDICATOR_ID, seen, "kabid-pasar/01")
    method = reader.choice("metode", Method)
    order = {key: place for place, key in enumerate(METHOD_KEYS[method])}
    return Indicator(
        id=name,
        unit=reader.needed("jabatan", "ID jabatan pemilik indikator"),
        number=reader.text("no"),
        sasaran=reader.text("sasaran"),
        indikator=reader.text("indikator"),
        penjelasan=reader.text("penjelasan"),
        sumber_data=reader.text("sumber_data"),
        satuan=reader.needed("satuan", "satuan indikator, misalnya orang"),
        polarity=reader.choice("polaritas", Polarity),
        method=method,
        aggregation=reader.choice("agregasi", Aggregation),
        kind=reader.choice("tipe", Kind),
        decimals=reader.whole("desimal", "Desimal", low=0, high=9),
        frequency=reader.choice("frekuensi", Frequency),
        minimum=reader.number("minimum"),
        maximum=reader.number("maksimum"),
        worst=reader.number("terburuk"),
        mirrors=reader.word("sama_dengan") or None,
        note=reader.text("catatan"),
        inputs=tuple(
            sorted(
                (spec for spec in inputs if spec.indicator == name),
                key=lambda spec: order.get(spec.key, len(order)),
            )
        ),
        targets=tuple(sorted((t for t in targets if t.indicator == name), key=lambda t: t.year)),
        row=reader.row.number,
    )


def _inputs(tables: Tables, defects: list[Defect]) -> tuple[InputSpec, ...]:
    return tuple(
        InputSpec(
            indicator=reader.needed("indikator", "ID indikator"),
            key=reader.needed("kunci", "kunci isian, misalnya a").lower(),
            label=reader.needed("yang_diisi", "kalimat yang dibaca pengisi formulir")
            and reader.text("yang_diisi"),
            unit=reader.needed("satuan", "satuan angka yang diisi"),
            kind=reader.choice("tipe", Kind),
            decimals=reader.whole("desimal", "Desimal", low=0, high=9),
            aggregation=reader.choice("agregasi", Aggregation),
            minimum=reader.number("minimum"),
            maximum=reader.number("maksimum"),
            row=reader.row.number,
        )
        for reader in _readers(tables, ISIAN.name, defects)
    )


def _targets(tables: Tables, years: tuple[int, ...], defects: list[Defect]) -> tuple[Target, ...]:
    targets: list[Target] = []
    seen: set[tuple[str, int]] = set()
    for reader in _readers(tables, TARGET.name, defects):
        target = _target(reader, years)
        place = (target.indicator, target.year)
        if target.year in years and place in seen:
            reader.refuse(
                "tahun",
                f"Target {target.indicator} tahun {target.year} tertulis dua kali. "
                "Hapus salah satu baris.",
            )
            continue
        seen.add(place)
        targets.append(target)
    return tuple(targets)


def _year(reader: RowReader, years: tuple[int, ...]) -> int:
    value = reader.number("tahun")
    if value is not None and value in years:
        return int(value)
    if years and (value is not None or not reader.word("tahun")):
        found = "kosong" if value is None else f"{value} bukan tahun Renstra"
        listed = ", ".join(map(str, years))
        reader.refuse("tahun", f"Tahun {found}. Pilih salah satu: {listed}.")
    return 0


def _target(reader: RowReader, years: tuple[int, ...]) -> Target:
    year = _year(reader, years)
    value = reader.number("nilai")
    status = TargetStatus.OK if value is not None else TargetStatus.KOSONG
    if reader.word("status"):
        status = reader.choice("status", TargetStatus)
    return Target(
        indicator=reader.needed("indikator", "ID indikator"),
        year=year,
        printed=reader.text("tercetak"),
        value=value,
        unit=reader.word("satuan") or None,
        status=status,
        tw=(
            reader.number("tw1"),
            reader.number("tw2"),
            reader.number("tw3"),
            reader.number("tw4"),
        ),
        low=reader.number("batas_bawah"),
        row=reader.row.number,
    )


def _orphans(
    tables: Tables,
    registry: Registry,
    inputs: Sequence[InputSpec],
    targets: Sequence[Target],
    defects: list[Defect],
) -> None:
    """Note inputs and targets of indicators that the register does not have."""
    for sheet, names in (
        (ISIAN.name, {spec.row: spec.indicator for spec in inputs}),
        (TARGET.name, {target.row: target.indicator for target in targets}),
    ):
        for reader in _readers(tables, sheet, defects):
            name = names.get(reader.row.number)
            if name and registry.indicator(name) is None:
                reader.refuse(
                    "indikator",
                    f"Indikator '{name}' tidak ada pada sheet Indikator. Betulkan ID-nya.",
                )


def _scale(tables: Tables, defects: list[Defect]) -> tuple[Band, ...]:
    bands: list[Band] = []
    readers = _readers(tables, SKALA.name, defects)
    for reader in readers:
        lower = reader.number("batas_bawah")
        last = reader is readers[-1]
        if lower is None and not last and not _is_noted(reader, defects):
            reader.refuse("batas_bawah", "Batas bawah kosong hanya boleh pada baris terakhir.")
        if lower is not None and bands and lower >= bands[-1].lower:
            reader.refuse(
                "batas_bawah",
                f"Batas {lower} tidak lebih kecil dari batas baris di atasnya. Urutkan dari yang "
                "tertinggi, tanpa angka yang sama.",
            )
        if lower is not None and last:
            reader.refuse(
                "batas_bawah",
                "Baris terakhir menampung semua capaian di bawahnya. Kosongkan batas bawahnya.",
            )
        colour = reader.word("warna").upper()
        if not re.fullmatch(r"[0-9A-F]{6}", colour):
            reader.refuse("warna", f"Warna '{colour}' bukan enam angka heksadesimal, mis. 1B7837.")
        bands.append(
            Band(
                lower=LOWEST if lower is None else lower,
                label=reader.needed("predikat", "nama predikat"),
                symbol=reader.word("simbol"),
                colour=colour,
            )
        )
    if not bands:
        defects.append(Defect(SKALA.name, "A2", "Skala kosong. Isi batas dan predikatnya."))
    return tuple(bands)


def _is_noted(reader: RowReader, defects: list[Defect]) -> bool:
    """Tell whether the blank comes from a cell that was refused already."""
    return bool(reader.word("batas_bawah")) and bool(defects)


def _document(tables: Tables, defects: list[Defect]) -> tuple[str, ...]:
    lines: list[str] = []
    for reader in _readers(tables, DOKUMEN.name, defects):
        number = reader.number("baris")
        expected = Decimal(len(lines) + 1)
        if number != expected:
            reader.refuse(
                "baris", f"Nomor baris seharusnya {expected}. Jangan mengubah urutan dokumen."
            )
            return tuple(lines)
        lines.append(reader.text("teks"))
    return tuple(lines)
