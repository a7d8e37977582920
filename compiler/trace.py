"""The trace of a run: which sentences ran, with which values, for explaining a result step by step.

The interpreter fills a `Trace` only when it is given one. At most `LONGEST_TRACE` steps are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from compiler import plan
from compiler.plan import Comparison, Fault, Statement, Value, Variable
from compiler.types import DateType, MomentType, TextType, TimeType, Type
from compiler.values.show import show

LONGEST_TRACE = 10_000
_MOST_SENTENCES = 12
_LONGEST_VALUE = 80

KINDS: dict[type, str] = {
    plan.Assign: "set",
    plan.If: "if",
    plan.Choose: "choose",
    plan.Require: "require",
    plan.Stop: "stop",
    plan.ForEach: "for each",
    plan.Repeat: "repeat",
    plan.RepeatUntil: "repeat until",
}
"""The kinds of steps; there is also "round", one for each round of a loop."""


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence that ran, or one round of a loop.

    `place` is an index into `Plan.places` (-1 for none) and `depth` counts the calls and bullets around. `reads` and
    `writes` are values by name, in order, and `types` has the type of each, for `compiler.values.show`. `note` says in
    words how conditions came out. `branch` is the branch of an "if" that was taken (0 is the first, None is "otherwise"
    or no branch), `row` the row of a table, `round` the number of the round from 1, out of `rounds` when that is known.
    `fault` is set where the run stopped.
    """

    place: int
    depth: int
    kind: str
    function: str
    reads: Mapping[str, Value]
    writes: Mapping[str, Value]
    types: Mapping[str, Type]
    note: str = ""
    branch: int | None = None
    row: int | None = None
    round: int | None = None
    rounds: int | None = None
    fault: Fault | None = None

    def shown_read(self, name: str) -> str:
        """The value that was read under a name, as people write it, cut when it is long."""
        return shown_briefly(self.reads[name], self.types[name])

    def shown_written(self, name: str) -> str:
        """The value that was written under a name, as people write it, cut when it is long."""
        return shown_briefly(self.writes[name], self.types[name])


def shown_briefly(value: Value, type_: Type) -> str:
    """A value in words of at most 80 characters; text is quoted."""
    text = show(value[:_LONGEST_VALUE] if isinstance(value, tuple) else value, type_)
    if len(text) > _LONGEST_VALUE:
        text = text[: _LONGEST_VALUE - 1] + "…"
    return f"“{text}”" if isinstance(type_, TextType) else text


