"""Runs one decimal operation of the WebAssembly runtime over many operands, beside Python's `decimal`."""

from __future__ import annotations

import ctypes
import decimal
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import wasmtime

from compiler.decimals import CONTEXT
from compiler.targets.wasm.linking import StaticData, link
from compiler.targets.wasm.tables import TABLES

OPERATIONS = ("add", "subtract", "multiply", "divide", "remainder", "compare", "round_places", "to_whole")
ROUNDINGS = (decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_UP, decimal.ROUND_CEILING, decimal.ROUND_FLOOR)
ROW = np.dtype([("c1", "i8"), ("c2", "i8"), ("c", "i8"), ("e1", "i4"), ("e2", "i4"), ("e", "i4"), ("fault", "i4")])
TOP = 1024


def _loop(operation: str) -> str:
    """A function `$batch_<operation>` that does the operation on each row in memory."""
    first = "(i64.load (local.get $p)) (i32.load offset=24 (local.get $p))"
    second = "(i64.load offset=8 (local.get $p)) (i32.load offset=28 (local.get $p))"
    if operation == "compare":
        call = f"(i64.extend_i32_s (call $decimal_compare {first} {second})) (i32.const 0)"
    elif operation == "round_places":
        places, rounding = "(i32.load offset=28 (local.get $p))", "(i32.wrap_i64 (i64.load offset=8 (local.get $p)))"
        call = f"(call $decimal_round_places {first} {places} {rounding})"
    elif operation == "to_whole":
        call = f"(call $decimal_to_whole {first}) (i32.const 0)"
    else:
        call = f"(call $decimal_{operation} {first} {second})"
    return f"""
    (func (export "{operation}") (param $n i32) (local $p i32) (local $e i32) (local $c i64)
      (local.set $p (i32.const {TOP}))
      (block $done (loop $next
        (br_if $done (i32.eqz (local.get $n)))
        (global.set $fault (i32.const 0))
        {call} (local.set $e) (local.set $c)
        (i64.store offset=16 (local.get $p) (local.get $c))
        (i32.store offset=32 (local.get $p) (local.get $e))
        (i32.store offset=36 (local.get $p) (global.get $fault))
        (local.set $p (i32.add (local.get $p) (i32.const {ROW.itemsize})))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next))))"""


@dataclass(frozen=True, slots=True)
class Result:
    """What an operation gave: a decimal as (coefficient, exponent), or a fault (2 or 3)."""

    coefficient: int
    exponent: int
    fault: int


class DecimalBatch:
    """An instance whose exports do a decimal operation on an array of `ROW`."""

    def __init__(self, capacity: int = 100_000) -> None:
        data = StaticData(base=16)
        body = "(global $fault (mut i32) (i32.const 0))" + "".join(_loop(name) for name in OPERATIONS)
        linked = link(body, data, TABLES)
        pages = (TOP + capacity * ROW.itemsize) // 65536 + 1
        text = f'(module (memory (export "memory") {pages}) {data.wat()} {linked})'
        self.capacity = capacity
        self.store = wasmtime.Store()
        module = wasmtime.Module(self.store.engine, wasmtime.wat2wasm(text))
        self.exports = wasmtime.Instance(self.store, module, []).exports(self.store)

    def run(self, operation: str, rows: np.ndarray) -> np.ndarray:
        """The rows with `c`, `e` and `fault` filled in."""
        address = ctypes.addressof(self.exports["memory"].data_ptr(self.store).contents)
        view = np.frombuffer((ctypes.c_char * (len(rows) * ROW.itemsize)).from_address(address + TOP), dtype=ROW)
        view[:] = rows
        self.exports[operation](self.store, len(rows))
        return view.copy()


def to_decimal(coefficient: int, exponent: int) -> Decimal:
    """The decimal with this coefficient and exponent, not rounded."""
    return Decimal((int(coefficient < 0), tuple(map(int, str(abs(coefficient)))), exponent))


def _parts(value: Decimal) -> Result:
    sign, digits, exponent = value.as_tuple()
    coefficient = int("".join(map(str, digits)))
    return Result(-coefficient if sign else coefficient, int(exponent), 0)


def expected(operation: str, c1: int, e1: int, c2: int, e2: int) -> Result:
    """What Python's decimal gives, with the faults of the language."""
    left = to_decimal(c1, e1)
    if operation == "round_places":
        if e1 >= -e2:
            return Result(c1, e1, 0)
        return _parts(left.quantize(Decimal((0, (1,), -e2)), ROUNDINGS[c2], context=decimal.Context(prec=1000)))
    if operation == "to_whole":
        if left.adjusted() >= 18 and c1:
            return Result(0, 0, 3)
        whole = int(left)
        return Result(whole, 0, 0 if abs(whole) < 10**18 else 3)
    right = to_decimal(c2, e2)
    if operation in ("divide", "remainder") and not right:
        return Result(0, 0, 2)
    try:
        return _parts(getattr(CONTEXT, operation)(left, right))
    except (decimal.InvalidOperation, decimal.Overflow, decimal.Subnormal):
        return Result(0, 0, 3)


def differences(operation: str, rows: np.ndarray, done: np.ndarray) -> list[str]:
    """The rows on which the runtime and Python differ, as messages."""
    wrong = []
    columns = (rows["c1"], rows["e1"], rows["c2"], rows["e2"], done["c"], done["e"], done["fault"])
    for c1, e1, c2, e2, c, e, fault in zip(*(column.tolist() for column in columns), strict=True):
        wanted = expected(operation, c1, e1, c2, e2)
        if fault != wanted.fault or (not fault and (c, e) != (wanted.coefficient, wanted.exponent)):
            wrong.append(f"{operation} {c1}E{e1} {c2}E{e2}: {c}E{e} fault {fault}, expected {wanted}")
    return wrong
