"""A Hypothesis strategy for whole well-typed plans together with inputs, a clock and a limit.

The plans are nonsense, but use every kind of statement, expression and type; their runs give results as well as every
fault that a page can cause. Laws of all targets are tested on them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from compiler import plan
from compiler.plan import (
    Aggregation,
    ArithmeticOperator,
    Comparison,
    DatePart,
    Expression,
    Function,
    Parameter,
    Place,
    Plan,
    Quantity,
    Rounding,
    Statement,
    TextTest,
    Value,
    Variable,
)
from compiler.run import Clock
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    DateType,
    ListType,
    MomentType,
    NumberKind,
    NumberType,
    OptionalType,
    RecordType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from tests.compiler.value_strategies import (
    DECIMAL_TYPES,
    ORDERED_TYPES,
    RECORD_TYPES,
    SCALAR_TYPES,
    any_types,
    dates,
    input_values,
    moments,
    values,
)

T = TypeVar("T")

EXPRESSION_DEPTH = 3
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
class _Maker:
    """Draws plans. `scope` holds the variables that can be read, with their types."""

    draw: st.DrawFn
    functions: dict[str, Function] = field(default_factory=dict)
    scope: dict[str, Type] = field(default_factory=dict)
    places: int = 0
    names: int = 0

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def often(self, percent: int) -> bool:
        # the ends of a range are drawn more often: they fall on the likelier side
        drawn = self.draw(st.integers(1, 100))
        return drawn <= percent if percent >= 50 else 50 <= drawn < 50 + percent

    def new_place(self) -> int:
        self.places += 1
        return self.places - 1

    def new_name(self, kind: str) -> str:
        self.names += 1
        return f"{kind} {self.names}"

    # --- expressions

    def expression(self, type_: Type, depth: int = EXPRESSION_DEPTH) -> Expression:
        """An expression of a type, at most so deep."""
        if depth <= 0 or self.often(20):
            return self.leaf(type_)
        makers: list[Callable[[Type, int], Expression]] = [self.leaf, *self.makers_of(type_)]
        callees = [name for name, function in self.functions.items() if type_ in [o.type for o in function.outputs]]
        if callees:
            makers += [lambda type_, depth: self.call(self.pick(callees), type_, depth)] * 4
        return self.pick(makers)(type_, depth - 1)

    def leaf(self, type_: Type, depth: int = 0) -> Expression:
        readable = [name for name, of in self.scope.items() if of == type_]
        if readable and self.often(70):
            return Variable(self.pick(readable), type_)
        fields = [
            plan.FieldOf(Variable(name, of), part.name, type_)
            for name, of in self.scope.items()
            if isinstance(of, RecordType)
            for part in of.fields
            if part.type == type_
        ]
        if fields and self.often(60):
            return self.pick(fields)
        return plan.Literal(self.draw(values(type_)), type_)

    def makers_of(self, type_: Type) -> list[Callable[[Type, int], Expression]]:
        general = [self.field_of_made, self.required, self.first]
        match type_:
            case NumberType(NumberKind.WHOLE):
                return [self.whole_arithmetic] * 3 + [
                    self.negate, self.to_whole, self.length, self.part_of, self.days_between, self.count, self.count,
                    self.larger, self.sum_of, self.best_of, *general,
                ]  # fmt: skip
            case NumberType():
                return [self.arithmetic] * 6 + [
                    self.negate, self.to_decimal, self.to_decimal, self.rounded, self.rounded, self.larger,
                    self.seconds_between, self.sum_of, self.average, self.best_of, *general,
                ]  # fmt: skip
            case YesNoType():
                return [self.compare] * 4 + [
                    self.negation, self.both, self.either, self.is_empty, self.test_text, self.test_text, self.holds,
                    self.holds, *general,
                ]  # fmt: skip
            case TextType():
                return [self.join, self.join, self.show, self.show, self.show, self.change_case, *general]
            case DateType():
                return [self.add_days, self.add_months, self.date_of, self.today, self.larger, self.best_of, *general]
            case TimeType():
                return [self.larger, self.best_of, *general]
            case MomentType():
                return [self.add_seconds, self.add_months, self.now, self.larger, self.best_of, *general]
            case ChoiceType():
                return general
            case ListType():
                return [
                    self.make_list,
                    self.list_with,
                    self.list_with,
                    self.filter,
                    self.map,
                    self.sort,
                    self.field_of_made,
                ]
            case RecordType():
                return [self.make_record, self.make_record, self.required, self.first]
            case OptionalType():
                return [self.some, self.some, self.first, self.field_of_made]
        raise TypeError(type_)

    def a_scalar(self) -> Type:
        return self.pick(SCALAR_TYPES)

    def a_decimal(self) -> NumberType:
        return self.pick(DECIMAL_TYPES)

    def arithmetic(self, type_: Type, depth: int) -> Expression:
        left, right = self.expression(self.a_decimal(), depth), self.expression(self.a_decimal(), depth)
        return plan.Arithmetic(self.pick(list(ArithmeticOperator)), left, right, type_)

    def whole_arithmetic(self, type_: Type, depth: int) -> Expression:
        operators = [operator for operator in ArithmeticOperator if operator is not ArithmeticOperator.DIVIDE]
        return plan.Arithmetic(
            self.pick(operators), self.expression(WHOLE, depth), self.expression(WHOLE, depth), type_
        )

    def negate(self, type_: Type, depth: int) -> Expression:
        return plan.Negate(self.expression(type_, depth), type_)

    def to_decimal(self, type_: Type, depth: int) -> Expression:
        return plan.ToDecimal(self.expression(WHOLE, depth), type_)

    def rounded(self, type_: Type, depth: int) -> Expression:
        places = self.pick([2, 0, 1, 3, 6, 17, 18])
        return plan.RoundPlaces(self.expression(type_, depth), places, self.pick(list(Rounding)), type_)

    def to_whole(self, type_: Type, depth: int) -> Expression:
        decimal = self.a_decimal()
        rounded = plan.RoundPlaces(self.expression(decimal, depth - 1), 0, self.pick(list(Rounding)), decimal)
        return plan.ToWhole(rounded, type_)

    def larger(self, type_: Type, depth: int) -> Expression:
        return plan.Larger(self.expression(type_, depth), self.expression(type_, depth), self.often(50), type_)

    def compare(self, type_: Type, depth: int) -> Expression:
        of = self.a_scalar()
        only_equal = isinstance(of, YesNoType | ChoiceType)
        comparison = Comparison.EQUAL if only_equal else self.pick(list(Comparison))
        left = self.expression(of, depth)
        right = left if self.often(10) else self.expression(of, depth)
        return plan.Compare(comparison, left, right, type_)

    def negation(self, type_: Type, depth: int) -> Expression:
        return plan.Not(self.expression(type_, depth), type_)

    def both(self, type_: Type, depth: int) -> Expression:
        return plan.And(tuple(self.expression(YES_NO, depth) for _ in range(self.pick([2, 3]))), type_)

    def either(self, type_: Type, depth: int) -> Expression:
        return plan.Or(tuple(self.expression(YES_NO, depth) for _ in range(self.pick([2, 3]))), type_)

    def is_empty(self, type_: Type, depth: int) -> Expression:
        options = [TEXT, OptionalType(TEXT), OptionalType(self.a_scalar()), ListType(self.a_scalar())]
        return plan.IsEmpty(self.expression(self.pick(options), depth), type_)

    def test_text(self, type_: Type, depth: int) -> Expression:
        return plan.TestText(
            self.pick(list(TextTest)), self.expression(TEXT, depth), self.expression(TEXT, depth), type_
        )

    def join(self, type_: Type, depth: int) -> Expression:
        return plan.Join(tuple(self.expression(TEXT, depth) for _ in range(self.pick([2, 1, 3]))), type_)

    def show(self, type_: Type, depth: int) -> Expression:
        scalar = self.pick((*DECIMAL_TYPES, *SCALAR_TYPES))
        shown: Type = self.pick([scalar, scalar, scalar, ListType(scalar), OptionalType(scalar)])
        return plan.Show(self.expression(shown, depth), type_)

    def change_case(self, type_: Type, depth: int) -> Expression:
        return plan.ChangeCase(self.expression(TEXT, depth), self.often(50), type_)

    def length(self, type_: Type, depth: int) -> Expression:
        return plan.Length(self.expression(TEXT, depth), type_)

    def part_of(self, type_: Type, depth: int) -> Expression:
        of = self.pick([DATE, TIME, MOMENT])
        clock_parts = [DatePart.HOUR, DatePart.MINUTE]
        parts = {
            DATE: [part for part in DatePart if part not in clock_parts],
            TIME: clock_parts,
            MOMENT: list(DatePart),
        }
        return plan.PartOf(self.pick(parts[of]), self.expression(of, depth), type_)

    def days_between(self, type_: Type, depth: int) -> Expression:
        return plan.DaysBetween(self.expression(DATE, depth), self.expression(DATE, depth), type_)

    def seconds_between(self, type_: Type, depth: int) -> Expression:
        return plan.SecondsBetween(self.expression(MOMENT, depth), self.expression(MOMENT, depth), type_)

    def add_days(self, type_: Type, depth: int) -> Expression:
        return plan.AddDays(self.expression(DATE, depth), self.expression(WHOLE, depth), type_)

    def add_months(self, type_: Type, depth: int) -> Expression:
        return plan.AddMonths(self.expression(type_, depth), self.expression(WHOLE, depth), type_)

    def add_seconds(self, type_: Type, depth: int) -> Expression:
        return plan.AddSeconds(self.expression(MOMENT, depth), self.expression(DURATION, depth), type_)

    def date_of(self, type_: Type, depth: int) -> Expression:
        return plan.DateOf(self.expression(MOMENT, depth), type_)

    def today(self, type_: Type, depth: int) -> Expression:
        return plan.Today(type_)

    def now(self, type_: Type, depth: int) -> Expression:
        return plan.Now(type_)

    def some(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, OptionalType)
        return plan.Some(self.expression(type_.of, depth), type_)

    def required(self, type_: Type, depth: int) -> Expression:
        optional = OptionalType(type_)
        if self.often(70):
            return plan.Required(self.some(optional, depth), type_)
        return plan.Required(self.expression(optional, depth), type_)

    def field_of_made(self, type_: Type, depth: int) -> Expression:
        """A field of a record that an expression gives, when there is a record with such a field."""
        records = [(record, part.name) for record in RECORD_TYPES for part in record.fields if part.type == type_]
        if not records:
            return self.leaf(type_)
        record, name = self.pick(records)
        return plan.FieldOf(self.expression(record, depth), name, type_)

    def some_items(self, item: Type, depth: int) -> Expression:
        """A list that is mostly not empty."""
        of = ListType(item)
        if self.often(70):
            return plan.MakeList((self.expression(item, depth), self.expression(item, depth - 1)), of)
        return self.expression(of, depth)

    def make_list(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, ListType)
        return plan.MakeList(tuple(self.expression(type_.item, depth) for _ in range(self.pick([2, 0, 1, 3]))), type_)

    def list_with(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, ListType)
        return plan.ListWith(self.expression(type_, depth), self.expression(type_.item, depth), type_)

    def make_record(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, RecordType)
        return plan.MakeRecord(tuple(self.expression(part.type, depth) for part in type_.fields), type_)

    def for_item(self, item_type: Type, result: Type, depth: int) -> tuple[Variable, Expression]:
        """A variable for the items of a list, and an expression that may read it."""
        hidden = list(self.scope)
        name = self.pick(hidden) if hidden and self.often(15) else self.new_name("item")
        before = dict(self.scope)
        self.scope = {**before, name: item_type}
        expression = self.expression(result, depth)
        self.scope = before
        return Variable(name, item_type), expression

    def filter(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, ListType)
        item, condition = self.for_item(type_.item, YES_NO, depth)
        return plan.Filter(self.expression(type_, depth), item, condition, type_)

    def map(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, ListType)
        item_type = self.pick((*RECORD_TYPES, *SCALAR_TYPES))
        item, value = self.for_item(item_type, type_.item, depth)
        return plan.Map(self.expression(ListType(item_type), depth), item, value, type_)

    def sort(self, type_: Type, depth: int) -> Expression:
        assert isinstance(type_, ListType)
        item, key = self.for_item(type_.item, self.pick((*ORDERED_TYPES, TEXT)), depth)
        return plan.Sort(self.expression(type_, depth), item, key, self.often(50), type_)

    def holds(self, type_: Type, depth: int) -> Expression:
        item_type = self.pick((*RECORD_TYPES, *SCALAR_TYPES))
        item, condition = self.for_item(item_type, YES_NO, depth)
        return plan.Holds(
            self.pick(list(Quantity)), self.expression(ListType(item_type), depth), item, condition, type_
        )

    def sum_of(self, type_: Type, depth: int) -> Expression:
        return plan.Aggregate(Aggregation.SUM, self.expression(ListType(type_), depth), type_)

    def average(self, type_: Type, depth: int) -> Expression:
        return plan.Aggregate(Aggregation.AVERAGE, self.some_items(type_, depth), type_)

    def best_of(self, type_: Type, depth: int) -> Expression:
        aggregation = self.pick([Aggregation.HIGHEST, Aggregation.LOWEST])
        return plan.Aggregate(aggregation, self.some_items(type_, depth), type_)

    def count(self, type_: Type, depth: int) -> Expression:
        return plan.Count(self.expression(ListType(self.pick((*RECORD_TYPES, *SCALAR_TYPES))), depth), type_)

    def first(self, type_: Type, depth: int) -> Expression:
        return plan.First(self.some_items(type_, depth), self.often(50), type_)

    def call(self, name: str, type_: Type, depth: int) -> Expression:
        function = self.functions[name]
        output = self.pick([output.name for output in function.outputs if output.type == type_])
        return plan.Call(name, tuple(self.expression(needed.type, depth) for needed in function.inputs), output, type_)

    # --- statements

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
    maker = _Maker(draw)
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