class Trace:
    """Collects the steps of one run."""

    def __init__(self, longest: int = LONGEST_TRACE) -> None:
        self.cut = False
        """Whether there were more steps than are kept."""
        self._longest = longest
        self._steps: list[Step | None] = []
        self._current: OpenStep | None = None
        self._items: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order in which they began."""
        return tuple(step for step in self._steps if step is not None)

    def open(self, statement: Statement, depth: int, function: str) -> OpenStep:
        """Begins a step: what is read from now on belongs to it, until it is closed or another is opened."""
        return self.begin(OpenStep(self, statement.place, depth, KINDS[type(statement)], function))

    def begin(self, step: OpenStep) -> OpenStep:
        """Keeps a place for a new step, which what is read from now on belongs to."""
        if len(self._steps) < self._longest:
            step.slot = len(self._steps)
            self._steps.append(None)
        else:
            self.cut = True
        step.around, self._current = self._current, step
        return step

    def finish(self, step: OpenStep) -> None:
        """Puts a finished step in its place."""
        self._current = step.around
        if step.slot is not None:
            self._steps[step.slot] = step.finished()

    def read(self, name: str, value: Value, type_: Type) -> None:
        """A variable was read."""
        if self._current is not None and name not in self._items:
            self._current.add_read(name, value, type_)

    def read_field(self, record: str, name: str, value: Value, type_: Type) -> None:
        """A field of a variable was read, and not the whole record."""
        if self._current is not None and record not in self._items:
            self._current.add_read(f"{record}'s {name}", value, type_)

    def compared(self, node: plan.Compare, left: Value, right: Value, result: bool) -> None:
        """Two values were compared; those compared for each item of a list are not noted."""
        if self._current is not None and not self._items and len(self._current.compared) < _MOST_SENTENCES:
            self._current.compared.append(_comparison_words(node, left, right, result))

    @contextmanager
    def inside_list(self, item: str) -> Iterator[None]:
        """While an expression is worked out for an item of a list: the item itself is not noted as read."""
        before = self._items
        self._items = (*before, item)
        try:
            yield
        finally:
            self._items = before

    @contextmanager
    def inside_call(self) -> Iterator[None]:
        """While another function is worked out."""
        before, self._items = self._items, ()
        try:
            yield
        finally:
            self._items = before


@dataclass(slots=True)
class OpenStep:
    """A step that is going on. Every method does nothing when no trace is kept (`OpenStep.none()`)."""

    trace: Trace | None
    place: int
    depth: int
    kind: str
    function: str
    slot: int | None = None
    around: OpenStep | None = None
    reads: dict[str, Value] = field(default_factory=dict)
    writes: dict[str, Value] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    compared: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    branch: int | None = None
    row: int | None = None
    number: int | None = None
    rounds: int | None = None
    fault: Fault | None = None
    latest: OpenStep | None = None
    closed: bool = False

    @staticmethod
    def none() -> OpenStep:
        """The step of a run that is not traced."""
        return _NO_STEP

    def finished(self) -> Step:
        """The step as it is kept."""
        return Step(
            self.place, self.depth, self.kind, self.function, self.reads, self.writes, self.types,
            " ".join(self.sentences), self.branch, self.row, self.number, self.rounds, self.fault,
        )  # fmt: skip

    def add_read(self, name: str, value: Value, type_: Type) -> None:
        """A value was read under a name; the first one counts."""
        if name not in self.reads:
            self.reads[name] = value
            self.types[name] = type_

    def wrote(self, variable: Variable, value: Value) -> None:
        """A variable was given a value."""
        if self.trace is not None:
            self.writes[variable.name] = value
            self.types[variable.name] = variable.type

    def condition(self, result: bool) -> bool:
        """A condition came out; its comparisons become a sentence of the note. Gives the result back."""
        if self.trace is not None:
            words = f"{'; '.join(self.compared)}, so " if self.compared else "The answer is "
            self.compared.clear()
            if len(self.sentences) < _MOST_SENTENCES or result:
                self.sentences.append(f"{words}{'yes' if result else 'no'}.")
        return result

    def took_branch(self, branch: int | None) -> None:
        """The branch of an "if" whose body runs now."""
        if self.trace is not None:
            self.branch = branch
            self.close()

    def took_row(self, row: int) -> None:
        """The row of a table that fits: only its condition is of interest."""
        if self.trace is not None:
            self.row = row
            self.sentences = [f"Row {row + 1} fits.", *self.sentences[-1:]]

    def began_round(
        self, number: int, rounds: int | None = None, item: Variable | None = None, value: Value = None
    ) -> OpenStep:
        """A round of a loop begins: a step of its own, which belongs to the body."""
        if self.trace is None:
            return self
        self.close()
        step = OpenStep(self.trace, self.place, self.depth + 1, "round", self.function, number=number, rounds=rounds)
        self.trace.begin(step)
        self.latest = step
        if item is not None:
            step.wrote(item, value)
        step.sentences.append(f"Round {number} of {rounds}." if rounds is not None else f"Round {number}.")
        return step

    def stopped(self, fault: Fault) -> None:
        """The run stopped here, or in the latest round."""
        if self.trace is not None:
            (self.latest or self).fault = fault

    def close(self) -> None:
        """Ends the step and its latest round; only the first time counts."""
        if self.latest is not None:
            self.latest.close()
        if self.trace is not None and not self.closed:
            self.closed = True
            self.trace.finish(self)


_NO_STEP = OpenStep(None, -1, 0, "", "")

_WORDS = {
    # (comparison, whether the constant comes first): how it reads when it holds, and when not
    (Comparison.EQUAL, False): ("is", "is not"),
    (Comparison.EQUAL, True): ("is", "is not"),
    (Comparison.LESS, False): ("is less than", "is at least"),
    (Comparison.LESS, True): ("is more than", "is at most"),
    (Comparison.AT_MOST, False): ("is at most", "is more than"),
    (Comparison.AT_MOST, True): ("is at least", "is less than"),
}
_WORDS_OF_TIME = {
    (Comparison.EQUAL, False): ("is", "is not"),
    (Comparison.EQUAL, True): ("is", "is not"),
    (Comparison.LESS, False): ("is before", "is not before"),
    (Comparison.LESS, True): ("is after", "is not after"),
    (Comparison.AT_MOST, False): ("is not after", "is after"),
    (Comparison.AT_MOST, True): ("is not before", "is before"),
}


def _comparison_words(node: plan.Compare, left: Value, right: Value, result: bool) -> str:
    """A comparison as it came out: "12 is at least 10". A constant is said last, as in a sentence."""
    constant_first = isinstance(node.left, plan.Literal)
    table = _WORDS_OF_TIME if isinstance(node.left.type, DateType | TimeType | MomentType) else _WORDS
    holds, fails = table[node.comparison, constant_first]
    first, second = shown_briefly(left, node.left.type), shown_briefly(right, node.right.type)
    if constant_first:
        first, second = second, first
    return f"{first} {holds if result else fails} {second}"
