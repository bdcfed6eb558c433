"""Turn XML into an outline: one element a line, attributes in order, what is within set in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from xml.parsers import expat

STEP = "  "
SIGNS = 6


@dataclass(slots=True)
class Element:
    """An element with its names as they are written, prefixes and all."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> list[Element]:
        """Give the children with a tag."""
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> Element:
        """Give the only child with a tag."""
        (child,) = self.all(tag)
        return child

    def first(self, tag: str) -> Element | None:
        """Give the first child with a tag."""
        return next(iter(self.all(tag)), None)


class Legend:
    """Names for long descriptions, made from what they say: equal ones have equal names."""

    def __init__(self) -> None:
        self.entries: dict[str, str] = {}

    def name(self, description: str) -> str:
        """Give the name of a description."""
        name = "~" + sha256(description.encode()).hexdigest()[:SIGNS]
        assert self.entries.setdefault(name, description) == description, "one name for two"
        return name

    def lines(self) -> list[str]:
        """Give each name with its description."""
        return [f"{name} {description}" for name, description in sorted(self.entries.items())]


def parsed(part: bytes) -> Element:
    """Read one part. What stands between two children is kept with the parent's text."""
    root = Element("", {})
    path = [root]

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes)
        path[-1].children.append(element)
        path.append(element)

    def end(_tag: str) -> None:
        path.pop()

    def text(data: str) -> None:
        path[-1].text += data

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(part, True)
    (whole,) = root.children
    return whole


def told(attributes: Mapping[str, str]) -> str:
    """Write attributes in the order of their names."""
    return "".join(f" {name}={quoted(attributes[name])}" for name in sorted(attributes))


def quoted(text: str) -> str:
    """Write a text on one line."""
    return json.dumps(text, ensure_ascii=False)


def head(element: Element) -> str:
    """Write an element without its children."""
    is_layout = element.children and not element.text.strip()
    text = "" if is_layout or not element.text else f" {quoted(element.text)}"
    return f"{element.tag}{told(element.attributes)}{text}"


def outline(element: Element, depth: int = 0) -> Iterator[str]:
    """Give the lines of an element and of what is within."""
    yield STEP * depth + head(element)
    for child in element.children:
        yield from outline(child, depth + 1)


def flat(element: Element) -> str:
    """Write an element and what is within on one line."""
    inner = ", ".join(flat(child) for child in element.children)
    return f"{head(element)} ({inner})" if inner else head(element)
