"""The plan: the typed program that every target reads.

A plan is what is left of the pages once names, types and units have been settled. It says exactly what is
computed, in few kinds of nodes; `compiler.interpreter` gives their meaning and every target must agree with it.
Nodes are frozen and compare by content. Nothing here knows of wording: a node that came from a sentence
carries the number of that sentence (`Place` in `Plan.places`), by which traces and errors point back.

Order of evaluation is left to right everywhere; `And`, `Or`, `If` and `Choose` evaluate only what they need.
Each statement that runs counts one operation, before its own expressions are evaluated; the calls that an
expression makes count what their statements count. `ForEach` and `Repeat` count one, and then their bodies.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from compiler.types import Type

OPERATION_LIMIT = 10_000
"""How many sentences a run may execute unless it is given another limit."""

LARGEST_TEXT = 4_000_000
"""The most UTF-8 bytes of a text; one that is made larger by `Join`, `Show` or `ChangeCase` is a `MEMORY` fault."""

LONGEST_LIST = 100_000
"""The most items of a list; a `MakeList` or `ListWith` of more is a `MEMORY` fault."""

Value = None | bool | int | str | Decimal | datetime.date | datetime.time | datetime.datetime | tuple | dict
"""A value at run time; `compiler.types` says which Python type holds which type."""


class Fault(Enum):
    """Why a run stopped without a result. The values are stable: they are the status codes of a module."""

    STOPPED = 1  # a sentence of the page said so; carries its text
    DIVISION_BY_ZERO = 2
    OUT_OF_RANGE = 3  # a number, whole number, date or moment too large or too small to hold
    NONE_FOUND = 4  # the first, highest, average … of an empty list
    EMPTY = 5  # an optional value that is missing was needed
    NO_ROW = 6  # no row of a table fits
    OPERATIONS = 7  # the limit of operations is reached
    MEMORY = 8  # the limit of memory is reached
    INPUT = 9  # an input is not of its type or breaks its limits (found before the run starts)
    TIME = 10  # the deadline of the engine is reached (never by the interpreter)


# --- expressions -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant. For `OptionalType` the value may be None; for a list it is a tuple of constants."""

    value: Value
    type: Type


