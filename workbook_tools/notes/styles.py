"""Own the looks of the sheet Catatan."""

from __future__ import annotations

from workbook_tools.form.styles import NAVY
from workbook_tools.xlsx import Properties

_CELL: Properties = {"text_wrap": True, "border": 1, "border_color": "#BFBFBF"}

STYLES: dict[str, Properties] = {
    "note_title": {"bold": True, "font_size": 16, "font_color": "#9C0006"},
    "note_unit": {"bold": True, "font_size": 12},
    "note_plain": {"font_size": 11},
    "note_how": {"font_size": 11, "text_wrap": True, "bold": True, "font_color": f"#{NAVY}"},
    "note_header": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": f"#{NAVY}",
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "note_number": {**_CELL, "align": "center"},
    "note_cell": _CELL,
    "note_link": {**_CELL, "font_color": "#0563C1", "underline": 1, "bold": True},
    "note_error": {**_CELL, "bg_color": "#FDE2E2"},
    "note_warning": {**_CELL, "bg_color": "#FFF6DD"},
}
