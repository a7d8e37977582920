"""Lists and records. Items lie one after the other in memory, so an item is an address that moves on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from compiler.plan import (
    LONGEST_LIST,
    Aggregate,
    Aggregation,
    Count,
    Expression,
    Fault,
    FieldOf,
    Filter,
    First,
    Holds,
    ListWith,
    MakeList,
    MakeRecord,
    Map,
    Quantity,
    Sort,
)
from compiler.targets.wasm import forms
from compiler.targets.wasm.expressions.logic import choose_larger
from compiler.targets.wasm.expressions.numbers import is_whole
from compiler.targets.wasm.sorting import sort_by
from compiler.targets.wasm.writer import FunctionWriter, emits
from compiler.types import ListType, NumberType, RecordType, Type


def item_type(expression: Expression) -> Type:
    """The type of the items of a list expression."""
    assert isinstance(expression.type, ListType)
    return expression.type.item


def make(writer: FunctionWriter, into: str) -> None:
    """Pops a number of bytes and sets a local to the address of so many new ones."""
    writer.call("make", faults=True)
    writer.add(f"local.set {into}")


@contextmanager
def items(writer: FunctionWriter, expression: Expression, name: str) -> Iterator[str]:
    """The code inside the `with` runs for each item of a list, called `name`; gives the label of the end."""
    with writer.locals("i32", "i32") as (address, count):
        writer.value(expression)
        writer.set([address, count])
        with each(writer, item_type(expression), address, count, name) as end:
            yield end


@contextmanager
def each(writer: FunctionWriter, item: Type, address: str, count: str, name: str | None = None) -> Iterator[str]:
    """The code inside the `with` runs for each of `count` items from `address` on; gives the label of the end."""
    end, again = writer.label(), writer.label()
    writer.add(f"block {end}", f"loop {again}", f"local.get {count}", "i32.eqz", f"br_if {end}")
    if name is None:
        yield end
    else:
        with writer.binding(name, item) as names:
            writer.load(item, address)
            writer.set(names)
            yield end
    writer.add(f"local.get {address}", f"i32.const {forms.size(item)}", "i32.add", f"local.set {address}")
    writer.add(f"local.get {count}", "i32.const 1", "i32.sub", f"local.set {count}", f"br {again}", "end", "end")


@emits(FieldOf)
def field_of(writer: FunctionWriter, node: FieldOf) -> None:
    record = node.record.type
    assert isinstance(record, RecordType)
    writer.value(node.record)
    with writer.locals("i32") as (address,):
        writer.add(f"i32.const {forms.field_offset(record, node.name)}", "i32.add", f"local.set {address}")
        writer.load(node.type, address)


@emits(MakeRecord)
def make_record(writer: FunctionWriter, node: MakeRecord) -> None:
    assert isinstance(node.type, RecordType)
    with writer.locals("i32", "i32") as (address, field):
        writer.add(f"i32.const {forms.size(node.type)}")
        make(writer, address)
        for one, value in zip(node.type.fields, node.values, strict=True):
            writer.value(value)
            writer.add(f"local.get {address}", f"i32.const {forms.field_offset(node.type, one.name)}", "i32.add")
            writer.add(f"local.set {field}")
            writer.store(one.type, field)
        writer.get([address])


@emits(MakeList)
def make_list(writer: FunctionWriter, node: MakeList) -> None:
    width = forms.size(item_type(node))
    with writer.locals("i32", "i32") as (address, at):
        writer.add(f"i32.const {width * min(len(node.items), LONGEST_LIST)}")
        make(writer, address)
        if len(node.items) > LONGEST_LIST:
            for item in node.items:
                writer.value(item)
                writer.add(*("drop" for _ in forms.slots(item.type)))
            writer.stop(Fault.MEMORY)
        else:
            for index, item in enumerate(node.items):
                writer.value(item)
                writer.add(f"local.get {address}", f"i32.const {index * width}", "i32.add", f"local.set {at}")
                writer.store(item.type, at)
        writer.get([address])
        writer.add(f"i32.const {len(node.items)}")


@emits(ListWith)
def list_with(writer: FunctionWriter, node: ListWith) -> None:
    item = item_type(node)
    width = forms.size(item)
    with (
        writer.locals("i32", "i32", "i32") as (address, count, at),
        writer.locals(*forms.slots(item)) as names,
    ):
        writer.value(node.list)
        writer.set([address, count])
        writer.value(node.item)
        writer.set(names)
        writer.get([address, count])
        writer.add(f"i32.const {width}")
        writer.call("list_with", faults=True)
        writer.add(f"local.tee {address}", f"local.get {count}", f"i32.const {width}", "i32.mul", "i32.add")
        writer.add(f"local.set {at}")
        writer.store_locals(item, names, at)
        writer.get([address, count])
        writer.add("i32.const 1", "i32.add")


@emits(Filter)
def filter_list(writer: FunctionWriter, node: Filter) -> None:
    width = forms.size(item_type(node.list))
    with writer.locals("i32", "i32", "i32", "i32") as (address, count, made, end):
        writer.value(node.list)
        writer.set([address, count])
        writer.add(f"local.get {count}", f"i32.const {width}", "i32.mul")
        make(writer, made)
        writer.add(f"local.get {made}", f"local.set {end}")
        with each(writer, item_type(node.list), address, count, node.item.name):
            writer.value(node.condition)
            writer.add("if", f"local.get {end}", f"local.get {address}", f"i32.const {width}", "memory.copy")
            writer.add(f"local.get {end}", f"i32.const {width}", "i32.add", f"local.set {end}", "end")
        writer.get([made, end, made])
        writer.add("i32.sub", f"i32.const {max(width, 1)}", "i32.div_u")


@emits(Map)
def map_list(writer: FunctionWriter, node: Map) -> None:
    value_type = item_type(node)
    width = forms.size(value_type)
    with writer.locals("i32", "i32", "i32", "i32", "i32") as (address, count, total, made, end):
        writer.value(node.list)
        writer.set([address, count])
        writer.add(f"local.get {count}", f"local.tee {total}", f"i32.const {width}", "i32.mul")
        make(writer, made)
        writer.add(f"local.get {made}", f"local.set {end}")
        with each(writer, item_type(node.list), address, count, node.item.name):
            writer.value(node.value)
            writer.store(value_type, end)
            writer.add(f"local.get {end}", f"i32.const {width}", "i32.add", f"local.set {end}")
        writer.get([made, total])


@emits(Sort)
def sort_list(writer: FunctionWriter, node: Sort) -> None:
    item = item_type(node.list)
    with writer.locals(*["i32"] * 6) as (address, count, total, keys, end, start):
        writer.value(node.list)
        writer.set([address, count])
        writer.add(f"local.get {address}", f"local.set {start}")
        writer.add(f"local.get {count}", f"local.tee {total}", f"i32.const {forms.size(node.key.type)}", "i32.mul")
        make(writer, keys)
        writer.add(f"local.get {keys}", f"local.set {end}")
        with each(writer, item, address, count, node.item.name):
            writer.value(node.key)
            writer.store(node.key.type, end)
            writer.add(f"local.get {end}", f"i32.const {forms.size(node.key.type)}", "i32.add", f"local.set {end}")
        writer.get([start, total, keys])
        writer.add(f"i32.const {forms.size(item)}")
        writer.call(sort_by(writer.module, node.key.type, node.descending), faults=True)
        writer.get([total])


@emits(Count)
def count_items(writer: FunctionWriter, node: Count) -> None:
    with writer.locals("i32") as (count,):
        writer.value(node.list)
        writer.add(f"local.set {count}", "drop", f"local.get {count}", "i64.extend_i32_u")


@emits(First)
def first(writer: FunctionWriter, node: First) -> None:
    with writer.locals("i32", "i32") as (address, count):
        writer.value(node.list)
        writer.set([address, count])
        writer.add(f"local.get {count}", "i32.eqz")
        writer.stop_if(Fault.NONE_FOUND)
        if node.last:
            writer.add(f"local.get {count}", "i32.const 1", "i32.sub", f"i32.const {forms.size(node.type)}", "i32.mul")
            writer.add(f"local.get {address}", "i32.add", f"local.set {address}")
        writer.load(node.type, address)


@emits(Holds)
def holds(writer: FunctionWriter, node: Holds) -> None:
    otherwise = int(node.quantity is not Quantity.ANY)
    with writer.locals("i32") as (answer,):
        # The value of a local is anything when its `with` begins.
        writer.add(f"i32.const {otherwise}", f"local.set {answer}")
        with items(writer, node.list, node.item.name) as end:
            writer.value(node.condition)
            if node.quantity is Quantity.EVERY:
                writer.add("i32.eqz")
            writer.add("if", f"i32.const {1 - otherwise}", f"local.set {answer}", f"br {end}", "end")
        writer.add(f"local.get {answer}")


@emits(Aggregate)
def aggregate(writer: FunctionWriter, node: Aggregate) -> None:
    if node.aggregation in (Aggregation.SUM, Aggregation.AVERAGE):
        _sum(writer, node)
    else:
        _extreme(writer, node)


def _sum(writer: FunctionWriter, node: Aggregate) -> None:
    type_ = item_type(node.list)
    assert isinstance(type_, NumberType)
    kinds = forms.slots(type_)
    average = node.aggregation is Aggregation.AVERAGE
    with writer.locals(*kinds) as total, writer.locals("i32", "i32", "i32") as (address, count, number):
        writer.value(node.list)
        writer.set([address, count])
        if average:
            writer.add(f"local.get {count}", f"local.tee {number}", "i32.eqz")
            writer.stop_if(Fault.NONE_FOUND)
        writer.constant([0] * len(kinds), type_)
        writer.set(total)
        with each(writer, type_, address, count):
            writer.get(total)
            writer.load(type_, address)
            writer.call("whole_add" if is_whole(type_) else "decimal_add", faults=True)
            writer.set(total)
        writer.get(total)
        if average:
            if is_whole(type_):
                writer.add("i32.const 0")
            writer.add(f"local.get {number}", "i64.extend_i32_u", "i32.const 0")
            writer.call("decimal_divide", faults=True)


def _extreme(writer: FunctionWriter, node: Aggregate) -> None:
    type_ = item_type(node.list)
    kinds = forms.slots(type_)
    with (
        writer.locals(*kinds) as best,
        writer.locals(*kinds) as other,
        writer.locals("i32", "i32") as (address, count),
    ):
        writer.value(node.list)
        writer.set([address, count])
        writer.add(f"local.get {count}", "i32.eqz")
        writer.stop_if(Fault.NONE_FOUND)
        writer.load(type_, address)
        writer.set(best)
        with each(writer, type_, address, count):
            writer.load(type_, address)
            writer.set(other)
            choose_larger(writer, type_, best, other, node.aggregation is Aggregation.LOWEST)
            writer.set(best)
        writer.get(best)
