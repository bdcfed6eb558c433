"""Make the Word template of LKjIP Bab III anew: its paragraphs, its tables, the tags in them.

`python -m workbook_tools.report.template FILE ...` writes it. The office restyles its own
copy in Word; the tags between braces must stay as they are.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from workbook_tools.report import template_styles as looks
from workbook_tools.report.package import settled

_MADE = datetime(2020, 1, 1)  # noqa: DTZ001 - a property without a zone; any fixed day will do
_FOLIO = Mm(215.9), Mm(330.2)
_LEFT, _RIGHT = 28, 22.9

Column = tuple[str, str, float]
"""Head, tag and width in millimetres of one column."""

_OVERVIEW: Sequence[Column] = (
    ("Unit", "{{ one.unit }}", 82),
    ("Rata-rata capaian (%)", "{{ one.mean }}", 24),
    ("Dinilai", "{{ one.assessed }}", 28),
    ("Predikat", "{% cellbg one.colour %}{{ one.predikat }}", 31),
)
_MEASURED: Sequence[Column] = (
    ("No", "{{ row.number }}", 9),
    ("Sasaran Strategis", "{{ row.sasaran }}", 34),
    ("Indikator Kinerja", "{{ row.indicator }}", 34),
    ("Satuan", "{{ row.unit }}", 17),
    ("Target", "{{ row.target }}", 17),
    ("Realisasi", "{{ row.actual }}", 18),
    ("Capaian (%)", "{{ row.capaian }}", 16),
    ("Predikat", "{% cellbg row.colour %}{{ row.predikat }}", 20),
)
_COMPARED_BEFORE: Sequence[Column] = (
    ("No", "{{ row.number }}", 9),
    ("Indikator Kinerja", "{{ row.indicator }}", 38),
    ("Satuan", "{{ row.unit }}", 17),
)
_COMPARED_AFTER: Sequence[Column] = (
    ("Realisasi {{ year }}", "{{ row.actual }}", 17),
    ("Perubahan (%)", "{{ row.change }}", 17),
    ("Target akhir Renstra {{ end_year }}", "{{ row.end_target }}", 19),
    ("Capaian akhir Renstra (%)", "{{ row.end_capaian }}", 17),
)
_YEAR = 16
_FIGURES = ("mean", "target", "actual", "capaian", "change", "end_target", "end_capaian", "value")


def make_template() -> bytes:
    """Make the template; the same versions of the libraries give the same bytes."""
    document = Document()
    looks.put_styles(document)
    looks.put_numbering(document)
    section = document.sections[0]
    section.page_width, section.page_height = _FOLIO
    section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.footer_distance = Mm(11)
    _write(document)
    _write_foot(document)
    properties = document.core_properties
    properties.title = "LKjIP Bab III Akuntabilitas Kinerja Tahun {{ year }}"
    properties.author = properties.last_modified_by = "workbook-tools"
    properties.comments, properties.keywords, properties.language = "", "", "id-ID"
    properties.created = properties.modified = _MADE
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _write(document: WordDocument) -> None:
    say, tag = _Say(document), _Tag(document)
    say(looks.HEADINGS[0], "AKUNTABILITAS KINERJA")
    say(looks.SUBTITLE, "{{ agency }}, {{ region }}")
    say(looks.SUBTITLE, "Tahun {{ year }}")
    with_notice = tag("if notice")
    say(looks.NOTICE, "{{ notice }}")
    with_notice("endif")
    say(looks.HEADINGS[1], "Ringkasan Capaian")
    say(looks.BODY, "{{ as_of }}")
    each = tag("for line in summary")
    say(looks.BODY, "{{ line }}")
    each("endfor")
    say.caption("Tabel", "1", "Rata-rata capaian setiap unit")
    _table(document, "averages", "one", _OVERVIEW)
    say(looks.LABEL, "Cara menghitung")
    each = tag("for line in basis")
    say(looks.BODY, "{{ line }}")
    each("endfor")
    sections = tag("for section in sections")
    say(looks.HEADINGS[1], "{{ section.title }}")
    lead = tag("if section.lead")
    say(looks.LEAD, "{{ section.lead }}")
    lead("endif")
    parts = tag("for part in section.parts")
    _write_part(document, say, tag)
    parts("endfor")
    sections("endfor")


def _write_part(document: WordDocument, say: _Say, tag: _Tag) -> None:
    say(looks.HEADINGS[2], "{{ part.title }}")
    say(looks.LEAD, "{{ part.lead }}")
    say.caption("Tabel", "{{ part.table }}", "Pengukuran Kinerja {{ year }}")
    _table(document, "part.measured", "row", _MEASURED)
    say.caption(
        "Tabel",
        "{{ part.compared_table }}",
        "Perbandingan dengan tahun sebelumnya dan akhir Renstra",
    )
    _compared_table(document)
    figures = tag("for figure in part.figures")
    say.caption("Gambar", "{{ figure.number }}", "{{ figure.title }}")
    say(looks.PICTURE, "{{ figure.picture }}")
    say(looks.FINDING, "{{ figure.finding }}")
    figures("endfor")
    missing = tag("if part.no_figure")
    say(looks.FINDING, "{{ part.no_figure }}")
    missing("endif")
    told = tag("for told in part.told")
    say(looks.HEADINGS[3], "{{ told.title }}")
    say(looks.BODY, "{{ told.sentences }}")
    fields = tag("for field in told.explanations")
    say(looks.LABEL, "{{ field.label }}")
    entries = tag("for entry in field.entries")
    lines = tag("for line in entry.lines")
    say.quote("{{ line }}", "{% if loop.last %} ({{ entry.source }}){% endif %}")
    lines("endfor")
    entries("endfor")
    fields("endfor")
    told("endfor")
    unjudged = tag("if part.unjudged")
    say(looks.LABEL, "Yang tidak dinilai, dan sebabnya")
    each = tag("for one in part.unjudged")
    say(looks.QUOTE, "{{ one.title }}: {{ one.reason }}")
    each("endfor")
    unjudged("endif")
    prompt = tag("if part.is_sasaran")
    say(
        looks.PROMPT,
        "[Lengkapi, lalu hapus kotak ini: analisis penyebab keberhasilan atau kegagalan, program "
        "dan kegiatan yang menunjang, efisiensi penggunaan sumber daya.]",
    )
    prompt("endif")


class _Say:
    """Adds paragraphs in a style."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document

    def __call__(self, style: str, text: str) -> None:
        self._document.add_paragraph(text, style=_name(style))

    def quote(self, text: str, source: str) -> None:
        """Add what somebody wrote, and who and when in a style of its own."""
        paragraph = self._document.add_paragraph(text, style=_name(looks.QUOTE))
        paragraph.add_run(source, style=looks.SOURCE)

    def caption(self, kind: str, number: str, text: str) -> None:
        """Add a caption whose number Word counts, so that a list of tables can be made."""
        paragraph = self._document.add_paragraph(f"{kind} 3.", style=_name(looks.CAPTION))
        paragraph._p.append(  # noqa: SLF001 - python-docx has no fields
            parse_xml(
                f"<w:fldSimple {nsdecls('w')} w:instr=' SEQ {kind} \\* ARABIC '>"
                f"<w:r><w:t>{number}</w:t></w:r></w:fldSimple>"
            )
        )
        paragraph.add_run(f" {text}")


