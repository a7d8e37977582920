"""The meaning of expressions on dates, times of day and moments. Moments are in UTC with microseconds."""

from __future__ import annotations

import calendar
import datetime
from decimal import Decimal

from compiler import plan
from compiler.interpreter.arithmetic import rounded
from compiler.interpreter.frame import Frame, Halt, evaluate, meaning_of
from compiler.plan import DatePart, Fault, Rounding

_MICROSECOND = datetime.timedelta(microseconds=1)
_FARTHEST_SECONDS = 10**12
"""More seconds than there are between any two moments."""


@meaning_of(plan.PartOf)
def _part_of(node: plan.PartOf, frame: Frame) -> int:
    value = evaluate(node.value, frame)
    if node.part is DatePart.WEEKDAY:
        return int(value.isoweekday())
    return int(getattr(value, node.part.value))


@meaning_of(plan.DaysBetween)
def _days_between(node: plan.DaysBetween, frame: Frame) -> int:
    start = evaluate(node.start, frame)
    end = evaluate(node.end, frame)
    days: int = (end - start).days
    return days


@meaning_of(plan.SecondsBetween)
def _seconds_between(node: plan.SecondsBetween, frame: Frame) -> Decimal:
    start = evaluate(node.start, frame)
    end = evaluate(node.end, frame)
    microseconds = (end - start) // _MICROSECOND
    places = 6
    while places and microseconds % 10 == 0:
        microseconds //= 10
        places -= 1
    return Decimal(microseconds).scaleb(-places)


@meaning_of(plan.AddDays)
def _add_days(node: plan.AddDays, frame: Frame) -> datetime.date:
    date: datetime.date = evaluate(node.date, frame)
    days: int = evaluate(node.days, frame)
    try:
        return date + datetime.timedelta(days=days)
    except OverflowError as error:
        raise Halt(Fault.OUT_OF_RANGE) from error


@meaning_of(plan.AddMonths)
def _add_months(node: plan.AddMonths, frame: Frame) -> datetime.date:
    date: datetime.date = evaluate(node.date, frame)
    months: int = evaluate(node.months, frame)
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise Halt(Fault.OUT_OF_RANGE)
    last = calendar.monthrange(year, month + 1)[1]
    return date.replace(year=year, month=month + 1, day=min(date.day, last))


@meaning_of(plan.AddSeconds)
def _add_seconds(node: plan.AddSeconds, frame: Frame) -> datetime.datetime:
    moment: datetime.datetime = evaluate(node.moment, frame)
    seconds = rounded(evaluate(node.seconds, frame), 6, Rounding.HALF_EVEN)
    if abs(seconds) >= _FARTHEST_SECONDS:
        raise Halt(Fault.OUT_OF_RANGE)
    try:
        return moment + int(seconds.scaleb(6)) * _MICROSECOND
    except OverflowError as error:
        raise Halt(Fault.OUT_OF_RANGE) from error


@meaning_of(plan.DateOf)
def _date_of(node: plan.DateOf, frame: Frame) -> datetime.date:
    moment: datetime.datetime = evaluate(node.moment, frame)
    return moment.date()


@meaning_of(plan.Today)
def _today(node: plan.Today, frame: Frame) -> datetime.date:
    return frame.run.clock.today


@meaning_of(plan.Now)
def _now(node: plan.Now, frame: Frame) -> datetime.datetime:
    return frame.run.clock.now
