"""Turn a consolidated year and its submissions into tidy tables with stable column names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal

from workbook_tools.form.submission import Submission
from workbook_tools.master.consolidate import DATA_COLUMNS, record
from workbook_tools.master.figures import Consolidated
from workbook_tools.master.words import TEXT_FIELDS
from workbook_tools.registry.model import METHOD_KEYS, TRIWULAN, Registry

Value = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `kind` is a type of Table Schema: string, integer or number."""

    name: str
    kind: str
    description: str
    _: KW_ONLY
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One tidy table: its columns, its rows, what names a row, and which column points where."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: tuple[str, ...]
    refers: tuple[str, str] | None = None  # a column, and the table that has it too


_UNIT = Column(
    "unit", "string", "Id unit (jabatan) dalam registri, misalnya kabid-pasar.", required=True
)
_INDICATOR = Column(
    "indikator", "string", "Id indikator dalam registri, misalnya kabid-pasar/01.", required=True
)
_YEAR = Column("tahun", "integer", "Tahun pengukuran.", required=True)
_QUARTER = Column("triwulan", "integer", "Triwulan, 1 sampai 4.", required=True)
_REVISION = Column("revisi", "integer", "Revisi kiriman yang berlaku.")
_FILE = Column("berkas_sha256", "string", "SHA-256 berkas kiriman yang berlaku, dalam arsip.")

_DATA = {
    "jenis": Column("jenis", "string", "IKU (tingkat dinas) atau IKI (jabatan).", required=True),
    "unit": _UNIT,
    "indikator": _INDICATOR,
    "tahun": _YEAR,
    "satuan": Column("satuan", "string", "Satuan target dan realisasi."),
    "polaritas": Column(
        "polaritas",
        "string",
        "Arah yang baik: maximize, minimize, stabilize, atau range.",
        required=True,
    ),
    "target": Column("target", "number", "Target setahun; pada range batas atasnya."),
    "tw1": Column("tw1", "number", "Realisasi triwulan I, tidak dibulatkan."),
    "tw2": Column("tw2", "number", "Realisasi triwulan II, tidak dibulatkan."),
    "tw3": Column("tw3", "number", "Realisasi triwulan III, tidak dibulatkan."),
    "tw4": Column("tw4", "number", "Realisasi triwulan IV, tidak dibulatkan."),
    "realisasi_sd": Column(
        "realisasi_sd", "number", "Realisasi sampai dengan triwulan terakhir, tidak dibulatkan."
    ),
    "capaian": Column(
        "capaian",
        "number",
        "Capaian terhadap target setahun dalam persen, dibulatkan 2 desimal; kosong bila status "
        "bukan OK.",
    ),
    "predikat": Column(
        "predikat", "string", "Predikat capaian; - bila tidak dinilai.", required=True
    ),
    "status": Column(
        "status",
        "string",
        "OK, atau sebab tidak dinilai: BELUM_DIISI, TIDAK_DINILAI, TARGET_NOL, "
        "TARGET_PERLU_KONFIRMASI.",
        required=True,
    ),
    "revisi": _REVISION,
    "berkas_sha256": _FILE,
}


def tables_of(
    consolidated: Consolidated, registry: Registry, submissions: Sequence[Submission]
) -> tuple[Table, ...]:
    """Give the tables of a year: figures, indicators, inputs and texts, in the register's order.

    Inputs and texts are those of the accepted returns that count, of indicators that the
    register has.
    """
    index = {(s.unit, s.period): s for s in submissions if s.year == consolidated.year}
    return (
        _data(consolidated),
        _indicators(registry),
        _inputs(registry, index, consolidated.year),
        _texts(registry, index, consolidated.year),
    )


_Index = dict[tuple[str, int], Submission]


def _data(consolidated: Consolidated) -> Table:
    return Table(
        name="data",
        title="Realisasi dan capaian, satu baris per indikator (sama dengan lembar Data)",
        columns=tuple(_DATA[name] for name in DATA_COLUMNS),
        rows=tuple(record(row) for row in consolidated.rows),
        key=("indikator", "tahun"),
        refers=("indikator", "indikator"),
    )


