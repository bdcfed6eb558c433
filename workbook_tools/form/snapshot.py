"""Turn a form's content into the canonical JSON of its snapshot, and back."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from workbook_tools.form.content import FormContent


@cache
def _adapter() -> TypeAdapter[FormContent]:
    return TypeAdapter(FormContent)


def write_snapshot(content: FormContent) -> bytes:
    """Write the snapshot; equal content gives equal bytes."""
    return _adapter().dump_json(content)


@cache
def read_snapshot(snapshot: str) -> FormContent:
    """Read a snapshot back."""
    return _adapter().validate_json(snapshot)
