"""One chunk of rows in one instance: fills its memory, runs it, and copies the results out."""

from __future__ import annotations

import ctypes
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from compiler.plan import Fault
from compiler.run import Clock
from compiler.targets.wasm import FunctionLayout, forms
from compiler.targets.wasm.layout import MAXIMUM_PAGES, RESULT_SLOTS, ROW_MEMORY
from compiler.types import Type
from runtime.engine.columns.inputs import Heap, InputsTooLarge, slots_of
from runtime.engine.columns.numbers import decimals_of
from runtime.engine.columns.outputs import array_of, is_decimal, rows_beyond, texts
from runtime.engine.columns.room import Room
from runtime.engine.machine import PAGE, RUN_FUEL, RUN_SECONDS, Interrupted, Machine
from runtime.engine.ticker import ticks

Array = np.ndarray[Any, Any]

KEPT = 32 * 2**20
"""How many bytes rows may make together before what they made is taken away."""

CHUNK_ROWS = 32_768
"""Rows of a chunk: enough that its fixed costs do not count, few enough that its columns stay in the cache."""

_LAST_INPUT = MAXIMUM_PAGES * PAGE - ROW_MEMORY - KEPT
_RUNNING = -1
# The faults and places of rows that all went well, which most pieces share.
_ZEROS = np.zeros(CHUNK_ROWS, np.int8)
_NO_PLACES = np.full(CHUNK_ROWS, -1, np.int32)
_ZEROS.flags.writeable = _NO_PLACES.flags.writeable = False

_DTYPES: dict[str, np.dtype[Any]] = {"i64": np.dtype("<i8"), "i32": np.dtype("<i4")}


@dataclass(frozen=True, slots=True)
class Piece:
    """The results of some rows that follow one another."""

    outputs: list[Any]
    """For each output its array; `Decimals` for numbers."""

    fault: Array
    place: Array
    text: pa.Array | None
    """The texts of the rows that a sentence stopped, null elsewhere; None when there are none."""

    operations: Array


