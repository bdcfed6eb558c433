"""Every sentence to the user about a return, by what it speaks of."""

from __future__ import annotations

from workbook_tools.problems.entry import Entry
from workbook_tools.problems.sentences.arrivals import ARRIVALS
from workbook_tools.problems.sentences.figures import FIGURES
from workbook_tools.problems.sentences.forms import FORMS

CATALOGUE: dict[str, Entry] = {**ARRIVALS, **FORMS, **FIGURES}
"""Code -> entry. A code that was ever sent keeps its meaning (style.md rule 7)."""
