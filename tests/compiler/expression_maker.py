"""Draws well-typed expressions of every kind for `tests.compiler.generators`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    Quantity,
    Rounding,
    TextTest,
    Variable,
)
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
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
    values,
)

T = TypeVar("T")

EXPRESSION_DEPTH = 3


@dataclass(slots=True)
class ExpressionMaker:
    """Draws expressions of a type. `scope` holds the variables that can be read, `functions` what can be called."""

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