@dataclass(frozen=True, slots=True)
class Variable:
    """The value of a variable of the function: an input, an output, a local, or the item of a list expression."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class FieldOf:
    """A field of a record."""

    record: Expression
    name: str
    type: Type


class ArithmeticOperator(Enum):
    ADD = "plus"
    SUBTRACT = "minus"
    MULTIPLY = "times"
    DIVIDE = "divided by"
    REMAINDER = "remainder"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Arithmetic on two operands that are both decimals or both whole numbers.

    Decimals: the operations of `compiler.decimals.CONTEXT`; a result of minus zero becomes zero with the same exponent,
    a zero divisor (0 / 0 and remainders too) is `DIVISION_BY_ZERO`, every other signal `OUT_OF_RANGE`. Whole numbers: exact, `OUT_OF_RANGE` at 19 digits;
    they are never divided (the operands are made decimals first). REMAINDER has the sign of the left operand,
    as in `decimal`, for both; its operands are such that `decimal` allows it, else `OUT_OF_RANGE`.
    """

    operator: ArithmeticOperator
    left: Expression
    right: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus a decimal (`CONTEXT.minus`: minus zero is zero) or a whole number."""

    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class ToDecimal:
    """A whole number as a decimal with exponent 0."""

    value: Expression
    type: Type


class Rounding(Enum):
    HALF_EVEN = "half even"
    HALF_UP = "half up"  # away from zero
    UP = "up"  # towards the larger (ceiling)
    DOWN = "down"  # towards the smaller (floor)


@dataclass(frozen=True, slots=True)
class RoundPlaces:
    """A decimal rounded to `places` decimals (0 to 18). One that has no more decimals than that is left as it is."""

    value: Expression
    places: int
    rounding: Rounding
    type: Type


@dataclass(frozen=True, slots=True)
class ToWhole:
    """A decimal without a fraction as a whole number; `OUT_OF_RANGE` when it has 19 digits or more.

    The plan only holds it around a `RoundPlaces` to 0 places (a decimal whose value is an integer).
    """

    value: Expression
    type: Type


class Comparison(Enum):
    EQUAL = "is"
    LESS = "is less than"
    AT_MOST = "is at most"


@dataclass(frozen=True, slots=True)
class Compare:
    """Compares two values of the same scalar type (both decimals, both whole numbers, both text …).

    Numbers by value, text by code points, dates and times by time, yes/no and choices only with EQUAL.
    """

    comparison: Comparison
    left: Expression
    right: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Not:
    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Expression, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Expression, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Larger:
    """The larger of two numbers, dates, times or moments (the first when they are equal); smaller if so said."""

    left: Expression
    right: Expression
    smaller: bool
    type: Type


@dataclass(frozen=True, slots=True)
class Some:
    """A value as an optional one that is there."""

    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Required:
    """The value of an optional one; `EMPTY` when it is missing."""

    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class IsEmpty:
    """Whether a text has no characters, a list has no items, or an optional value is missing (or is an empty text)."""

    value: Expression
    type: Type


# text


@dataclass(frozen=True, slots=True)
class Join:
    """Texts one after the other."""

    parts: tuple[Expression, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Show:
    """A value of any scalar type, or a list or optional of it, as text: what `compiler.values.show` gives."""

    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class ChangeCase:
    """In capitals (`str.upper`), or in small letters (`str.lower` of each character by itself, so without final sigma)."""

    value: Expression
    capitals: bool
    type: Type


@dataclass(frozen=True, slots=True)
class Length:
    """The number of code points of a text."""

    value: Expression
    type: Type


class TextTest(Enum):
    CONTAINS = "contains"
    STARTS_WITH = "starts with"
    ENDS_WITH = "ends with"


@dataclass(frozen=True, slots=True)
class TestText:
    test: TextTest
    value: Expression
    part: Expression
    type: Type


# dates and times


class DatePart(Enum):
    YEAR = "year"
    MONTH = "month"  # 1 to 12
    DAY = "day"  # of the month
    WEEKDAY = "weekday"  # 1 is Monday
    HOUR = "hour"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of a date (year to weekday), a time (hour, minute) or a moment in UTC (all) as a whole number."""

    part: DatePart
    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class DaysBetween:
    """Days from one date to a later one as a whole number; negative when the second is earlier."""

    start: Expression
    end: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class SecondsBetween:
    """Seconds from one moment to another as a decimal duration in "s" (microseconds kept, no trailing zeros)."""

    start: Expression
    end: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class AddDays:
    """A date some whole number of days later (or earlier, when negative)."""

    date: Expression
    days: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class AddMonths:
    """A date or moment some whole number of months later; the day is cut to the last of that month."""

    date: Expression
    months: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class AddSeconds:
    """A moment later by a decimal number of seconds, rounded half-even to microseconds."""

    moment: Expression
    seconds: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class DateOf:
    """The date, in UTC, of a moment."""

    moment: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Today:
    """The date on which the run was started, in the project's zone: part of the input of a run."""

    type: Type


@dataclass(frozen=True, slots=True)
class Now:
    """The moment at which the run was started: part of the input of a run."""

    type: Type


# lists and records


