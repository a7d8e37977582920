"""A table in chunks, on one thread or several, and its results as one table."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa

from compiler.run import Clock
from compiler.targets.wasm import FunctionLayout, Layout
from compiler.types import Type
from runtime.engine.columns.chunk import CHUNK_ROWS, ChunkRunner, Piece
from runtime.engine.columns.inputs import weight
from runtime.engine.columns.outputs import array_of, is_decimal
from runtime.engine.columns.room import Room
from runtime.engine.machine import Blueprint, Machine

Array = np.ndarray[Any, Any]

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
    seconds: float | None = None,
    check: Callable[[], None] | None = None,
) -> pa.Table:
    """See `runtime.engine.program.Program.run_columns`."""
    called = layout.functions[function]
    deadline = None if seconds is None else time.monotonic() + seconds
    work = _Work(inputs, called, deadline, check)
    count = max(1, min(threads, -(-inputs.num_rows // CHUNK_ROWS)))
    with ThreadPoolExecutor(count) as pool:
        # The calling thread would only wait: wasmtime and numpy work without Python's lock.
        for done in [pool.submit(_work, blueprint, called, layout.heap_base, clock, limit, work) for _ in range(count)]:
            done.result()
        pieces = [piece for _, pieces in sorted(work.done.items()) for piece in pieces]
        return _table(called, pieces, pool)


class _Work:
    """The chunks of a table, handed out to threads, and their results by number."""

    def __init__(
        self,
        table: pa.Table,
        function: FunctionLayout,
        deadline: float | None,
        check: Callable[[], None] | None,
    ) -> None:
        names = [value.name for value in function.inputs]
        types = [value.type for value in function.inputs]
        self._batches = self._split(table.select(names) if names else None, table.num_rows, types)
        self._lock = threading.Lock()
        self._number = 0
        self.rows = table.num_rows
        self.deadline = deadline
        self.check = check
        self.done: dict[int, list[Piece]] = {}

    @staticmethod
    def _split(table: pa.Table | None, rows: int, types: list[Type]) -> Iterator[tuple[int, list[pa.Array]]]:
        if table is None:
            for start in range(0, rows, CHUNK_ROWS):
                yield min(CHUNK_ROWS, rows - start), []
            return
        for batch in table.to_batches(max_chunksize=CHUNK_ROWS):
            for part in _light(batch, types):
                yield part.num_rows, part.columns

    def next(self) -> tuple[int, int, list[pa.Array]] | None:
        """The number, rows and columns of a chunk that nobody has yet."""
        with self._lock:
            chunk = next(self._batches, None)
            if chunk is None:
                return None
            self._number += 1
            return self._number, *chunk


def _light(batch: pa.RecordBatch, types: list[Type]) -> Iterator[pa.RecordBatch]:
    """A batch in parts that are not too large for the memory of a module."""
    if batch.num_rows > 1:
        size = sum(weight(array, type_) for array, type_ in zip(batch.columns, types, strict=True))
        if size > CHUNK_BYTES:
            half = batch.num_rows // 2
            yield from _light(batch.slice(0, half), types)
            yield from _light(batch.slice(half), types)
            return
    if batch.num_rows:
        yield batch


def _work(blueprint: Blueprint, function: FunctionLayout, base: int, clock: Clock, limit: int, work: _Work) -> None:
    with Machine(blueprint) as machine:
        runner = ChunkRunner(machine, function, base, clock, limit, Room(work.rows), work.deadline, work.check)
        while (chunk := work.next()) is not None:
            number, rows, columns = chunk
            work.done[number] = runner.run(rows, columns)


def _table(function: FunctionLayout, pieces: list[Piece], pool: ThreadPoolExecutor) -> pa.Table:
    columns: list[pa.ChunkedArray] = []
    for index, value in enumerate(function.outputs):
        if not pieces:
            none = [np.zeros(0, np.int64) for _ in value.slots]
            columns.append(pa.chunked_array([array_of(none, value.type, np.zeros(0, np.uint8))]))
        elif is_decimal(value.type):
            columns.append(_decimals(pieces, index, pool))
        else:
            columns.append(_united([piece.outputs[index] for piece in pieces]))
    columns.append(_chunked([piece.fault for piece in pieces], pa.int8()))
    columns.append(_chunked([piece.place for piece in pieces], pa.int32()))
    texts = [piece.text if piece.text is not None else pa.nulls(len(piece.fault), pa.string()) for piece in pieces]
    columns.append(_united(texts) if texts else pa.chunked_array([], pa.string()))
    columns.append(_chunked([piece.operations for piece in pieces], pa.int64()))
    names = [value.name for value in function.outputs]
    return pa.table(columns, names=[*names, "fault", "place", "text", "operations"])


def _decimals(pieces: list[Piece], index: int, pool: ThreadPoolExecutor) -> pa.ChunkedArray:
    """An output of decimals with one scale."""
    scale = max(piece.outputs[index].scale for piece in pieces)

    def convert(piece: Piece) -> pa.Array:
        stopped = piece.fault != 0
        return piece.outputs[index].at_scale(scale, stopped if stopped.any() else None)

    return _united(list(pool.map(convert, pieces)))


def _chunked(arrays: list[Array], type_: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(array, type_) for array in arrays], type_)


def _united(parts: list[pa.Array]) -> pa.ChunkedArray:
    """Arrays of one column, whose decimals may have different scales in each, with one type."""
    type_ = parts[0].type
    for part in parts[1:]:
        type_ = _common(type_, part.type)
    try:
        return pa.chunked_array([part if part.type == type_ else part.cast(type_) for part in parts], type_)
    except pa.ArrowInvalid:
        # A number of one part has no room beside the decimals of another.
        type_ = _wider(type_)
        return pa.chunked_array([part.cast(type_) for part in parts], type_)


def _wider(type_: pa.DataType) -> pa.DataType:
    """The type with decimals of 76 digits, which have room for all that a column may hold."""
    if pa.types.is_decimal(type_):
        return pa.decimal256(76, type_.scale)
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(field.name, _wider(field.type)) for field in type_])
    return pa.list_(_wider(type_.value_type)) if pa.types.is_list(type_) else type_


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    if one == other:
        return one
    if pa.types.is_decimal(one):
        scale = max(one.scale, other.scale)
        wide = pa.types.is_decimal256(one) or pa.types.is_decimal256(other)
        return pa.decimal256(76, scale) if wide else pa.decimal128(38, scale)
    if pa.types.is_struct(one):
        return pa.struct(
            [
                pa.field(one.field(i).name, _common(one.field(i).type, other.field(i).type))
                for i in range(one.num_fields)
            ]
        )
    if pa.types.is_list(one):
        return pa.list_(_common(one.value_type, other.value_type))
    return pa.large_string()
