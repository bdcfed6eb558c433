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
_NAMED = re.compile(r"[A-Z]+_([a-z0-9-]+)_(\d{4})-TW(\d)")

_Key = tuple[str, int, int]


class Likely:
    """The forms of a shelf, of which only those that are asked for are taken down."""

    def __init__(self, shelf: Shelf) -> None:
        """Go once through what there is."""
        self.shelf = shelf
        self._of_unit: dict[str, list[_Key]] = {}
        for key in sorted(shelf.forms):
            self._of_unit.setdefault(key[0], []).append(key)

    def forms(self, arrivals: Sequence[Arrival]) -> tuple[IssuedForm, ...]:
        """Give the forms to send with some files, each once, with all their issues."""
        keys = dict.fromkeys(key for arrival in arrivals for key in self._keys(arrival))
        return tuple(form for key in keys for form in self.shelf.forms[key])

    def _keys(self, arrival: Arrival) -> Sequence[_Key]:
        if (named := _NAMED.search(file_name(arrival))) is not None:
            key = (named[1], int(named[2]), int(named[3]))
            if key in self.shelf.forms:
                return (key,)
        return self._of_unit.get(arrival.folder or "", [])[-RECENT:]