@dataclass(frozen=True, slots=True)
class MakeList:
    """A list of the given items."""

    items: tuple[Expression, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class ListWith:
    """A list with one more item at its end. The list it is made from stays as it was."""

    list: Expression
    item: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class MakeRecord:
    """A record; `values` are in the order of the fields of its type."""

    values: tuple[Expression, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Filter:
    """The items for which a condition holds, in order. `item` names the variable that the condition reads."""

    list: Expression
    item: Variable
    condition: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Map:
    """For each item the value of an expression, in order."""

    list: Expression
    item: Variable
    value: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Sort:
    """The items by a key, lowest first unless `descending`; equal keys keep their order either way."""

    list: Expression
    item: Variable
    key: Expression
    descending: bool
    type: Type


class Aggregation(Enum):
    SUM = "sum"  # from zero, left to right
    AVERAGE = "average"  # sum divided by count; NONE_FOUND when empty
    HIGHEST = "highest"  # of numbers, dates, times, moments; the first of equals; NONE_FOUND when empty
    LOWEST = "lowest"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One value out of a list of scalars. A sum of decimals starts from `Decimal(0)`; an average is of decimals."""

    aggregation: Aggregation
    list: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Count:
    """The number of items as a whole number."""

    list: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class First:
    """The first item of a list (the last one if so said); `NONE_FOUND` when it is empty."""

    list: Expression
    last: bool
    type: Type


class Quantity(Enum):
    EVERY = "every"  # yes for an empty list
    ANY = "any"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether a condition holds for every, any or no item; stops at the first item that decides."""

    quantity: Quantity
    list: Expression
    item: Variable
    condition: Expression
    type: Type


# functions


@dataclass(frozen=True, slots=True)
class Call:
    """One output of a function, given all its inputs in the order in which it needs them. Never recursive."""

    function: str
    arguments: tuple[Expression, ...]
    output: str
    type: Type


Expression = (
    Literal
    | Variable
    | FieldOf
    | Arithmetic
    | Negate
    | ToDecimal
    | RoundPlaces
    | ToWhole
    | Compare
    | Not
    | And
    | Or
    | Larger
    | Some
    | Required
    | IsEmpty
    | Join
    | Show
    | ChangeCase
    | Length
    | TestText
    | PartOf
    | DaysBetween
    | SecondsBetween
    | AddDays
    | AddMonths
    | AddSeconds
    | DateOf
    | Today
    | Now
    | MakeList
    | ListWith
    | MakeRecord
    | Filter
    | Map
    | Sort
    | Aggregate
    | Count
    | First
    | Holds
    | Call
)


# --- statements --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assign:
    """Gives a variable a value. Variables need no declaration; reading one before it has a value is `EMPTY`."""

    variable: Variable
    value: Expression
    place: int


@dataclass(frozen=True, slots=True)
class If:
    """Runs the body of the first condition that holds, else `otherwise`."""

    branches: tuple[tuple[Expression, tuple[Statement, ...]], ...]
    otherwise: tuple[Statement, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Choose:
    """Gives a variable the value of the first row whose condition holds; `NO_ROW` when none does."""

    variable: Variable
    rows: tuple[tuple[Expression, Expression], ...]
    place: int


@dataclass(frozen=True, slots=True)
class Require:
    """Stops with `STOPPED` and the text when the condition does not hold."""

    condition: Expression
    text: Expression
    place: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Stops with `STOPPED` and the text."""

    text: Expression
    place: int


@dataclass(frozen=True, slots=True)
class ForEach:
    """Runs the body once for each item of the list as it was at the start.

    The item is a variable only in the body; a variable of that name is as before afterwards.
    """

    item: Variable
    list: Expression
    body: tuple[Statement, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Runs the body, which is not empty, a whole number of times (none when that is not positive)."""

    times: Expression
    body: tuple[Statement, ...]
    place: int


@dataclass(frozen=True, slots=True)
class RepeatUntil:
    """Runs the body, which is not empty, until a condition holds, which is tested before each round."""

    condition: Expression
    body: tuple[Statement, ...]
    place: int


Statement = Assign | If | Choose | Require | Stop | ForEach | Repeat | RepeatUntil


# --- the whole ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a statement came from, and its canonical wording for traces and errors. Lines are 1-based."""

    source: str
    line: int
    column: int
    length: int
    text: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input or output of a function. `name` is in the user's words, in lower case."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Function:
    """Something that can be worked out: inputs in, outputs out, nothing else changed.

    `name` is as the page has it ("Quantity discount"). Outputs that were never given a value are `EMPTY` faults,
    with place -1, when the body ends. `private` functions are parts of others (formulas) and are not offered to users.
    """

    name: str
    inputs: tuple[Parameter, ...]
    outputs: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    source: str = ""
    line: int = 0
    private: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All functions of a project by name, in an order such that each comes after those it calls."""

    functions: Mapping[str, Function] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
