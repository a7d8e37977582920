"""A Hypothesis strategy for whole well-typed plans together with inputs, a clock and a limit.

The plans are nonsense, but use every kind of statement, expression and type; their runs give results as well as every
fault that a page can cause. Laws of all targets are tested on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from compiler import plan
from compiler.plan import (
    ArithmeticOperator,
    Comparison,
    Function,
    Parameter,
    Place,
    Plan,
    Statement,
    Value,
    Variable,
)
from compiler.run import Clock
from compiler.types import (
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    ListType,
    Type,
)
from tests.compiler.expression_maker import ExpressionMaker
from tests.compiler.value_strategies import (
    RECORD_TYPES,
    SCALAR_TYPES,
    any_types,
    dates,
    input_values,
    moments,
)

STATEMENT_DEPTH = 2
LIMITS = (*[1_000] * 12, 200, 200, 40, 40, 12, 12, 5, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class Case:
    """A plan, which of its functions to run, and with what."""

    plan: Plan
    function: str
    inputs: Mapping[str, Value]
    clock: Clock
    limit: int


@dataclass(slots=True)
class _PlanMaker(ExpressionMaker):
    """Draws statements and functions."""

    def body(self, depth: int, most: int = 3) -> tuple[Statement, ...]:
        """One statement or more."""
        return tuple(self.statement(depth) for _ in range(self.draw(st.integers(1, most))))

    def statement(self, depth: int) -> Statement:
        simple = [self.assign, self.assign, self.choose, self.require, self.stop]
        if depth <= 0:
            return self.pick(simple[:3])(depth)
        return self.pick([*simple, self.when, self.when, self.for_each, self.for_each, self.repeat, self.until])(depth)

    def target(self) -> Variable:
        """A variable to give a value to: one that is there, or a new one."""
        if self.scope and self.often(50):
            name = self.pick(list(self.scope))
            return Variable(name, self.scope[name])
        results = [output.type for function in self.functions.values() for output in function.outputs]
        type_ = self.pick(results) if results and self.often(40) else self.draw(any_types())
        return Variable(self.new_name("local"), type_)

    def assign(self, depth: int) -> Statement:
        place, variable = self.new_place(), self.target()
        value = self.expression(variable.type)
        self.scope[variable.name] = variable.type
        return plan.Assign(variable, value, place)

    def choose(self, depth: int) -> Statement:
        place, variable = self.new_place(), self.target()
        rows = [
            (self.expression(YES_NO, 2), self.expression(variable.type, 2)) for _ in range(self.draw(st.integers(1, 3)))
        ]
        if self.often(85):
            rows.append((plan.Literal(True, YES_NO), self.expression(variable.type, 1)))
        self.scope[variable.name] = variable.type
        return plan.Choose(variable, tuple(rows), place)

    def require(self, depth: int) -> Statement:
        condition = plan.Or((self.expression(YES_NO), plan.Literal(self.often(85), YES_NO)), YES_NO)
        return plan.Require(condition, self.expression(TEXT, 2), self.new_place())

    def stop(self, depth: int) -> Statement:
        stop = plan.Stop(self.expression(TEXT, 2), self.new_place())
        return plan.If(((self.expression(YES_NO, 2), (stop,)),), (), self.new_place())

    def when(self, depth: int) -> Statement:
        place = self.new_place()
        branches = tuple((self.expression(YES_NO), self.inner_body(depth)) for _ in range(self.draw(st.integers(1, 3))))
        return plan.If(branches, self.inner_body(depth) if self.often(50) else (), place)

    def inner_body(self, depth: int) -> tuple[Statement, ...]:
        """A body whose new variables are sometimes forgotten, and sometimes read afterwards, set or not."""
        before = dict(self.scope)
        body = self.body(depth - 1, 2)
        if self.often(95):
            self.scope = before
        return body

    def for_each(self, depth: int) -> Statement:
        place = self.new_place()
        item_type: Type = self.pick((*RECORD_TYPES, *SCALAR_TYPES))
        items = self.expression(ListType(item_type))
        hidden = list(self.scope)
        name = self.pick(hidden) if hidden and self.often(10) else self.new_name("each")
        before = dict(self.scope)
        self.scope[name] = item_type
        body = self.inner_body(depth)
        self.scope.pop(name)
        if name in before:
            self.scope[name] = before[name]
        return plan.ForEach(Variable(name, item_type), items, body, place)

    def repeat(self, depth: int) -> Statement:
        place, times = self.new_place(), self.expression(WHOLE, 2)
        return plan.Repeat(times, self.inner_body(depth), place)

    def until(self, depth: int) -> Statement:
        """Rounds that count up to an end, or one whose end may never come."""
        place = self.new_place()
        if self.often(15):
            return plan.RepeatUntil(self.expression(YES_NO), self.inner_body(depth), place)
        counter = Variable(self.new_name("counter"), NUMBER)
        one = plan.Literal(self.pick([Decimal(1), Decimal("0.5"), Decimal("1E-3")]), NUMBER)
        body = self.inner_body(depth)
        start = plan.Assign(counter, plan.Literal(Decimal(0), NUMBER), self.new_place())
        step = plan.Assign(counter, plan.Arithmetic(ArithmeticOperator.ADD, counter, one, NUMBER), self.new_place())
        end = plan.Compare(Comparison.AT_MOST, plan.Literal(Decimal(3), NUMBER), counter, YES_NO)
        loop = plan.RepeatUntil(end, (*body, step), place)
        return plan.If(((plan.Literal(True, YES_NO), (start, loop)),), (), self.new_place())

    # --- functions

    def function(self, name: str) -> Function:
        """A function that may call the earlier ones."""
        inputs = self.parameters("input", 3)
        outputs = self.parameters("output", 2) or (Parameter("output", NUMBER),)
        self.scope = {parameter.name: parameter.type for parameter in inputs}
        body = list(self.body(STATEMENT_DEPTH))
        for output in outputs:
            if self.often(97):
                value = self.expression(output.type)
                self.scope[output.name] = output.type
                body.append(plan.Assign(Variable(output.name, output.type), value, self.new_place()))
        function = Function(name, inputs, outputs, tuple(body), "generated", 1)
        self.functions[name] = function
        return function

    def parameters(self, kind: str, most: int) -> tuple[Parameter, ...]:
        number = self.draw(st.integers(0, most))
        return tuple(Parameter(f"{kind} {index + 1}", self.draw(any_types())) for index in range(number))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Well-typed plans of one to three functions."""
    maker = _PlanMaker(draw)
    for number in range(draw(st.integers(1, 3))):
        maker.function(f"Function {number + 1}")
    places = tuple(Place("generated", line + 1, 1, 8, "sentence") for line in range(maker.places))
    return Plan(maker.functions, places)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Plans with one of their functions (mostly the last), inputs, a clock and a limit that is sometimes reached."""
    generated = draw(plans())
    function = list(generated.functions.values())[-1]
    inputs = {parameter.name: draw(input_values(parameter.type)) for parameter in function.inputs}
    return Case(generated, function.name, inputs, draw(clocks()), draw(st.sampled_from(LIMITS)))


def inputs_of(function: Function) -> st.SearchStrategy[dict[str, Value]]:
    """Inputs for a function."""
    return st.fixed_dictionaries({parameter.name: input_values(parameter.type) for parameter in function.inputs})


def clocks() -> st.SearchStrategy[Clock]:
    """Times at which a run may start."""
    return st.builds(Clock, moments(), dates())
