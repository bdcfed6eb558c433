"""Turn a form's content into the canonical JSON of its snapshot, and back."""

from __future__ import annotations

from functools import cache, lru_cache

from pydantic import TypeAdapter

from workbook_tools.form.content import FormContent

_REMEMBERED = 512  # snapshots: those that a watcher of an office is asked for again and again


@cache
def _adapter() -> TypeAdapter[FormContent]:
    return TypeAdapter(FormContent)


def write_snapshot(content: FormContent) -> bytes:
    """Write the snapshot; equal content gives equal bytes."""
    return _adapter().dump_json(content)


@lru_cache(maxsize=_REMEMBERED)
def read_snapshot(snapshot: str) -> FormContent:
    """Read a snapshot back."""
    return _adapter().validate_json(snapshot)