class _Tag:
    """Adds a paragraph that only holds a tag; what it gives back adds the tag's end."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document

    def __call__(self, words: str) -> _Tag:
        self._document.add_paragraph(f"{{%p {words} %}}", style=_name(looks.TAG))
        return self


def _name(style: str) -> str:
    """Give a style's name as python-docx asks for it."""
    return style.title() if style in (*looks.HEADINGS, looks.CAPTION) else style


def _table(document: WordDocument, rows: str, one: str, columns: Sequence[Column]) -> None:
    table = _empty_table(document, [width for _, _, width in columns])
    for cell, (head, _, _) in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, head, looks.HEAD)
    _tag_row(table.rows[1], f"{{%tr for {one} in {rows} %}}")
    for cell, (_, tag, _) in zip(table.rows[2].cells, columns, strict=True):
        _fill(cell, tag, _cell_style(tag))
    _tag_row(table.rows[3], "{%tr endfor %}")


def _compared_table(document: WordDocument) -> None:
    """Add the table with as many columns of years as there are years before."""
    years: Sequence[Column] = (
        ("{%tc for head in earlier %}", "{%tc for value in row.earlier %}", 1),
        ("Realisasi {{ head }}", "{{ value }}", _YEAR),
        ("{%tc endfor %}", "{%tc endfor %}", 1),
    )
    _table(document, "part.compared", "row", (*_COMPARED_BEFORE, *years, *_COMPARED_AFTER))


def _cell_style(tag: str) -> str:
    return looks.FIGURE if any(f"{name} }}}}" in tag for name in _FIGURES) else looks.CELL


def _empty_table(document: WordDocument, widths: Sequence[float]) -> Table:
    table: Table = document.add_table(rows=4, cols=len(widths), style=looks.TABLE)
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
        _mark(row, "cantSplit")
    _mark(table.rows[0], "tblHeader")
    return table


def _mark(row: _Row, mark: str) -> None:
    row._tr.get_or_add_trPr().append(  # noqa: SLF001 - python-docx has no name for it
        parse_xml(f"<w:{mark} {nsdecls('w')}/>")
    )


def _tag_row(row: _Row, tag: str) -> None:
    row.cells[0].paragraphs[0].text = tag


def _fill(cell: _Cell, text: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.text = text
    paragraph.style = style


def _write_foot(document: WordDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = looks.FOOT
    paragraph.add_run("LKjIP {{ year }} · {{ agency }}\tHalaman ")
    stop = round((215.9 - _LEFT - _RIGHT) / 25.4 * 1440)
    paragraph._p.get_or_add_pPr().append(  # noqa: SLF001 - one stop at the right edge
        parse_xml(f"<w:tabs {nsdecls('w')}><w:tab w:val='right' w:pos='{stop}'/></w:tabs>")
    )
    for field in ("PAGE", "NUMPAGES"):
        paragraph._p.append(  # noqa: SLF001 - python-docx has no fields
            parse_xml(
                f"<w:fldSimple {nsdecls('w')} w:instr=' {field} '>"
                "<w:r><w:t>1</w:t></w:r></w:fldSimple>"
            )
        )
        if field == "PAGE":
            paragraph.add_run(" dari ")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name).write_bytes(make_template())
