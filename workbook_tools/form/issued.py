"""A form that went out: its content and number, and the shelf on which issued forms stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_tools.form.content import FormContent


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """One issued form: its snapshot, number among the issues of that form, and digest."""

    content: FormContent
    issue: int
    digest: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every issued form by (unit, year, triwulan), oldest issue first."""

    forms: Mapping[tuple[str, int, int], tuple[IssuedForm, ...]]

    def find(self, unit: str, year: int, *, period: int, issue: int) -> IssuedForm | None:
        """Give one issue of a form."""
        issues = self.forms.get((unit, year, period), ())
        return next((form for form in issues if form.issue == issue), None)

    def latest(self, unit: str, year: int, *, period: int) -> IssuedForm | None:
        """Give the newest issue of a form."""
        issues = self.forms.get((unit, year, period), ())
        return issues[-1] if issues else None
