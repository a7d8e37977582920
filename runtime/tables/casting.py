"""From cells, which are text, to typed columns. What most cells look like is read by Arrow, the rest value by value.

`compiler.values.parse_value` alone says what a cell means; the quick ways here accept only what it reads in the same
way. Cells that are not values of the type get words instead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from compiler.plan import Value
from compiler.types import DateType, ListType, NumberKind, NumberType, OptionalType, TextType, Type
from compiler.values import ValueProblem, parse_value
from compiler.values.show import NOTHING
from runtime.tables.columns import LONGEST_DECIMALS, WIDTH, DoesNotFit, arrow_type, column, is_decimal, scale_of

_WHOLE = r"^-?[0-9]{1,18}$"
_DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
_MOST_CHARACTERS = 18
"""A decimal that is not longer than this has at most 18 digits, whatever its sign and point."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A typed column, null where a cell is not a value (or is an optional one left empty), and the words for it."""

    values: pa.Array
    problems: pa.Array | None  # of strings, null where there is none; None when there are none at all


def cast(cells: pa.Array, type_: Type) -> Cells:
    """The cells (strings without nulls) as values of a type."""
    if isinstance(type_, OptionalType):
        return _optional(cells, type_.of)
    match type_:
        case NumberType(kind=NumberKind.WHOLE):
            return _quick(cells, type_, pc.match_substring_regex(cells, _WHOLE), _wholes)
        case NumberType(unit="s"):
            return _slow(cells, type_)
        case NumberType(kind=kind):
            short = pc.less_equal(pc.binary_length(cells), _MOST_CHARACTERS)
            fits = pc.and_(short, pc.match_substring_regex(cells, _DECIMAL))
            return _quick(cells, type_, fits, _percentages if kind is NumberKind.PERCENTAGE else _decimals)
        case TextType():
            return _texts(cells, type_)
        case DateType():
            days = pc.cast(pc.strptime(cells, format="%Y-%m-%d", unit="s", error_is_null=True), pa.date32())
            # 30 February is taken for 2 March, so only a date that is written in the same way again is one.
            fits = pc.fill_null(pc.equal(pc.cast(days, pa.string()), cells), False)
            return _quick(cells, type_, fits, _dates)
        case _:
            return _slow(cells, type_)


def _quick(cells: pa.Array, type_: Type, fits: pa.Array, read: Callable[[pa.Array], pa.Array]) -> Cells:
    """Cells that fit are read all at once, the others one by one."""
    if pc.all(fits, min_count=0).as_py():
        return Cells(read(cells), None)
    rest = _slow(cells.filter(pc.invert(fits)), type_)
    if not pc.any(fits, min_count=0).as_py():
        return rest
    values, others = _same_scale(read(cells.filter(fits)), rest.values)
    return Cells(_merged(fits, values, others), _scattered(pc.invert(fits), rest.problems))


def _merged(mask: pa.Array, chosen: pa.Array, others: pa.Array) -> pa.Array:
    """A column that takes the next of `chosen` where the mask holds, else the next of `others`."""
    both = pa.concat_arrays([chosen, others])
    number = pc.cast(mask, pa.int64())
    before = pc.cumulative_sum(number)
    position = pc.subtract(pa.array(range(len(mask)), pa.int64()), before)
    return both.take(pc.if_else(mask, pc.subtract(before, 1), pc.add(position, len(chosen))))


def _scattered(mask: pa.Array, found: pa.Array | None) -> pa.Array | None:
    """What was found for the rows where the mask holds, at those rows of the whole; null elsewhere."""
    if found is None:
        return None
    return _merged(mask, found, pa.nulls(len(mask) - len(found), pa.string()))


def _same_scale(one: pa.Array, other: pa.Array) -> tuple[pa.Array, pa.Array]:
    if one.type == other.type:
        return one, other
    wanted = pa.decimal128(WIDTH, max(one.type.scale, other.type.scale))
    return one.cast(wanted), other.cast(wanted)


def _optional(cells: pa.Array, inner: Type) -> Cells:
    """As the inner type, and null where the cell is blank."""
    there = pc.invert(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(cells)), value_set=pa.array(["", NOTHING])))
    if pc.all(there, min_count=0).as_py():
        return cast(cells, inner)
    found = cast(cells.filter(there), inner)
    nothing = pa.nulls(len(cells) - len(found.values), found.values.type)
    return Cells(_merged(there, found.values, nothing), _scattered(there, found.problems))


# --- read all at once -------------------------------------------------------------------------------------------------


def _wholes(cells: pa.Array) -> pa.Array:
    return pc.cast(cells, pa.int64())


def _decimals(cells: pa.Array) -> pa.Array:
    point = pc.find_substring(cells, ".")
    places = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(pc.binary_length(cells), point), 1))
    return pc.cast(cells, pa.decimal128(WIDTH, pc.max(places).as_py() or 0))


def _percentages(cells: pa.Array) -> pa.Array:
    """A bare number in a percentage is percent points: the same digits with the point two places further left."""
    points = _decimals(cells)
    return pa.Array.from_buffers(
        pa.decimal128(WIDTH, points.type.scale + 2), len(points), points.buffers(), offset=points.offset
    )


def _dates(cells: pa.Array) -> pa.Array:
    return pc.cast(pc.strptime(cells, format="%Y-%m-%d", unit="s"), pa.date32())


def _texts(cells: pa.Array, type_: TextType) -> Cells:
    """Texts are what they are; those that could break a limit are looked at one by one."""
    odd = pc.or_(pc.match_substring(cells, "\0"), pc.greater(pc.binary_length(cells), 100_000))
    if not pc.any(odd, min_count=0).as_py():
        return Cells(cells, None)
    return _quick(cells, type_, pc.invert(odd), lambda plain: plain)


# --- read one by one --------------------------------------------------------------------------------------------------


def _slow(cells: pa.Array, type_: Type) -> Cells:
    """Every different cell is read once."""
    coded = cells.dictionary_encode()
    values: list[Value] = []
    problems: list[str | None] = []
    for cell in coded.dictionary.to_pylist():
        value, problem = _read(cell, type_)
        values.append(value)
        problems.append(problem)
    read = column(values, type_) if values else pa.nulls(0, arrow_type(type_))
    words = None
    if any(problem is not None for problem in problems):
        words = pa.array(problems, pa.string()).take(coded.indices)
    return Cells(read.take(coded.indices), words)


def _read(cell: str, type_: Type) -> tuple[Value, str | None]:
    try:
        value = parse_value(cell, type_)
        _check_fits(value, type_, cell)
    except ValueProblem as problem:
        return None, problem.words
    return value, None


def _check_fits(value: Any, type_: Type, cell: str) -> None:
    if not (is_decimal(type_) or isinstance(type_, ListType)):
        return
    try:
        scale_of(value)
    except DoesNotFit:
        raise ValueProblem(
            f"“{cell}” has more than {LONGEST_DECIMALS} digits after the point or 20 before it, "
            "which is more than a spreadsheet can be run with."
        ) from None