def _indicators(registry: Registry) -> Table:
    rows = []
    for one in registry.indicators:
        position = registry.position(one.unit)
        rows.append(
            (
                one.id,
                one.unit,
                position.label if position else None,
                position.superior if position else None,
                one.number,
                one.sasaran,
                one.indikator,
                one.satuan,
                str(one.polarity),
                str(one.method),
                str(one.aggregation),
                str(one.frequency),
                one.mirrors,
            )
        )
    return Table(
        name="indikator",
        title="Indikator dalam registri, teksnya seperti tercetak",
        columns=(
            _INDICATOR,
            _UNIT,
            Column("jabatan", "string", "Nama jabatan."),
            Column("atasan", "string", "Id unit atasan; kosong bila tidak ada."),
            Column("nomor", "string", "Nomor tercetak."),
            Column("sasaran", "string", "Sasaran atau kinerja, seperti tercetak."),
            Column("uraian", "string", "Indikator, seperti tercetak."),
            Column("satuan", "string", "Satuan target dan realisasi."),
            _DATA["polaritas"],
            Column("metode", "string", "Cara isian menjadi realisasi.", required=True),
            Column(
                "agregasi",
                "string",
                "Cara triwulan digabung: sum, last, average, max.",
                required=True,
            ),
            Column("frekuensi", "string", "Frekuensi pengukuran.", required=True),
            Column("sama_dengan", "string", "Id indikator yang isiannya dipakai bersama."),
        ),
        rows=tuple(rows),
        key=("indikator",),
    )


def _inputs(registry: Registry, index: _Index, year: int) -> Table:
    def rows() -> Iterator[tuple[Value, ...]]:
        for one in registry.indicators:
            for period in TRIWULAN:
                sent = index.get((one.unit, period))
                if sent is None or one.mirrors is not None:
                    continue
                specs = {spec.key: spec for spec in one.inputs}
                for key in METHOD_KEYS[one.method]:
                    if (one.id, key) in sent.values:
                        yield (
                            one.unit,
                            one.id,
                            year,
                            period,
                            key,
                            specs[key].label,
                            specs[key].unit,
                            sent.values[one.id, key],
                            sent.revision,
                            sent.sha256,
                        )

    return Table(
        name="isian",
        title="Isian formulir yang berlaku, satu baris per angka",
        columns=(
            _UNIT,
            _INDICATOR,
            _YEAR,
            _QUARTER,
            Column(
                "kunci",
                "string",
                "Kunci isian dalam metode indikatornya: a, b, p0 … p3.",
                required=True,
            ),
            Column("uraian", "string", "Apa yang ditanyakan."),
            Column("satuan", "string", "Satuan isian."),
            Column("nilai", "number", "Angka yang diisi; kosong berarti data belum ada, bukan 0."),
            _REVISION,
            _FILE,
        ),
        rows=tuple(rows()),
        key=("indikator", "tahun", "triwulan", "kunci"),
        refers=("indikator", "indikator"),
    )


def _texts(registry: Registry, index: _Index, year: int) -> Table:
    rows = [
        (one.unit, one.id, year, period, field, text, sent.revision, sent.sha256)
        for one in registry.indicators
        for period in TRIWULAN
        if (sent := index.get((one.unit, period))) is not None
        for field in TEXT_FIELDS
        if (text := sent.texts.get((one.id, field)))
    ]
    return Table(
        name="catatan",
        title="Catatan pengisi yang berlaku, satu baris per kotak teks",
        columns=(
            _UNIT,
            _INDICATOR,
            _YEAR,
            _QUARTER,
            Column(
                "kolom",
                "string",
                "Kotak teks pada formulir.",
                required=True,
                values=tuple(TEXT_FIELDS),
            ),
            Column("teks", "string", "Tulisan pengisi, apa adanya.", required=True),
            _REVISION,
            _FILE,
        ),
        rows=tuple(rows),
        key=("indikator", "tahun", "triwulan", "kolom"),
        refers=("indikator", "indikator"),
    )
