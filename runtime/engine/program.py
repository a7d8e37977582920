"""A plan that is ready to run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from compiler.plan import OPERATION_LIMIT, Value
from compiler.run import Clock, Outcome
from compiler.targets.wasm import Layout
from runtime.engine.machine import RUN_FUEL, RUN_SECONDS, Blueprint
from runtime.engine.single import Caller
from runtime.engine.ticker import ticks

if TYPE_CHECKING:
    import pyarrow


class Program:
    """The functions of a plan, compiled. Thread-safe."""

    def __init__(self, blueprint: Blueprint, layout: Layout) -> None:
        self.layout = layout
        self._blueprint = blueprint
        self._callers = {name: Caller(function, layout.heap_base) for name, function in layout.functions.items()}

    def run(self, function: str, inputs: Mapping[str, Value], clock: Clock, limit: int = OPERATION_LIMIT) -> Outcome:
        """Runs a function once, in an instance of its own.

        `inputs` has a value of the right type for each input. Raises KeyError for an unknown function or a missing
        input.
        """
        return self._callers[function].run(self._blueprint, inputs, clock, max(limit, 0), RUN_FUEL, ticks(RUN_SECONDS))

    def run_columns(
        self,
        function: str,
        inputs: pyarrow.Table,
        clock: Clock,
        limit: int = OPERATION_LIMIT,
        threads: int = 1,
        seconds: float | None = None,
        check: Callable[[], None] | None = None,
    ) -> pyarrow.Table:
        """Runs a function once for each row of a table; see `runtime.engine.columns` for its columns.

        The result has a column for each output (null where the row stopped), then "fault" (int8, 0 when fine), "place"
        (int32), "text" (string, null unless a sentence stopped the row) and "operations" (int64). Rows do not affect
        one another. After so many `seconds`, if given, the rows that are left stop with TIME. `check` is called
        every few seconds, from any thread, and ends it all by raising. A number with more than 38 digits before or after the point is OUT_OF_RANGE in a column. Raises
        KeyError for an unknown function or a missing column, TypeError for a column of a wrong type.
        """
        # Arrow takes a tenth of a second to import, and a server that only answers single runs never needs it.
        from runtime.engine.columns import run_columns

        return run_columns(
            self._blueprint, self.layout, function, inputs, clock, max(limit, 0), threads, seconds, check
        )
