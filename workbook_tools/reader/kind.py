"""Turn the first bytes of a file into what it really is, whatever its name says."""

from __future__ import annotations

import re

_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar"),
    (b"\xff\xd8\xff", "gambar"),
    (b"GIF8", "gambar"),
    (b"BM", "gambar"),
    (b"II*\0", "gambar"),
    (b"MM\0*", "gambar"),
    (b"{\\rtf", "dokumen RTF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"BZh", "arsip bzip2"),
    (b"\xfd7zXZ", "arsip xz"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
    (b"SQLite format 3", "basis data SQLite"),
)
_AT_OFFSET = (
    (4, b"ftypheic", "gambar"),
    (4, b"ftypmif1", "gambar"),
    (8, b"WEBP", "gambar"),
    (4, b"ftyp", "video"),
    (4, b"Standard Jet DB", "basis data Access"),
    (4, b"Standard ACE DB", "basis data Access"),
)
OLD_EXCEL = "berkas Excel lama (.xls)"
ZIP_ARCHIVE = "arsip ZIP"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKS = (b"PK\3\4", _OLE)
"""How the files begin that hold workbooks."""
_BIFF = re.compile(rb"\x09[\0\2\4\x08][\4-\x10]\0")
_OWNER_FILE = 165
_OWNER_NAME = 54
_MARKUP = (
    (
        re.compile(r"<!doctype html|<html\b|<table\b|<head\b|<body\b", re.IGNORECASE),
        "halaman web (HTML)",
    ),
    (re.compile(r"urn:schemas-microsoft-com:office:spreadsheet"), "berkas Excel 2003 (XML)"),
    (re.compile(r"opendocument:xmlns:office"), "berkas OpenDocument datar (.fods)"),
    (re.compile(r"<svg\b"), "gambar"),
    (re.compile(r"^\s*<\?xml|^\s*<[a-zA-Z]"), "berkas XML"),
    (re.compile(r"^MIME-Version:", re.IGNORECASE | re.MULTILINE), "halaman web (MHTML)"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SEPARATORS = ",;\t|"
_LOOK = 65_536


def is_zip(data: bytes) -> bool:
    """Tell whether a file begins as a zip archive."""
    return data.startswith((b"PK\3\4", b"PK\5\6"))


def is_ole(data: bytes) -> bool:
    """Tell whether a file is an OLE container: an old Office file or an encrypted new one."""
    return data.startswith(_OLE)


def is_blank(data: bytes) -> bool:
    """Tell whether a file holds nothing but zero bytes, as a broken copy leaves it."""
    return not data.strip(b"\0")


def foreign_kind(data: bytes) -> str:
    """Name what a file is that is neither zip nor OLE, in Indonesian words."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    for offset, magic, kind in _AT_OFFSET:
        if data.startswith(magic, offset):
            return kind
    if _BIFF.match(data):
        return OLD_EXCEL
    if len(data) == _OWNER_FILE and 0 < data[0] <= _OWNER_NAME:
        return "berkas kunci sementara Excel (~$)"
    return _text_kind(data[:_LOOK])


def _text_kind(data: bytes) -> str:
    text = _decoded(data)
    if text is None or _CONTROL.search(text):
        return "berkas yang tidak dikenal"
    for pattern, kind in _MARKUP:
        if pattern.search(text):
            return kind
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in _SEPARATORS:
        counts = {line.count(separator) for line in lines[:20]}
        if counts and 0 not in counts and len(counts) <= 2:  # noqa: PLR2004 (a comma in a text)
            return "teks CSV"
    return "teks biasa"


def _decoded(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) // 2 * 2].decode("utf-16", "replace").lstrip("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:
            return data[: error.start].decode("utf-8-sig")
    return data.decode("cp1252", "replace")
