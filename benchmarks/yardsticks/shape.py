"""Tell where the table of a form stands, as the writer of a script would have counted."""

from __future__ import annotations

from workbook_tools.form.layout import HEADER_ROW, ISIAN

SHEET = ISIAN
HEAD = HEADER_ROW - 1
"""pandas counts the rows from 0."""
