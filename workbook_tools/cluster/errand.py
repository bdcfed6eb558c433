"""Turn what a worker is asked for, and what it answers, into bytes and back.

The function that runs on a worker is here too; the scheduler sees its name and the bytes and
loads nothing else of the program.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_tools.form.issued import IssuedForm
    from workbook_tools.form.parse import Parsing
    from workbook_tools.form.stamp import StampFound
    from workbook_tools.problems.problem import Problem
    from workbook_tools.reader.limits import Limits
    from workbook_tools.validation.schema import Failure


@dataclass(frozen=True, slots=True)
class Errand:
    """What a worker needs to read some files, and no more: no key, no names, no folders.

    `files` are numbers of arrivals with their bytes, `forms` those that they may be returns
    of, `version` is that of the program which asks.
    """

    version: str
    limits: Limits
    forms: tuple[IssuedForm, ...]
    files: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a worker found in one file: its stamp, and how it reads by the form at `form`.

    `problems` are those that reading its bytes found, `failures` those of the schema.
    """

    problems: tuple[Problem, ...]
    stamp: StampFound
    form: int
    parsing: Parsing
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a worker, by its address, could not work at all; no verdict on any file."""

    worker: str
    why: str


Finding = Found | bytes | None
"""What was found in one file; a packed reading where no form fits, None for what is read here."""

Answer = tuple[Finding, ...] | Trouble
"""A finding for each file in the order of the errand."""


def run_errand(errand: bytes) -> bytes:
    """Do an errand on a worker."""
    from distributed import get_worker

    from workbook_tools.cluster.work import work

    return work(errand, worker=get_worker().address)


def packed_errand(errand: Errand) -> bytes:
    """Write an errand."""
    return pickle.dumps(errand, pickle.HIGHEST_PROTOCOL)


def unpacked_errand(data: bytes) -> Errand:
    """Read an errand; whoever may send one may run what he likes on a worker, as Dask has it."""
    errand = pickle.loads(data)  # noqa: S301
    if not isinstance(errand, Errand):
        raise TypeError(type(errand))
    return errand


def packed_answer(answer: Answer, forms: Sequence[IssuedForm]) -> bytes:
    """Write an answer, with a reference for every part of the forms, which the other side has."""
    written = io.BytesIO()
    _Writer(written, _places(forms)).dump(answer)
    return written.getvalue()


def unpacked_answer(data: bytes, forms: Sequence[IssuedForm]) -> Answer:
    """Read an answer; it is trusted as far as its worker is (ADR 0013)."""
    answer: Answer = _Reader(io.BytesIO(data), forms).load()
    return answer


_Where = tuple[int, ...]
"""The number of a form, of an indicator in it, of an input in that, as far as it goes."""


def _places(forms: Sequence[IssuedForm]) -> dict[int, _Where]:
    found: dict[int, _Where] = {}
    for number, form in enumerate(forms):
        found[id(form.content)] = (number,)
        for place, indicator in enumerate(form.content.indicators):
            found[id(indicator)] = (number, place)
            for at, asked in enumerate(indicator.inputs):
                found[id(asked)] = (number, place, at)
    return found


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, places: dict[int, _Where]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._places = places

    def persistent_id(self, obj: object) -> _Where | None:
        return self._places.get(id(obj))


class _Reader(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, forms: Sequence[IssuedForm]) -> None:
        super().__init__(file)
        self._forms = forms

    def persistent_load(self, pid: _Where) -> object:
        number, *rest = pid
        content = self._forms[number].content
        if not rest:
            return content
        indicator = content.indicators[rest[0]]
        return indicator if len(rest) == 1 else indicator.inputs[rest[1]]
