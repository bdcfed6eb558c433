"""Turn a value into the many ways in which SpreadsheetML may spell it in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from tests.trust.values import Seen
from tests.trust.values_pieces import Piece
from workbook_tools.reader.raw import CellType

OPENPYXL, CALAMINE = "openpyxl", "calamine"
BOTH = frozenset({OPENPYXL, CALAMINE})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to spell a value: what the cell holds, and which engines read it right.

    `shared` marks a text for the part of shared strings. Measured with openpyxl 3.1.5 and
    python-calamine 0.9.1 (each cell by itself, both engines beside the value planted):
    openpyxl leaves escapes such as _x000D_ as they stand; calamine cuts blanks off a text
    or a run without xml:space, keeps a number between blanks as text, ends a number at the
    first comment, CDATA section or reference, shows error cells as blanks, and leaves the
    escapes of U+FFFE and U+FFFF as they stand.
    """

    kind: str
    inside: str
    shared: bool = False
    right: frozenset[str] = BOTH
    formula: bool = False

    def piece(self, style: int | None) -> Piece:
        """Give the cell with a style."""
        if self.shared:
            return Piece(style, "s", "", f"<si>{self.inside}</si>")
        return Piece(style, self.kind, self.inside)


def _safe(text: str) -> str:
    """Write what XML cannot hold, and what only looks so, as Excel does."""
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda m: f"_x{ord(m[0]):04X}_", safe)


def _escaped(text: str) -> str:
    return escape(_safe(text))


def _referred(text: str) -> str:
    return "".join(f"&#{ord(c)};" if n % 2 else f"&#x{ord(c):X};" for n, c in enumerate(text))


def _cut(text: str, at: int) -> tuple[str, str]:
    at = at % (len(text) + 1)
    return text[:at], text[at:]


def _in_cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


SPACE = ' xml:space="preserve"'
PHONETIC = '<rPh sb="0" eb="1"><t>BACAAN</t></rPh><phoneticPr fontId="1" type="noConversion"/>'


def _runs(text: str, at: int, *, space: str) -> str:
    left, right = _cut(text, at)
    return (
        f"<r><t{space}>{_escaped(left)}</t></r>"
        f'<r><rPr><b/><sz val="9"/><rFont val="Arial"/></rPr><t{space}>{_escaped(right)}</t></r>'
    )


def _broken(text: str, at: int, by: str) -> str:
    left, right = _cut(_safe(text), at)
    return f"<t{SPACE}>{escape(left)}{by}{escape(right)}</t>"


_TEXTS: Mapping[str, Callable[[str, int], str]] = {
    "plain": lambda text, _: f"<t{SPACE}>{_escaped(text)}</t>",
    "no space": lambda text, _: f"<t>{_escaped(text)}</t>",
    "runs": lambda text, at: _runs(text, at, space=SPACE),
    "runs without space": lambda text, at: _runs(text, at, space=""),
    "phonetic": lambda text, _: f"<t{SPACE}>{_escaped(text)}</t>{PHONETIC}",
    "runs phonetic": lambda text, at: _runs(text, at, space=SPACE) + PHONETIC,
    "comment": lambda text, at: _broken(text, at, "<!-- <t>lain</t> -->"),
    "instruction": lambda text, at: _broken(text, at, "<?lain <t>lain</t>?>"),
    "cdata": lambda text, at: _broken(text, at, "<![CDATA[]]>"),
}
"""How a text may stand in <si> and <is>, by name; the number says where it is cut."""
_RAW = {
    "references": _referred,
    "whole cdata": _in_cdata,
}
"""How characters may be written without Excel's escapes, by name."""


def _needs_escape(text: str) -> bool:
    return escape(text) != _escaped(text)


def _right(text: str, how: str) -> frozenset[str]:
    right = set(BOTH)
    if _needs_escape(text):
        right.discard(OPENPYXL)
    if how in ("no space", "runs without space", "str") or set(text) & {"\ufffe", "\uffff"}:
        right.discard(CALAMINE)
    return frozenset(right)


