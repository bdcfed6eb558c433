"""Play half a year of one office on fixed days, and give what the program wrote in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.returns.desk import PEOPLE, Desk, Form
from tests.returns.paper import Value, typed
from workbook_tools.address import a1
from workbook_tools.demo.figures import invent, invent_texts
from workbook_tools.form.layout import FormLayout
from workbook_tools.pipeline.arrival import Outcome
from workbook_tools.pipeline.consolidate import consolidate, consolidate_stale
from workbook_tools.pipeline.export import write_export
from workbook_tools.pipeline.issue import issue_forms
from workbook_tools.pipeline.report import write_report
from workbook_tools.registry.source import load_source
from workbook_tools.workspace import make_workspace

REGISTER = Path(__file__).parents[2] / "templates" / "registri.xlsx"
KEY = "20" * 32
YEAR = 2020
SEED = 2020
HTML = b"<html><body>bukan buku kerja</body></html>"
IKU, PRICES, SECTION = "iku-dinas", "kabid-perdagangan", "kasi-pemberdayaan-koperasi"
LATE, SILENT, UNREADABLE = "kasi-bina-produksi", "kasi-sarpras-pasar", "kasubbag-keuangan"
OPEN = "kabid-koperasi-ukm"
ISSUED = {1: date(2020, 3, 31), 2: date(2020, 6, 30)}
SENT = {1: date(2020, 4, 3), 2: date(2020, 7, 3)}
MENDED, OVERDUE, LAST = date(2020, 4, 6), date(2020, 4, 9), date(2020, 7, 7)
SECOND_HALF = 12
"""So many units have sent triwulan II when the story ends."""

WRONG: Mapping[str, Value] = {
    "H8": "8 dari 36",
    "H9": "6 Kop",
    "L8": "=belum ada tenaga",
}
"""What the section types: no one number, another unit than is asked, and a seeming formula."""


@dataclass(frozen=True, slots=True)
class Played:
    """What the office holds at the end.

    `works` are the bytes of what the program wrote, by the names of their copies; `senders`
    says for the SHA-256 of each return whose it was.
    """

    works: Mapping[str, bytes]
    senders: Mapping[str, str]


IKU_FIGURES: Mapping[tuple[str, str], Decimal] = {
    ("iku-dinas/01", "a"): Decimal(20),
    ("iku-dinas/02", "a"): Decimal(110),
    ("iku-dinas/02", "b"): Decimal(100),
    ("iku-dinas/03", "a"): Decimal("640.75"),
    ("iku-dinas/04", "a"): Decimal("330.5"),
}
"""The IKU are asked for at the year's end only; here they come early, so that they are seen."""


class _Office:
    """The office at its desk; it remembers what was sent."""

    def __init__(self, root: Path) -> None:
        registry = load_source()
        (root / ".state").mkdir(parents=True)
        (root / ".state" / "kunci").write_text(KEY, "ascii")
        workspace = make_workspace(root, registry, register=REGISTER.read_bytes())
        self.desk = Desk(workspace, registry)
        self.senders: dict[str, str] = {}

    def issue(self, period: int) -> dict[str, Form]:
        """Issue every unit's form of a triwulan."""
        with self.desk.session(ISSUED[period]) as session:
            sent = issue_forms(session, year=YEAR, period=period, units=())
        forms = (Form(out.layout, out.path.read_bytes()) for out in sent)
        return {form.unit: form for form in forms}

    def drop(self, unit: str, data: bytes, *, what: str) -> None:
        """Put a return into the unit's folder, and remember its hash."""
        self.senders[hashlib.sha256(data).hexdigest()] = f"{unit} {what}"
        self.desk.drop(unit, data, name=f"{unit} {what}.xlsx")

    def take_in(self, day: date) -> dict[str, Outcome]:
        """Judge what lies in the inbox, and write what follows from it."""
        outcomes = {Path(o.file).parent.name: o for o in self.desk.take_in(day)}
        with self.desk.session(day) as session:
            consolidate_stale(session)
        return outcomes


def _answers(layout: FormLayout) -> dict[str, Value]:
    """Give what a unit types; the demo invents the figures."""
    cells: dict[str, Value] = {
        layout.input_cell(*asked): Decimal(str(figure))
        for asked, figure in invent(layout.content, seed=SEED).items()
    }
    if layout.content.unit == IKU:
        cells |= {layout.input_cell(*asked): figure for asked, figure in IKU_FIGURES.items()}
    for asked, text in invent_texts(layout.content, seed=SEED).items():
        cells[layout.text_cell(*asked)] = text
    for field, text in PEOPLE.items():
        cells[a1(*layout.people_cell(field))] = text
    return cells


def _filled(form: Form, changes: Mapping[str, Value] | None = None) -> bytes:
    return typed(form.data, {**_answers(form.layout), **(changes or {})})


def play(root: Path) -> Played:
    """Play the story in an empty folder.

    Triwulan I: one return is rejected and mended, one is no workbook, one late, one never
    comes. Triwulan II: half of the units have sent, one of them wrongly.
    """
    office = _Office(root)
    first = office.issue(1)
    for unit, form in first.items():
        if unit not in {SECTION, LATE, SILENT, UNREADABLE}:
            office.drop(unit, _filled(form), what="TW1")
    office.drop(SECTION, _filled(first[SECTION], WRONG), what="TW1 keliru")
    office.drop(UNREADABLE, HTML, what="TW1 bukan buku kerja")
    rejected = office.take_in(SENT[1])
    correction = office.desk.read(rejected[SECTION].note)
    office.drop(SECTION, typed(correction, _answers(first[SECTION].layout)), what="TW1 diperbaiki")
    mended = office.take_in(MENDED)
    office.drop(LATE, _filled(first[LATE]), what="TW1 terlambat")
    office.take_in(OVERDUE)

    second = office.issue(2)
    for unit, form in list(second.items())[:SECOND_HALF]:
        office.drop(unit, _filled(form, {"H8": "abc"} if unit == OPEN else None), what="TW2")
    office.take_in(SENT[2])
    return Played(_works(office, first, rejected, mended), office.senders)


def _works(
    office: _Office,
    forms: Mapping[str, Form],
    rejected: Mapping[str, Outcome],
    mended: Mapping[str, Outcome],
) -> dict[str, bytes]:
    desk = office.desk
    with desk.session(LAST) as session:
        (master,) = consolidate(session, (YEAR,))
        report = write_report(session, YEAR)
        exports = [write_export(session, YEAR, form=form, folder=None) for form in ("csv", "json")]
    works = {
        "formulir-iku.xlsx": forms[IKU].data,
        "formulir-harga.xlsx": forms[PRICES].data,
        "formulir-seksi.xlsx": forms[SECTION].data,
        "perbaikan.xlsx": desk.read(rejected[SECTION].note),
        "catatan.txt": desk.read(rejected[SECTION].note_text),
        "catatan-bukan-buku-kerja.txt": desk.read(rejected[UNREADABLE].note_text),
        "tanda-terima.txt": desk.read(mended[SECTION].receipt),
        "induk.xlsx": master.path.read_bytes(),
        "papan.html": (desk.workspace.outbox / "papan" / "index.html").read_bytes(),
        "laporan.docx": report.path.read_bytes(),
    }
    for export in exports:
        for path in (*(path for _, path, _ in export.files), export.dictionary):
            works[f"ekspor-{export.form}/{path.name}"] = path.read_bytes()
    return works