class ChunkRunner:
    """Runs chunks of at most `CHUNK_ROWS` rows of one function, one after the other, in one instance."""

    def __init__(
        self,
        machine: Machine,
        layout: FunctionLayout,
        base: int,
        clock: Clock,
        limit: int,
        room: Room,
        deadline: float | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        """Rows that are not reached by the `deadline`, a time of `time.monotonic`, stop with TIME.

        `check` is called before each call of the module, so every `RUN_SECONDS`; what it raises ends the work.
        """
        self._machine = machine
        self._layout = layout
        self._export = layout.export.encode()
        self._block = base
        self._limit = limit
        self._room = room
        self._deadline = deadline
        self._check = check
        self._now = (clock.now - forms.EPOCH) // forms.MICROSECOND
        self._today = clock.today.toordinal() - forms.EPOCH_DAY
        self._kinds = layout.columns
        self._inputs = sum(len(value.slots) for value in layout.inputs)
        address = -(-(base + layout.block_bytes) // 16) * 16
        self._columns: list[int] = []
        for kind in self._kinds:
            self._columns.append(address)
            address += -(-_DTYPES[kind].itemsize * CHUNK_ROWS // 16) * 16
        self._heap_start = address

    def run(self, rows: int, columns: list[pa.Array]) -> list[Piece]:
        """Runs a chunk, given one array for each input."""
        try:
            bad = self._fill(rows, columns)
        except InputsTooLarge:
            return self._parts(rows, columns)
        return self._pieces(rows, bad)

    def _parts(self, rows: int, columns: list[pa.Array]) -> list[Piece]:
        """A chunk that memory cannot hold, as two; a row for which even that is not enough is a fault."""
        if rows > 1:
            halves = ((0, rows // 2), (rows // 2, rows - rows // 2))
            parts = [self.run(count, [column.slice(start, count) for column in columns]) for start, count in halves]
            return [piece for part in parts for piece in part]
        self._fill(1, [pa.nulls(1, column.type) for column in columns])
        pieces = self._pieces(1, np.ones(1, bool))
        return [replace(piece, fault=np.full(1, Fault.MEMORY.value, np.int8)) for piece in pieces]

    def _pieces(self, rows: int, bad: Array | None) -> list[Piece]:
        """The results of the rows that are in memory, without those in `bad`, which are not of their types."""
        pieces: list[Piece] = []
        first = 0
        while first < rows:
            try:
                following = self._call(first, rows)
            except Interrupted as interrupted:
                # The rows before the one that was running are done. That one is tried alone, with all that a run may
                # use: the rows share that here, so that no row gets more in a batch than by itself.
                following = first + int(np.argmax(self._column(len(self._kinds) - 5)[first:rows] == _RUNNING))
                if following > first:
                    pieces.append(self._piece(first, following, bad))
                if self._seconds() == 0:
                    self._stop(following, following + 1, interrupted)
                    self._stop(following + 1, rows, Interrupted(Fault.TIME, -1, self._limit))
                    pieces.append(self._piece(following, rows, bad))
                    break
                pieces.append(self._alone(following, bad))
                first = following + 1
                continue
            pieces.append(self._piece(first, following, bad))
            first = following
        return pieces

    def _seconds(self) -> float:
        """How long the next row may take."""
        if self._deadline is None:
            return RUN_SECONDS
        return max(0.0, min(RUN_SECONDS, self._deadline - time.monotonic()))

    def _call(self, first: int, rows: int) -> int:
        if self._check is not None:
            self._check()
        seconds = self._seconds()
        if seconds == 0:
            raise Interrupted(Fault.TIME, -1, self._limit)
        try:
            return self._machine.run(self._export, self._block, first, rows, RUN_FUEL, ticks(seconds))
        finally:
            self._machine.look()

    def _alone(self, row: int, bad: Array | None) -> Piece:
        try:
            self._call(row, row + 1)
        except Interrupted as interrupted:
            self._stop(row, row + 1, interrupted)
        return self._piece(row, row + 1, bad)

    def _stop(self, first: int, last: int, interrupted: Interrupted) -> None:
        """Writes as the results of rows that they were interrupted."""
        for index, value in (
            (-5, interrupted.fault.value),
            (-4, interrupted.place),
            (-3, 0),
            (-2, 0),
            (-1, self._limit - interrupted.left),
        ):
            self._column(len(self._kinds) + index)[first:last] = value

    # --- memory

    def _view(self, address: int, size: int) -> Array:
        if address + size > self._machine.bytes:
            raise IndexError("beyond the memory of a module")
        content: Any = (ctypes.c_uint8 * size).from_address(self._machine.address + address)
        return np.frombuffer(content, np.uint8)

    def _column(self, index: int) -> Array:
        dtype = _DTYPES[self._kinds[index]]
        return self._view(self._columns[index], self._rows * dtype.itemsize).view(dtype)

    def _fill(self, rows: int, columns: list[pa.Array]) -> Array | None:
        """Writes the block, the columns of inputs and what they point to; gives the rows that are not of their type."""
        self._rows = rows
        heap = Heap(self._heap_start, _LAST_INPUT)
        bad: Array | None = None
        slots: list[Array | int] = []
        for value, array in zip(self._layout.inputs, columns, strict=True):
            found = slots_of(array, value.type, heap)
            slots += found.slots
            if found.bad is not None:
                bad = found.bad if bad is None else bad | found.bad
        if not self._machine.need(heap.end):
            raise InputsTooLarge
        for address, content in heap.pieces:
            self._view(address, len(content))[:] = content
        strides = []
        for index, kind in enumerate(self._kinds):
            width = _DTYPES[kind].itemsize
            if index < self._inputs:
                slot = slots[index]
                if isinstance(slot, int):
                    self._column(index)[:1] = slot
                    width = 0
                else:
                    self._column(index)[:] = slot
            strides.append(width)
        self._column(len(self._kinds) - 5)[:] = _RUNNING
        table = [number for pair in zip(self._columns, strides, strict=True) for number in pair]
        block = struct.pack("<qqiiii", self._now, self._limit, self._today, heap.end, KEPT, 0)
        self._machine.write(self._block, block + struct.pack(f"<{len(table)}i", *table))
        return bad

    # --- results

    def _piece(self, first: int, last: int, bad: Array | None) -> Piece:
        results = [self._column(index)[first:last] for index in range(self._inputs, len(self._kinds))]
        fault, place, text_address, text_bytes, operations = results[-len(RESULT_SLOTS) :]
        refused = bad[first:last] if bad is not None else None
        if refused is not None and refused.any():
            fault, place, operations = fault.copy(), place.copy(), operations.copy()
            fault[refused] = Fault.INPUT.value
            place[refused] = -1
            operations[refused] = 0
        missing = fault != 0 if fault.any() else None
        memory = self._view(0, self._machine.bytes)
        given: list[list[Array]] = []
        at = 0
        for value in self._layout.outputs:
            given.append(results[at : at + len(value.slots)])
            at += len(value.slots)
            lost = rows_beyond(given[-1], value.type, memory, missing)
            if lost is not None:
                fault = np.where(lost, Fault.OUT_OF_RANGE.value, fault)
                missing = fault != 0
        outputs = [
            self._output(slots, value.type, memory, missing)
            for slots, value in zip(given, self._layout.outputs, strict=True)
        ]
        counted = self._room.take(last - first, np.int64)
        counted[:] = operations
        if missing is None:
            return Piece(outputs, _ZEROS[: last - first], _NO_PLACES[: last - first], None, counted)
        said = fault == Fault.STOPPED.value
        text = texts(text_address, text_bytes, memory, ~said) if said.any() else None
        return Piece(outputs, fault.astype(np.int8), place.copy(), text, counted)

    def _output(self, slots: list[Array], type_: Type, memory: Array, missing: Array | None) -> Any:
        if not is_decimal(type_):
            return array_of(slots, type_, memory, missing)
        values, exponents = slots
        if missing is not None:
            values, exponents = np.where(missing, 0, values), np.where(missing, 0, exponents)
        return decimals_of(values, exponents, missing, self._room)
