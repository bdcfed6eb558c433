"""Turn the name and folder of a file into the issued forms that it is likely a return of.

Only a guess: it saves sending every form to every worker. A return of another form is read on
the worker all the same, and recognised where all forms are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook_tools.form.issued import IssuedForm, Shelf
from workbook_tools.pipeline.arrival import Arrival, file_name

RECENT = 4  # how many forms of a unit go with a file whose name says nothing: those of a year
_NAME = re.compile(r"[A-Z]+_(?P<unit>[a-z0-9-]+)_(?P<year>\d{4})-TW(?P<period>\d)")


class Likely:
    """The forms of a shelf, by what the name of a file says and by unit."""

    def __init__(self, shelf: Shelf) -> None:
        """Learn which forms there are; each is read when it is likely."""
        self.shelf = shelf
        self._of_unit: dict[str, list[tuple[str, int, int]]] = {}
        for form in sorted(shelf.forms):
            self._of_unit.setdefault(form[0], []).append(form)

    def forms(self, arrivals: Sequence[Arrival]) -> tuple[IssuedForm, ...]:
        """Give the forms to send with some files, each once."""
        found = (form for arrival in arrivals for form in self._forms(arrival))
        return tuple({(f.content.unit, f.digest, f.issue): f for f in found}.values())

    def _forms(self, arrival: Arrival) -> Sequence[IssuedForm]:
        name = _NAME.search(file_name(arrival))
        if name is not None:
            form = (name["unit"], int(name["year"]), int(name["period"]))
            if form in self.shelf.forms:
                return self.shelf.forms[form]
        recent = self._of_unit.get(arrival.folder or "", [])[-RECENT:]
        return [self.shelf.forms[form][-1] for form in recent]
