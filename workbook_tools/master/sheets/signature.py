"""Turn the register's heads into the block in which they sign: names are left blank."""

from __future__ import annotations

from workbook_tools import fit
from workbook_tools.master.cascade import head_of
from workbook_tools.master.report import Report
from workbook_tools.xlsx import Area, Sheet

_LEAST_POINTS = 136.0
_WIDTH = 44.0
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
    needed = fit.height([(block, _WIDTH) for block in blocks])
    sheet.height(left[0], max(_LEAST_POINTS, needed))


def _block(place: str, verb: str, label: str) -> str:
    return "\n".join((place, verb, f"{label},", "", "", "", "", _LINE, f"NIP. {'.' * 36}"))
