"""Turn a returned file's bytes into a `RawWorkbook`, bounded and without trust."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools.form.foreign import read_foreign
from workbook_tools.form.kind import ZIP_ARCHIVE, foreign_kind, is_blank, is_ole, is_zip
from workbook_tools.form.limits import (
    Limits,
    RefusalError,
    damaged,
    grouped,
    not_a_workbook,
    saved_elsewhere,
    too_large,
)
from workbook_tools.form.opc import CONTENT_TYPES, active_problems, entity_problems, open_opc
from workbook_tools.form.opendocument import MIMETYPE, check_opendocument
from workbook_tools.form.ooxml import read_ooxml
from workbook_tools.form.package import Package, open_package
from workbook_tools.form.raw import RawWorkbook
from workbook_tools.validation.problems import Problem, Severity

__all__ = ["Limits", "Reading", "read_workbook"]

_DEFAULT = Limits()
