"""Turn the content of LKjIP Bab III and the office's template into a Word document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from workbook_tools.errors import OperatorError
from workbook_tools.extras import how_to_install
from workbook_tools.report.chart import WIDTH_MM, draw_chart
from workbook_tools.report.content import Chapter3, Figure
from workbook_tools.report.package import settled

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docxtpl.template import DocxTemplate
    from jinja2 import Environment


class BadTemplate(OperatorError):
    """The Word template cannot be filled as it stands."""


class ReportNeedsExtra(OperatorError):
    """The libraries that write Word documents are not installed."""


def write_document(chapter: Chapter3, template: bytes, *, name: str) -> bytes:
    """Fill the template; equal content and template give equal bytes.

    Everything of the content is text: no tag, no mark-up of Word in it comes to life.
    BadTemplate says what is wrong with the template, ReportNeedsExtra what to install.
    """
    try:
        from docxtpl.template import DocxTemplate
        from jinja2 import TemplateError
        from PIL import Image  # noqa: F401 - the pictures need it too
    except ImportError as error:
        raise ReportNeedsExtra(how_to_install("report", missing=error.name)) from error
    try:
        filled = DocxTemplate(BytesIO(template))
        filled.init_docx()
        _require_closed_tags(_rendered(filled), name)
        pictures: list[Figure] = []
        context = {
            field.name: _plain(getattr(chapter, field.name), filled, pictures)
            for field in fields(chapter)
        }
        filled.render(context, _environment(), autoescape=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise BadTemplate(
            f"Templat {name} bukan dokumen Word (.docx) yang utuh. Hapus atau pindahkan berkas "
            "itu; program lalu memakai templat bawaannya."
        ) from error
    except TemplateError as error:
        raise BadTemplate(
            f"Templat {name} tidak dapat diisi: {error}. Tanda di antara kurung kurawal "
            "({{ … }} dan {% … %}) harus tetap seperti semula. Pulihkan tanda itu di Word, atau "
            "hapus berkasnya supaya program memakai templat bawaannya."
        ) from error
    document = _rendered(filled)
    _describe(document, pictures)
    _fit_tables(document)
    buffer = BytesIO()
    document.save(buffer)
    return settled(buffer.getvalue())


def _require_closed_tags(document: Document, name: str) -> None:
    """Refuse a tag that is not closed in its paragraph: it would swallow what follows it."""
    from docx.oxml.ns import qn

    for paragraph in document.element.body.iter(qn("w:p")):
        text = "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        if any(text.count(a) != text.count(b) for a, b in (("{{", "}}"), ("{%", "%}"))):
            raise BadTemplate(
                f"Templat {name} tidak dapat diisi: tanda pada “{text[:80]}” tidak lengkap. "
                "Pulihkan kurung kurawalnya di Word, atau hapus berkasnya supaya program memakai "
                "templat bawaannya."
            )


def _environment() -> Environment:
    """Give a way of filling in that knows every name, runs nothing and lets no text be a tag."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(undefined=StrictUndefined, finalize=_inert)


def _inert(value: object) -> object:
    """Write braces as references: the library would read some of them after filling in."""
    from markupsafe import Markup, escape

    if not isinstance(value, str):
        return value
    braces = str(escape(value)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(braces)  # noqa: S704 - escaped right above


def _plain(value: object, filled: DocxTemplate, pictures: list[Figure]) -> object:
    """Turn content into what a template can ask for: mappings, lists, texts and pictures."""
    if isinstance(value, Figure):
        return _figure(value, filled, pictures)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name), filled, pictures) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one, filled, pictures) for one in value]
    return value


def _figure(figure: Figure, filled: DocxTemplate, pictures: list[Figure]) -> Mapping[str, object]:
    from docx.shared import Mm
    from docxtpl.inline_image import InlineImage

    pictures.append(figure)
    image = InlineImage(filled, BytesIO(draw_chart(figure.chart)), width=Mm(WIDTH_MM))
    return {
        "number": figure.number,
        "title": figure.title,
        "finding": figure.finding,
        "alternative": figure.alternative,
        "picture": image,
    }


def _describe(document: Document, pictures: list[Figure]) -> None:
    """Give every picture its words for those who cannot see it."""
    from docx.oxml.ns import qn

    for inline in document.element.body.iter(qn("wp:inline")):
        for edge in ("distT", "distB", "distL", "distR"):
            inline.set(edge, "0")  # LibreOffice takes 3 mm where nothing is said
    drawn = list(document.element.body.iter(qn("wp:docPr")))
    if len(drawn) != len(pictures):
        return  # the office's template shows them otherwise
    for place, figure in zip(drawn, pictures, strict=True):
        place.set("name", f"Gambar {figure.number}")
        place.set("descr", figure.alternative)


def _fit_tables(document: Document) -> None:
    """Give each table's grid the widths of its cells, and no table more than the text's width."""
    from docx.oxml.ns import qn

    section = document.sections[0]
    edges = (section.page_width, section.left_margin, section.right_margin)
    page, left, right = (0 if edge is None else edge.twips for edge in edges)
    for table in document.element.body.iter(qn("w:tbl")):
        _fit(table, page - left - right)


def _fit(table: BaseOxmlElement, room: int) -> None:
    from docx.oxml.ns import qn

    rows = [list(_widths(row)) for row in table.iter(qn("w:tr"))]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        return  # merged cells: the office's own table
    total = sum(int(width.get(qn("w:w"), "0")) for width in rows[0])
    share = min(1.0, room / total) if total else 1.0
    for row in rows:
        for width in row:
            width.set(qn("w:w"), str(int(int(width.get(qn("w:w"), "0")) * share)))
    grid = table.find(qn("w:tblGrid"))
    if grid is not None:
        for column in list(grid):
            grid.remove(column)
        for width in rows[0]:
            column = grid.makeelement(qn("w:gridCol"), {qn("w:w"): width.get(qn("w:w"), "0")})
            grid.append(column)


def _widths(row: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    from docx.oxml.ns import qn

    yield from row.iter(qn("w:tcW"))


def _rendered(filled: DocxTemplate) -> Document:
    document: Document | None = filled.docx
    if document is None:
        raise BadTemplate("Templat itu kosong.")
    return document
