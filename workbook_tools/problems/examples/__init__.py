"""What the manual tells of every code, by what it speaks of."""

from __future__ import annotations

from workbook_tools.problems.examples.deliveries import DELIVERIES
from workbook_tools.problems.examples.example import Explanation
from workbook_tools.problems.examples.files import FILES
from workbook_tools.problems.examples.forms import FORMS
from workbook_tools.problems.examples.identity import IDENTITY
from workbook_tools.problems.examples.indicators import INDICATORS
from workbook_tools.problems.examples.inputs import INPUTS

EXPLANATIONS: dict[str, Explanation] = {
    **FILES,
    **IDENTITY,
    **FORMS,
    **INPUTS,
    **INDICATORS,
    **DELIVERIES,
}
"""Code -> explanation, for every code of the catalogue."""