@st.composite
def texts(draw: st.DrawFn, text: str) -> Spelling:
    """Spell a text as shared, inline or formula text, in one of the ways."""
    where = draw(st.sampled_from(("shared", "inline", "str", "formula")))
    at = draw(st.integers(0, 40))
    if where in ("str", "formula"):
        formula = '<f>T("a")&amp;""</f>' if where == "formula" else ""
        return Spelling(
            "str",
            f"{formula}<v>{_escaped(text)}</v>",
            right=_right(text, "str" if text.strip() != text else "plain"),
            formula=where == "formula",
        )
    raw_fits = not _needs_escape(text) and "\r" not in text
    how = draw(st.sampled_from((*_TEXTS, *(_RAW if raw_fits else ()))))
    inside = f"<t{SPACE}>{_RAW[how](text)}</t>" if how in _RAW else _TEXTS[how](text, at)
    if where == "shared":
        return Spelling("s", inside, shared=True, right=_right(text, how))
    return Spelling("inlineStr", f"<is>{inside}</is>", right=_right(text, how))


def _exponent(value: str) -> str:
    return f"{float(value):.17E}"


_NUMBERS: Mapping[str, tuple[Callable[[str], str], frozenset[str]]] = {
    "plain": (lambda value: value, BOTH),
    "exponent": (_exponent, BOTH),
    "small e": (lambda value: _exponent(value).lower(), BOTH),
    "17 digits": (lambda value: f"{float(value):.17g}", BOTH),
    "zeros": (lambda value: value if value[0] == "-" or "e" in value else f"00{value}", BOTH),
    "point": (lambda value: f"{value}." if value.isdigit() else value, BOTH),
    "blanks": (lambda value: f" {value}\n", frozenset({OPENPYXL})),
    "comment": (lambda value: f"{value[:1]}<!--9-->{value[1:]}", frozenset({OPENPYXL})),
    "instruction": (lambda value: f"{value[:1]}<?p 9?>{value[1:]}", frozenset({OPENPYXL})),
    "cdata": (lambda value: f"{value[:1]}<![CDATA[{value[1:]}]]>", frozenset({OPENPYXL})),
    "references": (_referred, frozenset({OPENPYXL})),
}
_FORMULAS = (
    "<f>1+1</f>",
    '<f t="shared" ref="H8:H99" si="{si}">H7+1</f>',
    '<f t="shared" si="{si}"/>',
    '<f t="array" ref="{at}">SUM(A1:A2)</f>',
    "<f><![CDATA[IF(1<2,1,2)]]></f>",
)


@st.composite
def numbers(draw: st.DrawFn, value: str, *, address: str) -> Spelling:
    """Spell a number plainly or oddly, typed or as the value of a formula."""
    how = draw(st.sampled_from(tuple(_NUMBERS)))
    written, right = _NUMBERS[how]
    kind = draw(st.sampled_from(("", "n")))
    formula = ""
    if draw(st.integers(0, 3)) == 0:
        si = draw(st.integers(0, 2))
        formula = draw(st.sampled_from(_FORMULAS)).format(si=si, at=address)
    return Spelling(kind, f"{formula}<v>{written(value)}</v>", right=right, formula=bool(formula))


def other(seen: Seen) -> Spelling:
    """Spell a boolean or an error."""
    if seen.type is CellType.BOOLEAN:
        return Spelling("b", f"<v>{int(seen.text == 'TRUE')}</v>")
    assert seen.type is CellType.ERROR
    return Spelling("e", f"<v>{seen.text}</v>", right=frozenset({OPENPYXL}))


VALUELESS = Spelling("", "<f>A1+A2</f>", formula=True)
EMPTY_TEXT = Spelling("str", '<f>""</f><v></v>', formula=True)
