"""Dates and times: today, now, 3 days after, the days between, the year of."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from compiler import plan
from compiler.checking.coercion import fit, needed
from compiler.checking.numbers import later, number
from compiler.checking.scope import Scope
from compiler.checking.type_words import type_words
from compiler.nodes import Phrase, phrase
from compiler.plan import ArithmeticOperator, DatePart, Expression
from compiler.reading.spans import Misread, Problem, Span
from compiler.types import (
    DATE,
    DURATION,
    MOMENT,
    NUMBER,
    WHOLE,
    DateType,
    MomentType,
    TimeType,
)


@phrase
class TodayPhrase(Phrase):
    level = "primary"
    pattern = "today"

    def check(self, scope: Scope) -> Expression:
        return plan.Today(DATE)


@phrase
class Tomorrow(Phrase):
    level = "primary"
    pattern = "tomorrow"

    def check(self, scope: Scope) -> Expression:
        return plan.AddDays(plan.Today(DATE), plan.Literal(1, WHOLE), DATE)


@phrase
class Yesterday(Phrase):
    level = "primary"
    pattern = "yesterday"

    def check(self, scope: Scope) -> Expression:
        return plan.AddDays(plan.Today(DATE), plan.Literal(-1, WHOLE), DATE)


@phrase
class NowPhrase(Phrase):
    level = "primary"
    pattern = "now"
    also = ("the moment now",)

    def check(self, scope: Scope) -> Expression:
        return plan.Now(MOMENT)


def _shifted(amount: Phrase, start: Phrase, earlier: bool, scope: Scope) -> Expression:
    begin = needed(start.check(scope))
    if not isinstance(begin.type, DateType | MomentType):
        what = "before" if earlier else "after"
        raise Misread(Problem("T317", start.span, {"what": what, "found": type_words(begin.type)}))
    return later(begin, number(amount.check(scope), amount.span, "after"), earlier, amount.span)


@phrase
class LaterThan(Phrase):
    level = "unary"
    pattern = "{amount:primary} after {start:unary}"
    amount: Phrase
    start: Phrase

    def check(self, scope: Scope) -> Expression:
        return _shifted(self.amount, self.start, False, scope)


@phrase
class EarlierThan(Phrase):
    level = "unary"
    pattern = "{amount:primary} before {start:unary}"
    amount: Phrase
    start: Phrase

    def check(self, scope: Scope) -> Expression:
        return _shifted(self.amount, self.start, True, scope)


@phrase
class DaysBetween(Phrase):
    level = "primary"
    pattern = "the days between {start:sum} and {end:sum}"
    start: Phrase
    end: Phrase

    def check(self, scope: Scope) -> Expression:
        start = fit(self.start.check(scope), DATE, self.start.span, "the first date")
        end = fit(self.end.check(scope), DATE, self.end.span, "the second date")
        return plan.DaysBetween(start, end, WHOLE)


def _whole_steps(start: Phrase, end: Phrase, per_step: int, scope: Scope) -> Expression:
    """Full years (10,000 of year·10,000 + month·100 + day) or months (100 of month·100 + day) from one date to another."""
    numbers = []
    for node, what in ((end, "the second date"), (start, "the first date")):
        date = fit(node.check(scope), DATE, node.span, what)
        year, month, day = (plan.PartOf(part, date, WHOLE) for part in (DatePart.YEAR, DatePart.MONTH, DatePart.DAY))
        months = _sum(_times(year, 100 if per_step == 10_000 else 12), month)
        numbers.append(_sum(_times(months, 100), day))
    gap = plan.ToDecimal(plan.Arithmetic(ArithmeticOperator.SUBTRACT, numbers[0], numbers[1], WHOLE), NUMBER)
    steps = plan.Arithmetic(ArithmeticOperator.DIVIDE, gap, plan.Literal(Decimal(per_step), NUMBER), NUMBER)
    return plan.ToWhole(plan.RoundPlaces(steps, 0, plan.Rounding.DOWN, NUMBER), WHOLE)


def _times(value: Expression, factor: int) -> Expression:
    return plan.Arithmetic(ArithmeticOperator.MULTIPLY, value, plan.Literal(factor, WHOLE), WHOLE)


def _sum(left: Expression, right: Expression) -> Expression:
    return plan.Arithmetic(ArithmeticOperator.ADD, left, right, WHOLE)


@phrase
class YearsBetween(Phrase):
    """Full years, as ages are counted."""

    level = "primary"
    greedy = True
    pattern = "the years between {start:sum} and {end:sum}"
    start: Phrase
    end: Phrase

    def check(self, scope: Scope) -> Expression:
        return _whole_steps(self.start, self.end, 10_000, scope)


@phrase
class MonthsBetween(Phrase):
    level = "primary"
    greedy = True
    pattern = "the months between {start:sum} and {end:sum}"
    start: Phrase
    end: Phrase

    def check(self, scope: Scope) -> Expression:
        return _whole_steps(self.start, self.end, 100, scope)


@phrase
class TimeBetween(Phrase):
    level = "primary"
    pattern = "the time between {start:sum} and {end:sum}"
    start: Phrase
    end: Phrase

    def check(self, scope: Scope) -> Expression:
        start = fit(self.start.check(scope), MOMENT, self.start.span, "the first moment")
        end = fit(self.end.check(scope), MOMENT, self.end.span, "the second moment")
        return plan.SecondsBetween(start, end, DURATION)


@phrase
class DateOf(Phrase):
    level = "primary"
    pattern = "the date of {value:primary}"
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        return plan.DateOf(fit(self.value.check(scope), MOMENT, self.value.span, "the date"), DATE)


class _Part(Phrase):
    part: ClassVar[DatePart]
    value: Phrase

    def check(self, scope: Scope) -> Expression:
        value = needed(self.value.check(scope))
        of_day = self.part in (DatePart.HOUR, DatePart.MINUTE)
        if not isinstance(value.type, MomentType | (TimeType if of_day else DateType)):
            raise Misread(_no_part(self.part, value, self.value.span))
        return plan.PartOf(self.part, value, WHOLE)


def _no_part(part: DatePart, value: Expression, span: Span) -> Problem:
    return Problem("T317", span, {"what": f"the {part.value} of", "found": type_words(value.type)})


@phrase
class YearOf(_Part):
    level = "primary"
    pattern = "the year of {value:primary}"
    part = DatePart.YEAR
    value: Phrase


@phrase
class MonthOf(_Part):
    level = "primary"
    pattern = "the month of {value:primary}"
    part = DatePart.MONTH
    value: Phrase


@phrase
class DayOf(_Part):
    level = "primary"
    pattern = "the day of {value:primary}"
    part = DatePart.DAY
    value: Phrase


@phrase
class WeekdayOf(_Part):
    level = "primary"
    pattern = "the weekday of {value:primary}"
    part = DatePart.WEEKDAY
    value: Phrase


@phrase
class HourOf(_Part):
    level = "primary"
    pattern = "the hour of {value:primary}"
    part = DatePart.HOUR
    value: Phrase


@phrase
class MinuteOf(_Part):
    level = "primary"
    pattern = "the minute of {value:primary}"
    part = DatePart.MINUTE
    value: Phrase
