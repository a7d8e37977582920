"""One run of a function: its inputs as a block in memory, and its outcome read back from there."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from compiler.plan import Fault, Value
from compiler.run import Clock, Outcome, Stopped
from compiler.targets.wasm import FunctionLayout, forms
from compiler.targets.wasm.layout import RESULT_SLOTS
from runtime.engine.machine import Blueprint, Interrupted, Machine

_SIZES = {"i64": 8, "i32": 4}
_HEADER = struct.Struct("<qqiiii")

LARGEST_INPUT = 256 * 2**20
"""Bytes of the inputs of one run in memory."""


class Caller:
    """Everything about the block of one function that does not depend on a run.

    The block begins at `base`; after its columns come the results, then the inputs' slots, then what these point to.
    """

    def __init__(self, layout: FunctionLayout, base: int) -> None:
        self._export = layout.export.encode()
        self._inputs = layout.inputs
        self._outputs = layout.outputs
        self._base = base
        inputs = [slot for value in layout.inputs for slot in value.slots]
        outputs = [*(slot for value in layout.outputs for slot in value.slots), *RESULT_SLOTS]
        results_at = -(-(base + layout.block_bytes) // 8) * 8
        address = results_at
        result_columns = [address + 8 * index for index in range(len(outputs))]
        address += 8 * len(outputs)
        input_columns = [address + 8 * index for index in range(len(inputs))]
        self._heap = address + 8 * len(inputs)
        columns = b"".join(struct.pack("<ii", at, 0) for at in (*input_columns, *result_columns))
        padding = results_at - base - _HEADER.size - len(columns)
        self._middle = columns + bytes(padding + 8 * len(outputs))
        self._pack_inputs = struct.Struct("<" + "q" * len(inputs))
        self._results_at = results_at
        self._unpack_results = struct.Struct("<" + "".join("q" if slot == "i64" else "i4x" for slot in outputs))

    def content(self, inputs: Mapping[str, Value], clock: Clock, limit: int) -> bytes:
        """The block and all that follows it in memory, for one run."""
        heap: list[bytes] = []
        end = self._heap

        def place(content: bytes) -> int:
            nonlocal end
            address = end
            padded = content + bytes(-len(content) % 8)
            heap.append(padded)
            end += len(padded)
            return address

        slots: list[int] = []
        for value in self._inputs:
            slots += forms.to_slots(inputs[value.name], value.type, place)
        now = (clock.now - forms.EPOCH) // forms.MICROSECOND
        today = clock.today.toordinal() - forms.EPOCH_DAY
        header = _HEADER.pack(now, limit, today, end, 0, 0)
        return b"".join((header, self._middle, self._pack_inputs.pack(*slots), *heap))

    def run(
        self, blueprint: Blueprint, inputs: Mapping[str, Value], clock: Clock, limit: int, fuel: int, ticks: int
    ) -> Outcome:
        """Runs the function in a new instance."""
        content = self.content(inputs, clock, limit)
        with Machine(blueprint) as machine:
            if len(content) > LARGEST_INPUT or not machine.need(self._base + len(content)):
                return Outcome(None, Stopped(Fault.MEMORY), 0)
            machine.write(self._base, content)
            try:
                machine.run(self._export, self._base, 0, 1, fuel, ticks)
            except Interrupted as interrupted:
                return Outcome(None, Stopped(interrupted.fault, interrupted.place), limit - interrupted.left)
            return self.outcome(machine.read)

    def outcome(self, read: forms.Read) -> Outcome:
        """The outcome of a run, given how to read its memory."""
        results = self._unpack_results.unpack(read(self._results_at, self._unpack_results.size))
        fault, place, text, text_bytes, operations = results[-5:]
        if fault:
            words = read(text, text_bytes).decode() if text_bytes else ""
            return Outcome(None, Stopped(Fault(fault), place, words), operations)
        outputs: dict[str, Value] = {}
        at = 0
        for value in self._outputs:
            width = len(value.slots)
            outputs[value.name] = forms.from_slots(results[at : at + width], value.type, read)
            at += width
        return Outcome(outputs, None, operations)
