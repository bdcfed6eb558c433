"""Own the looks of the form: every colour, border and number format in one place."""

from __future__ import annotations

from workbook_tools.registry.model import Kind
from workbook_tools.xlsx import Properties

NAVY = "1F3864"
INK = "262626"
RULE = "BFBFBF"
YELLOW = "FFF2CC"
GREEN = "E2EFDA"
ORANGE = "FBE0CC"
RED = "FFC7CE"
AMBER = "FFE699"
GREY = "F2F2F2"

_BORDER: Properties = {"border": 1, "border_color": f"#{RULE}"}
_TEXT: Properties = {"text_wrap": True, "font_color": f"#{INK}", **_BORDER}

STYLES: dict[str, Properties] = {
    "title": {"bold": True, "font_size": 14, "font_color": f"#{NAVY}"},
    "unit": {"bold": True, "font_size": 12},
    "agency": {"font_color": "#595959"},
    "how": {"bold": True, "font_color": "#7F6000"},
    "progress": {"bold": True, "font_color": f"#{NAVY}"},
    "header": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": f"#{NAVY}",
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        **_BORDER,
    },
    "header_input": {
        "bold": True,
        "font_size": 11,
        "bg_color": "#FFD966",
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        **_BORDER,
    },
    "label": _TEXT,
    "centre": {**_TEXT, "align": "center"},
    "number": {**_TEXT, "align": "right"},
    "state": {**_TEXT, "italic": True, "font_color": "#595959"},
    "closed": {"bg_color": f"#{GREY}", **_BORDER},
    "input": {"bg_color": f"#{YELLOW}", "locked": False, "align": "right", "bold": True, **_BORDER},
    "text": {"bg_color": f"#{YELLOW}", "locked": False, "text_wrap": True, **_BORDER},
    "key": {"font_color": "#808080", "font_size": 8},
    "people_title": {"bold": True, "font_color": f"#{NAVY}"},
    "people_label": {"align": "right", "font_color": "#595959"},
    "signature": {**_BORDER},
    "people": {
        "bg_color": f"#{YELLOW}",
        "locked": False,
        "text_wrap": True,
        "num_format": "@",
        **_BORDER,
    },
}

for _name in ("input", "text"):
    for _look, (_fill, _line) in {"wrong": (RED, "C00000"), "doubtful": (AMBER, "BF9000")}.items():
        STYLES[f"{_name}_{_look}"] = {
            **STYLES[_name],
            "bg_color": f"#{_fill}",
            "border": 2,
            "border_color": f"#{_line}",
        }

FILLED_LOOK: Properties = {"bg_color": f"#{GREEN}"}
WRONG_LOOK: Properties = {"bg_color": f"#{ORANGE}"}


def number_format(kind: Kind) -> str:
    """Give the number format of a locked figure; the locale of the machine draws separators."""
    # The sign stands in quotes: a bare % would show 26 as 2600%.
    return {Kind.COUNT: "#,##0", Kind.PERCENT: '#,##0.00"%"', Kind.MONEY: "#,##0.00"}[kind]


INPUT_FORMAT = "#,##0.##"
"""The format of yellow cells (domain.md section 6): never percent, never a date."""
