"""Turn a form's stamp into another one: read it, put it back edited."""

from __future__ import annotations

from tests.reader.workbooks import parts_of, zipped
from workbook_tools.form.stamp import Stamp, find_stamp
from workbook_tools.reader.read import read_workbook


def stamp_of(data: bytes) -> Stamp:
    workbook = read_workbook(data).workbook
    assert workbook is not None
    found_stamp = find_stamp(workbook)
    assert found_stamp is not None
    assert found_stamp.stamp is not None
    return found_stamp.stamp


def stamped(data: bytes, stamp: Stamp | str) -> bytes:
    """Put another stamp into all three places."""
    old, new = (
        stamp_of(data).text.encode(),
        stamp.encode() if isinstance(stamp, str) else (stamp.text.encode()),
    )
    return zipped({name: part.replace(old, new) for name, part in parts_of(data).items()})
