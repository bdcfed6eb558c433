"""One arrival on its way: what came, how it is judged, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from workbook_tools.archive import Event
from workbook_tools.form.content import FormContent
from workbook_tools.form.parse import ParsedForm
from workbook_tools.indicators.period import period_code
from workbook_tools.ledger import ArrivalFacts, Verdict
from workbook_tools.outbox import form_name, safe_stem
from workbook_tools.problems.catalogue import describe
from workbook_tools.problems.problem import Problem
from workbook_tools.reader.reading import Reading
from workbook_tools.validation.judge import Judgement

NOWHERE_UNIT = "tanpa-unit"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that came: archived under its hash and numbered; `data` None if oversized.

    `reading` is what became of reading it, None where it has not been read yet.
    """

    number: int
    sha256: str
    file: str
    folder: str | None
    at: datetime
    data: bytes | None
    path: Path | None  # to be taken away when filed; None where it is left
    reading: Reading | None = None

    def light(self) -> Arrival:
        """Give the same arrival without what was read of it."""
        return replace(self, data=None, reading=None)


def arrival_event(facts: ArrivalFacts) -> Event:
    """Give the journal's event of an arrival."""
    return {
        "event": "arrived",
        "id": facts.number,
        "sha256": facts.sha256,
        "file": facts.file,
        "folder": facts.folder,
        "at": facts.at.isoformat(),
        "taken": int(facts.taken),
    }


def arrival_facts(event: Event) -> ArrivalFacts | None:
    """Read an arrival's event; None for another event."""
    if event.get("event") != "arrived":
        return None
    folder = event.get("folder")
    return ArrivalFacts(
        int(event["id"] or 0),
        str(event["sha256"]),
        str(event["file"]),
        None if folder is None else str(folder),
        datetime.fromisoformat(str(event["at"])),
        taken=bool(event.get("taken")),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, as `ingest` reports it."""

    file: str
    sha256: str | None
    unit: str | None
    year: int | None
    period: int | None
    revision: int | None
    status: str
    problems: tuple[Problem, ...]
    note: str | None = None
    note_text: str | None = None
    receipt: str | None = None
    number: int | None = None
    is_refused: bool = False

    def document(self) -> dict[str, object]:
        """Give the JSON of one arrival (design.md, Contract)."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "unit": self.unit,
            "year": self.year,
            "period": None if self.period is None else period_code(self.period),
            "revision": self.revision,
            "status": self.status,
            "problems": [problem_document(p) for p in self.problems],
            "note": self.note,
            "note_text": self.note_text,
            "receipt": self.receipt,
            "number": self.number,
        }


def problem_document(found: Problem) -> dict[str, object]:
    """Give the JSON of one problem."""
    return {
        "code": found.code,
        "severity": str(found.severity),
        "sheet": found.place.sheet,
        "cell": found.place.cell,
        "indicator": found.place.indicator,
        "found": found.found,
        "expected": found.expected,
        "message": describe(found).text,
    }


def file_name(arrival: Arrival) -> str:
    """Give the file's own name, as its sender knows it."""
    return bare_name(arrival.file)


def bare_name(file: str) -> str:
    """Give the last part of where a file lay."""
    return file.replace("\\", "/").rsplit("/", 1)[-1]


def content_of(judgement: Judgement) -> FormContent | None:
    """Give the content of the form that a return was read by."""
    return None if judgement.issued is None else judgement.issued.content


def sender(arrival: Arrival, judgement: Judgement, *, units: tuple[str, ...]) -> str:
    """Give whose outbox the note goes to: where the sender looks, else whose form it is."""
    if arrival.folder in units and arrival.folder is not None:
        return arrival.folder
    content = content_of(judgement)
    return NOWHERE_UNIT if content is None else content.unit


@dataclass(frozen=True, slots=True)
class NotePaths:
    """Where the notes of an arrival lie; derived from it, so that writing again is harmless."""

    correction: Path
    text: Path
    receipt: Path
    repeat: Path


def note_paths(
    outbox: Path, arrival: Arrival, judgement: Judgement, *, unit: str, revision: int | None
) -> NotePaths:
    """Give the paths of correction, text note, receipt, and the note on an older file again."""
    content = content_of(judgement)
    stem = (
        safe_stem(arrival.file)
        if content is None
        else form_name(content.jenis, content.unit, year=content.year, period=content.period)
    )
    rejected = outbox / unit / "ditolak"
    accepted = outbox / unit / "tanda-terima"
    return NotePaths(
        rejected / f"PERBAIKAN_{stem}_{arrival.number:04d}.xlsx",
        rejected / f"CATATAN_{stem}_{arrival.number:04d}.txt",
        accepted / f"TANDA-TERIMA_{stem}_r{revision or 0}.txt",
        accepted / f"SUDAH-PERNAH-MASUK_{stem}_{arrival.number:04d}.txt",
    )


def values_of(form: ParsedForm) -> Mapping[tuple[str, str], Decimal | None]:
    """Give the values to record: numbers, and None where the person said "no data"."""
    return {
        (typed.indicator.id, typed.input.key): typed.value
        for typed in form.inputs
        if typed.value is not None or typed.no_data
    }


def texts_of(form: ParsedForm) -> Mapping[tuple[str, str], str]:
    """Give the texts to record; the block of people stands under the indicator ""."""
    texts = {(text.indicator, text.field): text.text for text in form.texts}
    return texts | {("", field): text for field, text in form.people}


def verdict(outcome: Outcome, judgement: Judgement, *, state: str = "judged") -> Verdict:
    """Give what the ledger records."""
    accepted = outcome.status == "accepted" and judgement.form is not None
    form = judgement.form
    return Verdict(
        status=outcome.status,
        unit=outcome.unit,
        year=outcome.year,
        period=outcome.period,
        issue=None if judgement.issued is None else judgement.issued.issue,
        revision=outcome.revision,
        report=outcome.document(),
        values=values_of(form) if accepted and form is not None else {},
        texts=texts_of(form) if accepted and form is not None else {},
        state=state,
    )
