"""Give the transcription of the printed document, the answer key of the register's tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent.parent / "data"
DOCUMENT = DATA / "iku-iki-2020.txt"


class _ExactLoader(yaml.SafeLoader):
    """Read decimals as they are written, never as binary fractions."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_ExactLoader.add_constructor("tag:yaml.org,2002:float", _decimal)


@dataclass(frozen=True, slots=True)
class Node:
    """One mapping of the transcription, read with a type for every value."""

    data: dict[object, object]

    def has(self, key: object) -> bool:
        """Tell whether the key holds something."""
        return self.data.get(key) is not None

    def text(self, key: object) -> str:
        """Give a text, "" where there is none."""
        value = self.data.get(key)
        return "" if value is None else str(value)

    def number(self, key: object) -> Decimal | None:
        """Give a number, None where there is none."""
        value = self.data.get(key)
        return None if value is None else Decimal(str(value))

    def whole(self, key: object) -> int:
        """Give a whole number."""
        return int(str(self.data[key]))

    def lines(self, key: object) -> tuple[str, ...]:
        """Give a list of texts, empty where there is none."""
        value = self.data.get(key)
        return tuple(str(line) for line in value) if isinstance(value, list) else ()

    def node(self, key: object) -> Node:
        """Give a nested mapping."""
        value = self.data[key]
        assert isinstance(value, dict)
        return Node(value)

    def nodes(self, key: object) -> tuple[Node, ...]:
        """Give a list of mappings, empty where there is none."""
        value = self.data.get(key)
        assert value is None or isinstance(value, list)
        return tuple(Node(item) for item in value or ())


@cache
def transcription() -> Node:
    """Give the whole transcription."""
    with (DATA / "iku-iki-2020.yaml").open(encoding="utf-8") as file:
        loaded = yaml.load(file, Loader=_ExactLoader)  # noqa: S506  a SafeLoader
    return Node(loaded)


def positions() -> tuple[Node, ...]:
    """Give the transcribed positions in the order of the document."""
    return transcription().nodes("positions")


def indicators() -> Iterator[tuple[Node, Node]]:
    """Yield every transcribed indicator with its position."""
    for position in positions():
        for indicator in position.nodes("indicators"):
            yield position, indicator


@cache
def document_lines() -> tuple[str, ...]:
    """Give every line of the printed document, line 1 first."""
    return tuple(DOCUMENT.read_text("utf-8").split("\n"))
