"""Turn the look of LKjIP Bab III into named Word styles, which the office may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

BODY, LEAD = "LKjIP Isi", "LKjIP Pengantar"
CELL, FIGURE, HEAD = "LKjIP Sel", "LKjIP Sel Angka", "LKjIP Sel Kepala"
NOTICE, PROMPT, FINDING = "LKjIP Pemberitahuan", "LKjIP Isian Penyusun", "LKjIP Temuan"
LABEL, QUOTE, SOURCE = "LKjIP Label", "LKjIP Kutipan", "LKjIP Sumber"
PICTURE, TAG, FOOT = "LKjIP Gambar", "LKjIP Tanda", "LKjIP Kaki"
SUBTITLE, CAPTION, TABLE = "LKjIP Subjudul", "caption", "LKjIP Tabel"
HEADINGS = ("heading 1", "heading 2", "heading 3", "heading 4")

_INK, _GREY, _LINE, _GROUND = "1F3A5F", "555555", "9AA5B1", "DCE6F1"
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
_NUMBERING = 90


@dataclass(frozen=True, slots=True)
class _Look:
    """One paragraph style: size in half points, space in twentieths of a point."""

    size: int
    before: int = 0
    after: int = 0
    line: int = 240
    indent: int = 0
    align: str = "left"
    ink: str = ""
    is_bold: bool = False
    is_italic: bool = False
    keeps_next: bool = False
    box: tuple[str, str] = ("", "")
    level: int | None = None


_LOOKS: Mapping[str, _Look] = {
    HEADINGS[0]: _Look(
        32, after=60, align="center", ink=_INK, is_bold=True, keeps_next=True, level=0
    ),
    HEADINGS[1]: _Look(26, before=300, after=80, ink=_INK, is_bold=True, keeps_next=True, level=1),
    HEADINGS[2]: _Look(23, before=240, after=60, ink=_INK, is_bold=True, keeps_next=True, level=2),
    HEADINGS[3]: _Look(21, before=160, after=40, ink=_INK, is_bold=True, keeps_next=True, level=3),
    CAPTION: _Look(19, before=160, after=60, ink=_INK, is_bold=True, keeps_next=True),
    SUBTITLE: _Look(22, after=60, align="center", ink=_GREY),
    BODY: _Look(22, after=120, line=276, align="both"),
    LEAD: _Look(22, after=60, line=276, keeps_next=True),
    CELL: _Look(18),
    FIGURE: _Look(18, align="right"),
    HEAD: _Look(18, align="center", is_bold=True, keeps_next=True),
    NOTICE: _Look(21, before=60, after=180, is_bold=True, box=("B2182B", "FDECEA")),
    PROMPT: _Look(21, before=120, after=160, box=("B8860B", "FFF8E1")),
    FINDING: _Look(21, after=160, is_italic=True),
    LABEL: _Look(21, before=80, after=20, is_bold=True, keeps_next=True),
    QUOTE: _Look(21, after=40, indent=340),
    PICTURE: _Look(22, after=40, keeps_next=True),
    TAG: _Look(2),
    FOOT: _Look(17, ink=_GREY),
}


def style_id(name: str) -> str:
    """Give the identifier under which Word keeps a style."""
    if name in HEADINGS:
        return f"Heading{name[-1]}"
    return "Caption" if name == CAPTION else name.replace(" ", "")


def put_styles(document: Document) -> None:
    """Put our styles in the place of those that the library brings along."""
    styles = document.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        name = style.find(qn("w:name"))
        if name is None or name.get(qn("w:val")) not in _KEPT:
            styles.remove(style)
    normal = document.styles["Normal"].element
    for child in list(normal):
        if child.tag in (qn("w:rPr"), qn("w:pPr")):
            normal.remove(child)
    fonts = " ".join(f'w:{s}="Calibri"' for s in ("ascii", "hAnsi", "cs", "eastAsia"))
    normal.append(
        parse_xml(
            f"<w:rPr {nsdecls('w')}><w:rFonts {fonts}/><w:sz w:val='22'/><w:szCs w:val='22'/>"
            "<w:lang w:val='id-ID' w:eastAsia='id-ID' w:bidi='ar-SA'/></w:rPr>"
        )
    )
    for name, look in _LOOKS.items():
        styles.append(parse_xml(_paragraph_style(name, look)))
    styles.append(parse_xml(_source_style()))
    styles.append(parse_xml(_table_style()))


def _paragraph_style(name: str, look: _Look) -> str:
    following = BODY if look.level is not None else name
    own = "" if name in (*HEADINGS, CAPTION) else " w:customStyle='1'"
    return (
        f"<w:style {nsdecls('w')} w:type='paragraph' w:styleId='{style_id(name)}'{own}>"
        f"<w:name w:val='{name}'/><w:basedOn w:val='Normal'/>"
        f"<w:next w:val='{style_id(following)}'/><w:uiPriority w:val='1'/><w:qFormat/>"
        f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_run_properties(look)}</w:rPr>"
        "</w:style>"
    )


def _paragraph_properties(look: _Look) -> str:
    """Write the properties in the order that the schema wants."""
    line, ground = look.box
    edges = "".join(
        f"<w:{edge} w:val='single' w:sz='6' w:space='4' w:color='{line}'/>"
        for edge in ("top", "left", "bottom", "right")
    )
    parts = (
        "<w:keepNext/><w:keepLines/>" if look.keeps_next else "",
        "" if look.level is None else f"<w:numPr>{_level(look.level)}</w:numPr>",
        f"<w:pBdr>{edges}</w:pBdr><w:shd w:val='clear' w:color='auto' w:fill='{ground}'/>"
        if line
        else "",
        f"<w:spacing w:before='{look.before}' w:after='{look.after}' w:line='{look.line}'"
        " w:lineRule='auto'/>",
        f"<w:ind w:left='{look.indent}'/>",
        f"<w:jc w:val='{look.align}'/>",
        "" if look.level is None else f"<w:outlineLvl w:val='{look.level}'/>",
    )
    return "".join(parts)


def _level(level: int) -> str:
    if level == len(HEADINGS) - 1:
        return "<w:numId w:val='0'/>"  # the lowest heading has the number of its table's row
    return f"<w:ilvl w:val='{level}'/><w:numId w:val='{_NUMBERING}'/>"


def _run_properties(look: _Look) -> str:
    parts = (
        "<w:b/><w:bCs/>" if look.is_bold else "",
        "<w:i/><w:iCs/>" if look.is_italic else "",
        f"<w:color w:val='{look.ink}'/>" if look.ink else "",
        f"<w:sz w:val='{look.size}'/><w:szCs w:val='{look.size}'/>",
    )
    return "".join(parts)


def _source_style() -> str:
    """Give the look of who wrote a text and when, inside its paragraph."""
    look = _run_properties(_Look(18, ink=_GREY, is_italic=True))
    return (
        f"<w:style {nsdecls('w')} w:type='character' w:customStyle='1'"
        f" w:styleId='{style_id(SOURCE)}'><w:name w:val='{SOURCE}'/><w:uiPriority w:val='1'/>"
        f"<w:qFormat/><w:rPr>{look}</w:rPr></w:style>"
    )


def _table_style() -> str:
    edges = "".join(
        f"<w:{edge} w:val='single' w:sz='4' w:space='0' w:color='{_LINE}'/>"
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f"<w:{edge} w:w='{width}' w:type='dxa'/>"
        for edge, width in (("top", 30), ("left", 70), ("bottom", 30), ("right", 70))
    )
    return (
        f"<w:style {nsdecls('w')} w:type='table' w:customStyle='1' w:styleId='{style_id(TABLE)}'>"
        f"<w:name w:val='{TABLE}'/><w:basedOn w:val='TableNormal'/><w:uiPriority w:val='1'/>"
        f"<w:qFormat/><w:tblPr><w:tblBorders>{edges}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        "<w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr><w:tcPr>"
        f"<w:shd w:val='clear' w:color='auto' w:fill='{_GROUND}'/></w:tcPr></w:tblStylePr>"
        "</w:style>"
    )


def put_numbering(document: Document) -> None:
    """Let Word number the headings: BAB III, 3.1, 3.1.1, and on when the writer adds one."""
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='{3 if level == 0 else 1}'/>"
        f"<w:numFmt w:val='decimal'/><w:pStyle w:val='{style_id(HEADINGS[level])}'/>"
        f"<w:suff w:val='space'/><w:lvlText w:val='{text}'/><w:lvlJc w:val='left'/>"
        "<w:pPr><w:ind w:left='0' w:firstLine='0'/></w:pPr></w:lvl>"
        for level, text in enumerate(("BAB III", "%1.%2", "%1.%2.%3"))
    )
    numbering.append(
        parse_xml(
            f"<w:abstractNum {nsdecls('w')} w:abstractNumId='{_NUMBERING}'>"
            f"<w:multiLevelType w:val='multilevel'/>{levels}</w:abstractNum>"
        )
    )
    numbering.append(
        parse_xml(
            f"<w:num {nsdecls('w')} w:numId='{_NUMBERING}'>"
            f"<w:abstractNumId w:val='{_NUMBERING}'/></w:num>"
        )
    )
