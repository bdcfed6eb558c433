"""Turn the register's heads into the block in which they sign: names are left blank."""

from __future__ import annotations

from workbook_tools import fit
from workbook_tools.master.cascade import head_of
from workbook_tools.master.report import Report
from workbook_tools.registry.model import Position
from workbook_tools.xlsx import Area, Sheet

_LEAST_POINTS = 136.0
SIGNATURE_WIDTH = 44.0
"""Characters that the areas of both blocks are wide, at least."""

_LINE = "." * 44
_PLACE = f"{'.' * 24}, {'.' * 32}"


def write_signatures(sheet: Sheet, report: Report, *, left: Area, right: Area) -> None:
    """Write who drew up and who acknowledges, in one row that no page break can part.

    Both areas lie in one row and are at least 44 characters wide.
    """
    registry = report.registry
    secretary, head = (head_of(registry, level) for level in ("sekretaris", "kepala_dinas"))
    known = _block(_PLACE, "Mengetahui,", head.label if head else f"Kepala {registry.agency.name}")
    blocks = [known]
    if secretary is not None:
        blocks.append(_block("", "Diperiksa oleh,", secretary.label))
        sheet.merge(left, blocks[-1], style="signature")
    sheet.merge(right, known, style="signature")
    needed = fit.height([(block, SIGNATURE_WIDTH) for block in blocks])
    sheet.height(left[0], max(_LEAST_POINTS, needed))


def write_own_signatures(
    sheet: Sheet, report: Report, position: Position, *, left: Area, right: Area
) -> None:
    """Write who holds a position and who stands above, as `write_signatures` does."""
    superior = report.registry.position(position.superior or "")
    own = _block(_PLACE, "", position.label)
    blocks = [own]
    if superior is not None and superior.jenis != "IKU":
        blocks.append(_block("", "Mengetahui,", superior.label))
        sheet.merge(left, blocks[-1], style="signature")
    sheet.merge(right, own, style="signature")
    sheet.height(
        left[0], max(_LEAST_POINTS, fit.height([(block, SIGNATURE_WIDTH) for block in blocks]))
    )


def _block(place: str, verb: str, label: str) -> str:
    return "\n".join((place, verb, f"{label},", "", "", "", "", _LINE, f"NIP. {'.' * 36}"))
