"""The code of expressions, one module for each family. Importing this package registers them all."""

from compiler.targets.wasm.expressions import dates, lists, logic, numbers, text

__all__ = ["dates", "lists", "logic", "numbers", "text"]
