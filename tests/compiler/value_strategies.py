"""Hypothesis strategies for types and their values, with the values that arithmetic and text get wrong most easily."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from hypothesis import strategies as st

from compiler.decimals import CONTEXT, LARGEST_EXPONENT, SMALLEST_EXPONENT, WHOLE_LIMIT
from compiler.plan import Value
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    PERCENTAGE,
    TEXT,
    TIME,
    WHOLE,
    YES_NO,
    ChoiceType,
    DateType,
    FieldType,
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
    measure,
    money,
)
from compiler.values import ValueProblem

DECIMAL_TYPES = (
    NUMBER,
    money("USD"),
    PERCENTAGE,
    DURATION,
    measure("kg"),
    measure("day"),
    money("CHF"),
    money("EUR/h"),
)
CHOICE_TYPES = (ChoiceType(("small", "medium", "large")), ChoiceType(("très chaud", "froid")))
SCALAR_TYPES: tuple[Type, ...] = (*DECIMAL_TYPES[:5], WHOLE, TEXT, YES_NO, DATE, TIME, MOMENT, *CHOICE_TYPES)
ORDERED_TYPES: tuple[Type, ...] = (NUMBER, WHOLE, money("USD"), DATE, TIME, MOMENT)
RECORD_TYPES = (
    RecordType("item", (FieldType("name", TEXT), FieldType("price", money("USD")), FieldType("quantity", WHOLE))),
    RecordType("visit", (FieldType("day", DATE), FieldType("length", OptionalType(DURATION)))),
    RecordType(
        "parcel",
        (
            FieldType("exempt mark", YES_NO),
            FieldType("weights", ListType(measure("kg"))),
            FieldType("size", CHOICE_TYPES[0]),
            FieldType("sent", OptionalType(MOMENT)),
        ),
    ),
)


def scalar_types() -> st.SearchStrategy[Type]:
    """A type of single values."""
    return st.sampled_from(SCALAR_TYPES)


def any_types() -> st.SearchStrategy[Type]:
    """Any type: scalars, records, lists of both, and optional ones."""
    one = st.one_of(scalar_types(), st.sampled_from(RECORD_TYPES))
    lists = one.map(ListType)
    return st.one_of(
        scalar_types(), scalar_types(), st.sampled_from(RECORD_TYPES), lists, scalar_types().map(OptionalType)
    )


def _around(number: str, digits: int = 4) -> st.SearchStrategy[Decimal]:
    """Decimals next to a number: it with its last digits changed."""
    value = Decimal(number)
    return st.integers(-digits, digits).map(lambda step: Decimal(int(value) + step))


@lru_cache(maxsize=1)
def everyday_decimals() -> st.SearchStrategy[Decimal]:
    """Amounts as people write them."""
    return st.one_of(
        st.integers(-20, 120).map(Decimal),
        st.integers(-10_000, 1_000_000).map(lambda cents: Decimal(cents).scaleb(-2)),
        st.sampled_from(
            [Decimal(text) for text in ("0.15", "0.08875", "0.1", "0.2", "0.3", "1.50", "20.00", "3600", "86400")]
        ),
    )


@lru_cache(maxsize=1)
def adversarial_decimals() -> st.SearchStrategy[Decimal]:
    """Decimals at the edges: 18 digits, extreme exponents, halves, zeros with exponents, limits of the range."""
    coefficients = st.one_of(
        st.integers(1, 10),
        st.integers(1, 10**18 - 1),
        st.integers(10**17, 10**18 - 1),
        st.sampled_from([10**18 - 1, 10**17, 5 * 10**17, 10**9, 2**59, 333333333333333333, 499999999999999999]),
    )

    @st.composite
    def of_any_exponent(draw: st.DrawFn) -> Decimal:
        coefficient = draw(coefficients)
        digits = len(str(coefficient))
        lowest, highest = SMALLEST_EXPONENT - digits + 1, LARGEST_EXPONENT - digits + 1
        exponent = draw(
            st.one_of(
                st.integers(-22, 4),
                st.integers(max(lowest, -60), 60),
                st.integers(lowest, highest),
                st.integers(lowest, lowest + 20),
                st.integers(highest - 20, highest),
            )
        )
        sign = draw(st.integers(0, 1)) if coefficient else 0  # minus zero never exists
        return Decimal((sign, tuple(map(int, str(coefficient))), exponent))

    halves = st.tuples(
        st.integers(-(10**6), 10**6), st.integers(0, 12), st.sampled_from(["5", "50", "25", "49999", "500001"])
    )
    return st.one_of(
        of_any_exponent(),
        halves.map(lambda parts: CONTEXT.create_decimal(f"{parts[0]}.{'0' * parts[1]}{parts[2]}")),
        st.integers(-400, LARGEST_EXPONENT).map(lambda exponent: Decimal((0, (0,), exponent))),
        _around("1E18").map(lambda value: value if value < WHOLE_LIMIT else value - 10),
        st.sampled_from(
            [
                Decimal("9.99999999999999999E+384"),
                Decimal("1E-383"),
                Decimal("-1E-383"),
                Decimal("1.00000000000000001E-383"),
            ]
        ),
    )


@lru_cache(maxsize=1)
def decimals() -> st.SearchStrategy[Decimal]:
    """Decimals of the language, without minus zero: mostly everyday ones."""
    return st.one_of(everyday_decimals(), everyday_decimals(), adversarial_decimals())


@lru_cache(maxsize=1)
def wholes() -> st.SearchStrategy[int]:
    """Whole numbers, mostly small."""
    edges = [0, 1, -1, 10**17, WHOLE_LIMIT - 1, 1 - WHOLE_LIMIT, 2**31, -(2**31), 2**53 + 1, 999_999_999]
    return st.one_of(
        st.integers(0, 12),
        st.integers(-50, 1000),
        st.integers(1 - WHOLE_LIMIT, WHOLE_LIMIT - 1),
        st.sampled_from(edges),
    )


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@lru_cache(maxsize=1)
def texts() -> st.SearchStrategy[str]:
    """Texts, with combining characters, characters outside the first plane and ones whose case changes their length."""
    words = [
        "",
        " ",
        "New York",
        "pen",
        "book",
        "Σίσυφος",
        "ΣΑΣ",
        "straße",
        "ŉİıǅﬁ",
        "e\u0301",
        "👩‍👩‍👧",
        "𝔘𐐀𐐨",
        "a, b and c",
        "\n",
        "\uffff",
    ]
    return st.one_of(st.sampled_from(words), st.text(CHARACTERS, max_size=12), st.text("abAB é", max_size=4))


@lru_cache(maxsize=1)
def dates() -> st.SearchStrategy[datetime.date]:
    """Dates, many at both ends of the calendar, at ends of months and in leap years."""
    return st.one_of(
        st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31)),
        st.dates(),
        st.dates(datetime.date(1, 1, 1), datetime.date(1, 3, 2)),
        st.dates(datetime.date(9999, 10, 30), datetime.date(9999, 12, 31)),
        st.sampled_from(
            [
                datetime.date(2024, 2, 29),
                datetime.date(2000, 2, 29),
                datetime.date(1900, 3, 1),
                datetime.date(2026, 1, 31),
            ]
        ),
    )


@lru_cache(maxsize=1)
def times() -> st.SearchStrategy[datetime.time]:
    """Times of day with whole seconds."""
    midnights = st.sampled_from(
        [datetime.time(0), datetime.time(23, 59, 59), datetime.time(9), datetime.time(12, 0, 1)]
    )
    return st.one_of(midnights, st.times().map(lambda time: time.replace(microsecond=0)))


@lru_cache(maxsize=1)
def moments() -> st.SearchStrategy[datetime.datetime]:
    """Moments in UTC with microseconds."""
    clocks = st.one_of(times(), st.times())
    return st.builds(datetime.datetime.combine, dates(), clocks, st.just(datetime.UTC))


@lru_cache(maxsize=512)
def values(type_: Type) -> st.SearchStrategy[Value]:
    """Values of a type."""
    match type_:
        case NumberType(NumberKind.WHOLE):
            return wholes()
        case NumberType():
            return decimals()
        case TextType():
            return texts()
        case YesNoType():
            return st.booleans()
        case DateType():
            return dates()
        case TimeType():
            return times()
        case MomentType():
            return moments()
        case ChoiceType(options):
            return st.sampled_from(options)
        case ListType(item):
            return st.lists(values(item), max_size=5).map(tuple)
        case RecordType(_, fields):
            names = [field.name for field in fields]
            parts = st.tuples(*(values(field.type) for field in fields))
            return parts.map(lambda found: dict(zip(names, found, strict=True)))
        case OptionalType(of):
            return st.none() | values(of)
    raise TypeError(type_)


@lru_cache(maxsize=512)
def input_values(type_: Type) -> st.SearchStrategy[Value]:
    """Values of a type as they may come from outside: with minus zero among the decimals."""
    if isinstance(type_, NumberType) and type_.kind is not NumberKind.WHOLE:
        return st.one_of(decimals(), decimals(), st.sampled_from([Decimal("-0"), Decimal("-0.00"), Decimal("-0E+10")]))
    return values(type_)


def is_value_of(value: Value, type_: Type) -> bool:
    """Whether a value is held as `compiler.types` says for the type."""
    match type_:
        case NumberType(NumberKind.WHOLE):
            return type(value) is int and abs(value) < WHOLE_LIMIT
        case NumberType():
            return isinstance(value, Decimal) and value.is_finite() and CONTEXT.plus(value) == value
        case TextType():
            return isinstance(value, str) and "\0" not in value and value.encode().decode() == value
        case YesNoType():
            return isinstance(value, bool)
        case DateType():
            return type(value) is datetime.date
        case TimeType():
            return isinstance(value, datetime.time) and value.tzinfo is None and not value.microsecond
        case MomentType():
            return isinstance(value, datetime.datetime) and value.tzinfo is datetime.UTC
        case ChoiceType(options):
            return value in options
        case ListType(item):
            return isinstance(value, tuple) and all(is_value_of(each, item) for each in value)
        case RecordType(_, fields):
            return (
                isinstance(value, dict)
                and list(value) == [field.name for field in fields]
                and all(is_value_of(value[field.name], field.type) for field in fields)
            )
        case OptionalType(of):
            return value is None or is_value_of(value, of)
    raise TypeError(type_)


def value_or_words(read: Callable[[], Value]) -> tuple[Value, str]:
    """The value that is read, or the words with which it is refused."""
    try:
        return read(), ""
    except ValueProblem as problem:
        return None, problem.words
