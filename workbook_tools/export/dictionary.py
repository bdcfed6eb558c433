"""Turn tables and their files into a data dictionary: a Frictionless Tabular Data Package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workbook_tools.export.encode import FORMATS
from workbook_tools.export.tables import Column, Table

NAME = "datapackage.json"
TABULAR = {"csv", "json"}
"""The formats that a *tabular* resource of the specification may have."""

_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
    "caseSensitiveHeader": True,
}

_HOW: Mapping[str, str] = {
    "csv": (
        "CSV menurut RFC 4180: koma sebagai pemisah, titik desimal, UTF-8 tanpa BOM; angka "
        "tertulis dengan semua digitnya. Untuk dibaca sistem lain; di Excel berbahasa Indonesia "
        "pakai Data > Dari Teks/CSV, atau buka buku kerja induk. Supaya tidak ada tulisan yang "
        "menjadi rumus di Excel, satu apostrof (') disisipkan di depan =, +, -, @ (biasa maupun "
        "lebar penuh) dan di depan apostrof, bila tanda itu mengawali teks atau berdiri sesudah "
        "titik koma, tab, atau ganti baris (spasi dan tanda petik di antaranya dilewati). Buang "
        "satu apostrof pada tempat-tempat itu untuk memperoleh teks asli."
    ),
    "json": (
        "Larik JSON berisi satu objek per baris; tulisan apa adanya. Angka ditulis dengan semua "
        "digitnya; pembaca yang memakai pecahan biner membulatkannya ke sekitar 16 digit."
    ),
    "parquet": (
        "Parquet; tulisan apa adanya. Angka disimpan sebagai pecahan biner 64 bit (sekitar 16 "
        "digit); digit yang lengkap ada dalam bentuk csv dan json."
    ),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A table and the file that it became."""

    table: Table
    path: str
    data: bytes


def make_dictionary(
    files: Sequence[Written],
    *,
    year: int,
    form: str,
    agency: str,
    as_of: datetime | None,
    notice: str,
    version: str,
) -> bytes:
    """Describe the files of one export; no clock is asked: `created` is when the data end."""
    told = [
        f"Data IKU/IKI {agency} tahun {year}, disusun workbook-tools {version}.",
        notice,
        "Sel kosong berarti tidak ada data, bukan nol. Capaian IKI bukan penilaian SKP.",
        _HOW[form],
    ]
    package: dict[str, object] = {
        "profile": "tabular-data-package" if form in TABULAR else "data-package",
        "name": f"iku-iki-{year}",
        "title": f"IKU/IKI {agency} {year}",
        "description": " ".join(part for part in told if part),
    }
    if as_of is not None:
        package["created"] = as_of.isoformat()
    package["resources"] = [_resource(file, form) for file in files]
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(file: Written, form: str) -> dict[str, object]:
    resource: dict[str, object] = {
        "profile": "tabular-data-resource" if form in TABULAR else "data-resource",
        "name": file.table.name,
        "path": file.path,
        "title": file.table.title,
        "format": form,
        "mediatype": FORMATS[form][1],
        "schema": _schema(file.table),
    }
    if form in TABULAR:
        resource["encoding"] = "utf-8"
    if form == "csv":
        resource["dialect"] = _DIALECT
        # frictionless 5.21 counts the bytes of nothing else, and finds the others invalid.
        resource["bytes"] = len(file.data)
        resource["hash"] = f"sha256:{hashlib.sha256(file.data).hexdigest()}"
    return resource


def _schema(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers is not None:
        column, other = table.refers
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": column}}
        ]
    return schema


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind,
        "description": column.description,
    }
    constraints: dict[str, object] = {}
    if column.required:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    return field
