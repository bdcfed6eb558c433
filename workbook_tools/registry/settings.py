"""Turn the key and value rows of Dinas and Pengaturan into `Agency` and `Rules`, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workbook_tools.registry.errors import Defect
from workbook_tools.registry.model import Agency, Band, Rules
from workbook_tools.registry.sheets import DINAS, PENGATURAN
from workbook_tools.registry.tables import RowReader, Tables, Value

PERIOD = re.compile(r"\d{4}-TW[1-4]")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of Pengaturan: its key, the field of `Rules` it sets, its meaning, its words."""

    key: str
    field: str
    about: str
    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


SETTINGS = (
    Setting(
        "lantai_capaian",
        "floor",
        "Capaian terendah yang ditampilkan, dalam persen. Kosong = tanpa lantai.",
    ),
    Setting(
        "batas_capaian_tampil",
        "cap_report",
        "Capaian tertinggi yang ditampilkan, dalam persen. Kosong = tanpa batas.",
    ),
    Setting(
        "batas_capaian_rata_rata",
        "cap_average",
        "Capaian tertinggi yang ikut dirata-ratakan, dalam persen. Kosong = tanpa batas.",
    ),
    Setting(
        "rumus_minimize",
        "min_variant",
        "Rumus indikator minimize. standard = (2T-R)/T; t_per_r = T/R, cara lama.",
        ("standard", "t_per_r"),
    ),
    Setting(
        "kebijakan_predikat",
        "predikat_policy",
        "Batas predikat. lower = mulai dari batas bawah (>= 91); upper = di atas batas atas "
        "predikat sebelumnya (> 90).",
        ("lower", "upper"),
    ),
    Setting(
        "penjelasan_wajib_mulai_tw",
        "explain_from",
        "Mulai triwulan ini capaian di bawah target ditolak bila faktor penghambat dan tindak "
        "lanjut kosong (1-4).",
        low=1,
        high=4,
    ),
    Setting(
        "tenggat_unit",
        "due_day_unit",
        "Tanggal terakhir unit mengirim, setelah triwulan berakhir (1-28).",
        low=1,
        high=28,
    ),
    Setting(
        "tenggat_rekap",
        "due_day_office",
        "Tanggal terakhir rekap dinas, setelah triwulan berakhir (1-28).",
        low=1,
        high=28,
    ),
    Setting("zona_waktu", "timezone", "Zona waktu kantor, misalnya Asia/Jakarta."),
    Setting(
        "batas_panjang_teks",
        "text_limit",
        "Banyaknya huruf paling banyak untuk satu isian teks (1-32767).",
        low=1,
        high=32767,
    ),
    Setting(
        "periode_ditutup",
        "closed_periods",
        "Periode yang tidak menerima kiriman lagi, dipisah koma, misalnya 2019-TW4, 2020-TW1.",
    ),
)
"""Every setting, in the order of the sheet Pengaturan."""

_BY_KEY = {setting.key: setting for setting in SETTINGS}

AGENCY_KEYS = (
    ("id", "Pengenal dinas, huruf kecil dan tanda hubung."),
    ("nama", "Nama dinas seperti tercetak."),
    ("daerah", "Kabupaten atau kota seperti tercetak."),
    ("alamat", "Alamat seperti tercetak."),
    ("judul_dokumen", "Judul dokumen seperti tercetak."),
    ("tahun_dokumen", "Tahun dokumen."),
    ("tahun_renstra", "Tahun-tahun Renstra, dipisah koma."),
)
"""The keys of the sheet Dinas and what each means."""


def read_agency(tables: Tables, defects: list[Defect]) -> Agency:
    """Give the agency of the sheet Dinas."""
    found = {
        reader.word("kunci"): reader
        for reader in (tables.reader(DINAS.name, row, defects) for row in tables.rows[DINAS.name])
    }
    for key, _ in AGENCY_KEYS:
        if key not in found:
            defects.append(
                Defect(DINAS.name, "", f"Baris '{key}' tidak ada. Tambahkan baris itu kembali.")
            )
    year, years = found.get("tahun_dokumen"), found.get("tahun_renstra")
    return Agency(
        id=_value(found.get("id")).strip(),
        name=_value(found.get("nama")),
        region=_value(found.get("daerah")),
        address=_value(found.get("alamat")),
        document_title=_value(found.get("judul_dokumen")),
        document_year=year.whole("nilai", "Tahun dokumen", low=1900, high=2200) if year else 0,
        renstra_years=_years(years) if years else (),
    )


