"""Dates, times and moments."""

from __future__ import annotations

from compiler.plan import (
    AddDays,
    AddMonths,
    AddSeconds,
    DateOf,
    DatePart,
    DaysBetween,
    Now,
    PartOf,
    SecondsBetween,
    Today,
)
from compiler.targets.wasm.writer import FunctionWriter, emits
from compiler.types import MomentType, TimeType

_DATE_PARTS = {
    DatePart.YEAR: "year_of",
    DatePart.MONTH: "month_of",
    DatePart.DAY: "day_of",
    DatePart.WEEKDAY: "weekday_of",
}


@emits(PartOf)
def part_of(writer: FunctionWriter, node: PartOf) -> None:
    writer.value(node.value)
    moment = isinstance(node.value.type, MomentType)
    if node.part in _DATE_PARTS:
        if moment:
            writer.call("moment_days")
        writer.call(_DATE_PARTS[node.part])
        return
    if isinstance(node.value.type, TimeType):
        writer.add("i64.extend_i32_u")
    else:
        writer.call("moment_rest")
        writer.add("i64.const 1000000", "i64.div_u")
    if node.part is DatePart.HOUR:
        writer.add("i64.const 3600", "i64.div_u")
    else:
        writer.add("i64.const 60", "i64.div_u", "i64.const 60", "i64.rem_u")


@emits(DaysBetween)
def days_between(writer: FunctionWriter, node: DaysBetween) -> None:
    with writer.locals("i32") as (start,):
        writer.value(node.start)
        writer.add(f"local.set {start}")
        writer.value(node.end)
        writer.add(f"local.get {start}", "i32.sub", "i64.extend_i32_s")


@emits(SecondsBetween)
def seconds_between(writer: FunctionWriter, node: SecondsBetween) -> None:
    with writer.locals("i64") as (start,):
        writer.value(node.start)
        writer.add(f"local.set {start}")
        writer.value(node.end)
        writer.add(f"local.get {start}", "i64.sub")
        writer.call("seconds_of")


@emits(AddDays)
def add_days(writer: FunctionWriter, node: AddDays) -> None:
    writer.value(node.date)
    writer.value(node.days)
    writer.call("add_days", faults=True)


@emits(AddMonths)
def add_months(writer: FunctionWriter, node: AddMonths) -> None:
    writer.value(node.date)
    writer.value(node.months)
    writer.call("moment_add_months" if isinstance(node.date.type, MomentType) else "add_months", faults=True)


@emits(AddSeconds)
def add_seconds(writer: FunctionWriter, node: AddSeconds) -> None:
    writer.value(node.moment)
    writer.value(node.seconds)
    writer.call("moment_add_seconds", faults=True)


@emits(DateOf)
def date_of(writer: FunctionWriter, node: DateOf) -> None:
    writer.value(node.moment)
    writer.call("moment_days")


@emits(Today)
def today(writer: FunctionWriter, node: Today) -> None:
    writer.add("global.get $today")


@emits(Now)
def now(writer: FunctionWriter, node: Now) -> None:
    writer.add("global.get $now")
