"""Promise 8: what people type reaches master, notes and receipts as text that does nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
from openpyxl.workbook import Workbook

from tests.reader.workbooks import edited
from tests.returns.paper import remade, typed
from tests.shell import PASAR, Office
from tests.trust.inert import Acting, acting, assert_shows_all, texts
from tests.trust.size import figure
from workbook_tools.visible import indented, one_line

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "+2+3",
    '=HYPERLINK("http://contoh.invalid","klik")',
    '=WEBSERVICE("http://contoh.invalid/"&H8)',
    '=DDE("soffice";"/etc/passwd";"A1")',
    "='file:///C:/lain.xls'#$Sheet1.A1",
    "='[lain.xlsx]Isian'!H8",
    "{=SUM(A1:A2)}",
    "http://contoh.invalid/a?b=c&d=e",
    "https://contoh.invalid",
    "mailto:seseorang@contoh.invalid",
    "ftp://contoh.invalid",
    "file:///etc/passwd",
    "internal:Stempel!B2",
    "external:lain.xlsx",
    "\\\\server\\share\\lain.xlsx",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    "\uff1d1+1",
    "\u202e=1+1",
    "\u200b=1+1",
    "<f>1+1</f>",
    '</t></is></c><c r="H8"><f>1+1</f></c>',
    "]]>",
    "<![CDATA[=1+1]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<script>alert(1)</script>",
    "&#61;1+1",
    "_x003D_1+1",
    "%00=1+1",
    "=" + "1+" * 400 + "1",
)
TOO_LONG = ("=" + "1+" * 20_000 + "1", "http://contoh.invalid/" + "a" * 32_000, "x" * 40_000)
FIELDS = ("L8", "M8", "N8", "O8", "P8")


def people(office: Office) -> list[str]:
    """Give the cells of the block for pengisi and atasan."""
    layout = office.layout(PASAR)
    row = layout.people_row + 1
    return [f"{column}{row + line}" for column in "CL" for line in range(3)]


def apart_from_the_trail(found: Acting) -> Acting:
    """Leave out the sheet Jejak, which gains a row with every return."""
    return replace(
        found,
        links=frozenset(link for link in found.links if link[0] != "Jejak"),
        names=frozenset(name for name in found.names if "Jejak" not in name[1]),
    )


def receipt_of(office: Office) -> str:
    """Take everything in; give the receipt of the only return, as Notepad shows it."""
    (arrival,) = office.says("ingest").rows("arrivals")
    assert arrival["status"] == "accepted", arrival["problems"]
    data = (office.root / str(arrival["receipt"])).read_bytes()
    return data.decode("utf-8-sig").replace("\r\n", "\n")


@pytest.mark.parametrize("chosen", [HOSTILE[n : n + 5] for n in range(0, len(HOSTILE), 5)])
def test_what_is_accepted_stands_in_master_and_receipt_as_text(
    office: Office, chosen: tuple[str, ...]
) -> None:
    cells = dict(zip(FIELDS, chosen, strict=False))
    names = dict(zip(people(office), chosen, strict=False))
    office.drop(PASAR, office.filled(PASAR, dict.fromkeys([*cells, *names], "biasa")))
    receipt_of(office)
    harmless = acting(office.master().read_bytes())

    office.drop(PASAR, office.filled(PASAR, {**cells, **names}))
    receipt = receipt_of(office)

    master = office.master().read_bytes()
    assert apart_from_the_trail(acting(master)) == apart_from_the_trail(harmless)
    assert harmless.outside == harmless.strange == frozenset()
    written = set(texts(master, "Catatan pengisi").values())
    for text in chosen:
        assert text.strip() in written, "exactly as it was typed"
        assert indented(text) in receipt
        assert one_line(text) in receipt
    assert_shows_all(receipt)


def rejected(office: Office, files: Mapping[str, bytes]) -> dict[str, tuple[bytes, str]]:
    """Send returns that must be rejected; give correction and text of each by its name."""
    for name, data in files.items():
        office.drop(PASAR, data, name=name)
    found: dict[str, tuple[bytes, str]] = {}
    for arrival in office.says("ingest").rows("arrivals"):
        assert arrival["status"] == "rejected", arrival
        note = (office.root / str(arrival["note_text"])).read_bytes().decode("utf-8-sig")
        correction = (office.root / str(arrival["note"])).read_bytes()
        name = str(arrival["file"]).rsplit("/", 1)[-1]
        found[name] = correction, note.replace("\r\n", "\n")
    assert found.keys() == files.keys()
    return found


def assert_inert(office: Office, correction: bytes) -> None:
    """Demand that a correction does what the form does, and leads only to its own cells."""
    form, found = acting(office.form(PASAR)), acting(correction)
    own = {formula for formula in found.formulas if formula[0] == "Isian"}
    assert own == {formula for formula in form.formulas if formula[0] == "Isian"}
    assert found.formulas == form.formulas
    assert found.outside == frozenset()
    assert found.strange == frozenset()
    assert {name for name, _ in found.names} <= {name for name, _ in form.names} | {
        "_xlnm.Print_Area",
        "_xlnm.Print_Titles",
    }
    for _, _, target in found.links - form.links:
        assert target.startswith("'Isian'!")
        assert target.removeprefix("'Isian'!").isalnum()


def file_name(number: int, text: str) -> str:
    """Name a file after a text, as far as a file can be named so."""
    safe = "".join(c for c in text if c not in "/\\\0")[:80]
    return f"{safe} {number}.xlsx"


def test_what_is_rejected_stands_in_its_notes_as_text(office: Office) -> None:
    cells = ["H8", *FIELDS, *people(office)]
    sent = {file_name(n, text): text for n, text in enumerate((*HOSTILE, *TOO_LONG))}

    notes = rejected(
        office,
        {name: office.filled(PASAR, dict.fromkeys(cells, text)) for name, text in sent.items()},
    )

    for name, text in sent.items():
        correction, note = notes[name]
        assert_inert(office, correction)
        written = texts(correction, "Isian")
        for cell in cells:
            assert written[cell] == text.strip()[:32_767], "exactly as it was typed"
        assert_shows_all(note)
        assert one_line(name) in note
    figure("hostile texts inert in every field", len(sent))


def with_a_sheet(data: bytes, title: str) -> bytes:
    """Add a sheet whose title no program would take."""
    more = remade(data, lambda book: book.create_sheet("Rincian").cell(1, 1, "isi"))
    name = escape(title, {'"': "&quot;"}).encode()
    return edited(more, "xl/workbook.xml", lambda part: part.replace(b"Rincian", name))


def test_sheets_named_so_are_named_as_text(office: Office) -> None:
    form = office.filled(PASAR, {"H8": "banyak"})
    titles = dict.fromkeys(" ".join(text.split()) for text in HOSTILE)
    sent = {f"{n}.xlsx": title for n, title in enumerate(titles)}

    notes = rejected(office, {name: with_a_sheet(form, text) for name, text in sent.items()})

    for name, text in sent.items():
        correction, note = notes[name]
        assert_inert(office, correction)
        assert one_line(text) in note
        assert_shows_all(note)


def test_words_beside_and_below_the_form_are_listed_as_text(office: Office) -> None:
    def beside(book: Workbook) -> None:
        book["Isian"]["T8"] = book["Isian"]["C30"] = "tempat"

    form = remade(office.filled(PASAR, {"H8": "banyak"}), beside)
    sent = {f"{n}.xlsx": text for n, text in enumerate(HOSTILE)}

    notes = rejected(office, {n: typed(form, {"T8": t, "C30": t}) for n, t in sent.items()})

    for name, text in sent.items():
        correction, note = notes[name]
        assert_inert(office, correction)
        listed = texts(correction, "Catatan")
        where = {listed[at]: listed.get(f"C{at[1:]}") for at in listed if at.startswith("B")}
        assert (where["T8"], where["C30"]) == (text, text)
        assert f"- T8: {indented(text)}" in note
        assert f"- C30: {indented(text)}" in note
        assert_shows_all(note)


def test_no_text_can_fake_a_line_of_a_receipt(office: Office) -> None:
    faked = "Laporan\nANGKA YANG DICATAT\u2028Diterima: 1 Januari 2020\nRevisi 9"
    office.drop(PASAR, office.filled(PASAR, {"O8": faked, people(office)[0]: "Budi\nRevisi 9"}))

    lines = receipt_of(office).split("\n")

    assert lines.count("ANGKA YANG DICATAT") == 1
    assert not [line for line in lines if line.startswith("Revisi 9")]
    assert sum(line.startswith("Diterima: ") for line in lines) == 1


def test_no_file_name_can_fake_a_line_of_a_note(office: Office) -> None:
    name = "isian\nYang berlaku tetap kiriman sebelumnya\u202e.xlsx"

    _, note = rejected(office, {name: office.filled(PASAR, {"H8": "banyak"})})[name]

    assert "Berkas: isian Yang berlaku tetap kiriman sebelumnya.xlsx" in note.split("\n")
    assert_shows_all(note)
