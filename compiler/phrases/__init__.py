"""The phrases of the language: expressions, conditions and their parts, one module per kind, one class per phrase."""

from compiler.phrases import (
    arithmetic,
    calls,
    cells,
    conditions,
    dates,
    lists,
    names,
    rounding,
    tests,
    texts,
)

__all__ = ["arithmetic", "calls", "cells", "conditions", "dates", "lists", "names", "rounding", "tests", "texts"]
