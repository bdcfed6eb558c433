"""Turn an errand into its answer, on a worker: read, recognise the form, parse, run the schema.

Nothing is decided here. Whether a stamp is ours and what a return is taken for is found out
where the key and the ledger are; a file that a worker cannot read is read there again.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbook_tools import __version__
from workbook_tools.cluster.errand import (
    Answer,
    Errand,
    Finding,
    Found,
    Trouble,
    packed_answer,
    unpacked_errand,
)
from workbook_tools.errors import OperatorError
from workbook_tools.form.issued import IssuedForm
from workbook_tools.form.parse import ParsedForm, parse
from workbook_tools.form.stamp import StampFound, find_stamp
from workbook_tools.reader.limits import Limits
from workbook_tools.reader.reading import Reading
from workbook_tools.reader.wire import packed
from workbook_tools.reader.worker import Reader
from workbook_tools.validation.schema import Failure, check_forms

Read = Callable[[bytes], Reading]
log = logging.getLogger(__name__)


def work(data: bytes, *, worker: str) -> bytes:
    """Do an errand with a reading process of this thread; trouble is answered too."""
    errand = unpacked_errand(data)
    return packed_answer(_answer(errand, worker), errand.forms)


def _answer(errand: Errand, worker: str) -> Answer:
    if errand.version != __version__:
        return Trouble(worker, f"memakai workbook-tools {__version__}")
    try:
        return findings(errand, read=_reader(errand.limits).read)
    except OSError as error:
        return Trouble(worker, error.strerror or str(error))
    except OperatorError as error:
        return Trouble(worker, str(error))


def findings(errand: Errand, *, read: Read) -> tuple[Finding, ...]:
    """Say what is found in each file; OperatorError or OSError for trouble of the machine."""
    found = {number: _found(data, errand.forms, read) for number, data in errand.files}
    forms = {
        number: one.parsing.form
        for number, one in found.items()
        if isinstance(one, Found) and one.parsing.form is not None
    }
    failures = _failures(forms)
    return tuple(_with(one, failures.get(number, ())) for number, one in found.items())


def _with(one: Finding, failures: tuple[Failure, ...] | None) -> Finding:
    if failures is None:
        return None
    return replace(one, failures=failures) if isinstance(one, Found) else one


def _found(data: bytes, forms: Sequence[IssuedForm], read: Read) -> Finding:
    try:
        reading = read(data)
        if reading.workbook is None:
            return None
        stamp = find_stamp(reading.workbook)
        number = None if stamp is None else _fitting(stamp, forms)
        if stamp is None or number is None:
            return packed(reading)
        parsing = parse(reading.workbook, forms[number].content)
        return Found(reading.problems, stamp, number, parsing)
    except (OperatorError, OSError):
        raise
    except Exception:
        log.info("gangguan saat membaca sebuah kiriman", exc_info=True)
        return None


def _fitting(found: StampFound, forms: Sequence[IssuedForm]) -> int | None:
    """Give the number of the form whose stamp a workbook carries without contradiction."""
    if not found.agrees or found.stamp is None:
        return None
    stamp = found.stamp
    told = (stamp.unit, stamp.year, stamp.period, stamp.issue, stamp.digest)
    for number, form in enumerate(forms):
        content = form.content
        if told == (content.unit, content.year, content.period, form.issue, form.digest):
            return number
    return None


def _failures(forms: Mapping[int, ParsedForm]) -> Mapping[int, tuple[Failure, ...] | None]:
    """Run the schema over all forms at once; None for one that it cannot be run over."""
    try:
        return check_forms(forms)
    except Exception:
        log.info("gangguan saat memeriksa %d kiriman", len(forms), exc_info=True)
        if len(forms) == 1:
            return dict.fromkeys(forms)
        return {n: f for number in forms for n, f in _failures({number: forms[number]}).items()}


class _Own(threading.local):
    """The reading processes of each thread: one serves one asker after another."""

    def __init__(self) -> None:
        self.readers: dict[Limits, Reader] = {}


_own = _Own()


def _reader(limits: Limits) -> Reader:
    if limits not in _own.readers:
        reader = _own.readers[limits] = Reader(limits)
        atexit.register(reader.close)
    return _own.readers[limits]
