"""What a run holds while it goes on, and the table that gives every kind of expression its meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from compiler.plan import Expression, Fault, Function, Plan, Value
from compiler.run import Clock
from compiler.trace import Trace


class Halt(Exception):
    """The run stops with a fault. `place` is filled in by the innermost statement that was running."""

    def __init__(self, fault: Fault, place: int | None = None, text: str = "") -> None:
        super().__init__(fault, place, text)
        self.fault = fault
        self.place = place
        self.text = text

    @property
    def place_or_none(self) -> int:
        """The number of the statement, -1 for none."""
        return -1 if self.place is None else self.place


@dataclass(slots=True)
class Run:
    """One run: what it is given, and how many operations it has counted."""

    plan: Plan
    clock: Clock
    limit: int
    trace: Trace | None
    operations: int = 0

    def count_operation(self, place: int) -> None:
        """Counts one operation, or halts at the limit without counting."""
        if self.operations >= self.limit:
            raise Halt(Fault.OPERATIONS, place)
        self.operations += 1


_NO_VALUE = object()


@dataclass(slots=True)
class Frame:
    """A function that is being worked out, with the values of its variables.

    `depth` counts the calls and bodies around the statement that runs.
    """

    run: Run
    function: Function
    variables: dict[str, Value] = field(default_factory=dict)
    depth: int = 0

    def with_item(self, name: str, value: Value, work: Callable[[], Any]) -> Any:
        """The result of `work` while a variable has another value; afterwards it is as before."""
        before: Any = self.variables.get(name, _NO_VALUE)
        self.variables[name] = value
        try:
            return work()
        finally:
            if before is _NO_VALUE:
                self.variables.pop(name, None)
            else:
                self.variables[name] = before


Meaning = Callable[[Any, Frame], Any]
_MEANINGS: dict[type, Meaning] = {}


def meaning_of(node: type) -> Callable[[Meaning], Meaning]:
    """Registers a function as the meaning of a kind of expression."""

    def register(function: Meaning) -> Meaning:
        assert node not in _MEANINGS, f"{node.__name__} has two meanings"
        _MEANINGS[node] = function
        return function

    return register


def evaluate(expression: Expression, frame: Frame) -> Any:
    """The value of an expression; raises Halt when it has none."""
    return _MEANINGS[type(expression)](expression, frame)


def kinds_with_meaning() -> frozenset[type]:
    """The kinds of expressions that have a meaning, for a test that none is missing."""
    return frozenset(_MEANINGS)
