"""Turn a returned file's bytes into a `RawWorkbook`, bounded and without trust."""

from __future__ import annotations

from workbook_tools.problems.problem import Problem, Severity
from workbook_tools.reader.kind import ZIP_ARCHIVE, foreign_kind, is_blank, is_ole, is_zip
from workbook_tools.reader.limits import (
    Limits,
    ReadingRefused,
    damaged,
    grouped,
    not_a_workbook,
    saved_elsewhere,
    too_large,
)
from workbook_tools.reader.ooxml import read_ooxml
from workbook_tools.reader.opc import (
    CONTENT_TYPES,
    Opc,
    active_problems,
    entity_problems,
    open_opc,
    properties,
)
from workbook_tools.reader.opendocument import opendocument_problems, read_opendocument
from workbook_tools.reader.package import Package, open_package
from workbook_tools.reader.raw import RawSheet, RawWorkbook
from workbook_tools.reader.reading import Reading

__all__ = ["Limits", "Reading", "read_workbook"]

_DEFAULT = Limits()
_SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
_OTHER_DOCUMENTS = (
    ("wordprocessingml", "dokumen Word"),
    ("ms-word", "dokumen Word"),
    ("presentationml", "presentasi PowerPoint"),
    ("ms-powerpoint", "presentasi PowerPoint"),
    ("visio", "gambar Visio"),
)
_OTHER_MAIN_PARTS = (
    ("word/document.xml", "dokumen Word"),
    ("ppt/presentation.xml", "presentasi PowerPoint"),
)
_EXCEL = ("Microsoft Excel", "Microsoft Macintosh Excel", "Microsoft Excel Online")


def read_workbook(data: bytes, *, limits: Limits = _DEFAULT) -> Reading:
    """Read a return's bytes here; every problem that can be known is given, no exception.

    A stranger's file is read by `reader.worker.Reader` instead, which calls this in a process
    of its own.

    Codes: B01 not a workbook (fact `kind`), B02 encrypted, B05 too large (`limit`,
    `value`), B06 macros or links (`what`), B07 damaged (`what`), B08 saved by another
    program (`program`), which alone leaves the workbook in place.
    """
    try:
        workbook, problems = _read(data, limits)
    except ReadingRefused as refusal:
        return Reading(None, tuple(dict.fromkeys(refusal.problems)))
    except (MemoryError, RecursionError):
        return Reading(None, (too_large("memori untuk membaca", grouped(limits.memory)),))
    if workbook is not None and sum(len(s.cells) for s in workbook.sheets) > limits.filled:
        problems = (*problems, too_large("jumlah sel berisi", grouped(limits.filled)))
    if workbook is None or any(problem.severity is Severity.ERROR for problem in problems):
        return Reading(None, tuple(dict.fromkeys(problems)))
    return Reading(workbook, (*problems, *_other_program(workbook)))


def _read(data: bytes, limits: Limits) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    if len(data) > limits.file_size:
        raise ReadingRefused(too_large("ukuran berkas (byte)", grouped(limits.file_size)))
    if not data:
        raise ReadingRefused(not_a_workbook("berkas kosong (0 byte)"))
    if is_blank(data):
        raise ReadingRefused(damaged("seluruh isi berkas (hanya berisi nol)"))
    if is_ole(data):
        return _read_xls(data, limits), ()
    if not is_zip(data):
        raise ReadingRefused(not_a_workbook(foreign_kind(data)))
    return _read_zip(data, limits)


def _read_zip(data: bytes, limits: Limits) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    package = open_package(data, limits)
    mimetype = package.part("mimetype").strip() if "mimetype" in package else b""
    if mimetype.startswith(_OPENDOCUMENT.encode()):
        return _read_opendocument(package, mimetype.decode("ascii", "replace"), limits)
    if CONTENT_TYPES not in package and "xl/workbook.xml" not in package:
        kind = "berkas Apple Numbers" if "Index/Document.iwa" in package else ZIP_ARCHIVE
        raise ReadingRefused(not_a_workbook(kind))
    problems = entity_problems(package)
    if problems:
        raise ReadingRefused(*problems)
    for part, name in _OTHER_MAIN_PARTS:  # told apart even where its package is incomplete
        if part in package and "xl/workbook.xml" not in package:
            raise ReadingRefused(not_a_workbook(name))
    opc = open_opc(package)
    kind = opc.type_of(opc.main())
    for mark, name in _OTHER_DOCUMENTS:
        if mark in kind:
            raise ReadingRefused(not_a_workbook(name))
    problems = active_problems(opc)
    try:
        workbook, more = (
            _read_xlsb(data, opc, limits) if "binary" in kind else read_ooxml(opc, limits)
        )
    except ReadingRefused as refusal:
        raise ReadingRefused(*problems, *refusal.problems) from None
    return workbook, (*problems, *more)


def _read_xls(data: bytes, limits: Limits) -> RawWorkbook:
    from workbook_tools.reader.foreign import read_xls  # native code, seldom needed

    return read_xls(data, limits)


def _read_xlsb(
    data: bytes, opc: Opc, limits: Limits
) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    from workbook_tools.reader.foreign import read_xlsb  # native code, seldom needed

    sheets: tuple[RawSheet, ...] = read_xlsb(data, limits)
    custom, program = properties(opc)
    return RawWorkbook(sheets, {}, custom, program, "xlsb"), ()


def _read_opendocument(
    package: Package, mimetype: str, limits: Limits
) -> tuple[RawWorkbook | None, tuple[Problem, ...]]:
    if not mimetype.startswith(_SPREADSHEET):
        raise ReadingRefused(not_a_workbook("dokumen LibreOffice yang bukan lembar kerja"))
    problems = (*entity_problems(package), *opendocument_problems(package))
    if any(problem.code != "B06" for problem in problems):
        raise ReadingRefused(*problems)
    try:
        return read_opendocument(package, limits), problems
    except ReadingRefused as refusal:
        raise ReadingRefused(*problems, *refusal.problems) from None


def _other_program(workbook: RawWorkbook) -> tuple[Problem, ...]:
    program = workbook.program.partition("$")[0].replace("/", " ").strip()
    if workbook.format != "xlsx":
        return (saved_elsewhere(f"{program or 'program lain'} (.{workbook.format})"),)
    if program in _EXCEL:
        return ()
    return (saved_elsewhere(program or "program yang tidak menyebut namanya"),)
