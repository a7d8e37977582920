"""wasmtime as the engine uses it: configured to be deterministic and bounded, one new store and instance per run.

A new instance costs about ten microseconds, because instances come from a pool and start from a copy-on-write image of
their module, so nothing is ever reused between runs and there is nothing to prove about what is left behind. That needs
wasmtime's C interface directly (`wasmtime._bindings`): through the classes of wasmtime-py it takes ten times as long.
It is the same interface that those classes are made of, and the locked version is what the tests ran with.
"""

from __future__ import annotations

import atexit
import ctypes
import weakref
from ctypes import byref
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NoReturn

import wasmtime
from wasmtime import _bindings as ffi

from compiler.plan import Fault
from compiler.targets.wasm.layout import MAXIMUM_PAGES

PAGE = 65536

INSTANCES = 64
"""How many runs may be under way at once in a process; more wait for their turn."""

RUN_SECONDS = 5.0
"""How long one run may take, by itself or as a row of many. A run within its limit of operations takes milliseconds."""

RUN_FUEL = 20_000_000_000
"""Instructions that one run may execute, by itself or as a row of many: a bound that does not depend on the clock."""

LARGEST_MODULE = 64 * 2**20
"""Bytes of compiled code and tables; a plan beyond that is refused."""

_KEPT = 128 * 1024
"""Bytes of a memory that are wiped in place for the next run, not given back to the system and asked for again."""


class Interrupted(Exception):
    """A run was stopped from outside: by the deadline or fuel (TIME), or because it calls too deep (MEMORY).

    `place` is the sentence it was at, `left` how many operations it had left.
    """

    def __init__(self, fault: Fault, place: int, left: int) -> None:
        super().__init__(fault, place, left)
        self.fault = fault
        self.place = place
        self.left = left


class BrokenModule(Exception):
    """A module did what no compiled plan does (a trap): a defect of the compiler, never of a user's page."""


def wasmtime_engine() -> wasmtime.Engine:
    """A wasmtime engine with the settings of this engine."""
    config = wasmtime.Config()
    config.wasm_threads = False
    config.wasm_relaxed_simd = False
    config.consume_fuel = True
    config.epoch_interruption = True
    config.cranelift_opt_level = "speed"
    ffi.wasmtime_config_cranelift_nan_canonicalization_set(config.ptr(), True)
    pool = ffi.wasmtime_pooling_allocation_config_new()
    ffi.wasmtime_pooling_allocation_config_total_core_instances_set(pool, INSTANCES)
    ffi.wasmtime_pooling_allocation_config_total_memories_set(pool, INSTANCES)
    ffi.wasmtime_pooling_allocation_config_max_memory_size_set(pool, MAXIMUM_PAGES * PAGE)
    ffi.wasmtime_pooling_allocation_config_linear_memory_keep_resident_set(pool, _KEPT)
    ffi.wasmtime_pooling_allocation_strategy_set(config.ptr(), pool)
    ffi.wasmtime_pooling_allocation_config_delete(pool)
    return wasmtime.Engine(config)


def _refuse_effect(_address: int, _bytes: int) -> NoReturn:
    raise BrokenModule("a module asked for an effect, which runs of functions do not have")


class Places:
    """Who may have an instance: as many as the pool holds, the others wait. Faster than `threading.Semaphore`."""

    def __init__(self, count: int = INSTANCES) -> None:
        queue: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            queue.put(None)
        self.acquire = queue.get
        self.release = queue.put


class Blueprint:
    """A module with its imports: what instances are made from. Thread-safe."""

    def __init__(self, engine: wasmtime.Engine, module: wasmtime.Module, places: Places) -> None:
        i32 = wasmtime.ValType.i32()
        linker = wasmtime.Linker(engine)
        linker.define_func("env", "effect", wasmtime.FuncType([i32, i32], [i32]), _refuse_effect)
        pre = linker.instantiate_pre(module)
        self.owned = (pre, linker, engine)
        self.pre = pre.ptr()
        self.engine = engine.ptr()
        self.places = places
        _blueprints.add(self)


_blueprints: weakref.WeakSet[Blueprint] = weakref.WeakSet()


@atexit.register
def _leave_to_the_system() -> None:
    """Has nothing taken apart when Python ends: wasmtime-py is half gone by then, and runs may be going on."""
    for blueprint in list(_blueprints):
        for owned in blueprint.owned:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(owned))


