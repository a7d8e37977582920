"""Short ways to write expressions and run statements, for the tests of the interpreter."""

from __future__ import annotations

import datetime
from decimal import Decimal

from compiler import plan
from compiler.interpreter import interpret
from compiler.plan import (
    Arithmetic,
    ArithmeticOperator,
    Assign,
    Compare,
    Comparison,
    Expression,
    Fault,
    Function,
    Literal,
    Parameter,
    Plan,
    Rounding,
    Statement,
    Value,
    Variable,
)
from compiler.run import Clock, Outcome
from compiler.types import (
    DATE,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    FieldType,
    ListType,
    RecordType,
    Type,
    money,
)

USD = money("USD")
ITEM = RecordType("item", (FieldType("name", TEXT), FieldType("price", USD)))
NUMBERS, WHOLES, TEXTS = ListType(NUMBER), ListType(WHOLE), ListType(TEXT)
NOW = datetime.datetime(2026, 3, 1, 9, 30, 5, 250_000, datetime.UTC)
CLOCK = Clock(NOW, datetime.date(2026, 3, 2))


def number(text: str) -> Literal:
    return Literal(Decimal(text), NUMBER)


def whole(value: int) -> Literal:
    return Literal(value, WHOLE)


def text(value: str) -> Literal:
    return Literal(value, TEXT)


def yes(value: bool = True) -> Literal:
    return Literal(value, YES_NO)


def date(value: str) -> Literal:
    return Literal(datetime.date.fromisoformat(value), DATE)


def moment(value: str) -> Literal:
    return Literal(datetime.datetime.fromisoformat(value), MOMENT)


def numbers(*values: str) -> Literal:
    return Literal(tuple(Decimal(value) for value in values), NUMBERS)


def wholes(*values: int) -> Literal:
    return Literal(values, WHOLES)


def arithmetic(left: Literal, operator: str, right: Literal) -> Arithmetic:
    return Arithmetic(ArithmeticOperator(operator), left, right, left.type)


def compare(left: Expression, comparison: Comparison, right: Expression) -> Compare:
    return Compare(comparison, left, right, YES_NO)


def rounded(value: str, places: int, rounding: Rounding = Rounding.HALF_EVEN) -> plan.RoundPlaces:
    return plan.RoundPlaces(number(value), places, rounding, NUMBER)


def run_statements(
    *body: Statement, output: Type | None = None, limit: int = 1000, functions: tuple[Function, ...] = ()
) -> Outcome:
    """Runs a function of these statements, whose output is the variable `result` when it has a type."""
    outputs = () if output is None else (Parameter("result", output),)
    function = Function("tested", (), outputs, body)
    return interpret(Plan({each.name: each for each in (*functions, function)}), "tested", {}, CLOCK, limit)


def outcome_of(expression: Expression) -> Value | Fault:
    """The value of an expression, or the fault with which it stops."""
    outcome = run_statements(Assign(Variable("result", expression.type), expression, 7), output=expression.type)
    assert outcome.operations == 1
    if outcome.stopped is not None:
        assert outcome.stopped.place == 7
        return outcome.stopped.fault
    assert outcome.outputs is not None
    return outcome.outputs["result"]
