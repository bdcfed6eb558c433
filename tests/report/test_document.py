"""Fill the template: everything stands there as text, and the same again gives the same bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from tests.master.samples import a_year
from tests.missing import without
from workbook_tools.master.consolidate import consolidate
from workbook_tools.registry.source import load_source
from workbook_tools.report.compose import compose
from workbook_tools.report.content import Chapter3
from workbook_tools.report.document import BadTemplate, ReportNeedsExtra, write_document
from workbook_tools.report.template import make_template

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "workbook_tools" / "report" / "data" / "lkjip-bab-iii.docx"
OWN = ROOT / "templates" / "lkjip-bab-iii.docx"
HOSTILE = "{{ 7 * 7 }} {% for x in y %} {_{ a }_} <w:p>&amp;]]> \"'"
NAME = "templat.docx"


@pytest.fixture(scope="module")
def chapter() -> Chapter3:
    registry = load_source()
    sent = [*a_year(registry, 2019, seed=1), *a_year(registry, 2020, seed=2)]
    return compose(consolidate(registry, sent, 2020), registry, version="0", notice="REKAAN")


@pytest.fixture(scope="module")
def written(chapter: Chapter3) -> bytes:
    return write_document(chapter, SHIPPED.read_bytes(), name=NAME)


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Give the style and the text of every paragraph outside tables."""
    return [(p.style.name or "" if p.style else "", p.text) for p in opened(data).paragraphs]


def test_the_template_is_what_its_script_makes() -> None:
    made = make_template()
    assert (made == SHIPPED.read_bytes(), made == OWN.read_bytes()) == (True, True)


def test_equal_content_gives_equal_bytes(chapter: Chapter3, written: bytes) -> None:
    assert write_document(chapter, SHIPPED.read_bytes(), name=NAME) == written


def test_every_heading_is_one_of_words_own_so_that_the_navigation_pane_shows_it(
    chapter: Chapter3, written: bytes
) -> None:
    said = paragraphs(written)
    headings = [text for style, text in said if style in ("Heading 2", "Heading 3")]
    wanted = ["Ringkasan Capaian"]
    for section in chapter.sections:
        wanted += [section.title, *(part.title for part in section.parts)]
    assert headings == wanted


def test_every_table_has_the_rows_of_its_content(chapter: Chapter3, written: bytes) -> None:
    overview, *tables = opened(written).tables
    assert len(overview.rows) == 1 + len(chapter.averages)
    parts = [part for section in chapter.sections for part in section.parts]
    for part, measured, compared in zip(parts, tables[::2], tables[1::2], strict=True):
        rows = [[cell.text for cell in row.cells] for row in measured.rows]
        first = part.measured[0]
        assert len(rows) == 1 + len(part.measured)
        assert rows[1] == [
            *(first.number, first.sasaran, first.indicator, first.unit, first.target),
            *(first.actual, first.capaian, first.predikat),
        ]
        heads = [cell.text for cell in compared.rows[0].cells]
        assert heads[3:6] == ["Realisasi 2018", "Realisasi 2019", "Realisasi 2020"]
        assert len(compared.rows) == 1 + len(part.compared)


def test_no_table_is_wider_than_the_text(written: bytes) -> None:
    document = opened(written)
    section = document.sections[0]
    edges = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (0 if edge is None else edge for edge in edges)
    for table in document.tables:
        widths = [cell.width or 0 for cell in table.rows[0].cells]
        assert sum(widths) <= page - left - right
        assert widths == [column.width for column in table.columns]


def test_every_picture_has_its_words(chapter: Chapter3, written: bytes) -> None:
    xml = zipfile.ZipFile(BytesIO(written)).read("word/document.xml").decode()
    figures = [f for s in chapter.sections for p in s.parts for f in p.figures]
    assert len(re.findall(r"<wp:docPr [^>]*descr=\"Diagram", xml)) == len(figures) > 10


def test_the_notice_stands_out_and_is_gone_where_there_is_none(
    chapter: Chapter3, written: bytes
) -> None:
    assert ("LKjIP Pemberitahuan", "REKAAN") in paragraphs(written)
    plain = write_document(replace(chapter, notice=""), SHIPPED.read_bytes(), name=NAME)
    assert "LKjIP Pemberitahuan" not in {style for style, _ in paragraphs(plain)}


def test_hostile_texts_stay_texts(chapter: Chapter3) -> None:
    section = chapter.sections[0]
    part = section.parts[0]
    told = replace(part.told[0], sentences=HOSTILE)
    measured = replace(part.measured[0], indicator=HOSTILE)
    evil = replace(part, title=HOSTILE, told=(told,), measured=(measured,))
    data = write_document(
        replace(
            chapter, agency=HOSTILE, notice=HOSTILE, sections=(replace(section, parts=(evil,)),)
        ),
        SHIPPED.read_bytes(),
        name=NAME,
    )
    said = [text for _, text in paragraphs(data)]
    assert said.count(HOSTILE) == 3
    assert opened(data).tables[1].rows[1].cells[2].text == HOSTILE
    assert HOSTILE in opened(data).sections[0].footer.paragraphs[0].text


def edited(change: tuple[str, str]) -> bytes:
    """Give the template with a piece of its text changed."""
    document = opened(SHIPPED.read_bytes())
    for paragraph in document.paragraphs:
        if change[0] in paragraph.text:
            paragraph.text = paragraph.text.replace(*change)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_what_the_office_writes_into_the_template_stands_in_the_report(chapter: Chapter3) -> None:
    data = write_document(chapter, edited(("Cara menghitung", "Dasar")), name=NAME)
    assert ("LKjIP Label", "Dasar") in paragraphs(data)


@pytest.mark.parametrize(
    "change",
    [
        ("{{ as_of }}", "{{ as_off }}"),
        ("{{ as_of }}", "{{ as_of "),
        ("{%p for section in sections %}", "{%p for section in %}"),
        ("{%p endfor %}", ""),
        ("{{ as_of }}", "{{ ''.__class__.__mro__ }}"),
    ],
)
def test_a_broken_tag_is_told_in_a_sentence(chapter: Chapter3, change: tuple[str, str]) -> None:
    with pytest.raises(BadTemplate, match=r"Templat templat\.docx tidak dapat diisi"):
        write_document(chapter, edited(change), name=NAME)


@pytest.mark.parametrize("data", [b"", b"bukan zip", SHIPPED.read_bytes()[:5000]])
def test_what_is_no_word_file_is_told_in_a_sentence(chapter: Chapter3, data: bytes) -> None:
    with pytest.raises(BadTemplate, match="bukan dokumen Word"):
        write_document(chapter, data, name=NAME)


@pytest.mark.parametrize("library", ["docxtpl", "PIL", "jinja2"])
def test_a_missing_library_says_what_to_install(chapter: Chapter3, library: str) -> None:
    with without(library), pytest.raises(ReportNeedsExtra, match=r"workbook-tools\[report\]"):
        write_document(chapter, SHIPPED.read_bytes(), name=NAME)