class Machine:
    """One instance in its own store; use it in a `with`. Not thread-safe, except that other threads may run others."""

    __slots__ = ("_blueprint", "_context", "_instance", "_memory", "_store", "address", "bytes")

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint

    def __enter__(self) -> Machine:
        blueprint = self._blueprint
        blueprint.places.acquire()
        self._store = _new_store(blueprint.engine, None, _NO_FINALIZER)
        self._context = _context_of(self._store)
        _limit_store(self._store, _MAXIMUM_BYTES, -1, 1, 1, 1)
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _start(self) -> None:
        self._instance = ffi.wasmtime_instance_t()
        trap = _TrapPointer()
        error = _instantiate(self._blueprint.pre, self._context, byref(self._instance), byref(trap))
        if error:
            raise wasmtime.WasmtimeError._from_ptr(error)
        if trap:
            raise BrokenModule("a module did not start")
        self._memory = self._export(b"memory").memory
        # Memories of the pool never move, they only grow.
        self.address: int = ctypes.cast(_memory_data(self._context, byref(self._memory)), ctypes.c_void_p).value or 0
        self.bytes: int = _memory_size(self._context, byref(self._memory))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _delete_store(self._store)
        self._blueprint.places.release(None)

    def _export(self, name: bytes) -> Any:
        item = ffi.wasmtime_extern_t()
        if not _find_export(self._context, byref(self._instance), name, len(name), byref(item)):
            raise BrokenModule(f"a module has no {name.decode()}")
        return item.of

    def look(self) -> None:
        """Sees how much memory there is, after a run that may have asked for more."""
        self.bytes = _memory_size(self._context, byref(self._memory))

    def need(self, size: int) -> bool:
        """Makes the memory at least so many bytes; False when that is beyond its limit."""
        if size <= self.bytes:
            return True
        before = ctypes.c_uint64()
        pages = -(-(size - self.bytes) // PAGE)
        error = ffi.wasmtime_memory_grow(self._context, byref(self._memory), pages, byref(before))
        if error:
            ffi.wasmtime_error_delete(error)
            return False
        self.look()
        return True

    def write(self, address: int, content: bytes) -> None:
        """Writes bytes; there must be room for them."""
        if address + len(content) > self.bytes:
            raise BrokenModule("there is no room in the memory of a module")
        ctypes.memmove(self.address + address, content, len(content))

    def read(self, address: int, size: int) -> bytes:
        """Reads bytes, wherever the module says they are."""
        if address + size > self.bytes:
            self.look()
        if address < 0 or size < 0 or address + size > self.bytes:
            raise BrokenModule("a module gave an address outside its memory")
        return ctypes.string_at(self.address + address, size)

    def run(self, export: bytes, block: int, first: int, rows: int, fuel: int, ticks: int) -> int:
        """Calls the export of a function (`compiler.targets.wasm.layout`) and gives the next row to run.

        `ticks` is the deadline in ticks of the engine's clock. Raises Interrupted when that or `fuel` is used up.
        """
        function = self._export(export).func
        error = _set_fuel(self._context, fuel)
        if error:
            raise wasmtime.WasmtimeError._from_ptr(error)
        _set_deadline(self._context, ticks)
        values = _RunValues()
        values[0].i32, values[1].i32, values[2].i32 = block, first, rows
        trap = _TrapPointer()
        error = _call(self._context, byref(function), values, 3, byref(trap))
        if error:
            raise wasmtime.WasmtimeError._from_ptr(error)
        if trap:
            self._raise(wasmtime.Trap._from_ptr(trap))
        return int(values[0].i32)

    def _raise(self, trap: wasmtime.Trap) -> NoReturn:
        fault = _STOPS.get(trap.trap_code) if trap.trap_code else None
        if fault is None:
            raise BrokenModule(trap.message)
        raise Interrupted(fault, self._number(b"place"), self._number(b"left"))

    def _number(self, name: bytes) -> int:
        item = self._export(name)
        value = ffi.wasmtime_val_t()
        ffi.wasmtime_global_get(self._context, byref(item.global_), byref(value))
        return int(value.of.i32 if name == b"place" else value.of.i64)


# The functions of each run, without the Python functions that `_bindings` wraps around them.
_new_store = ffi._wasmtime_store_new
_context_of = ffi._wasmtime_store_context
_limit_store = ffi._wasmtime_store_limiter
_delete_store = ffi._wasmtime_store_delete
_instantiate = ffi._wasmtime_instance_pre_instantiate
_find_export = ffi._wasmtime_instance_export_get
_memory_data = ffi._wasmtime_memory_data
_memory_size = ffi._wasmtime_memory_data_size
_set_fuel = ffi._wasmtime_context_set_fuel
_set_deadline = ffi._wasmtime_context_set_epoch_deadline
_call = ffi._wasmtime_func_call_unchecked
_NO_FINALIZER = _new_store.argtypes[2]()
_TrapPointer = ctypes.POINTER(ffi.wasm_trap_t)
_RunValues = ffi.wasmtime_val_raw_t * 3
_STOPS = {
    wasmtime.TrapCode.INTERRUPT: Fault.TIME,
    wasmtime.TrapCode.OUT_OF_FUEL: Fault.TIME,
    wasmtime.TrapCode.STACK_OVERFLOW: Fault.MEMORY,
}
_MAXIMUM_BYTES = MAXIMUM_PAGES * PAGE
