"""Turn the settings file of a workspace into its technical settings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from workbook_tools.errors import BadSettings
from workbook_tools.reader.limits import Limits

_SETTINGS_TEXT = """\
# Pengaturan ruang kerja workbook_tools. Baris yang diawali # hanya penjelasan.
# Aturan pengukuran (batas, predikat, jatuh tempo, ...) ada di templates/registri.xlsx,
# lembar Pengaturan.

# Tempat catatan program (ledger, arsip, kunci). Bila ruang kerja ada di drive bersama,
# isi dengan folder di komputer ini, misalnya "C:/workbook_tools/dinas-koperasi".
state = ".state"

# Kosong: ledger adalah berkas di folder catatan. Ledger di server PostgreSQL (extra postgres):
# "postgresql+psycopg://pengguna:sandi@server:5432/basisdata". Sesudah diganti: rebuild.
ledger_url = ""

# Kosong: arsip adalah folder di folder catatan. Arsip di penyimpanan objek (extra object-store):
# "s3://kunci:sandi@ember/folder?endpoint_url=https://server". Sebelum diganti: salin dahulu isi
# folder arsip (arsip di folder catatan) ke sana.
archive_url = ""

# Berapa detik sekali folder inbox dilihat oleh pemantau (watch).
scan_seconds = 2.0

# Berapa detik sebuah berkas harus tidak berubah sebelum dibaca.
settle_seconds = 2.0

# Berapa detik berkas Excel yang belum lengkap ditunggu sebelum dinyatakan rusak, dan
# sesudah berapa lama berkas yang tidak juga dapat diambil ditunjukkan oleh status.
patience_seconds = 60.0

# Berapa jam berkas kosong (0 byte) ditunggu sebelum ditolak.
overdue_hours = 24.0

# true: pemberitahuan dari sistem ikut membangunkan pemantau. false: hanya melihat berkala.
events = true

# Bila jabatan dalam registri lebih banyak dari ini, induk dibagi: satu buku kerja untuk setiap
# bidang atau perangkat daerah, dan satu yang menautkan semuanya dan memuat lembar Data.
master_positions = 120

# Keterangan yang dicetak jelas di induk, misalnya bahwa angkanya rekaan.
notice = ""

# Batas ukuran kiriman; bawaannya lapang untuk formulir dan sempit untuk berkas jahat.
# Hapus # di depan nama bila perlu diubah.
[limits]
{limits}
"""


def settings_text() -> str:
    """Give a new settings file, with every limit and its default in it."""
    defaults = (f"# {name} = {value}" for name, value in asdict(Limits()).items())
    return _SETTINGS_TEXT.format(limits="\n".join(defaults))


class Settings(BaseModel):
    """The technical settings of a workspace; times are seconds, but for `overdue_hours`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    state: str = Field(default=".state", min_length=1)
    ledger_url: SecretStr = SecretStr("")
    archive_url: SecretStr = SecretStr("")
    scan_seconds: float = Field(default=2.0, gt=0, le=3600)
    settle_seconds: float = Field(default=2.0, ge=0, le=600)
    patience_seconds: float = Field(default=60.0, ge=0, le=86400)
    overdue_hours: float = Field(default=24.0, ge=0, le=8760)
    events: bool = True
    master_positions: int = Field(default=120, ge=10, le=2000)
    notice: str = ""
    limits: Limits = Limits()

    @field_validator("limits", mode="before")
    @classmethod
    def _known_limits(cls, given: object) -> object:
        """Take the limits named, the defaults for the others; each is a number above 0."""
        if not isinstance(given, dict):
            return given
        defaults = asdict(Limits())
        for name, value in given.items():
            kinds = (int, float) if isinstance(defaults.get(name), float) else (int,)
            is_number = isinstance(value, kinds) and not isinstance(value, bool)
            if name not in defaults or not is_number or value <= 0:
                raise ValueError(name)
        return Limits(**{**defaults, **given})


def read_settings(path: Path) -> Settings:
    """Read the settings file; BadSettings names the entry and what is wrong with it."""
    try:
        return Settings.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path} tidak dapat dibaca sebagai TOML: {error}.") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{path} harus disimpan sebagai teks UTF-8.") from error
    except OSError as error:
        raise BadSettings(f"{path} tidak dapat dibaca: {error.strerror}.") from error
    except ValidationError as error:
        wrong = "; ".join(_fault(e) for e in error.errors())
        raise BadSettings(f"Pengaturan di {path} tidak sah: {wrong}.") from error


def _fault(error: Mapping[str, object]) -> str:
    """Say of an entry of the file what is wrong with it, from an error of pydantic."""
    name = _entry(error)
    if name in Settings.model_fields:
        return f"{name} harus {_allowed(name)}"
    if name.removeprefix("limits.") in asdict(Limits()):
        return f"{name} harus bilangan di atas 0"
    known = ", ".join((*Settings.model_fields, *(f"limits.{n}" for n in asdict(Limits()))))
    return f"{name} tidak dikenal. Yang dikenal: {known}"


def _allowed(name: str) -> str:
    """Say what a setting may be."""
    field = Settings.model_fields[name]
    if name == "limits":
        return "bagian [limits]"
    if field.annotation is bool:
        return "true atau false"
    if field.annotation not in {int, float}:
        return f'teks di antara tanda kutip, misalnya {name} = "..."'
    number = "bilangan bulat" if field.annotation is int else "bilangan"
    bounds = {type(bound).__name__: bound for bound in field.metadata}
    words = [
        f"{word} {value:g}"
        for kind, word in (("Gt", "di atas"), ("Ge", "paling kecil"), ("Le", "paling besar"))
        if (value := getattr(bounds.get(kind), kind.lower(), None)) is not None
    ]
    return f"{number} {' dan '.join(words)}"


def _entry(error: Mapping[str, object]) -> str:
    """Name the entry of the file that an error of pydantic is about."""
    place, context = error.get("loc"), error.get("ctx")
    name = ".".join(map(str, place)) if isinstance(place, tuple) else ""
    if name == "limits" and isinstance(context, Mapping) and "error" in context:
        return f"limits.{context['error']}"
    return name