def _value(reader: RowReader | None) -> str:
    return reader.text("nilai") if reader else ""


def _years(reader: RowReader) -> tuple[int, ...]:
    parts = [part.strip() for part in reader.text("nilai").split(",")]
    if all(re.fullmatch(r"\d{4}", part) for part in parts):
        years = tuple(int(part) for part in parts)
        if years == tuple(sorted(set(years))):
            return years
    reader.refuse("nilai", "Tulis tahun Renstra urut, dipisah koma, misalnya 2018, 2019, 2020.")
    return ()


def read_rules(tables: Tables, scale: tuple[Band, ...], defects: list[Defect]) -> Rules:
    """Give the settings of the sheet Pengaturan; what has no row keeps its default."""
    default = Rules(scale=scale)
    seen: dict[str, RowReader] = {}
    for row in tables.rows[PENGATURAN.name]:
        reader = tables.reader(PENGATURAN.name, row, defects)
        key = reader.word("kunci")
        if key not in _BY_KEY:
            near = get_close_matches(key, _BY_KEY, n=1)
            hint = f" Mungkin maksudnya '{near[0]}'." if near else ""
            reader.refuse("kunci", f"Pengaturan '{key}' tidak dikenal; betulkan atau hapus.{hint}")
        elif key in seen:
            reader.refuse("kunci", f"Pengaturan '{key}' tertulis dua kali. Hapus salah satu.")
        else:
            seen[key] = reader

    def number(field: str, current: Decimal | None) -> Decimal | None:
        reader = seen.get(_key_of(field))
        return reader.number("nilai") if reader else current

    def word(field: str, current: str) -> str:
        reader = seen.get(_key_of(field))
        return reader.one_of("nilai", _BY_KEY[_key_of(field)].words) if reader else current

    def whole(field: str, current: int) -> int:
        setting = _BY_KEY[_key_of(field)]
        reader = seen.get(setting.key)
        if reader is None:
            return current
        return reader.whole("nilai", setting.key, low=setting.low, high=setting.high)

    return Rules(
        floor=number("floor", default.floor),
        cap_report=number("cap_report", default.cap_report),
        cap_average=number("cap_average", default.cap_average),
        min_variant=word("min_variant", default.min_variant),
        predikat_policy=word("predikat_policy", default.predikat_policy),
        scale=scale,
        explain_from=whole("explain_from", default.explain_from),
        due_day_unit=whole("due_day_unit", default.due_day_unit),
        due_day_office=whole("due_day_office", default.due_day_office),
        timezone=_timezone(seen["zona_waktu"]) if "zona_waktu" in seen else default.timezone,
        text_limit=whole("text_limit", default.text_limit),
        closed_periods=(
            _periods(seen["periode_ditutup"])
            if "periode_ditutup" in seen
            else default.closed_periods
        ),
    )


def _key_of(field: str) -> str:
    return next(setting.key for setting in SETTINGS if setting.field == field)


def _timezone(reader: RowReader) -> str:
    name = reader.word("nilai")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reader.refuse(
            "nilai", f"Zona waktu '{name}' tidak dikenal. Contoh yang benar: Asia/Jakarta."
        )
    return name


def _periods(reader: RowReader) -> tuple[str, ...]:
    periods = tuple(part.strip() for part in reader.word("nilai").split(",") if part.strip())
    wrong = [period for period in periods if not PERIOD.fullmatch(period)]
    if wrong:
        reader.refuse("nilai", f"'{wrong[0]}' bukan periode. Tulis seperti 2019-TW4.")
    return periods


def agency_values(agency: Agency) -> tuple[tuple[str, Value, str], ...]:
    """Give the rows of the sheet Dinas: key, value, meaning."""
    values: dict[str, Value] = {
        "id": agency.id,
        "nama": agency.name,
        "daerah": agency.region,
        "alamat": agency.address,
        "judul_dokumen": agency.document_title,
        "tahun_dokumen": Decimal(agency.document_year),
        "tahun_renstra": ", ".join(map(str, agency.renstra_years)),
    }
    return tuple((key, values[key], about) for key, about in AGENCY_KEYS)


def rule_values(rules: Rules) -> tuple[tuple[str, Value, str], ...]:
    """Give the rows of the sheet Pengaturan: key, value, meaning."""
    return tuple((s.key, _shown(getattr(rules, s.field)), s.about) for s in SETTINGS)


def _shown(value: Decimal | int | str | tuple[str, ...] | None) -> Value:
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, tuple):
        return ", ".join(value) or None
    return value
