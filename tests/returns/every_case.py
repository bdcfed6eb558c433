"""Gather every way in which a filled form can be wrong or doubtful."""

from __future__ import annotations

from tests.returns.cases_form import FORM_CASES
from tests.returns.cases_indicator import INDICATOR_CASES
from tests.returns.cases_input import INPUT_CASES

CASES = (*INPUT_CASES, *INDICATOR_CASES, *FORM_CASES)
REJECTED = tuple(case for case in CASES if case.cure is not None)
