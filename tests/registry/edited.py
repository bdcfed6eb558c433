"""Give the register's workbook as somebody left it after editing it in Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache

from openpyxl import Workbook, load_workbook

from workbook_tools.registry.errors import Defect, RegistryError
from workbook_tools.registry.source import load_source
from workbook_tools.registry.workbook import read_registry, write_registry

Edit = Callable[[Workbook], None]


@cache
def original() -> bytes:
    """Give the workbook as the tool writes it."""
    return write_registry(load_source())


def edited(edit: Edit) -> bytes:
    """Give the workbook after an edit."""
    workbook = load_workbook(io.BytesIO(original()))
    edit(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def typed(cells: Mapping[str, str | int | None]) -> bytes:
    """Give the workbook after typing into cells, named such as `Target!D2`."""

    def edit(workbook: Workbook) -> None:
        for place, value in cells.items():
            sheet, address = place.split("!")
            workbook[sheet][address] = value

    return edited(edit)


def defects(data: bytes) -> tuple[Defect, ...]:
    """Give what makes a register unusable, nothing where it is usable."""
    try:
        read_registry(data)
    except RegistryError as error:
        return error.findings
    return ()


def places(data: bytes) -> list[str]:
    """Give where the defects are, such as `Target!D2`."""
    return [f"{defect.sheet}!{defect.cell}" for defect in defects(data)]
