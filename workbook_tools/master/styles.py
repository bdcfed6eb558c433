"""Name every look of the master once: fonts, borders, number formats and colours."""

from __future__ import annotations

from workbook_tools.xlsx import Properties, Sheet

FOLIO = 14
FOLIO_WIDE, FOLIO_HIGH = 13.0, 8.5  # inches, landscape
MARGIN_SIDE, MARGIN_TOP, MARGIN_BOTTOM = 0.4, 0.5, 0.7
INK = "#1F2A37"
MUTED = "#5B6673"
GREY_FILL = "#ECEEF0"
GREY_INK = "#4B5563"
PRINTED_HEAD = "#E3E6EA"
MEASURED_HEAD = "#1F4E5F"
BAND = "#F5F8F9"
NOTICE_FILL = "#FFF4CE"
NOTICE_INK = "#7A4B00"
GOOD = "#1B7837"
BAD = "#B2182B"
LINK = "#1F5FA8"

_Look = dict[str, str | int | float | bool]

DEFAULTS: Properties = {"font_name": "Calibri", "font_size": 10, "font_color": INK}

WHOLE = "#,##0"
DECIMAL = "#,##0.00"
WHEN = "dd/mm/yyyy hh:mm"

_GRID: _Look = {"border": 1, "border_color": "#9AA5B1"}
_CELL: _Look = _GRID | {"valign": "top", "text_wrap": True}
_FIGURE: _Look = _GRID | {"valign": "top", "align": "right", "indent": 1}
_CARD: _Look = {
    "align": "center",
    "valign": "vcenter",
    "bg_color": BAND,
    "top_color": MEASURED_HEAD,
    "bottom_color": "#9AA5B1",
    "left": 1,
    "right": 1,
    "left_color": "#FFFFFF",
    "right_color": "#FFFFFF",
}
_CENTRE: _Look = _CELL | {"align": "center"}

DEEPEST = 7
"""Excel folds seven levels; whatever hangs deeper stays with the seventh."""

INDENT_STEPS = 2
"""Excel's steps of indentation for one step of depth."""

_FILLS = ("#C3D5DC", "#D5E2E7", "#E3E6EA", "#EEF1F3", BAND)


def _fill(depth: int) -> str:
    """Give the fill of a position in a tree: the deeper, the lighter."""
    return _FILLS[min(depth, len(_FILLS) - 1)]


def _indented(depth: int) -> _Look:
    return {"align": "left", "indent": INDENT_STEPS * depth}


_BRANCH: dict[str, _Look] = {
    "_cell": {"bold": False},
    "_small": {"bold": False, "font_size": 9},
    "_centre": {"bold": False, "align": "center"},
    "_percent": {"text_wrap": False, "align": "right", "indent": 1, "num_format": DECIMAL},
}

_LEVELS: dict[str, _Look] = {
    "top": {"bg_color": "#D5E2E7", "font_size": 11},
    "scope": {"bg_color": PRINTED_HEAD},
    "unit": {"bg_color": BAND},
}
"""The headings inside a table: a whole part, a bidang, one position."""

_PARTS: dict[str, _Look] = {
    "name": {"text_wrap": True},
    "link": {"text_wrap": True, "font_color": LINK, "underline": 1},
    "note": {"text_wrap": True, "bold": False, "font_size": 9, "align": "right", "indent": 1},
    "percent": {"align": "right", "indent": 1, "num_format": DECIMAL},
    "grade": {"text_wrap": True},
}

