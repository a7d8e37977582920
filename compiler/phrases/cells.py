"""What stands in a cell of a table, beside values and tests: "any" and "10 to 20"."""

from __future__ import annotations

from compiler import plan
from compiler.checking.scope import Scope
from compiler.nodes import Phrase, phrase
from compiler.reading.spans import Misread, Problem


class _Cell(Phrase):
    """What fits many values, and so is none itself."""

    def check(self, scope: Scope) -> plan.Expression:
        raise Misread(
            Problem(
                "C603", self.span, {"words": "This cell needs one value. Only the other columns may fit many values."}
            )
        )


@phrase
class AnyCell(_Cell):
    level = "cell"
    pattern = "any"
    also = ("anything",)


@phrase
class RangeCell(_Cell):
    level = "cell"
    pattern = "{low:sum} to {high:sum}"
    low: Phrase
    high: Phrase
