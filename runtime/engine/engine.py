"""One engine per process: turns plans into programs, and remembers them."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from pathlib import Path

import wasmtime

from compiler.plan import Plan
from compiler.targets.wasm import Layout, WasmModule, compile_wasm
from runtime.engine.compiled import CompiledModules
from runtime.engine.machine import Blueprint, Places, wasmtime_engine
from runtime.engine.program import Program
from runtime.engine.ticker import watch

REMEMBERED = 256
"""How many programs stay in memory; those not used for longest go first."""


class Engine:
    """Compiles and runs plans. Thread-safe.

    `cache_directory` is where compiled modules are kept over restarts (`runtime.engine.compiled`); None for nowhere.
    """

    def __init__(self, cache_directory: Path | None = None) -> None:
        self._wasmtime = wasmtime_engine()
        self._compiled = CompiledModules(cache_directory) if cache_directory is not None else None
        self._places = Places()
        self._lock = threading.Lock()
        self._by_content: OrderedDict[str, Program] = OrderedDict()
        # A plan holds dicts, so it has no hash; while it is remembered here its id stays its own.
        self._by_plan: OrderedDict[int, tuple[Plan, Program]] = OrderedDict()

    def load(self, plan: Plan) -> Program:
        """The program of a plan, compiled unless the same plan or one of the same content was loaded lately."""
        with self._lock:
            known = self._by_plan.get(id(plan))
            if known is not None:
                self._by_plan.move_to_end(id(plan))
                return known[1]
        program = self.load_module(compile_wasm(plan))
        with self._lock:
            self._by_plan[id(plan)] = (plan, program)
            if len(self._by_plan) > REMEMBERED:
                self._by_plan.popitem(last=False)
        return program

    def load_module(self, module: WasmModule) -> Program:
        """The program of a compiled module."""
        watch(self._wasmtime)
        name = _content_hash(module)
        with self._lock:
            program = self._by_content.get(name)
            if program is not None:
                self._by_content.move_to_end(name)
                return program
        program = Program(self._blueprint(module.bytes), module.layout)
        with self._lock:
            program = self._by_content.setdefault(name, program)
            if len(self._by_content) > REMEMBERED:
                self._by_content.popitem(last=False)
        return program

    def _blueprint(self, content: bytes) -> Blueprint:
        if self._compiled is not None:
            compiled = self._compiled.load(self._wasmtime, content)
        else:
            compiled = wasmtime.Module(self._wasmtime, content)
        return Blueprint(self._wasmtime, compiled, self._places)


def _content_hash(module: WasmModule) -> str:
    layout: Layout = module.layout
    return hashlib.sha256(module.bytes + json.dumps(layout.to_json(), sort_keys=True).encode()).hexdigest()
