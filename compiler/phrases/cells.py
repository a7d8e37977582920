"""What stands in a cell of a table, beside values and tests: "any" and "10 to 20"."""

from __future__ import annotations

from compiler.nodes import Phrase, phrase


@phrase
class AnyCell(Phrase):
    level = "cell"
    pattern = "any"
    also = ("anything",)


@phrase
class RangeCell(Phrase):
    level = "cell"
    pattern = "{low:sum} to {high:sum}"
    low: Phrase
    high: Phrase