STYLES: dict[str, _Look] = {
    "title": {"bold": True, "font_size": 16, "font_color": MEASURED_HEAD, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "font_color": MUTED, "valign": "vcenter"},
    "section": {
        "bold": True,
        "font_size": 12,
        "font_color": MEASURED_HEAD,
        "bottom": 2,
        "bottom_color": MEASURED_HEAD,
        "valign": "vcenter",
    },
    "body": {"text_wrap": True, "valign": "top"},
    "printed": {"text_wrap": True, "valign": "top"},
    "muted": {"font_color": MUTED, "text_wrap": True, "valign": "top", "font_size": 9},
    "finding": {"bold": True, "text_wrap": True, "valign": "vcenter", "font_size": 11},
    "notice": {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bg_color": NOTICE_FILL,
        "font_color": NOTICE_INK,
        "border": 1,
        "border_color": "#D9A400",
        "font_size": 11,
    },
    "link": {"font_color": LINK, "underline": 1, "valign": "top"},
    "grid_link": _CELL | {"font_color": LINK, "underline": 1},
    "head_printed": _GRID
    | {
        "bold": True,
        "bg_color": PRINTED_HEAD,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "head": _GRID
    | {
        "bold": True,
        "bg_color": MEASURED_HEAD,
        "font_color": "#FFFFFF",
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
    },
    "data_head": {
        "bold": True,
        "bg_color": MEASURED_HEAD,
        "font_color": "#FFFFFF",
        "valign": "vcenter",
    },
    "helper_head": {
        "italic": True,
        "font_size": 8,
        "font_color": MUTED,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "helper": {"font_size": 8, "font_color": MUTED, "valign": "top"},
    "cell": _CELL,
    "centre": _CENTRE,
    "small": _CELL | {"font_size": 9},
    "small_centre": _CENTRE | {"font_size": 9},
    "mid": _GRID | {"valign": "vcenter"},
    "mid_centre": _GRID | {"valign": "vcenter", "align": "center"},
    "mid_link": _GRID | {"valign": "vcenter", "font_color": LINK, "underline": 1},
    "mid_small": _GRID | {"valign": "vcenter", "align": "center", "font_size": 9},
    "fit_link": _GRID
    | {"valign": "vcenter", "font_color": LINK, "underline": 1, "shrink": True, "font_size": 9},
    "nav": {
        "font_color": LINK,
        "underline": 1,
        "valign": "vcenter",
        "align": "center",
        "bg_color": BAND,
        "font_size": 9,
    },
    "card_label": _CARD | {"font_color": MUTED, "font_size": 10, "top": 2},
    "card_figure": _CARD
    | {"bold": True, "font_size": 22, "font_color": MEASURED_HEAD, "num_format": DECIMAL},
    "card_whole": _CARD
    | {"bold": True, "font_size": 22, "font_color": MEASURED_HEAD, "num_format": WHOLE},
    "card_note": _CARD | {"font_size": 9, "bottom": 1},
    "mid_percent": _GRID
    | {"valign": "vcenter", "align": "right", "num_format": DECIMAL, "bold": True, "indent": 1},
    "mid_whole": _GRID | {"valign": "vcenter", "align": "center", "num_format": WHOLE},
    "whole": _FIGURE | {"num_format": WHOLE},
    "decimal": _FIGURE | {"num_format": DECIMAL},
    "typed_whole": _FIGURE | {"num_format": WHOLE, "bg_color": BAND},
    "typed_decimal": _FIGURE | {"num_format": DECIMAL, "bg_color": BAND},
    "percent": _FIGURE | {"num_format": DECIMAL, "bold": True},
    "symbol": _CENTRE | {"font_size": 11},
    "count": _CENTRE | {"num_format": WHOLE},
    "pattern": _CENTRE | {"font_size": 11, "font_color": MEASURED_HEAD},
    "when": _CELL | {"num_format": WHEN, "align": "center"},
    "stat": {
        "bold": True,
        "font_size": 14,
        "align": "right",
        "num_format": DECIMAL,
        "valign": "vcenter",
    },
    "stat_small": {"bold": True, "align": "right", "num_format": DECIMAL, "valign": "top"},
    "stat_note": {"font_color": MUTED, "valign": "top"},
    "stat_mid": {"font_color": MUTED, "valign": "vcenter"},
    "stat_whole": {
        "bold": True,
        "font_size": 14,
        "align": "right",
        "num_format": WHOLE,
        "valign": "vcenter",
    },
    "label": {"bold": True, "valign": "top"},
    "label_cell": _CELL | {"bold": True},
    "label_mid": {"bold": True, "valign": "vcenter", "font_size": 11},
    "muted_line": {"font_color": MUTED, "valign": "top"},
    "line_number": {"valign": "top", "font_color": MUTED, "align": "center"},
    "plain": {"valign": "top"},
    "plain_number": {"valign": "top", "num_format": "#,##0.####"},
    "signature": {"text_wrap": True, "align": "center", "valign": "top"},
    **{f"node_{depth}": _CELL | _indented(depth) for depth in range(DEEPEST + 1)},
    **{
        f"branch_{depth}{part}": _CELL | {"bold": True, "bg_color": _fill(depth)} | own
        for depth in range(DEEPEST + 1)
        for part, own in ({"": _indented(depth) | {"font_color": MEASURED_HEAD}} | _BRANCH).items()
    },
    "grey_cell": _CELL | {"font_color": GREY_INK, "bg_color": GREY_FILL},
    "number_row": _GRID
    | {"bg_color": PRINTED_HEAD, "align": "center", "valign": "vcenter", "font_size": 8},
    "grade": _CELL | {"bold": True},
    **{
        f"{name}_{part}": _GRID | {"valign": "vcenter", "bold": True} | fill | own
        for name, fill in _LEVELS.items()
        for part, own in _PARTS.items()
    },
    "grey": {"font_color": GREY_INK, "bg_color": GREY_FILL},
    "good": {"font_color": GOOD, "bold": True},
    "bad": {"font_color": BAD, "bold": True},
}


def tint(colour: str) -> str:
    """Mix a colour (RRGGBB) with much white, so that dark text on it reads well."""
    return "#" + "".join(f"{255 - (255 - part) * 14 // 100:02X}" for part in bytes.fromhex(colour))


def shade(colour: str) -> str:
    """Mix a colour (RRGGBB) with some black, so that it reads well as text."""
    return "#" + "".join(f"{part * 70 // 100:02X}" for part in bytes.fromhex(colour))


def print_on_folio(sheet: Sheet, *, footer: str, repeat: tuple[int, int] | None) -> None:
    """Set a sheet up for folio landscape, one page wide, with page numbers in the foot."""
    page = sheet.worksheet
    page.set_landscape()
    page.set_paper(FOLIO)
    page.set_margins(left=MARGIN_SIDE, right=MARGIN_SIDE, top=MARGIN_TOP, bottom=MARGIN_BOTTOM)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L&8{footer}&R&8&A · hal. &P dari &N")
    page.hide_gridlines(2)
    if repeat:
        page.repeat_rows(repeat[0] - 1, repeat[1] - 1)
