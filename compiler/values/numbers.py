"""Numbers as people type them: with commas, signs of currencies, percent signs and units, converted to the unit wanted.

Nothing is rounded when it is read: a number of more than 18 significant digits is refused. Only a conversion from
another unit may round.
"""

from __future__ import annotations

import decimal
import re
from decimal import Decimal

from compiler.decimals import CONTEXT, DIGITS, WHOLE_LIMIT
from compiler.types import NumberKind, NumberType
from compiler.units import (
    CODE_OF_SIGN,
    conversion,
    dimension,
    dimension_words,
    nearest_units,
    unit_meant,
    unit_named,
)
from compiler.values.problems import ValueProblem, example, not_understood, quoted, type_words

_LONGEST_NUMBER = 1000
# What repeats is possessive (*+, ++): nothing after it could take a part of it, so a long text is read only once.
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]++)(?:\.[0-9]*+)?|\.[0-9]++"
_NUMBER = re.compile(
    rf"(?P<sign>[-+−])?\s*+(?P<before>[{''.join(CODE_OF_SIGN)}]|[A-Z]{{3}}(?=[\s0-9.+−-]))?\s*+(?P<inner>[-+−])?"
    rf"(?P<digits>{_DIGITS})(?P<exponent>[eE][-+]?[0-9]{{1,4}}(?![0-9]))?(?P<after>.*)",
    re.DOTALL,
)
_PART = re.compile(rf"(?P<digits>{_DIGITS})\s*+(?P<unit>[^\W\d_]++)(?:\s*,?\s+(?:and\s+)?|\s*$)")
_ODD_COMMA = re.compile(r"[-+−]?[0-9.]*[0-9],[0-9]{1,2}")
_PERCENT = frozenset(["%", "percent", "per cent", "pct"])
_ISO_DURATION = re.compile(
    r"(?P<sign>[-+]?)P(?=.)(?:(?P<week>[0-9.]++)W)?(?:(?P<day>[0-9.]++)D)?"
    r"(?:T(?=.)(?:(?P<h>[0-9.]++)H)?(?:(?P<min>[0-9.]++)M)?(?:(?P<s>[0-9.]++)S)?)?"
)


def parse_number(text: str, type_: NumberType) -> Decimal | int:
    """A number of the type from what a person typed. Raises ValueProblem."""
    if len(text) > _LONGEST_NUMBER:
        raise not_understood(text, type_)
    if dimension(type_.unit) in (dimension("s"), dimension("month")):
        together = _several_parts(text, type_.unit)
        if together is not None:
            return together
    match = _NUMBER.fullmatch(text)
    if match is None or (match["sign"] and match["inner"]):
        raise _odd_comma(text) if _ODD_COMMA.fullmatch(text) else not_understood(text, type_)
    negative = "-" if (match["sign"] or match["inner"] or "+") in "-−" else ""
    written = Decimal(negative + match["digits"].replace(",", "") + (match["exponent"] or ""))
    before, after = match["before"] or "", match["after"].strip()
    if type_.kind is NumberKind.PERCENTAGE:
        if before or (after and after.lower() not in _PERCENT):
            raise not_understood(text, type_)
        return percent_points(written, text)
    number = checked_decimal(written, text)
    if not before and not after:
        return bare_number(number, type_, text)
    if re.match(r"[,.0-9]", after):
        raise _odd_comma(text) if "," in text else not_understood(text, type_)
    return _converted(number, CODE_OF_SIGN.get(before, before) + _joined(before, after), type_, text)


def bare_number(number: Decimal, type_: NumberType, text: str) -> Decimal | int:
    """A number without a unit: it is in the unit of the type, except for a duration, which needs one."""
    if type_.kind is NumberKind.WHOLE:
        return whole(number, text)
    if type_.unit == "s":
        raise ValueProblem(f"{quoted(text)} needs a unit of time. Write it like {quoted(text + ' minutes')}.")
    return number


def whole(number: Decimal, text: str) -> int:
    """A whole number. Raises ValueProblem for one with a fraction or of 19 digits or more."""
    if abs(number) >= WHOLE_LIMIT:
        raise ValueProblem(f"{quoted(text)} is too large. A whole number has at most {DIGITS} digits.")
    if number != number.to_integral_value():
        raise ValueProblem(f"{quoted(text)} is not a whole number. Write it without decimals, like “12”.")
    return int(number)


