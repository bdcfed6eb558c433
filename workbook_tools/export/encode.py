"""Turn a tidy table into the bytes of a CSV, JSON or Parquet file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO

from workbook_tools.errors import OperatorError
from workbook_tools.export.tables import Table, Value
from workbook_tools.extras import how_to_install

_LOOKS_LIVE = re.compile(r"(^|[;\t\r\n])([ \N{NO-BREAK SPACE}\"]*)(?=[=+\-@＝＋－＠'])")
_PUT_BEFORE = re.compile(r"(^|[;\t\r\n])([ \N{NO-BREAK SPACE}\"]*)'")


class ParquetNeedsExtra(OperatorError):
    """The library that writes Parquet files is not installed."""


def quiet(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula.

    That is a text, or a piece of it after a line break, tab or semicolon, that begins with
    = + - or @: where the list separator is the semicolon, Excel cuts a line there without
    minding the quotes. An apostrophe in such a place gets one too, so `unquiet` gives back
    exactly what was written (OWASP, CSV Injection).
    """
    return _LOOKS_LIVE.sub(r"\1\2'", text)


def unquiet(text: str) -> str:
    """Take away the apostrophes that `quiet` put."""
    return _PUT_BEFORE.sub(r"\1\2", text)


def number_text(value: int | Decimal) -> str:
    """Write a number with all its digits: a dot, no exponent, no zeros at the end."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def as_csv(table: Table) -> bytes:
    """Write RFC 4180: commas, dots, CRLF, every text in quotes, UTF-8 without a mark."""
    lines = [[_quoted(column.name) for column in table.columns]]
    lines += [[_csv_cell(value) for value in row] for row in table.rows]
    return "".join(",".join(cells) + "\r\n" for cells in lines).encode()


def _csv_cell(value: Value) -> str:
    if value is None or value == "":
        return ""
    return _quoted(quiet(value)) if isinstance(value, str) else number_text(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def as_json(table: Table) -> bytes:
    """Write an array of objects; numbers as literals that hold all their digits."""
    names = [json.dumps(column.name) for column in table.columns]
    rows = (
        "{" + ", ".join(f"{n}: {_json_cell(v)}" for n, v in zip(names, row, strict=True)) + "}"
        for row in table.rows
    )
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


def _json_cell(value: Value) -> str:
    if value is None or value == "":
        return "null"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else number_text(value)


def as_parquet(table: Table) -> bytes:
    """Write strings, 64-bit integers and doubles; ParquetNeedsExtra where there is no library."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise ParquetNeedsExtra(
            f"{how_to_install('parquet', missing=error.name)} Format csv dan json tidak "
            "memerlukannya."
        ) from error
    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    schema = pa.schema([(c.name, types[c.kind]) for c in table.columns])
    columns = {
        column.name: [_typed(row[at]) for row in table.rows]
        for at, column in enumerate(table.columns)
    }
    buffer = BytesIO()
    parquet.write_table(pa.table(columns, schema=schema), buffer)
    return buffer.getvalue()


def _typed(value: Value) -> str | int | float | None:
    if value == "":
        return None
    return float(value) if isinstance(value, Decimal) else value


Encode = Callable[[Table], bytes]
FORMATS: Mapping[str, tuple[Encode, str]] = {
    "csv": (as_csv, "text/csv"),
    "json": (as_json, "application/json"),
    "parquet": (as_parquet, "application/vnd.apache.parquet"),
}
"""How each format is written, and its media type."""
