"""Turn the name and folder of a file into the issued forms that it is likely a return of.

Only a guess: it saves sending every form to every worker. A return of another form is read on
the worker all the same, and recognised where all forms are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.outbox import form_name
from workbook_tools.pipeline.arrival import Arrival, file_name

RECENT = 4  # how many forms of a unit go with a file whose name says nothing: those of a year
_STEM = re.compile(r"[A-Z]+_[a-z0-9-]+_\d{4}-TW\d")


class Likely:
    """The forms of a shelf, by the name that they went out under and by unit."""

    def __init__(self, shelf: Shelf) -> None:
        """Go through the shelf once."""
        self.shelf = shelf
        self._named: dict[str, tuple[IssuedForm, ...]] = {}
        self._of_unit: dict[str, list[IssuedForm]] = {}
        for (unit, year, period), issues in sorted(shelf.forms.items()):
            jenis = issues[-1].content.jenis
            self._named[form_name(jenis, unit, year=year, period=period)] = issues
            self._of_unit.setdefault(unit, []).append(issues[-1])

    def forms(self, arrivals: Sequence[Arrival]) -> tuple[IssuedForm, ...]:
        """Give the forms to send with some files, each once."""
        found = (form for arrival in arrivals for form in self._forms(arrival))
        return tuple({(f.content.unit, f.digest, f.issue): f for f in found}.values())

    def _forms(self, arrival: Arrival) -> Sequence[IssuedForm]:
        stem = _STEM.search(file_name(arrival))
        named = None if stem is None else self._named.get(stem[0])
        return named or self._of_unit.get(arrival.folder or "", [])[-RECENT:]
