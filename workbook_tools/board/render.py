"""Turn a board into the bytes of one HTML file that asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from workbook_tools.board import charts, words
from workbook_tools.board.facts import CHOICES, STATE_WORDS, Board

STALE_AFTER_DAYS = 3
PASSING = re.compile(rb"<!--kini-->.*?<!--/kini-->", re.DOTALL)
"""What the page says of its own moment: no ledger knows it, so an audit leaves it out."""

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_BETWEEN_LINES = re.compile(r"\n\s*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def render(board: Board, *, stale_after_days: int = STALE_AFTER_DAYS) -> bytes:
    """Give the page; after `stale_after_days` without news it says so, by the reader's clock.

    Everything that others wrote is escaped by the templates; style and script are the only
    ones that the page's own policy lets run, and nothing may be fetched.
    """
    environment = _environment()
    style = _tight(_source("board.css")) + _bands(board)
    script = _BETWEEN_LINES.sub("\n", _source("board.js")).strip()
    page = environment.get_template("page.html.j2").render(
        board=board,
        style=style,
        script=script,
        policy=_policy(style, script),
        stale_after_days=stale_after_days,
    )
    return _BETWEEN_LINES.sub("\n", page).strip().encode("utf-8", "replace") + b"\n"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("workbook_tools.board"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        percent=words.percent,
        short_date=words.short_date,
        tw=words.tw,
        of_trend=words.of_trend,
        bar_length=charts.bar_length,
    )
    environment.globals.update(
        spark=charts.spark,
        columns=charts.columns,
        mini_columns=charts.mini_columns,
        of_counts=words.of_counts,
        state_words=STATE_WORDS,
        choices=CHOICES,
    )
    return environment


@cache
def _source(name: str) -> str:
    environment = _environment()
    if environment.loader is None:
        return ""
    return environment.loader.get_source(environment, name)[0]


def _tight(style: str) -> str:
    """Leave out of a style sheet what only its writers read."""
    return _BETWEEN_LINES.sub("", _COMMENT.sub("", style))


def _bands(board: Board) -> str:
    """Give each predikat its colour as the register says it; what is no colour stays grey."""
    return "".join(
        f".b{place}{{background:#{band.colour}}}"
        for place, band in enumerate(board.bands)
        if _COLOUR.fullmatch(band.colour)
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
