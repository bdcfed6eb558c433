"""Turn text that somebody typed or named into text that shows all it holds, and no more."""

from __future__ import annotations

import unicodedata

_INDENT = "      "
_SHOWN_AS = "\N{REPLACEMENT CHARACTER}"
_BREAKS = dict.fromkeys("\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
MOST_LISTED = 100


def one_line(text: str, *, longest: int = 0) -> str:
    """Write a text on one line, cut after `longest` characters (0: never).

    What would hide or turn around the text beside it, such as control characters and
    changes of direction, does not come along.
    """
    line = " ".join(_clean(text).split())
    return f"{line[:longest]}…" if 0 < longest < len(line) else line


def indented(text: str) -> str:
    """Write a text with its own lines, all but the first indented: it can fake no heading."""
    lines = [line.strip() for line in _clean(text).split("\n")]
    return f"\n{_INDENT}".join(line for line in lines if line)


def _clean(text: str) -> str:
    if text.isprintable():  # then it has no character of which anything else is shown
        return text
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_character(character) for character in joined)


def _character(character: str) -> str:
    if character in _BREAKS:
        return _BREAKS[character]
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return _SHOWN_AS if category in ("Cc", "Cs", "Co", "Cn") else character
