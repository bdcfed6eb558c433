"""Turn a workspace's settings into its archive: a folder, or a place that fsspec reaches."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from workbook_tools.archive.archive import Archive
from workbook_tools.archive.bucket import Bucket, FileSystem
from workbook_tools.archive.folder import JOURNAL, FileJournal, FolderStore
from workbook_tools.archive.objects import ObjectStore, SegmentJournal
from workbook_tools.errors import BadSettings
from workbook_tools.extras import how_to_add, how_to_install

DRIVERS = {
    "s3": "s3fs",
    "gs": "gcsfs",
    "az": "adlfs",
    "file": "",  # a folder; with `memory`, which ends with its process, what the tests use
    "memory": "",
}
"""Kinds of places whose objects are there whole or not at all, and what reaches them."""
_PLAIN = re.compile(r"[\w./ -]*")  # a secret cut wrongly at its own @, / or : must not pass


def folder_archive(root: Path) -> Archive:
    """Give the archive in a folder."""
    return Archive(FolderStore(root), FileJournal(root / JOURNAL))


def open_archive(url: str, folder: Path) -> Archive:
    """Give the archive at an address, that in a folder where there is none.

    BadSettings where it is no address that can be used. It is never shown: it may hold
    secrets, also where it is written wrongly.
    """
    if not url:
        return folder_archive(folder)
    bucket = _bucket(_parts(url))
    return Archive(ObjectStore(bucket, folder.parent), SegmentJournal(bucket))


def _parts(url: str) -> SplitResult:
    """Take an address apart; BadSettings where it is none, or may be cut wrongly."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadSettings(_malformed("tidak dapat dibaca")) from None
    if parts.scheme not in DRIVERS:
        raise BadSettings(_malformed("memakai jenis tempat lain"))
    told = (parts.netloc.rpartition("@")[2], "" if parts.scheme == "file" else parts.path)
    is_cut = parts.fragment or not all(map(_PLAIN.fullmatch, told))
    is_odd = ("@" in parts.netloc and parts.scheme != "s3") or (
        bool(parts.netloc) is (parts.scheme == "file")  # a folder has no host, a bucket is one
    )
    if is_cut or is_odd or not f"{told[0]}{parts.path}".strip("/"):
        raise BadSettings(_malformed("tidak lengkap, atau kuncinya berisi tanda khusus"))
    return parts


def _bucket(parts: SplitResult) -> Bucket:
    """Open a place; nothing is asked of it yet."""
    try:
        import fsspec
    except ImportError as error:
        raise BadSettings(how_to_install("object-store", missing="fsspec")) from error
    bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{unquote(parts.path)}".rstrip("/")
    try:
        kind = fsspec.get_filesystem_class(parts.scheme)
    except ImportError:
        raise BadSettings(how_to_add(DRIVERS[parts.scheme])) from None
    try:
        system = kind(**_options(parts))
        root = str(kind._strip_protocol(bare))  # noqa: SLF001 - how fsspec itself names a path
    except Exception:  # noqa: BLE001 - the drivers' own; what they say may hold a secret
        raise BadSettings(_malformed("memuat pilihan yang tidak dikenal")) from None
    place = root if parts.scheme == "file" else bare
    return Bucket(cast("FileSystem", system), root, place, is_folder=parts.scheme == "file")


def _options(parts: SplitResult) -> dict[str, object]:
    """Give what a driver is opened with; what it lists it must not remember, others write too."""
    options: dict[str, object] = {"use_listings_cache": False, "skip_instance_cache": True}
    options |= dict(parse_qsl(parts.query))
    user, _, secret = parts.netloc.rpartition("@")[0].partition(":")
    return options | ({"key": unquote(user), "secret": unquote(secret)} if user else {})


def _malformed(what: str) -> str:
    return (
        f"“archive_url” di workbook_tools.toml {what}. Tulis seperti s3://ember/folder, "
        "s3://kunci:sandi@ember/folder?endpoint_url=https://server, gs://ember/folder, "
        "az://wadah/folder atau file:///folder, tanda @, /, : dan % dalam kunci dan sandi sebagai "
        "%40, %2F, %3A dan %25; atau kosongkan untuk arsip di folder catatan."
    )
