"""The WebAssembly target: a plan as a deterministic module that runs on servers, in browsers and on phones."""

from compiler.targets.wasm.layout import FunctionLayout, Layout
from compiler.targets.wasm.module import WasmModule, compile_wasm

__all__ = ["FunctionLayout", "Layout", "WasmModule", "compile_wasm"]
