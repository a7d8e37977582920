"""Printing is the opposite of reading: what is printed reads back as the same tree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from hypothesis import HealthCheck, given, settings

from compiler.nodes import Node
from compiler.printing import print_node
from compiler.reading.parser import Parser
from compiler.reading.spans import Misread
from tests.compiler.tree_generators import trees, vocabulary

PARSER = Parser()


def shape(part: Any) -> str:
    """A tree in brief: the names of its classes, with what is in them."""
    if isinstance(part, Node):
        inner = ", ".join(shape(getattr(part, item.name)) for item in fields(part) if item.name not in _PLACES)
        return f"{type(part).__name__}({inner})"
    return f"[{', '.join(map(shape, part))}]" if isinstance(part, tuple) else str(part)


_PLACES = ("span", "children", "table")


@given(trees())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_printed_trees_read_back_as_themselves(tree: tuple[str, Node]) -> None:
    start, node = tree
    text = print_node(node)
    try:
        read = PARSER.parse(start, text, vocabulary())
    except Misread as misread:
        raise AssertionError(f"{text!r} does not read: {misread.problem}") from None
    assert read == node, f"{text!r} reads as {print_node(read)!r}: {shape(node)} became {shape(read)}"