def percent_points(number: Decimal, text: str) -> Decimal:
    """A percentage given in percent points, as its fraction: 15 is 0.15. Raises ValueProblem."""
    if not number.is_finite():
        raise ValueProblem(f"{quoted(text)} is not a number.")
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return checked_decimal(Decimal((sign, digits, exponent - 2)), text)


def checked_decimal(number: Decimal, text: str) -> Decimal:
    """A number as the language holds it: at most 18 significant digits, in range, no minus zero.

    Raises ValueProblem for a number that cannot be held exactly.
    """
    if not number.is_finite():
        raise ValueProblem(f"{quoted(text)} is not a number.")
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    if len(digits) > DIGITS:
        # trailing zeros are no significant digits
        kept = max(DIGITS, len("".join(map(str, digits)).rstrip("0")))
        number = Decimal((sign, digits[:kept], exponent + len(digits) - kept))
        if kept > DIGITS and number:
            raise ValueProblem(
                f"{quoted(text)} has {kept} digits. A number has at most {DIGITS}, so please shorten it."
            )
    try:
        held = CONTEXT.plus(number)
    except decimal.DecimalException as error:
        size = "large" if number.adjusted() > 0 else "small"
        raise ValueProblem(f"{quoted(text)} is too {size} a number to work with.") from error
    return held if held else held.copy_abs()


def _joined(before: str, after: str) -> str:
    """What is written after an amount whose currency is before it: "/kg", " per kg"."""
    return f" {after}" if before and after else after


def _converted(number: Decimal, words: str, type_: NumberType, text: str) -> Decimal:
    if type_.kind is NumberKind.WHOLE or not type_.unit:
        raise ValueProblem(f"{quoted(text)} is not {type_words(type_)} by itself. Leave out {quoted(words.strip())}.")
    unit = unit_meant(words, type_.unit)
    if unit is None:
        near = nearest_units(words)
        meant = f" Did you mean {quoted(near[0])}?" if near else ""
        wanted = quoted(example(type_))
        raise ValueProblem(f"I do not know the unit {quoted(words.strip())}.{meant} Write it like {wanted}.")
    if dimension(unit) != dimension(type_.unit):
        needed = f"{type_words(type_)} is needed, like {quoted(example(type_))}"
        raise ValueProblem(f"{quoted(text)} is {dimension_words(unit)}, but {needed}.")
    return _in_unit(number, unit, type_.unit, text)


def _in_unit(number: Decimal, unit: str, wanted: str, text: str) -> Decimal:
    how = conversion(unit, wanted)
    if how.is_identity:
        return number
    try:
        shifted = CONTEXT.add(number, how.add_before) if how.add_before else number
        scaled = CONTEXT.divide(CONTEXT.multiply(shifted, how.multiply), how.divide)
        return checked_decimal(CONTEXT.add(scaled, how.add_after) if how.add_after else scaled, text)
    except decimal.DecimalException as error:
        raise ValueProblem(f"{quoted(text)} is too large or too small a number to work with.") from error


def _several_parts(text: str, wanted: str) -> Decimal | None:
    """A duration of several parts ("1 hour and 30 minutes") or written as in ISO 8601 ("PT90M"); None for others."""
    iso = _ISO_DURATION.fullmatch(text.strip())
    if iso is not None:
        parts = [(found, unit) for unit, found in iso.groupdict().items() if unit != "sign" and found]
        negative = iso["sign"] == "-"
    else:
        negative = text.startswith(("-", "−"))
        rest = text[1:].lstrip() if negative else text
        matches = _parts(rest)
        if len(matches) < 2:
            return None
        parts = [(match["digits"], unit_named(match["unit"]) or "") for match in matches]
    total = Decimal(0)
    for digits, unit in parts:
        if not unit or dimension(unit) != dimension(wanted) or digits.count(".") > 1 or digits == ".":
            return None
        number = checked_decimal(Decimal(digits.replace(",", "")), text)
        total = CONTEXT.add(total, _in_unit(number, unit, wanted, text))
    return -total if negative and total else total


def _parts(text: str) -> list[re.Match[str]]:
    """The parts of a duration, one after the other; none when something else is between or after them."""
    matches: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = _PART.match(text, at)
        if match is None:
            return []
        matches.append(match)
        at = match.end()
    return matches


def _odd_comma(text: str) -> ValueProblem:
    return ValueProblem(
        f"{quoted(text)} has a comma where no thousands are separated. "
        "Write decimals with a point and thousands with commas, like “1,250.50”."
    )
