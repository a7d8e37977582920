"""A table in chunks, on one thread or several, and its results as one table."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa

from compiler.plan import Fault
from compiler.run import Clock
from compiler.targets.wasm import FunctionLayout, Layout
from runtime.engine.columns.chunk import ChunkRunner, Piece
from runtime.engine.columns.numbers import decimal_array
from runtime.engine.columns.outputs import array_of, is_decimal
from runtime.engine.machine import Blueprint, Machine

Array = np.ndarray[Any, Any]

CHUNK_ROWS = 32_768
"""Rows of a chunk: enough that its fixed costs do not count, few enough that its columns stay in the processor's cache."""

CHUNK_BYTES = 32 * 2**20
"""Bytes of inputs of a chunk; chunks of longer texts and lists have fewer rows."""


def run_columns(
    blueprint: Blueprint,
    layout: Layout,
    function: str,
    inputs: pa.Table,
    clock: Clock,
    limit: int,
    threads: int,
) -> pa.Table:
    """See `runtime.engine.program.Program.run_columns`."""
    called = layout.functions[function]
    if called.inputs:
        inputs = inputs.select([value.name for value in called.inputs])
    work = _Work(inputs)
    count = max(1, min(threads, -(-inputs.num_rows // CHUNK_ROWS)))
    if count == 1:
        _work(blueprint, called, layout.heap_base, clock, limit, work)
    else:
        with ThreadPoolExecutor(count) as pool:
            for done in [
                pool.submit(_work, blueprint, called, layout.heap_base, clock, limit, work) for _ in range(count)
            ]:
                done.result()
    return _table(called, [piece for _, pieces in sorted(work.done.items()) for piece in pieces])


class _Work:
    """The chunks of a table, handed out to threads, and their results by number."""

    def __init__(self, table: pa.Table) -> None:
        self._batches = self._split(table)
        self._lock = threading.Lock()
        self._number = 0
        self.done: dict[int, list[Piece]] = {}

    @staticmethod
    def _split(table: pa.Table) -> Iterator[tuple[int, list[pa.Array]]]:
        if not table.num_columns:
            for start in range(0, table.num_rows, CHUNK_ROWS):
                yield min(CHUNK_ROWS, table.num_rows - start), []
            return
        for batch in table.to_batches(max_chunksize=CHUNK_ROWS):
            for part in _light(batch):
                yield part.num_rows, part.columns

    def next(self) -> tuple[int, int, list[pa.Array]] | None:
        """The number, rows and columns of a chunk that nobody has yet."""
        with self._lock:
            chunk = next(self._batches, None)
            if chunk is None:
                return None
            self._number += 1
            return self._number, *chunk


def _light(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in parts that are not too large for the memory of a module."""
    if batch.num_rows <= 1 or batch.nbytes <= CHUNK_BYTES:
        if batch.num_rows:
            yield batch
        return
    half = batch.num_rows // 2
    yield from _light(batch.slice(0, half))
    yield from _light(batch.slice(half))


def _work(
    blueprint: Blueprint, function: FunctionLayout, base: int, clock: Clock, limit: int, work: _Work
) -> None:
    with Machine(blueprint) as machine:
        runner = ChunkRunner(machine, function, base, CHUNK_ROWS, clock, limit)
        while (chunk := work.next()) is not None:
            number, rows, columns = chunk
            work.done[number] = runner.run(rows, columns)


def _table(function: FunctionLayout, pieces: list[Piece]) -> pa.Table:
    names = [value.name for value in function.outputs]
    fault = _joined([piece.fault for piece in pieces], np.int32)
    columns: list[pa.Array | pa.ChunkedArray] = []
    for index, value in enumerate(function.outputs):
        parts = [piece.outputs[index] for piece in pieces]
        if is_decimal(value.type):
            values = _joined([part[0] for part in parts], np.int64)
            exponents = _joined([part[1] for part in parts], np.int32)
            stopped = fault != 0
            array, lost = decimal_array(values, exponents, stopped if stopped.any() else None)
            if lost is not None:
                # Such a number exists, but no column can hold it beside the others.
                fault[lost & ~stopped] = Fault.OUT_OF_RANGE.value
            columns.append(array)
        elif parts:
            columns.append(_united(parts))
        else:
            none = [np.zeros(0, np.int64) for _ in value.slots]
            columns.append(array_of(none, value.type, np.zeros(0, np.uint8)))
    columns.append(pa.array(fault.astype(np.int8)))
    columns.append(pa.array(_joined([piece.place for piece in pieces], np.int32)))
    columns.append(_texts(pieces))
    columns.append(pa.array(_joined([piece.operations for piece in pieces], np.int64)))
    return pa.table(columns, names=[*names, "fault", "place", "text", "operations"])


def _joined(arrays: list[Array], dtype: type) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, dtype)


def _united(parts: list[pa.Array]) -> pa.ChunkedArray:
    """Arrays of one column, whose decimals may have different scales in each, with one type."""
    type_ = parts[0].type
    for part in parts[1:]:
        type_ = _common(type_, part.type)
    return pa.chunked_array([part if part.type == type_ else part.cast(type_) for part in parts], type_)


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if one == other:
        return one
    if pa.types.is_decimal(one):
        scale = max(one.scale, other.scale)
        wide = pa.types.is_decimal256(one) or pa.types.is_decimal256(other)
        return pa.decimal256(76, scale) if wide else pa.decimal128(38, scale)
    if pa.types.is_struct(one):
        return pa.struct(
            [pa.field(one.field(i).name, _common(one.field(i).type, other.field(i).type)) for i in range(one.num_fields)]
        )
    if pa.types.is_list(one):
        return pa.list_(_common(one.value_type, other.value_type))
    return pa.large_string()


def _texts(pieces: list[Piece]) -> pa.ChunkedArray:
    arrays = [
        piece.text if piece.text is not None else pa.nulls(len(piece.fault), pa.string()) for piece in pieces
    ]
    return _united(arrays) if arrays else pa.chunked_array([pa.nulls(0, pa.string())])
